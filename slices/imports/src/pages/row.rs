//! Row: one row of a file, what its cells were taken to mean, and what became of it.

use std::borrow::Cow;

use ::store::Tx;
use kernel::Result;
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say, tell, word};
use ui::{Button, Cell, Column, Head, Note, Row, Table, count};

use super::{PLACE, address};
use crate::{
    Meaning,
    ops::{
        became::Became,
        row::{self, NamedRow, ShownCell, ShownRow},
    },
    retold::{retold, retold_problem},
};

/// The page of a row.
struct RowPage {
    shown: ShownRow,
    /// The visitor may see what stands in the file.
    is_open: bool,
}

/// Answers `GET /imports/{id}/rows/{row}`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    // What is no number is the number of no row.
    let row = visit.part("row")?.parse().unwrap_or(0);
    let shown =
        row::row(visit.cx, tx, NamedRow { id: visit.part("id")?.to_owned(), row }).map_err(retold_problem)?;
    let page = RowPage { shown, is_open: visit.cx.actor.may(kernel::Permission::Write) };
    Ok(Reply::Page { title: page.title(), place: PLACE, body: page.render() })
}

impl RowPage {
    fn title(&self) -> String {
        say!("Row {row} of {file}", row = count(self.shown.row), file = self.shown.file)
    }

    fn walk(&self) -> Markup {
        let to = |word: Cow<'static, str>, row: Option<i64>, key| match row {
            Some(row) => Button::link(word, address(&self.shown.import, &format!("/rows/{row}"))).key(key),
            None => Button::link(word, "").off(),
        };
        html! {
            (to(say!("Previous row"), self.shown.previous, '['))
            (to(say!("Next row"), self.shown.next, ']'))
        }
    }

    fn cells(&self) -> Table<'_> {
        let mut columns = vec![Column::new(say!("In the file"))];
        columns.extend(self.is_open.then(|| Column::new(say!("What stands there"))));
        columns.push(Column::new(say!("Taken to mean")));
        columns.extend(self.is_open.then(|| Column::new(say!("Read as"))));
        Table::plain(say!("Cells of the row"))
            .columns(columns)
            .rows(self.shown.cells.iter().map(|one| self.cell(one)))
    }

    fn cell<'r>(&self, one: &'r ShownCell) -> Row<'r> {
        let or_dash = |text: Option<&str>| match text.filter(|text| !text.trim().is_empty()) {
            Some(text) => html! { (text) },
            None => html! { span .faint { "–" } },
        };
        let meaning = Meaning::ALL.iter().find(|known| Some(known.as_str()) == one.meaning.as_deref());
        let meaning = match meaning {
            Some(meaning) => html! { (word!(meaning.label())) },
            None => html! { span .faint { "Not imported" } },
        };
        let mut cells = vec![Cell::head(one.column.as_str())];
        cells.extend(self.is_open.then(|| Cell::new(or_dash(one.value.as_deref()))));
        cells.push(Cell::new(meaning));
        cells.extend(self.is_open.then(|| Cell::soft(or_dash(one.read_as.as_deref()))));
        Row::new(cells)
    }
}

impl Render for RowPage {
    fn render(&self) -> Markup {
        let here = address(&self.shown.import, "");
        let trail = html! { a href=(PLACE) { "Bring in" } " › " a href=(here) { (self.shown.file) } };
        html! {
            (Head {
                title: self.title().into(),
                trail: Some(trail),
                lead: Some(became(&self.shown.became)),
                acts: Some(self.walk()),
                ..Head::default()
            })
            div .group {
                @if !self.is_open { (Note::new(say!("Members and owners see what stands in the file."))) }
                (self.cells())
            }
        }
    }
}

/// What became of the row, in a sentence or two.
fn became(became: &Became) -> Markup {
    match became.state.as_str() {
        "recorded" if became.kind.is_none() => match (&became.account, &became.account_name) {
            (Some(account), Some(name)) => {
                tell!("Recorded with {account}.", account = to_account(account, name))
            }
            _ => html! { "Recorded." },
        },
        "recorded" => tell!("Recorded as {line}.", line = line(became)),
        "stored already" => {
            tell!(
                "Stored already: a copy of {original}, which is {line}.",
                original = original(became),
                line = line(became)
            )
        }
        "left out" => html! { "Left out by a rule of the mapping." },
        "rejected" => {
            let reason = retold(became.reason.as_deref().unwrap_or_default());
            match &became.column {
                Some(column) => tell!("Rejected: {column} {reason}.", column = html! { strong { (column) } }),
                None => tell!("Rejected: {reason}."),
            }
        }
        "not imported yet" => html! { "Not imported yet." },
        _ => html! { "Not found in the house any more: what it made was changed since." },
    }
}

/// The row of which one is a copy, with the ways to it and to its import.
fn original(became: &Became) -> Markup {
    let Some(origin) = &became.copy_of else { return html! { "what was recorded by hand" } };
    let n = count(origin.row);
    let row = html! {
        a href=(address(&origin.import, &format!("/rows/{}", origin.row))) { (say!("row {n}")) }
    };
    let file =
        html! { a href=(address(&origin.import, "")) { (origin.file.as_ref().unwrap_or(&origin.import)) } };
    match origin.file.is_none() {
        true => tell!("{row} of import {file}"),
        false => tell!("{row} of {file}"),
    }
}

fn to_account(id: &str, name: &str) -> Markup {
    html! { a href={ "/accounts/" (id) } { (name) } }
}

/// The line of an order, with the ways to its order and its account.
fn line(became: &Became) -> Markup {
    let kind = match became.kind.as_deref() {
        Some("cancellation") => say!("what went back"),
        Some("adjustment") => say!("an entry of bookkeeping"),
        Some("movement") => say!("stock that only moved"),
        _ if became.fee => say!("a fee"),
        _ => say!("a sale"),
    };
    let order = match &became.order {
        Some(number) => say!("order {number}"),
        None => say!("an order without a number").into_owned(),
    };
    let order = match (&became.account, &became.fact) {
        (Some(account), Some(fact)) => {
            html! { a href={ "/accounts/" (account) "/facts/" (fact) } { (order) } }
        }
        _ => html! { (order) },
    };
    let n = count(became.place.unwrap_or(0));
    match (&became.account, &became.account_name) {
        (Some(id), Some(name)) => {
            tell!("{kind}, line {n} of {order}, of {account}", account = to_account(id, name))
        }
        _ => tell!("{kind}, line {n} of {order}, which names nobody"),
    }
}
