//! Row: one row of a file, what its cells were taken to mean, and what became of it.

use ::store::Tx;
use kernel::Result;
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::html;
use ui::{Button, Cell, Column, Head, Note, Row, Table, count};

use super::{PLACE, address};
use crate::{
    Meaning,
    ops::{
        became::Became,
        row::{self, NamedRow, ShownCell, ShownRow},
    },
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
    let shown = row::row(visit.cx, tx, NamedRow { id: visit.part("id")?.to_owned(), row })?;
    let page = RowPage { shown, is_open: visit.cx.actor.may(kernel::Permission::Write) };
    Ok(Reply::Page { title: page.title(), place: PLACE, body: page.render() })
}

impl RowPage {
    fn title(&self) -> String {
        format!("Row {} of {}", count(self.shown.row), self.shown.file)
    }

    fn walk(&self) -> Markup {
        let to = |word: &'static str, row: Option<i64>, key| match row {
            Some(row) => Button::link(word, address(&self.shown.import, &format!("/rows/{row}"))).key(key),
            None => Button::link(word, "").off(),
        };
        html! { (to("Previous row", self.shown.previous, '[')) (to("Next row", self.shown.next, ']')) }
    }

    fn cells(&self) -> Table<'_> {
        let mut columns = vec![Column::new("In the file")];
        columns.extend(self.is_open.then(|| Column::new("What stands there")));
        columns.push(Column::new("Taken to mean"));
        columns.extend(self.is_open.then(|| Column::new("Read as")));
        Table::plain("Cells of the row")
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
            Some(meaning) => html! { (meaning.label()) },
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
                @if !self.is_open { (Note::new("Members and owners see what stands in the file.")) }
                (self.cells())
            }
        }
    }
}

/// What became of the row, in a sentence or two.
fn became(became: &Became) -> Markup {
    match became.state.as_str() {
        "recorded" if became.kind.is_none() => html! {
            "Recorded"
            @if let (Some(account), Some(name)) = (&became.account, &became.account_name) {
                " with " a href={ "/accounts/" (account) } { (name) }
            }
            "."
        },
        "recorded" => html! { "Recorded as " (line(became)) "." },
        "stored already" => html! {
            "Stored already: a copy of "
            @match &became.copy_of {
                Some(origin) => {
                    a href=(address(&origin.import, &format!("/rows/{}", origin.row))) { "row " (count(origin.row)) }
                    " of " @if origin.file.is_none() { "import " }
                    a href=(address(&origin.import, "")) { (origin.file.as_ref().unwrap_or(&origin.import)) }
                },
                None => { "what was recorded by hand" },
            }
            ", which is " (line(became)) "."
        },
        "left out" => html! { "Left out by a rule of the mapping." },
        "rejected" => html! {
            "Rejected: " @if let Some(column) = &became.column { strong { (column) } " " }
            (became.reason.as_deref().unwrap_or_default()) "."
        },
        "not imported yet" => html! { "Not imported yet." },
        _ => html! { "Not found in the house any more: what it made was changed since." },
    }
}

/// The line of an order, with the ways to its order and its account.
fn line(became: &Became) -> Markup {
    let kind = match became.kind.as_deref() {
        Some("cancellation") => "what went back",
        Some("adjustment") => "an entry of bookkeeping",
        Some("movement") => "stock that only moved",
        _ if became.fee => "a fee",
        _ => "a sale",
    };
    let order = match &became.order {
        Some(number) => format!("order {number}"),
        None => "an order without a number".to_owned(),
    };
    html! {
        (kind) ", line " (count(became.place.unwrap_or(0))) " of "
        @match (&became.account, &became.fact) {
            (Some(account), Some(fact)) => { a href={ "/accounts/" (account) "/facts/" (fact) } { (order) } },
            _ => { (order) },
        }
        @match (&became.account, &became.account_name) {
            (Some(id), Some(name)) => { ", of " a href={ "/accounts/" (id) } { (name) } },
            _ => { ", which names nobody" },
        }
    }
}
