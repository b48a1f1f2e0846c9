//! Quality: what the rows of a file are worth, each figure one click from its rows.

use ::store::Tx;
use kernel::{Page, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::html;
use ui::{Button, Cell, Column, Group, Head, Nothing, Row, Table, count, plural, terms};

use super::{PLACE, address, after, pager};
use crate::{
    matter::Matter,
    ops::{
        quality::{self, Quality, QualityRow, QualityRows},
        view::{self, Named, ShownImport},
    },
};

/// Rows on a page.
const ROWS: i64 = 100;

struct QualityPage {
    import: ShownImport,
    quality: Quality,
}

/// Answers `GET /imports/{id}/quality`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let id = visit.part("id")?.to_owned();
    let import = view::view(visit.cx, tx, Named { id: id.clone() })?;
    let page = QualityPage { quality: quality::quality(visit.cx, tx, Named { id })?, import };
    let title = format!("Quality of {}", page.import.name);
    Ok(Reply::Page { title, place: PLACE, body: page.render() })
}

impl Render for QualityPage {
    fn render(&self) -> Markup {
        let here = address(&self.import.id, "");
        let trail = html! { a href=(PLACE) { "Bring in" } " › " a href=(here) { (self.import.name) } };
        let lead = html! { (plural(self.quality.rows, "row", "rows")) ", and what is the matter with them. A row can stand in several." };
        html! {
            (Head { title: "Quality of the rows".into(), trail: Some(trail), lead: Some(lead), narrow: true, ..Head::default() })
            div .group .narrow { (self.figures()) }
            (Group::new("Days and currencies", html! { div .group .narrow { (self.said()) } }))
            @if !self.quality.columns.is_empty() {
                (Group::new("How columns are read", html! { div .group .narrow { (self.columns()) } }))
            }
        }
    }
}

impl QualityPage {
    fn figures(&self) -> Table<'_> {
        let row = |figure: &quality::QualityFigure| {
            let to = address(&self.import.id, &format!("/quality/{}", figure.figure));
            let rows = match figure.rows {
                0 => html! { span .faint { "none" } },
                rows => html! { a href=(to) { (count(rows)) } },
            };
            Row::new([Cell::head(figure.label.clone()), Cell::num(rows)])
        };
        Table::plain("What is the matter with the rows")
            .columns([Column::new("Rows that"), Column::new("Rows").num()])
            .rows(self.quality.figures.iter().map(row))
    }

    fn said(&self) -> Markup {
        let Quality { last_day, incomplete_month, currencies, .. } = &self.quality;
        let last = match (last_day.as_str(), incomplete_month) {
            ("", _) => html! { "No column tells a day." },
            (day, None) => html! { (day) ", the end of its month" },
            (day, Some(month)) => html! {
                (day) ": the month " (month.month) " is not over in these data, with " (month.rows) " rows after " (month.rows_before)
                " in the month before. Do not read a trend out of it."
            },
        };
        let rows = |(code, rows): (&String, &u64)| {
            format!("{code}: {}", count(i64::try_from(*rows).unwrap_or(i64::MAX)).render().into_string())
        };
        let all: Vec<_> = currencies.iter().map(rows).collect();
        let all = if all.is_empty() { "none".to_owned() } else { all.join(", ") };
        terms(&[("The data end on", last), ("Rows by currency", html! { (all) })])
    }

    fn columns(&self) -> Table<'_> {
        let row = |column: &quality::ReadColumn| {
            Row::new([
                Cell::head(column.column.clone()),
                Cell::new(column.meaning.clone()),
                Cell::new(column.read_as.clone()),
            ])
        };
        Table::plain("How columns are read")
            .columns([Column::new("In the file"), Column::new("Meaning"), Column::new("Read as")])
            .rows(self.quality.columns.iter().map(row))
    }
}

struct RowsPage {
    import: ShownImport,
    figure: String,
    label: &'static str,
    rows: Page<QualityRow>,
    is_first: bool,
}

/// Answers `GET /imports/{id}/quality/{figure}`.
pub(super) fn rows(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let (id, figure, after) = (visit.part("id")?.to_owned(), visit.part("figure")?.to_owned(), after(visit)?);
    let asked = QualityRows { id: id.clone(), figure: figure.clone(), after, limit: Some(ROWS) };
    let rows = quality::quality_rows(visit.cx, tx, asked)?;
    let label =
        Matter::ALL.iter().find(|matter| matter.as_str() == figure).map_or("Rows", |matter| matter.label());
    let import = view::view(visit.cx, tx, Named { id })?;
    let page = RowsPage { import, figure, label, rows, is_first: after.is_none() };
    Ok(Reply::Page {
        title: format!("{} in {}", page.label, page.import.name),
        place: PLACE,
        body: page.render(),
    })
}

impl Render for RowsPage {
    fn render(&self) -> Markup {
        let (import, quality) = (address(&self.import.id, ""), address(&self.import.id, "/quality"));
        let trail = html! {
            a href=(PLACE) { "Bring in" } " › " a href=(import) { (self.import.name) } " › " a href=(quality) { "Quality" }
        };
        html! {
            (Head { title: self.label.into(), trail: Some(trail), narrow: true, ..Head::default() })
            div .group .narrow {
                @if self.rows.rows.is_empty() { (self.nothing()) } @else {
                    (self.table())
                    @if !self.is_first || self.rows.next.is_some() { (self.pager(&quality)) }
                }
            }
        }
    }
}

impl RowsPage {
    fn nothing(&self) -> Nothing<'static> {
        let act = html! { (Button::link("Back to the quality", address(&self.import.id, "/quality"))) };
        Nothing { sentence: "No row stands behind this figure.".into(), act: Some(act) }
    }

    fn table(&self) -> Table<'_> {
        let row = |row: &QualityRow| {
            let to = address(&self.import.id, &format!("/rows/{}", row.row));
            Row::new([Cell::num(html! { a href=(to) { (count(row.row)) } }), Cell::new(row.cells.clone())])
        };
        Table::plain("Rows behind the figure")
            .columns([Column::new("Row").num(), Column::new("What stands in it")])
            .rows(self.rows.rows.iter().map(row))
    }

    fn pager(&self, quality: &str) -> Markup {
        let shown = i64::try_from(self.rows.rows.len()).unwrap_or(i64::MAX);
        let list = format!("{quality}/{}", self.figure);
        let next = self.rows.next.as_ref().map(|next| format!("{list}?after={next}"));
        pager(&plural(shown, "row", "rows"), (!self.is_first).then_some(list), next)
    }
}
