//! The builder of filters: conditions and groups of them as a form, whose answers stand in the address.

mod draft;
mod rows;

use ::store::Tx;
use accounts::ops::{Nothing as NoInput, ShownLine, lines};
use kernel::Result;
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say};
use ui::{Button, Field as Input, Head, enter, hidden};

use self::draft::Group;
use super::{
    asked::{PLACE, address, asked, pairs},
    filters::{all_of, set},
    worded::in_words,
};
use crate::{
    condition::Wanted,
    ops::{self, Filter, Total},
};

/// Where it is.
pub(super) const BUILDER: &str = "/relationships/filter";

/// The builder.
struct BuilderPage {
    /// What the book was asked for beside the conditions; stays as it is.
    filter: Filter,
    draft: Group,
    wanted: Option<Wanted>,
    /// The conditions that the book had when the builder was opened.
    before: Option<String>,
    /// How many match, where the conditions hold together.
    matching: Option<(i64, bool)>,
    lines: Vec<ShownLine>,
    currencies: Vec<String>,
    /// The conditions as text that could not be read, and why.
    text: Option<(String, String)>,
}

/// Answers `GET /relationships/filter`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let filter = Filter { after: None, ..asked(visit)? };
    let text = visit.query.iter().find(|(name, _)| name == "text").map(|(_, text)| text.trim().to_owned());
    let (mut draft, read) = match (&text, draft::is_sent(visit)) {
        (Some(text), _) => match Wanted::read(text) {
            Ok(wanted) => (Group::of(wanted.as_ref()), Ok(())),
            Err(problem) => (Group::default(), Err((text.clone(), problem.message))),
        },
        (None, true) => (Group::sent(visit), Ok(())),
        (None, false) => {
            (Group::of(Wanted::read(filter.wanted.as_deref().unwrap_or_default())?.as_ref()), Ok(()))
        }
    };
    let before = visit.asked("before").map(str::to_owned).or_else(|| filter.wanted.clone());
    let act = visit.asked("do").unwrap_or_default();
    draft.act(act);
    let shows = act == "show" || (text.is_some() && read.is_ok());
    let (wanted, holds) = draft.wanted(act == "show");
    let filter = Filter { wanted: wanted.as_ref().map(ToString::to_string), ..filter };
    if shows && holds {
        return Ok(Reply::Go(address(&filter).write()));
    }
    let page = BuilderPage {
        matching: if holds { Some(matching(visit, tx, &filter)?) } else { None },
        lines: lines(visit.cx, tx, NoInput {})?,
        currencies: currencies(visit, tx)?,
        text: read.err(),
        before,
        filter,
        draft,
        wanted,
    };
    Ok(Reply::Page { title: say!("Conditions").into(), place: PLACE, body: page.render() })
}

/// The currencies in which money was made, as far as the viewer may see it.
fn currencies(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Vec<String>> {
    let all = ops::list(visit.cx, tx, Filter { limit: Some(1), ..Filter::default() })?;
    Ok(all.totals.into_iter().map(|total| total.currency).filter(|currency| !currency.is_empty()).collect())
}

fn matching(visit: &Visit<'_>, tx: &mut Tx<'_>, filter: &Filter) -> Result<(i64, bool)> {
    let book = ops::list(visit.cx, tx, Filter { limit: Some(1), ..filter.clone() })?;
    Ok((book.totals.iter().map(|total: &Total| total.count).sum(), book.at_least))
}

impl Render for BuilderPage {
    fn render(&self) -> Markup {
        let back = address(&Filter { wanted: self.before.clone(), ..self.filter.clone() }).write();
        let trail = html! { a href=(back) { "Relationships" } };
        html! {
            (Head { title: say!("Conditions"), trail: Some(trail), lead: Some(self.lead()), ..Head::default() })
            form .group method="get" action=(BUILDER) {
                (enter())
                @for (name, value) in self.kept() { (hidden(name, &value)) }
                (self.clause(&self.draft, &mut Vec::new()))
                div .acts {
                    (Button::submit(say!("Show them")).sends("do", "show").main_act())
                    (Button::submit(say!("Count")).sends("do", "count"))
                    (Button::link(say!("Cancel"), &back).quiet())
                }
            }
            (self.as_text())
        }
    }
}

impl BuilderPage {
    fn lead(&self) -> Markup {
        html! {
            @match (&self.wanted, self.matching) {
                (_, None) => { "Say what stands below the conditions marked in red." },
                (None, Some(_)) if self.beside().is_empty() => { "No condition yet: all relationships." },
                (wanted, Some((all, at_least))) => {
                    @if at_least { (say!("At least {n} relationship matches:" | "At least {n} relationships match:" % all)) }
                    @else { (say!("{n} relationship matches:" | "{n} relationships match:" % all)) }
                    " " (all_of(self.beside().into_iter().chain(wanted.as_ref().map(in_words)))) "."
                },
            }
        }
    }

    /// What else the book is asked for, in words.
    fn beside(&self) -> Vec<String> {
        set(&self.filter).0
    }

    /// What the address holds beside the conditions.
    fn kept(&self) -> Vec<(&'static str, String)> {
        let before = self.before.clone().map(|before| ("before", before));
        let beside = Filter { wanted: None, ..self.filter.clone() };
        pairs(&beside).into_iter().chain(before).collect()
    }

    /// The same as text, for whoever rather types.
    fn as_text(&self) -> Markup {
        let now = self.wanted.as_ref().map(ToString::to_string).unwrap_or_default();
        let (text, problem) = match &self.text {
            Some((text, problem)) => (text.clone(), Some(problem.clone())),
            None => (now, None),
        };
        html! {
            form .group .form method="get" action=(BUILDER) {
                @for (name, value) in self.kept() { (hidden(name, &value)) }
                (Input::text("text", say!("The same as text")).value(text).error(problem)
                    .hint(say!("Such as: class:client and (fit:under-served or confidence:low) and net>=1000 EUR and last<today-90")))
                div .acts { (Button::submit(say!("Show these"))) }
            }
        }
    }
}
