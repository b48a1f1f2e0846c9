//! Quality: what the rows of a file are worth, each figure one click from its rows.

use std::borrow::Cow;

use ::store::Tx;
use kernel::{Page, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say, word};
use ui::{Button, Cell, Column, Group, Head, Nothing, Row, Table, count, plural, terms};

use super::{PLACE, address, after, pager};
use crate::{
    matter::Matter,
    ops::{
        quality::{self, LastMonth, Quality, QualityRow, QualityRows},
        view::{self, Named, ShownImport},
    },
    retold::retold_problem,
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
    let page = QualityPage {
        quality: quality::quality(visit.cx, tx, Named { id }).map_err(retold_problem)?,
        import,
    };
    let title = say!("Quality of {}", page.import.name);
    Ok(Reply::Page { title, place: PLACE, body: page.render() })
}

impl Render for QualityPage {
    fn render(&self) -> Markup {
        let here = address(&self.import.id, "");
        let trail = html! { a href=(PLACE) { "Bring in" } " › " a href=(here) { (self.import.name) } };
        let rows = plural(self.quality.rows, "row", "rows");
        let lead = html! { (say!("{rows}, and what is the matter with them. A row can stand in several.")) };
        html! {
            (Head { title: say!("Quality of the rows"), trail: Some(trail), lead: Some(lead), narrow: true, ..Head::default() })
            div .group .narrow { (self.figures()) }
            (Group::new(say!("Days and currencies"), html! { div .group .narrow { (self.said()) } }))
            @if !self.quality.columns.is_empty() {
                (Group::new(say!("How columns are read"), html! { div .group .narrow { (self.columns()) } }))
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
        Table::plain(say!("What is the matter with the rows"))
            .columns([Column::new(say!("Rows that")), Column::new(say!("Rows")).num()])
            .rows(self.quality.figures.iter().map(row))
    }

    fn said(&self) -> Markup {
        let Quality { last_day, incomplete_month, currencies, .. } = &self.quality;
        let last = match (last_day.as_str(), incomplete_month) {
            ("", _) => html! { "No column tells a day." },
            (day, None) => html! { (say!("{day}, the end of its month")) },
            (day, Some(month)) => html! { (unended(day, month)) },
        };
        let rows = |(code, rows): (&String, &u64)| {
            format!("{code}: {}", count(i64::try_from(*rows).unwrap_or(i64::MAX)).render().into_string())
        };
        let all: Vec<_> = currencies.iter().map(rows).collect();
        let all = if all.is_empty() { say!("none").into_owned() } else { all.join(", ") };
        terms(&[(&say!("The data end on"), last), (&say!("Rows by currency"), html! { (all) })])
    }

    fn columns(&self) -> Table<'_> {
        let row = |column: &quality::ReadColumn| {
            Row::new([
                Cell::head(column.column.clone()),
                Cell::new(word!(column.meaning)),
                Cell::new(column.read_as.clone()),
            ])
        };
        Table::plain(say!("How columns are read"))
            .columns([
                Column::new(say!("In the file")),
                Column::new(say!("Meaning")),
                Column::new(say!("Read as")),
            ])
            .rows(self.quality.columns.iter().map(row))
    }
}

/// The last month, of which the data do not tell all.
fn unended(day: &str, last: &LastMonth) -> String {
    let LastMonth { month, rows, rows_before } = last;
    say!(
        "{day}: the month {month} is not over in these data, with {rows} rows after {rows_before} in the month before. \
         Do not read a trend out of it."
    )
}

struct RowsPage {
    import: ShownImport,
    figure: String,
    label: Cow<'static, str>,
    rows: Page<QualityRow>,
    is_first: bool,
}

/// Answers `GET /imports/{id}/quality/{figure}`.
pub(super) fn rows(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let (id, figure, after) = (visit.part("id")?.to_owned(), visit.part("figure")?.to_owned(), after(visit)?);
    let asked = QualityRows { id: id.clone(), figure: figure.clone(), after, limit: Some(ROWS) };
    let rows = quality::quality_rows(visit.cx, tx, asked).map_err(retold_problem)?;
    let matter = Matter::ALL.iter().find(|matter| matter.as_str() == figure);
    let label = matter.map_or_else(|| say!("Rows"), |matter| matter.label());
    let import = view::view(visit.cx, tx, Named { id })?;
    let page = RowsPage { import, figure, label, rows, is_first: after.is_none() };
    Ok(Reply::Page {
        title: say!("{what} in {file}", what = page.label, file = page.import.name),
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
            (Head { title: self.label.clone(), trail: Some(trail), narrow: true, ..Head::default() })
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
        let act = html! { (Button::link(say!("Back to the quality"), address(&self.import.id, "/quality"))) };
        Nothing { sentence: say!("No row stands behind this figure."), act: Some(act) }
    }

    fn table(&self) -> Table<'_> {
        let row = |row: &QualityRow| {
            let to = address(&self.import.id, &format!("/rows/{}", row.row));
            Row::new([Cell::num(html! { a href=(to) { (count(row.row)) } }), Cell::new(row.cells.clone())])
        };
        Table::plain(say!("Rows behind the figure"))
            .columns([Column::new(say!("Row")).num(), Column::new(say!("What stands in it"))])
            .rows(self.rows.rows.iter().map(row))
    }

    fn pager(&self, quality: &str) -> Markup {
        let shown = i64::try_from(self.rows.rows.len()).unwrap_or(i64::MAX);
        let list = format!("{quality}/{}", self.figure);
        let next = self.rows.next.as_ref().map(|next| format!("{list}?after={next}"));
        pager(&plural(shown, "row", "rows"), (!self.is_first).then_some(list), next)
    }
}
