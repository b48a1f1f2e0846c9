//! Who would change, and which numbers differ.

use maud::{Markup, Render};
use speech::{html, say, tell};
use ui::{count, plural};

use super::super::wording;
use crate::ops::{ChangedNumber, Foreseen};

/// From what to what, key by key.
pub(super) fn differences(changed: &[ChangedNumber]) -> Markup {
    html! {
        ul .small {
            @for one in changed {
                li {
                    code { (one.key) } ": "
                    @if let Some(before) = &one.before { del .faint { (before) } " " }
                    @match &one.after { Some(after) => { strong { (after) } }, None => { "gone" } }
                }
            }
        }
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
