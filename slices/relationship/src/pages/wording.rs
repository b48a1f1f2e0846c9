//! Wording: how classes, service fit, confidence and sources read on pages.

use std::borrow::Cow;

use accounts::ops::Source;
use kernel::{Currency, Money};
use maud::{Markup, Render};
use speech::{html, say, tell, word};
use timeline::fact::Dealing;
use ui::{Band, Mark, Sign, Strength, Tag, Text};

use crate::{Class, Fit, Policy, phrase};

/// The class with its sign.
pub(super) fn mark(class: &str) -> Mark<'static> {
    Mark::new(Sign::of(class), headed(class))
}

/// A word of a closed list (a class, a confidence, a column) as it stands in a sentence.
pub(super) fn word(word: &str) -> String {
    if word.is_empty() { String::new() } else { word!(word) }
}

/// The same where it begins a line.
pub(super) fn headed(word: &str) -> String {
    phrase::capital(self::word(word))
}

/// How they want to be dealt with, in a sentence.
pub(super) fn wish(dealing: Dealing) -> String {
    dealing.spoken()
}

/// The same from its word; one that is not known stays as it is.
pub(super) fn wish_of(word: &str) -> String {
    Dealing::read(word).map_or_else(|| word.replace('_', " "), wish)
}

/// With a small letter at the start, as it stands within a sentence.
pub(super) fn small(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// Who did it: a name, or the house itself.
pub(super) fn by(name: Option<&str>) -> Cow<'_, str> {
    name.map_or_else(|| say!("the house"), Cow::Borrowed)
}

/// The same where it begins a line.
pub(super) fn headed_by(name: Option<&str>) -> Cow<'_, str> {
    name.map_or_else(|| say!("The house"), Cow::Borrowed)
}

/// Service fit: an exception is a tag, all else plain text.
pub(super) fn fit(word: &str) -> Markup {
    match Fit::parse(word) {
        Some(fit @ (Fit::UnderServed | Fit::OverServed)) => Tag::firm(word!(fit.word())).render(),
        Some(fit @ (Fit::Fits | Fit::NotKnown)) => html! { span .faint { (word!(fit.word())) } },
        _ => html! { span .faint { "–" } },
    }
}

/// `182 clients`: so many of a class; one of not enough evidence is a relationship.
pub(super) fn of_class(class: Class, n: i64) -> String {
    match class {
        Class::Client => say!("{n} client" | "{n} clients" % n),
        Class::Customer => say!("{n} customer" | "{n} customers" % n),
        Class::Prospect => say!("{n} prospect" | "{n} prospects" % n),
        Class::Former => say!("{n} former" | "{n} former" % n),
        Class::NotEnough => ui::plural(n, "relationship", "relationships"),
    }
}

/// The words at the ends of a scale.
pub(super) fn ends() -> (Text<'static>, Text<'static>) {
    (say!("customer"), say!("client"))
}

/// What a confidence means.
pub(super) fn confidence(word: &str) -> Cow<'static, str> {
    match word {
        "high" => say!("Confidence is high: what is unknown would not turn the answer."),
        "medium" => say!("Confidence is medium: what is unknown would hardly turn the answer."),
        "low" => say!("Confidence is low: what is unknown could turn the answer."),
        _ => Cow::default(),
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
pub(super) fn ten_thousandths(amount: i64, currency: Option<Currency>) -> Markup {
    match currency {
        Some(currency) => ui::money(Money::new(amount, currency)),
        None => html! { span .faint { "–" } },
    }
}

/// Where a fact came from: the row and the import, or a person's hand.
pub(super) fn source(source: Option<&Source>) -> Markup {
    html! {
        @match source {
            Some(Source { import, file, row }) => {
                @let row = html! { a href={ "/imports/" (import) "/rows/" (row) } { (say!("row {n}", n = ui::count(*row))) } };
                @let whole = html! { a href={ "/imports/" (import) } { (file.as_ref().unwrap_or(import)) } };
                @if file.is_some() { (tell!("{row} of {file}", file = whole)) } @else { (tell!("{row} of import {import}", import = whole)) }
            },
            None => { "recorded by hand" },
        }
    }
}

/// `a, b and c`; beyond four, the first three and how many more.
pub(super) fn listed(words: &[&str]) -> String {
    match words {
        [one, two, three, _, _, ..] => say!("{one}, {two}, {three} and {n} more", n = words.len() - 3),
        [most @ .., last] if !most.is_empty() => say!("{} and {}", most.join(", "), last),
        _ => words.concat(),
    }
}
