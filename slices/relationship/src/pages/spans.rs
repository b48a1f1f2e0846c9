//! Numbers among the filters of the book: purchases, ranges of strength and of net; their fields, and how they read.

use kernel::{Currency, Money};
use speech::say;
use ui::{Field, Pick};

use super::typed::{purchases, purchases_field};
use crate::ops::Filter;

/// With how many purchases; from which strength on and below which; in which currency, from which net on and below which.
pub(super) fn pick(filter: &Filter) -> Pick<'static> {
    let field = |name, label, text: &Option<String>, example| {
        Field::text(name, label).value(text.clone().unwrap_or_default()).placeholder(example)
    };
    let fields = [
        purchases_field(filter),
        field("strength_from", say!("Strength at least"), &filter.strength_from, "0.7"),
        field("strength_to", say!("Strength below"), &filter.strength_to, "0.8"),
        field("currency", say!("Currency"), &filter.currency, "EUR"),
        field("net_from", say!("Net at least"), &filter.net_from, "1000"),
        field("net_to", say!("Net below"), &filter.net_to, "2000"),
    ];
    let words: Vec<_> =
        [purchases(filter), strength_words(filter), net_words(filter)].into_iter().flatten().collect();
    Pick::fields(say!("Numbers"), (!words.is_empty()).then(|| words.join(", ")), &fields)
}

/// `0.70 to 0.80`.
pub(super) fn strength_words(filter: &Filter) -> Option<String> {
    let two =
        |text: &String| text.parse().map_or_else(|_| text.clone(), |value: f64| two_or_more(value, text));
    range(filter.strength_from.as_ref().map(two), filter.strength_to.as_ref().map(two))
}

/// Two decimals, or all there are.
fn two_or_more(value: f64, text: &str) -> String {
    let part = text.split_once('.').map_or(0, |(_, part)| part.trim_end_matches('0').len());
    speech::decimal(&format!("{value:.*}", part.max(2)))
}

/// `EUR`, `€1,000.00 to €2,000.00`.
pub(super) fn net_words(filter: &Filter) -> Option<String> {
    let currency = filter.currency.as_deref()?;
    let shown = |text: &String| {
        let money = Currency::parse(currency).and_then(|currency| Money::parse(text, currency));
        money.map_or_else(|_| text.clone(), speech::money)
    };
    let span = range(filter.net_from.as_ref().map(shown), filter.net_to.as_ref().map(shown));
    Some(span.unwrap_or_else(|| currency.to_uppercase()))
}

fn range(from: Option<String>, to: Option<String>) -> Option<String> {
    match (from, to) {
        (None, None) => None,
        (Some(from), None) => Some(say!("{from} and above")),
        (None, Some(to)) => Some(say!("below {to}")),
        (Some(from), Some(to)) => Some(say!("{from} to {to}")),
    }
}
