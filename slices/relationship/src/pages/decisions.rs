//! Decisions made again from what they stood on: how many come out the same to the last digit, and which do not.

use ::store::Tx;
use access::pages::{PLACE, tabs};
use kernel::{Problem, ProblemKind, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say, tell, word};
use ui::{Button, Cell, Column, Field, Group, Head, Note, Row, Table, Tabs, count, plural};

use super::came::on;
use crate::ops::{Check, Checked, Unlike, check};

/// Where it is.
pub(super) const DECISIONS: &str = "/decisions";

/// Relationships that are looked at where nobody says how many.
const SAMPLE: &str = "200";

/// The page.
struct DecisionsPage {
    sample: String,
    checked: Option<Checked>,
    wrong: Option<Problem>,
    tabs: Tabs<'static>,
}

/// Answers `GET /decisions`; with `sample` in the address, makes those of so many relationships again.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let sample = visit.asked("sample");
    let (checked, wrong) = match sample.map(|sample| again(visit, tx, sample)) {
        None => (None, None),
        Some(Ok(checked)) => (Some(checked), None),
        Some(Err(wrong)) if wrong.kind == ProblemKind::Invalid => (None, Some(wrong)),
        Some(Err(problem)) => return Err(problem),
    };
    let sample = sample.unwrap_or(SAMPLE).to_owned();
    let page = DecisionsPage { sample, checked, wrong, tabs: tabs(visit, DECISIONS) };
    Ok(Reply::Page { title: say!("Decisions made again").into(), place: PLACE, body: page.render() })
}

fn again(visit: &Visit<'_>, tx: &mut Tx<'_>, sample: &str) -> Result<Checked> {
    let sample = sample.parse().map_err(|_| {
        let text = say!("{sample:?} is no whole number; write some such as {example}", example = SAMPLE);
        Problem::invalid("sample", "decisions.sample", text)
    })?;
    check(visit.cx, tx, Check { sample: Some(sample), ..Check::default() })
}

impl Render for DecisionsPage {
    fn render(&self) -> Markup {
        let lead = html! {
            "The same facts and the same policy give the same decision. Here those that are kept are made again from what \
             they stood on, and compared to the last digit. Nothing changes."
        };
        html! {
            (Head { title: say!("Decisions made again"), lead: Some(lead), ..Head::default() })
            (self.tabs)
            div .group .narrow { (self.form()) }
            @if let Some(checked) = &self.checked { (found(checked)) }
        }
    }
}

impl DecisionsPage {
    fn form(&self) -> Markup {
        let error = self.wrong.as_ref().map(|wrong| ui::sentence(&wrong.message));
        html! {
            form .form method="get" action=(DECISIONS) {
                (Field::input("number", "sample", say!("Relationships")).value(&*self.sample).error(error)
                    .hint(say!("Spread evenly over the book; at most 10,000.")))
                div .acts { (Button::submit(say!("Make them again")).main_act()) }
            }
        }
    }
}

fn found(checked: &Checked) -> Markup {
    let sentence = html! {
        @let decisions = plural(checked.equal, "decision", "decisions");
        @let of = plural(checked.relationships, "relationship", "relationships");
        @match checked.unequal {
            0 => { (tell!("{decisions} of {of} came out the same, to the last digit; none came out otherwise.")) },
            unequal => {
                @let others = html! { strong { (say!("{} did not", count(unequal))) } };
                (tell!("{decisions} of {of} came out the same, to the last digit; {others}."))
            },
        }
    };
    html! {
        @if checked.unequal == 0 { (Note::new(sentence)) } @else { (Note::bad(sentence)) }
        @if 0 < checked.waiting || !checked.lost.is_empty() {
            ul .small {
                @if 0 < checked.waiting { li { (say!("{n} decision waits to be made anew, because what it stood on has changed." | "{n} decisions wait to be made anew, because what it stood on has changed." % checked.waiting)) } }
                @for lost in &checked.lost { li { (say!("{n} decision cannot be made again: {reason}." | "{n} decisions cannot be made again: {reason}." % lost.count, reason = lost.reason)) } }
            }
        }
        @if !checked.unlike.is_empty() { (Group::new(say!("What differs"), differences(&checked.unlike))) }
    }
}

fn differences(unlike: &[Unlike]) -> Table<'_> {
    let heads = [say!("Relationship"), say!("Decided for"), say!("What differs")].map(Column::new);
    Table::fold(say!("Decisions that came out otherwise")).columns(heads).rows(unlike.iter().map(|one| {
        let parts = html! {
            ul { @for part in &one.differs { li { (word!(part.part.replace('_', " "))) ": " (part.kept) " → " (part.again) } } }
        };
        Row::new([
            Cell::head(html! { a href={ "/relationships/" (one.relationship) } { (one.name) } }),
            Cell::new(on(&one.as_of)).label(say!("Decided for")),
            Cell::new(parts).label(say!("What differs")),
        ])
    }))
}
