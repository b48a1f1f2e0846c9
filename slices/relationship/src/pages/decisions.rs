//! Decisions made again from what they stood on: how many come out the same to the last digit, and which do not.

use ::store::Tx;
use access::pages::{PLACE, tabs};
use kernel::{Problem, ProblemKind, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::html;
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
    Ok(Reply::Page { title: "Decisions made again".into(), place: PLACE, body: page.render() })
}

fn again(visit: &Visit<'_>, tx: &mut Tx<'_>, sample: &str) -> Result<Checked> {
    let sample = sample.parse().map_err(|_| {
        let text = format!("{sample:?} is no whole number; write some such as {SAMPLE}");
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
            (Head { title: "Decisions made again".into(), lead: Some(lead), ..Head::default() })
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
                (Field::input("number", "sample", "Relationships").value(&*self.sample).error(error)
                    .hint("Spread evenly over the book; at most 10,000."))
                div .acts { (Button::submit("Make them again").main_act()) }
            }
        }
    }
}

fn found(checked: &Checked) -> Markup {
    let sentence = html! {
        (plural(checked.equal, "decision", "decisions")) " of " (plural(checked.relationships, "relationship", "relationships"))
        " came out the same, to the last digit"
        @match checked.unequal {
            0 => { "; none came out otherwise." },
            unequal => { "; " strong { (count(unequal)) " did not" } "." },
        }
    };
    html! {
        @if checked.unequal == 0 { (Note::new(sentence)) } @else { (Note::bad(sentence)) }
        @if 0 < checked.waiting || !checked.lost.is_empty() {
            ul .small {
                @if 0 < checked.waiting { li { (plural(checked.waiting, "decision waits", "decisions wait")) " to be made anew, because what it stood on has changed." } }
                @for lost in &checked.lost { li { (plural(lost.count, "decision", "decisions")) " cannot be made again: " (lost.reason) "." } }
            }
        }
        @if !checked.unlike.is_empty() { (Group::new("What differs", differences(&checked.unlike))) }
    }
}

fn differences(unlike: &[Unlike]) -> Table<'_> {
    let heads = ["Relationship", "Decided for", "What differs"].map(Column::new);
    Table::fold("Decisions that came out otherwise").columns(heads).rows(unlike.iter().map(|one| {
        let parts = html! {
            ul { @for part in &one.differs { li { (part.part.replace('_', " ")) ": " (part.kept) " → " (part.again) } } }
        };
        Row::new([
            Cell::head(html! { a href={ "/relationships/" (one.relationship) } { (one.name) } }),
            Cell::new(on(&one.as_of)).label("Decided for"),
            Cell::new(parts).label("What differs"),
        ])
    }))
}
