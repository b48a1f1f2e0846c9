//! Who would change, and which numbers differ.

use maud::{Markup, Render};
use speech::{html, say, tell, word};
use ui::{count, plural};

use super::{super::wording, draft::decimal};
use crate::{
    DimensionName,
    ops::{ChangedNumber, Foreseen},
};

/// From what to what, number by number, as the page asks for them.
pub(super) fn differences(changed: &[ChangedNumber]) -> Markup {
    html! {
        ul .small {
            @for one in told(changed) {
                @let (label, number) = asked(&one.key);
                li {
                    @match label { Some(label) => { (label) }, None => { code { (one.key) } } } ": "
                    @if let Some(before) = &one.before { del .faint { (number(before)) } " " }
                    @match &one.after { Some(after) => { strong { (number(after)) } }, None => { "gone" } }
                }
            }
        }
    }
}

/// The numbers that people set; what follows from another one is not told beside it.
pub(super) fn told(changed: &[ChangedNumber]) -> impl Iterator<Item = &ChangedNumber> {
    let has = |key: &str| changed.iter().any(|one| one.key == key);
    let follows =
        [("decision.become", "decision.become_permille"), ("decision.stop", "decision.stop_permille")];
    let left: Vec<&str> = follows.into_iter().filter(|(_, of)| has(of)).map(|(key, _)| key).collect();
    changed.iter().filter(move |one| !left.contains(&one.key.as_str()))
}

/// What a number is called, where the page has a field for it, and how it is read.
fn asked(key: &str) -> (Option<String>, fn(&str) -> String) {
    let plain: fn(&str) -> String = str::to_owned;
    let of_thousand: fn(&str) -> String =
        |text| text.parse().map_or_else(|_| text.to_owned(), |n| speech::decimal(&decimal(n)));
    let weighed = key.strip_prefix("dimension.").and_then(|rest| rest.strip_suffix(".weight"));
    match (key, weighed.and_then(DimensionName::parse)) {
        (_, Some(name)) => (Some(say!("{kind}, weight", kind = word!(name.word()))), of_thousand),
        ("decision.become_permille", _) => (Some(say!("Becomes client at").into()), of_thousand),
        ("decision.stop_permille", _) => (Some(say!("Stops at").into()), of_thousand),
        ("decision.dwell_days", _) => (Some(say!("Stays at least, days").into()), plain),
        _ => (None, plain),
    }
}

/// Who would change, and how many.
pub(in crate::pages) fn foreseen_in_words(foreseen: &Foreseen) -> Markup {
    html! {
        p .fig {
            (plural(foreseen.changed, "relationship would change", "relationships would change"))
        }
        p .small .soft {
            @let (n, all) = (count(foreseen.looked_at), count(foreseen.relationships));
            @if foreseen.looked_at < foreseen.relationships { (say!("Of {n} looked at, evenly spread over {all}.")) } @else { (say!("Of {n}.")) }
            " Nothing about anybody’s service changes by itself."
            @if 0 < foreseen.held { " " (say!("{} more stay what a person set.", count(foreseen.held))) }
        }
        @if !foreseen.changes.is_empty() {
            ul { @for change in &foreseen.changes {
                li { (moved(change.count, wording::word(&change.from), wording::mark(&change.to))) }
            } }
            ul .turns { @for example in foreseen.examples.iter().take(12) {
                li {
                    a .who href={ "/relationships/" (example.relationship) } { (example.name) } " "
                    span .soft { (wording::word(&example.from)) " → " (wording::word(&example.to)) }
                    p .small .soft { (example.reason) }
                }
            } }
            @if 12 < foreseen.examples.len() {
                p .small .soft { "The command line lists more: " code { "mainstay policy preview --text @draft.toml" } }
            }
        }
        @if !foreseen.served.is_empty() {
            p .small .soft { "The class of these stays; how they are served would be judged otherwise:" }
            ul { @for change in &foreseen.served {
                li .small { (moved(change.count, wording::fit(&change.from), wording::fit(&change.to))) }
            } }
        }
    }
}

/// So many from here to there.
fn moved(n: i64, from: impl Render, to: impl Render) -> Markup {
    let n = html! { strong { (count(n)) } };
    tell!("{n} from {from} to {to}")
}
