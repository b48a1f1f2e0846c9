//! Money: an integer of ten-thousandths of the major unit, with its currency.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Currency, Problem, Result, voice::said};

/// Ten-thousandths in one major unit.
pub const SCALE: i64 = 10_000;

/// The largest amount that is taken, in ten-thousandths: a hundred thousand million major units. Thousands of such
/// amounts still add up without running over.
pub const MOST: i64 = 1_000_000_000_000_000;

/// An exact amount. Never a float, never added across currencies, rounded only where it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Money {
    /// Ten-thousandths of the major unit.
    pub amount: i64,
    /// Its currency.
    pub currency: Currency,
}

impl Money {
    /// An amount in ten-thousandths of the major unit.
    pub fn new(amount: i64, currency: Currency) -> Money {
        Money { amount, currency }
    }

    /// Reads a plain decimal in major units, such as `2400.00` or `-38`, exactly.
    ///
    /// # Errors
    /// `money.amount` for anything else, for more than four decimals, and for what does not fit.
    pub fn parse(text: &str, currency: Currency) -> Result<Money> {
        Ok(Money { amount: Money::amount(text)?, currency })
    }

    /// Reads a plain decimal in major units where the currency stands elsewhere, in ten-thousandths.
    ///
    /// # Errors
    /// As [`Money::parse`].
    pub fn amount(text: &str) -> Result<i64> {
        let refused = |sentence| {
            let text = said(sentence, &[("text", format_args!("{text:?}"))]);
            Err(Problem::invalid("amount", "money.amount", text))
        };
        match ten_thousandths(text.trim()) {
            Some(amount) if amount.unsigned_abs() <= MOST.unsigned_abs() => Ok(amount),
            Some(_) => refused("{text} is too large for an amount; the most is 100,000,000,000"),
            None => refused("{text} is not an amount; write it in major units, such as \"2400.00\""),
        }
    }

    /// The decimal digits with the minor unit of the currency, rounded half-even, without grouping: `-1234.50`.
    pub fn decimal(self) -> String {
        decimal(self.amount, self.currency.minor_digits())
    }
}

impl fmt::Display for Money {
    /// With currency and grouping, a true minus, and nothing at which it breaks: `£1,234.50`, `CHF 5,405.00`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.decimal();
        let (sign, digits) = match digits.strip_prefix('-') {
            Some(rest) => ("\u{2212}", rest.to_owned()),
            None => ("", digits),
        };
        let (whole, minor) = match digits.split_once('.') {
            Some((whole, minor)) => (whole, format!(".{minor}")),
            None => (digits.as_str(), String::new()),
        };
        match self.currency.sign() {
            Some(own) => write!(out, "{sign}{own}{}{minor}", grouped(whole)),
            None => write!(out, "{sign}{}\u{a0}{}{minor}", self.currency, grouped(whole)),
        }
    }
}

/// `1234567` becomes `1,234,567`.
fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Ten-thousandths as a plain decimal without needless zeros: `6`, `-2.5`. Reads back by [`ten_thousandths`].
pub fn plain(value: i64) -> String {
    let (size, scale) = (value.unsigned_abs(), SCALE.unsigned_abs());
    let text = format!("{}{}.{:04}", if value < 0 { "-" } else { "" }, size / scale, size % scale);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A plain decimal of at most four places in ten-thousandths; nothing for anything else, or for what does not fit.
pub fn ten_thousandths(text: &str) -> Option<i64> {
    let (sign, size) = text.strip_prefix('-').map_or((1, text), |size| (-1, size));
    let (whole, part) = size.split_once('.').unwrap_or((size, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || 4 < part.len() || !digits(whole) || !digits(part) {
        return None;
    }
    let value: i128 = format!("{whole}{part:0<4}").parse().ok()?;
    i64::try_from(sign * value).ok()
}

/// Ten-thousandths written with so many decimals, halves to even.
fn decimal(amount: i64, digits: u32) -> String {
    let sign = if amount < 0 { "-" } else { "" };
    let value = amount.unsigned_abs();
    if 4 <= digits {
        return format!("{sign}{}.{:04}", value / 10_000, value % 10_000);
    }
    let step = 10u64.pow(4 - digits);
    let (quotient, rest) = (value / step, value % step);
    let up = 2 * rest > step || (2 * rest == step && quotient % 2 == 1);
    let rounded = quotient + u64::from(up);
    let sign = if rounded == 0 { "" } else { sign };
    let major = 10u64.pow(digits);
    match digits {
        0 => format!("{sign}{rounded}"),
        _ => format!("{sign}{}.{:0width$}", rounded / major, rounded % major, width = digits as usize),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pounds(amount: i64) -> Money {
        Money::new(amount, Currency::parse("GBP").unwrap())
    }

    #[test]
    fn a_plain_decimal_reads_back() {
        for (value, text) in
            [(0, "0"), (60_000, "6"), (-25_000, "-2.5"), (1, "0.0001"), (i64::MIN, "-922337203685477.5808")]
        {
            assert_eq!((plain(value).as_str(), ten_thousandths(text)), (text, Some(value)));
        }
        assert_eq!([".5", "1.23456", "1e3", "", "99999999999999999999"].map(ten_thousandths), [None; 5]);
    }

    #[test]
    fn halves_go_to_the_even_neighbour() {
        let shown: Vec<_> = [50, 150, 250, -150, -50, 149].map(|n| pounds(n).decimal()).into();
        assert_eq!(shown, ["0.00", "0.02", "0.02", "-0.02", "0.00", "0.01"]);
    }

    #[test]
    fn a_plain_decimal_is_read_exactly_and_anything_else_is_refused() {
        let read = |text: &str| Money::parse(text, Currency::parse("GBP").unwrap()).map(|money| money.amount);
        assert_eq!(read("2400.00").unwrap(), 24_000_000);
        assert_eq!(read("-0.5").unwrap(), -5_000);
        for wrong in ["", "1,000", "1.23456", "12e3", "99999999999999999999", ".5", "£3"] {
            assert_eq!(read(wrong).unwrap_err().code, "money.amount", "{wrong}");
        }
    }

    #[test]
    fn a_shown_amount_has_currency_grouping_and_a_true_minus() {
        assert_eq!(pounds(62_937_640_000).to_string(), "£6,293,764.00");
        assert_eq!(pounds(-1_234_500).to_string(), "\u{2212}£123.45");
        assert_eq!(Money::new(12_345_000, Currency::parse("JPY").unwrap()).to_string(), "¥1,234");
    }
}
