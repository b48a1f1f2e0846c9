//! The list: the form that takes a file, and the files that came, newest first.

use std::borrow::Cow;

use ::store::Tx;
use kernel::{Context, Page, Permission, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say, tell};
use ui::{Door, Doors, Drop, Field, Group, Head, Ledger, Line, Mark, Nothing, Progress, Sign, hidden, who};

use super::{PLACE, address, after, pager, wording};
use crate::{
    ops::view::{self, List, ShownImport},
    retold::retold,
    run::State,
};

/// The endings that a browser offers to choose from.
const ENDINGS: &str = ".csv, .tsv, .txt, .gz, .bz2, .zip, .xlsx, .xlsm, .xls, .ods, .json, .jsonl, .ndjson, .vcf, .html, \
                       .htm, .db, .sqlite, .sqlite3";

/// What is taken today.
fn taken() -> Cow<'static, str> {
    say!(
        "Taken: CSV and its like in any encoding, workbooks (XLSX, XLS, ODS), JSON, address cards (vCard), \
         SQLite files, tables of web pages; also packed as .gz, .bz2 or .zip, several in one."
    )
}

/// The list.
struct ListPage<'a> {
    imports: Page<ShownImport>,
    is_first: bool,
    may_bring: bool,
    cx: &'a Context,
    csrf: &'a str,
}

/// Answers `GET /imports`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let after = after(visit)?;
    let page = ListPage {
        imports: view::list(visit.cx, tx, List { after, limit: None })?,
        is_first: after.is_none(),
        may_bring: visit.cx.actor.may(Permission::Write),
        cx: visit.cx,
        csrf: visit.csrf,
    };
    Ok(Reply::Page { title: say!("Bring in").into_owned(), place: PLACE, body: page.render() })
}

impl Render for ListPage<'_> {
    fn render(&self) -> Markup {
        if self.imports.rows.is_empty() && self.is_first {
            return self.welcome();
        }
        let lead = html! { "What you know about whom you serve, from the files of your other tools: accounts, people, orders, contracts, bills, conversations. Nothing is written before you have seen a dry run." };
        html! {
            (Head { title: say!("Bring in"), lead: Some(lead), narrow: true, ..Head::default() })
            @if self.may_bring { div .group .narrow { (self.file()) p .small .soft { (taken()) } } }
            (Group::new(say!("Imports"), self.ledger()).narrow())
            @if !self.is_first || self.imports.next.is_some() { div .narrow { (self.pager()) } }
        }
    }
}

impl ListPage<'_> {
    /// The first page of an empty house.
    fn welcome(&self) -> Markup {
        let lead = tell!(
            "Give Mainstay facts and it tells you, for every relationship, whether it is a {customer} or a {client}, and why.",
            customer = Mark::new(Sign::Customer, say!("customer")),
            client = Mark::new(Sign::Client, say!("client"))
        );
        html! {
            (Head { title: say!("Who stays, who passes by?"), lead: Some(lead), narrow: true, ..Head::default() })
            @if self.may_bring {
                div .group .narrow { (self.file()) p .small .soft { (taken()) } }
                (doors())
                p .small .soft .group .narrow { "You see a dry run first. Nothing leaves this machine." }
            } @else {
                (Nothing { sentence: say!("Nothing has been brought in yet. Members and owners can bring in a file."), act: None })
            }
        }
    }

    fn file(&self) -> Drop<'static> {
        let label =
            say!("A file with orders or invoices, one line of each per row, or several that belong together");
        Drop {
            action: PLACE.into(),
            hidden: hidden("csrf", self.csrf),
            field: Field::file("file", label, ENDINGS).required().multiple(),
            act: say!("Bring in"),
        }
    }

    fn ledger(&self) -> Markup {
        match self.imports.rows.is_empty() {
            true => Nothing { sentence: say!("No import is older than that."), act: None }.render(),
            false => {
                Ledger { lines: self.imports.rows.iter().map(|import| self.line(import)).collect() }.render()
            }
        }
    }

    fn line(&self, import: &ShownImport) -> Line {
        let state = State::parse(&import.state).unwrap_or(State::Failed);
        let name = html! { (who(&import.name, &address(&import.id, ""))) (wording::state(state)) };
        let when = wording::moment(import.finished.as_ref().unwrap_or(&import.received), self.cx);
        let line = Line::new(when, name);
        match state {
            State::Planning | State::Running => Line { what: Some(bar(import)), ..line },
            _ => Line { why: Some(why(import, state)), ..line },
        }
    }

    fn pager(&self) -> Markup {
        let shown = i64::try_from(self.imports.rows.len()).unwrap_or(i64::MAX);
        let next = self.imports.next.as_ref().map(|next| format!("{PLACE}?after={next}"));
        let range = ui::plural(shown, "import", "imports");
        pager(&range, (!self.is_first).then(|| PLACE.to_owned()), next)
    }
}

fn doors() -> Doors<'static> {
    let door = |heading: Cow<'static, str>, sentence: Cow<'static, str>, act: &'static str| Door {
        heading,
        sentence,
        act: html! { p { code { (act) } } },
    };
    Doors {
        doors: vec![
            door(
                say!("From the command line"),
                say!("The same file, the same dry run, the same answers."),
                "mainstay import orders.csv --dry-run",
            ),
            door(
                say!("Write down one relationship"),
                say!("A name, and what you know. Two facts are often enough for a first answer."),
                "mainstay account add \"Osterlund Marine\"",
            ),
        ],
    }
}

/// How far it was when the page was made; its own page follows it.
fn bar(import: &ShownImport) -> Markup {
    let progress = Progress {
        label: import.name.as_str().into(),
        done: import.done,
        total: import.rows,
        unit: say!("rows"),
        ..Progress::default()
    };
    progress.render()
}

/// What came of it, or what it waits for.
fn why(import: &ShownImport, state: State) -> Markup {
    let rows = wording::rows(import.rows);
    let outcome = if state == State::Done { &import.result } else { &import.planned };
    html! {
        @match (state, outcome) {
            _ if import.closed => { @if 0 < import.rows { (rows) ". " } "Its rows are open to whoever brought it in." },
            (State::Failed, _) => { (ui::sentence(&retold(&import.failure))) },
            (State::Planned, Some(outcome)) => { (rows) ": " (wording::counts(outcome)) ". " "Nothing is written yet." },
            (_, Some(outcome)) => { (rows) ": " (wording::counts(outcome)) "." },
            _ => { @if 0 < import.rows { (rows) ". " } "Nothing is written yet: look at its columns, then make a dry run." },
        }
    }
}
