//! Lengths of time and discount rates as they are typed.

use btyd::{Discount, Span, Unit};
use kernel::{Problem, Result};

/// A unit of time by its name.
pub fn unit(text: &str) -> Result<Unit> {
    [Unit::Day, Unit::Week, Unit::Month, Unit::Year]
        .into_iter()
        .find(|unit| {
            let name = unit.to_string();
            text == name || text == &name[..1] || text == format!("{name}s")
        })
        .ok_or_else(|| {
            let why = format!("there is no unit {text:?}; write day, week, month or year");
            Problem::invalid("unit", "model.unit", why)
        })
}

/// A length such as `39`, `39w`, `1.5y` or `90 days`; a plain number is in `own`.
///
/// ```
/// use btyd::{Span, Unit};
/// use forecast::length;
/// assert_eq!(length("39", Unit::Week).unwrap(), Span::weeks(39.0));
/// assert_eq!(length("1y", Unit::Week).unwrap(), Span::years(1.0));
/// assert!(length("-3", Unit::Week).is_err());
/// ```
pub fn length(text: &str, own: Unit) -> Result<Span> {
    let wrong = || {
        let why =
            format!("{text:?} is no length of time; write a number, or one with its unit such as 39w or 1y");
        Problem::invalid("horizon", "model.length", why)
    };
    let end = text.find(|sign: char| sign.is_alphabetic() || sign == ' ').unwrap_or(text.len());
    let (number, word) = text.split_at(end);
    let number: f64 = number.parse().map_err(|_| wrong())?;
    if !(0.0..=1e6).contains(&number) {
        return Err(wrong());
    }
    let unit = if word.trim().is_empty() { own } else { unit(word.trim()).map_err(|_| wrong())? };
    Ok(Span::new(number, unit))
}

/// A discount rate such as `0.15`, a year, or `0.15/52w`.
pub fn discount(text: &str) -> Result<Discount> {
    let wrong = || {
        let why = format!(
            "{text:?} is no discount; write a rate a year such as 0.1, or one over a length: 0.15/52w"
        );
        Problem::invalid("discount", "model.discount", why)
    };
    let (rate, over) = text.split_once('/').unwrap_or((text, "1y"));
    let rate: f64 = rate.parse().map_err(|_| wrong())?;
    let over = length(over, Unit::Year).map_err(|_| wrong())?;
    if !(0.0..=100.0).contains(&rate) || over.in_unit(Unit::Day) <= 0.0 {
        return Err(wrong());
    }
    Ok(Discount::new(rate, over))
}
