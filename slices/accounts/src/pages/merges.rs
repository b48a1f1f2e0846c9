//! A merge: its pairs, what was changed since, and the way back.

use ::store::Tx;
use kernel::{Permission, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say, word};
use ui::{Button, Head, Ledger, Line, hidden, who};

use super::PLACE;
use crate::ops::merge::{OfMerge, ShownCouple, ShownMerge, undo as undo_merge, view};

/// A merge.
struct MergePage<'a> {
    merge: ShownMerge,
    may_undo: bool,
    csrf: &'a str,
}

/// Answers `GET /merges/{id}`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let merge = view(visit.cx, tx, OfMerge { id: visit.part("id")?.to_owned() })?;
    let may_undo = visit.cx.actor.may(Permission::Write) && merge.state == "merged";
    let page = MergePage { merge, may_undo, csrf: visit.csrf };
    Ok(Reply::Page { title: say!("Merge").into(), place: PLACE, body: page.render() })
}

/// Answers `POST /merges/{id}/undo`.
pub(super) fn undo(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let id = visit.part("id")?.to_owned();
    undo_merge(visit.cx, tx, OfMerge { id: id.clone() })?;
    Ok(Reply::Go(format!("/merges/{id}")))
}

impl Render for MergePage<'_> {
    fn render(&self) -> Markup {
        let merge = &self.merge;
        let lead = html! {
            (ui::plural(merge.pairs, "pair", "pairs")) ", " (word!(merge.state))
            @if 0 < merge.refused { "; " (say!("{n} could not be merged" | "{n} could not be merged" % merge.refused)) }
            @if !merge.failure.is_empty() { ". " (say!("It does not go on: {}", merge.failure)) }
        };
        let trail = html! { a href=(PLACE) { "Duplicates" } };
        html! {
            (Head { title: say!("Merge"), trail: Some(trail), lead: Some(lead), narrow: true, ..Head::default() })
            @if self.may_undo {
                div .group .narrow {
                    form method="post" action=(format!("/merges/{}/undo", merge.id)) {
                        (hidden("csrf", self.csrf))
                        (Button::submit(say!("Undo the merge")).main_act().key('u'))
                    }
                    p .small .soft { "Everything goes back to where it was. What was changed since stays and is listed here." }
                }
            }
            div .group .narrow { (Ledger { lines: merge.couples.iter().map(line).collect() }) }
        }
    }
}

fn line(couple: &ShownCouple) -> Line {
    let gone = html! {
        @if couple.state == "merged" { (couple.gone_name) } @else { (who(&couple.gone_name, &format!("/accounts/{}", couple.gone))) }
    };
    let of = html! { (who(&couple.kept_name, &format!("/accounts/{}", couple.kept))) (gone) };
    let why = html! {
        (word!(couple.note))
        @for conflict in &couple.conflicts { " " (ui::count(conflict.count)) " " (word!(conflict.told)) "." }
    };
    Line { why: Some(why), ..Line::new(word!(couple.state), of) }
}
