//! Ranges that the book is asked for: strength of evidence and net, from a bound on and below another, exactly.

use kernel::{Currency, Money, Problem, Result};
use speech::say;

use super::filter::Filter;
use crate::store::book::Span;

/// The range of strengths, in parts per million.
pub(super) fn strength(input: &Filter) -> Result<Span> {
    let bound =
        |text: &Option<String>, field: &str| said(text).map(|text| per_million(text, field)).transpose();
    let from = bound(&input.strength_from, "strength_from")?;
    let to = bound(&input.strength_to, "strength_to")?;
    rising(Span { from, to }, "strength_from", input.strength_from.as_deref(), input.strength_to.as_deref())
}

/// The range of net, in ten-thousandths of the major unit.
pub(super) fn net(input: &Filter, currency: Option<Currency>) -> Result<Span> {
    let bound = |text: &Option<String>, field: &str| {
        let Some(text) = said(text) else { return Ok(None) };
        if currency.is_none() {
            let text = say!("a bound of net is money: say of which currency, such as currency=EUR");
            return Err(Problem::invalid("currency", "book.currency", text));
        }
        Money::amount(text).map(Some).map_err(|problem| Problem { field: Some(field.to_owned()), ..problem })
    };
    let (from, to) = (bound(&input.net_from, "net_from")?, bound(&input.net_to, "net_to")?);
    rising(Span { from, to }, "net_from", input.net_from.as_deref(), input.net_to.as_deref())
}

/// The currency asked for.
pub(super) fn currency(input: &Filter) -> Result<Option<Currency>> {
    said(&input.currency).map(Currency::parse).transpose()
}

fn said(text: &Option<String>) -> Option<&str> {
    text.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

fn rising(span: Span, field: &str, from: Option<&str>, to: Option<&str>) -> Result<Span> {
    match (span.from, span.to) {
        (Some(low), Some(high)) if high <= low => {
            let (from, to) = (from.unwrap_or_default().trim(), to.unwrap_or_default().trim());
            let text = say!("nothing is from {from} on and below {to}; the first has to be the smaller one");
            Err(Problem::invalid(field, "book.range", text))
        }
        _ => Ok(span),
    }
}

/// `0.7` as 700,000.
fn per_million(text: &str, field: &str) -> Result<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let ppm = match whole {
        "0" | "1" if part.len() <= 6 && digits(part) => format!("{whole}{part:0<6}").parse().ok(),
        _ => None,
    };
    ppm.filter(|ppm| *ppm <= 1_000_000).ok_or_else(|| {
        let text = say!(
            "{text:?} is no strength of evidence; it is from 0 to 1 with at most six decimals, such as 0.7"
        );
        Problem::invalid(field, "book.strength", text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strength_is_read_to_the_last_part_in_a_million() {
        let read = |text| per_million(text, "strength_from").ok();
        assert_eq!(
            ["0", "0.7", "0.700001", "1", "1.000000"].map(read),
            [0, 700_000, 700_001, 1_000_000, 1_000_000].map(Some)
        );
        assert_eq!(["", ".7", "-0.1", "0.7000001", "1.1", "2", "0,7", "70%", "0.7e0"].map(read), [None; 9]);
    }
}
