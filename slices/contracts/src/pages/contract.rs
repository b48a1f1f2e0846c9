//! A contract: what has to be done by when, what is agreed, its versions with what changed in each.

use std::borrow::Cow;

use ::store::Tx;
use kernel::{Day, Permission, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say, tell, word};
use ui::{Button, Cell, Column, Columns, Group, Head, Nothing, Row, Table, hidden, terms, time};

use super::{PLACE, decide};
use crate::ops::{BY_ITSELF, Named, Shown, ShownDeadline, ShownVersion, view};

/// A contract.
pub(super) struct ContractPage<'a> {
    pub(super) shown: Shown,
    pub(super) today: Day,
    pub(super) may_write: bool,
    pub(super) csrf: &'a str,
}

/// Answers `GET /contracts/{id}`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let page = ContractPage {
        shown: view(visit.cx, tx, Named { id: visit.part("id")?.to_owned() })?,
        today: visit.cx.today(),
        may_write: visit.cx.actor.may(Permission::Write),
        csrf: visit.csrf,
    };
    Ok(Reply::Page { title: page.title(), place: PLACE, body: page.render() })
}

impl Render for ContractPage<'_> {
    fn render(&self) -> Markup {
        let trail = html! {
            a href="/contracts" { "Renewals" } " · " a href={ "/accounts/" (self.shown.account) } { (self.shown.party) }
        };
        let main = html! {
            (Group::new(say!("What has to be done by when"), self.deadlines()))
            (decide::leaving(self))
            (Group::new(say!("What is agreed"), self.agreed()))
            (Group::new(say!("Versions"), self.versions()))
            (decide::forms(self))
        };
        let acts = self.may_write.then(|| {
            html! { (Button::link(say!("Change what is agreed"), format!("/contracts/{}/change", self.shown.id))) }
        });
        html! {
            (Head { title: self.title().into(), trail: Some(trail), lead: Some(self.lead()), acts, ..Head::default() })
            (Columns { main, side: self.side() })
        }
    }
}

impl ContractPage<'_> {
    fn title(&self) -> String {
        let name = self.shown.terms.name.as_deref().unwrap_or(&self.shown.key);
        if self.shown.kind == "subscription" { say!("Subscription {name}") } else { say!("Contract {name}") }
    }

    /// Until when it runs, and the next day to act.
    fn lead(&self) -> Markup {
        let next = self.shown.deadlines.iter().find_map(|one| day(one.act_by.as_ref()));
        html! {
            @match (self.shown.holds, day(self.shown.ends.as_ref())) {
                (true, Some(last)) => { (tell!("It runs until {last}.", last = time::long(last))) " " },
                (true, None) => { (self.goes_on()) " " },
                (false, Some(last)) if last < self.today => { (tell!("It ran until {last}.", last = time::long(last))) " " },
                (false, _) => { "It has not begun yet. " },
            }
            @if let Some(next) = next {
                (tell!(
                    "The last safe day to act is {next}, {distance}.",
                    next = time::due(next, self.today),
                    distance = time::distance(next, self.today)
                ))
            }
        }
    }

    /// Until when it runs while nothing ends it, and the end that was missed.
    fn goes_on(&self) -> Markup {
        let Some(last) = day(self.shown.runs_until.as_ref()) else {
            return html! { "It runs until somebody stops it." };
        };
        let missed = self.shown.missed.as_ref();
        let over = missed.and_then(|one| Some((Day::parse(&one.act_by).ok()?, Day::parse(&one.ends).ok()?)));
        html! {
            (tell!("It runs until {last}, and goes on by itself unless somebody gives notice.", last = time::long(last)))
            @if let Some((day, end)) = over {
                " " span .late {
                    (tell!(
                        "The last safe day to end it with {end} was missed: it was {day}.",
                        end = time::long(end),
                        day = time::long(day)
                    ))
                }
            }
        }
    }

    fn deadlines(&self) -> Markup {
        if self.shown.deadlines.is_empty() {
            return html! { (Nothing { sentence: say!("It has ended, so nobody has to do anything about it."), act: None }) };
        }
        let table = Table::plain(say!("What each side can do by when"))
            .columns([
                Column::new(say!("Who")),
                Column::new(say!("What")),
                Column::new(say!("Last safe day")),
                Column::new(say!("It then ends with")),
                Column::new(say!("Why")),
            ])
            .rows(self.shown.deadlines.iter().map(|one| self.deadline(one)));
        html! { (table) }
    }

    fn deadline<'a>(&self, one: &'a ShownDeadline) -> Row<'a> {
        let what = match one.act.as_str() {
            "notice" => say!("give notice"),
            "withdraw" => say!("withdraw"),
            "agree" => say!("agree to go on"),
            _ => say!("not known"),
        };
        let why = html! {
            @if let Some(clause) = &one.clause { p { (clause) "." } }
            @for reason in &one.reasons { p .small .soft { (reason) } }
        };
        let shown = |text: Option<&String>, none: Cow<'static, str>| {
            html! {
                @match day(text) { Some(day) => { (time::due(day, self.today)) }, None => { span .faint { (none) } } }
            }
        };
        let none = if one.act == "unknown" { say!("not known") } else { say!("any day") };
        Row::new([
            Cell::head(if one.who == "us" { say!("We") } else { say!("They") }),
            Cell::new(what),
            Cell::new(shown(one.act_by.as_ref(), none)),
            Cell::new(shown(one.ends.as_ref(), "–".into())),
            Cell::new(why),
        ])
    }

    fn agreed(&self) -> Markup {
        let lines = self.shown.terms.lines();
        let shown: Vec<(&str, Markup)> =
            lines.iter().map(|(field, said)| (&**field, several(said))).collect();
        terms(&shown)
    }

    fn versions(&self) -> Markup {
        let last = self.shown.versions.last().filter(|last| 1 < last.n && last.import.is_none());
        html! {
            @if last.is_some() && self.may_write {
                form .acts method="post" action={ "/contracts/" (self.shown.id) "/retraction" } {
                    (hidden("csrf", self.csrf))
                    (Button::submit(say!("Take this version back")))
                    span .small .soft { "The newest, as if it had never been written." }
                }
            }
            @for version in self.shown.versions.iter().rev() { (changes(version, self.today)) }
        }
    }

    fn side(&self) -> Vec<(ui::Text<'static>, Markup)> {
        let shown = &self.shown;
        let mut known = vec![
            (say!("Party"), html! { a href={ "/accounts/" (shown.account) } { (shown.party) } }),
            (say!("Service line"), html! { (shown.line) }),
            (say!("Number"), html! { (shown.key) }),
            (say!("Term"), html! { (word!(shown.term.replace('_', " "))) }),
        ];
        if let Some(cycles) = shown.cycles {
            known.push((say!("Cycles begun"), html! { (ui::count(cycles)) }));
        }
        if let Some(previous) = &shown.previous {
            known.push((
                say!("Goes on from"),
                html! { a href={ "/contracts/" (previous) } { "the term before" } },
            ));
        }
        let all = html! { p { a href={ "/contracts?account=" (shown.account) } { "All their contracts" } } };
        let known: Vec<(&str, Markup)> = known.iter().map(|(what, value)| (&**what, value.clone())).collect();
        vec![(say!("Whose it is"), html! { (terms(&known)) (all) })]
    }
}

/// A version: since when, why, where from, and what it changes.
fn changes(version: &ShownVersion, today: Day) -> Markup {
    let from = match day(version.effective.as_ref()) {
        Some(day) => tell!(", from {day} on", day = time::long(day)),
        None if version.n == 1 => html! {},
        None => html! { ", from the beginning" },
    };
    let source = html! {
        @match (&version.import, version.row) {
            (Some(import), Some(row)) => { a href={ "/imports/" (import) "/rows/" (row) } { (say!("Row {} of a file", ui::count(row))) } },
            _ => { "Recorded by hand" },
        }
        @if let Ok(day) = Day::parse(&version.recorded) { ", " (time::short(day, today)) }
    };
    let rows = version.changes.iter().map(|change| {
        Row::new([
            Cell::head(html! { (change.field) }),
            Cell::new(several(&change.before)).label(say!("Before")),
            Cell::new(several(&change.after)).label(say!("After")),
        ])
    });
    let columns = [Column::new(say!("What")), Column::new(say!("Before")), Column::new(say!("After"))];
    html! {
        details open[1 < version.n] {
            summary { (say!("Version {}", version.n)) (from) @if !version.reason.is_empty() { ": " (reason(version)) } }
            p .small .faint { (source) }
            (Table::plain(say!("What version {} changes", version.n)).columns(columns).rows(rows))
        }
    }
}

/// Why; what the clock wrote down is said as it is read.
fn reason(version: &ShownVersion) -> Cow<'_, str> {
    if version.reason == BY_ITSELF { say!("it went on by itself") } else { Cow::Borrowed(&version.reason) }
}

/// What is said in a field; a day as people read it.
pub(super) fn several(lines: &[String]) -> Markup {
    let said = |line: &String| html! { @match day(Some(line)) { Some(day) => { (time::long(day)) }, None => { (line) } } };
    html! {
        @match lines {
            [] => { span .faint { "–" } },
            [one] => { (said(one)) },
            many => { ul { @for line in many { li { (said(line)) } } } },
        }
    }
}

pub(super) fn day(text: Option<&String>) -> Option<Day> {
    text.and_then(|text| Day::parse(text).ok())
}
