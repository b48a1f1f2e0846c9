//! A contract: what has to be done by when, what is agreed, its versions with what changed in each.

use ::store::Tx;
use kernel::{Day, Permission, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::html;
use ui::{Button, Cell, Column, Columns, Group, Head, Nothing, Row, Table, hidden, terms, time};

use super::{PLACE, decide};
use crate::ops::{Named, Shown, ShownDeadline, ShownVersion, view};

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
            (Group::new("What has to be done by when", self.deadlines()))
            (decide::leaving(self))
            (Group::new("What is agreed", self.agreed()))
            (Group::new("Versions", self.versions()))
            (decide::forms(self))
        };
        let acts = self.may_write.then(|| {
            html! { (Button::link("Change what is agreed", format!("/contracts/{}/change", self.shown.id))) }
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
        format!("{} {name}", if self.shown.kind == "subscription" { "Subscription" } else { "Contract" })
    }

    /// Until when it runs, and the next day to act.
    fn lead(&self) -> Markup {
        let next = self.shown.deadlines.iter().find_map(|one| day(one.act_by.as_ref()));
        html! {
            @match (self.shown.holds, day(self.shown.ends.as_ref())) {
                (true, Some(last)) => { "It runs until " (time::long(last)) ". " },
                (true, None) => { "It runs until somebody stops it. " },
                (false, Some(last)) if last < self.today => { "It ran until " (time::long(last)) ". " },
                (false, _) => { "It has not begun yet. " },
            }
            @if let Some(next) = next { "The last safe day to act is " (time::due(next, self.today)) ", " (time::distance(next, self.today)) "." }
        }
    }

    fn deadlines(&self) -> Markup {
        if self.shown.deadlines.is_empty() {
            return html! { (Nothing { sentence: "It has ended, so nobody has to do anything about it.".into(), act: None }) };
        }
        let table = Table::plain("What each side can do by when")
            .columns([
                Column::new("Who"),
                Column::new("What"),
                Column::new("Last safe day"),
                Column::new("It then ends with"),
                Column::new("Why"),
            ])
            .rows(self.shown.deadlines.iter().map(|one| self.deadline(one)));
        html! { (table) }
    }

    fn deadline<'a>(&self, one: &'a ShownDeadline) -> Row<'a> {
        let what = match one.act.as_str() {
            "notice" => "give notice",
            "withdraw" => "withdraw",
            "agree" => "agree to go on",
            _ => "not known",
        };
        let why = html! {
            @if let Some(clause) = &one.clause { p { (clause) "." } }
            @for reason in &one.reasons { p .small .soft { (reason) } }
        };
        let shown = |text: Option<&String>, none: &str| {
            html! {
                @match day(text) { Some(day) => { (time::due(day, self.today)) }, None => { span .faint { (none) } } }
            }
        };
        let none = if one.act == "unknown" { "not known" } else { "any day" };
        Row::new([
            Cell::head(if one.who == "us" { "We" } else { "They" }),
            Cell::new(what),
            Cell::new(shown(one.act_by.as_ref(), none)),
            Cell::new(shown(one.ends.as_ref(), "–")),
            Cell::new(why),
        ])
    }

    fn agreed(&self) -> Markup {
        let lines = self.shown.terms.lines();
        let shown: Vec<(&str, Markup)> = lines.iter().map(|(field, said)| (*field, several(said))).collect();
        terms(&shown)
    }

    fn versions(&self) -> Markup {
        let last = self.shown.versions.last().filter(|last| 1 < last.n && last.import.is_none());
        html! {
            @if last.is_some() && self.may_write {
                form .acts method="post" action={ "/contracts/" (self.shown.id) "/retraction" } {
                    (hidden("csrf", self.csrf))
                    (Button::submit("Take this version back"))
                    span .small .soft { "The newest, as if it had never been written." }
                }
            }
            @for version in self.shown.versions.iter().rev() { (changes(version, self.today)) }
        }
    }

    fn side(&self) -> Vec<(ui::Text<'static>, Markup)> {
        let shown = &self.shown;
        let mut known = vec![
            ("Party", html! { a href={ "/accounts/" (shown.account) } { (shown.party) } }),
            ("Service line", html! { (shown.line) }),
            ("Number", html! { (shown.key) }),
            ("Term", html! { (shown.term.replace('_', " ")) }),
        ];
        if let Some(cycles) = shown.cycles {
            known.push(("Cycles begun", html! { (ui::count(cycles)) }));
        }
        if let Some(previous) = &shown.previous {
            known.push(("Goes on from", html! { a href={ "/contracts/" (previous) } { "the term before" } }));
        }
        let all = html! { p { a href={ "/contracts?account=" (shown.account) } { "All their contracts" } } };
        vec![("Whose it is".into(), html! { (terms(&known)) (all) })]
    }
}

/// A version: since when, why, where from, and what it changes.
fn changes(version: &ShownVersion, today: Day) -> Markup {
    let from = match day(version.effective.as_ref()) {
        Some(day) => html! { ", from " (time::long(day)) " on" },
        None if version.n == 1 => html! {},
        None => html! { ", from the beginning" },
    };
    let source = html! {
        @match (&version.import, version.row) {
            (Some(import), Some(row)) => { a href={ "/imports/" (import) "/rows/" (row) } { "Row " (ui::count(row)) " of a file" } },
            _ => { "Recorded by hand" },
        }
        @if let Ok(day) = Day::parse(&version.recorded) { ", " (time::short(day, today)) }
    };
    let rows = version.changes.iter().map(|change| {
        Row::new([
            Cell::head(html! { (change.field) }),
            Cell::new(several(&change.before)).label("Before"),
            Cell::new(several(&change.after)).label("After"),
        ])
    });
    let columns = [Column::new("What"), Column::new("Before"), Column::new("After")];
    html! {
        details open[1 < version.n] {
            summary { "Version " (version.n) (from) @if !version.reason.is_empty() { ": " (version.reason) } }
            p .small .faint { (source) }
            (Table::plain(format!("What version {} changes", version.n)).columns(columns).rows(rows))
        }
    }
}

pub(super) fn several(lines: &[String]) -> Markup {
    html! {
        @match lines {
            [] => { span .faint { "–" } },
            [one] => { (one) },
            many => { ul { @for line in many { li { (line) } } } },
        }
    }
}

pub(super) fn day(text: Option<&String>) -> Option<Day> {
    text.and_then(|text| Day::parse(text).ok())
}
