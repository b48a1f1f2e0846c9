//! Rejected rows: those that could not be read, each with its reason, on a page and as a file.

use ::store::Tx;
use kernel::{Page, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say};
use ui::{Button, Cell, Column, Head, Nothing, Row, Table, count, plural};

use super::{PLACE, address, after, pager};
use crate::{
    ops::view::{self, Named, Rejections, ShownImport, ShownRejection},
    retold::retold,
};

/// Rows on a page.
const ROWS: i64 = 100;

/// A page of rejected rows.
struct RejectionsPage {
    import: ShownImport,
    rejected: Page<ShownRejection>,
    is_first: bool,
}

/// Answers `GET /imports/{id}/rejections`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let (id, after) = (visit.part("id")?.to_owned(), after(visit)?);
    let page = RejectionsPage {
        import: view::view(visit.cx, tx, Named { id: id.clone() })?,
        rejected: view::rejections(visit.cx, tx, Rejections { id, after, limit: Some(ROWS) })?,
        is_first: after.is_none(),
    };
    Ok(Reply::Page {
        title: say!("Rejected rows of {}", page.import.name),
        place: PLACE,
        body: page.render(),
    })
}

impl Render for RejectionsPage {
    fn render(&self) -> Markup {
        let here = address(&self.import.id, "");
        let rows = &self.rejected.rows;
        let trail = html! { a href=(PLACE) { "Bring in" } " › " a href=(here) { (self.import.name) } };
        let acts = html! { (Button::link(say!("Download as CSV"), format!("{here}/rejections.csv"))) };
        html! {
            (Head { edit: None,
                title: say!("Rejected rows"),
                trail: Some(trail),
                lead: Some(html! { "They are not imported. Mend them where they come from and bring the file in again: rows that are stored stay as they are." }),
                acts: (!rows.is_empty()).then_some(acts),
                narrow: true,
            })
            div .group .narrow {
                @if rows.is_empty() { (self.nothing()) } @else {
                    (table(&self.import.id, rows))
                    @if !self.is_first || self.rejected.next.is_some() { (self.pager(&here)) }
                }
            }
        }
    }
}

impl RejectionsPage {
    fn nothing(&self) -> Nothing<'static> {
        let sentence = if self.is_first {
            say!("No row was rejected.")
        } else {
            say!("No rejected row stands behind this place.")
        };
        let act = html! { (Button::link(say!("Back to the import"), address(&self.import.id, ""))) };
        Nothing { sentence, act: Some(act) }
    }

    fn pager(&self, here: &str) -> Markup {
        let shown = i64::try_from(self.rejected.rows.len()).unwrap_or(i64::MAX);
        let list = format!("{here}/rejections");
        let next = self.rejected.next.as_ref().map(|next| format!("{list}?after={next}"));
        pager(&plural(shown, "row", "rows"), (!self.is_first).then_some(list), next)
    }
}

/// Rejected rows with column, value and reason.
pub(super) fn table<'r>(id: &str, rows: &'r [ShownRejection]) -> Table<'r> {
    let value = |row: &ShownRejection| {
        html! {
            @if row.value.is_empty() { span .faint { "empty" } } @else { code { (row.value) } }
        }
    };
    let column = |row: &ShownRejection| {
        html! {
            @match &row.column { Some(column) => { (column) }, None => { span .faint { "–" } } }
        }
    };
    Table::plain(say!("Rejected rows"))
        .columns([
            Column::new(say!("Row")).num(),
            Column::new(say!("Column")),
            Column::new(say!("Value")),
            Column::new(say!("Reason")),
        ])
        .rows(rows.iter().map(|row| {
            Row::new([
                Cell::num(html! { a href=(address(id, &format!("/rows/{}", row.row))) { (count(row.row)) } }),
                Cell::new(column(row)),
                Cell::new(value(row)),
                Cell::soft(retold(&row.reason)),
            ])
        }))
}

/// Answers `GET /imports/{id}/rejections.csv`.
pub(super) fn download(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let id = visit.part("id")?.to_owned();
    let import = view::view(visit.cx, tx, Named { id: id.clone() })?;
    let rows = view::all_rejections(visit.cx, tx, Named { id })?;
    // The mark makes spreadsheets read the letters as what they are.
    let mut content = "\u{feff}row,column,value,reason\r\n".to_owned();
    for row in &rows {
        let cells =
            [&row.row.to_string(), row.column.as_deref().unwrap_or_default(), &row.value, &row.reason];
        content.push_str(&cells.map(cell).join(","));
        content.push_str("\r\n");
    }
    Ok(Reply::File {
        name: format!("{}-rejected.csv", import.name),
        media: "text/csv; charset=utf-8",
        content,
    })
}

/// A cell between quotes. One that a spreadsheet would run as a formula begins with an apostrophe, which makes it text.
fn cell(text: &str) -> String {
    let is_formula = |letter: char| matches!(letter, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    let runs = text.trim_start().starts_with(is_formula) || text.starts_with(['\t', '\r', '\n']);
    format!("\"{}{}\"", if runs { "'" } else { "" }, text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (text, safe) in [
            ("=1+1", "\"'=1+1\""),
            ("+49", "\"'+49\""),
            ("-5", "\"'-5\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("\t=1", "\"'\t=1\""),
            ("  =1", "\"'  =1\""),
            ("＝1", "\"'＝1\""),
            ("\ra", "\"'\ra\""),
            ("a=1", "\"a=1\""),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("", "\"\""),
        ] {
            assert_eq!(cell(text), safe, "{text:?}");
        }
    }
}
