//! Wording: how classes, service fit, confidence and sources read on pages.

use accounts::ops::Source;
use kernel::{Currency, Money};
use maud::{Markup, Render};
use speech::html;
use ui::{Band, Mark, Sign, Strength, Tag};

use crate::{Fit, Policy, phrase};

/// The class with its sign.
pub(super) fn mark(class: &str) -> Mark<'static> {
    Mark::new(Sign::of(class), phrase::capital(class))
}

/// Service fit: an exception is a tag, all else plain text.
pub(super) fn fit(word: &str) -> Markup {
    match Fit::parse(word) {
        Some(fit @ (Fit::UnderServed | Fit::OverServed)) => Tag::firm(fit.word()).render(),
        Some(fit @ (Fit::Fits | Fit::NotKnown)) => html! { span .faint { (fit.word()) } },
        _ => html! { span .faint { "–" } },
    }
}

/// What a confidence means.
pub(super) fn confidence(word: &str) -> &'static str {
    match word {
        "high" => "Confidence is high: what is unknown would not turn the answer.",
        "medium" => "Confidence is medium: what is unknown would hardly turn the answer.",
        "low" => "Confidence is low: what is unknown could turn the answer.",
        _ => "",
    }
}

/// The thresholds of a policy, as scales draw them.
pub(super) fn band(policy: &Policy) -> Band {
    band_of(policy.rules.stop_permille, policy.rules.become_permille)
}

/// The thresholds in permille, as scales draw them.
pub(super) fn band_of(stop: i64, begin: i64) -> Band {
    Band { stop: Strength::of_ppm(stop * 1000), begin: Strength::of_ppm(begin * 1000) }
}

/// An amount in major units as an operation tells it; a dash where there is none.
pub(super) fn amount(decimal: &str, currency: &str) -> Markup {
    let money = Currency::parse(currency).and_then(|currency| Money::parse(decimal, currency));
    match money {
        Ok(money) => ui::money(money),
        Err(_) => html! { span .faint { "–" } },
    }
}

/// An amount in ten-thousandths of the major unit; a dash where there is none.
pub(super) fn ten_thousandths(amount: i64, currency: &str) -> Markup {
    match Currency::parse(currency) {
        Ok(currency) => ui::money(Money::new(amount, currency)),
        Err(_) => html! { span .faint { "–" } },
    }
}

/// Where a fact came from: the row and the import, or a person's hand.
pub(super) fn source(source: Option<&Source>) -> Markup {
    html! {
        @match source {
            Some(Source { import, file, row }) => {
                a href={ "/imports/" (import) "/rows/" (row) } { "row " (ui::count(*row)) } " of "
                @if file.is_none() { "import " }
                a href={ "/imports/" (import) } { (file.as_ref().unwrap_or(import)) }
            },
            None => { "recorded by hand" },
        }
    }
}

/// `a, b and c`; beyond four, the first three and how many more.
pub(super) fn listed(words: &[&str]) -> String {
    match words {
        [one, two, three, _, _, ..] => format!("{one}, {two}, {three} and {} more", words.len() - 3),
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        _ => words.concat(),
    }
}
