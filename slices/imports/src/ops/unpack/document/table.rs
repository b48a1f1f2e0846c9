//! One sheet of a document, as its cells stream by.

use std::io;

use quick_xml::events::BytesStart;

use super::{attribute, repeated};
use crate::{
    cell,
    sheet::{Cells, MOST_COLUMNS, Region},
};

/// The most rows a sheet can have.
const MOST_ROWS: u32 = 1 << 20;

/// The most merged regions of a sheet that are remembered.
const MOST_REGIONS: usize = 100_000;

/// The table that is read out of the document.
pub(super) struct Table<'t> {
    to: &'t mut dyn Cells,
    /// How deep it lies, while it is being read.
    inside: Option<usize>,
    pub ended: bool,
    row: u32,
    /// How often the row stands there.
    repeat: u32,
    /// The cells of the row: column, how often, text.
    cells: Vec<(u32, u32, String)>,
    cell: Option<Cell>,
    pub merged: Vec<Region>,
}

/// A cell that is being read.
struct Cell {
    repeat: u32,
    /// What it is worth, where it is no text.
    value: Option<String>,
    text: String,
    paragraphs: u32,
    /// How deep a note or a drawing in it lies, whose text is not that of the cell.
    aside: Option<usize>,
}

impl<'t> Table<'t> {
    pub fn new(to: &'t mut dyn Cells) -> Table<'t> {
        let (cells, merged) = (Vec::new(), Vec::new());
        Table { to, inside: None, ended: false, row: 0, repeat: 1, cells, cell: None, merged }
    }

    pub fn start(&mut self, start: &BytesStart<'_>, depth: usize, sheet: &str) {
        let name = start.name();
        let name = name.as_ref();
        if self.inside.is_none() {
            let found = name == "table:table" && depth == 3;
            if found && attribute(start, "table:name").unwrap_or_default() == sheet {
                self.inside = Some(depth);
            }
            return;
        }
        match (name, &mut self.cell) {
            ("table:table-row", None) => self.repeat = repeated(start, "table:number-rows-repeated"),
            ("table:table-cell" | "table:covered-table-cell", None) => self.begin(start),
            (_, Some(cell)) if cell.aside.is_some() => (),
            ("office:annotation" | "table:table", Some(cell)) => cell.aside = Some(depth),
            (other, Some(cell)) if other.starts_with("draw:") => cell.aside = Some(depth),
            ("text:p", Some(cell)) => {
                if 0 < cell.paragraphs {
                    cell.text.push('\n');
                }
                cell.paragraphs += 1;
            }
            ("text:s", Some(cell)) => {
                let blanks = repeated(start, "text:c").min(1_000) as usize;
                cell.text.extend(std::iter::repeat_n(' ', blanks));
            }
            ("text:tab", Some(cell)) => cell.text.push('\t'),
            ("text:line-break", Some(cell)) => cell.text.push('\n'),
            _ => (),
        }
    }

    fn begin(&mut self, start: &BytesStart<'_>) {
        let of = |name: &str| attribute(start, name);
        let value = match of("office:value-type").as_deref() {
            Some("float" | "percentage" | "currency") => {
                of("office:value").map(|value| value.parse().map_or(value, cell::number))
            }
            Some("date") => of("office:date-value").map(|value| cell::iso(&value)),
            Some("time") => of("office:time-value").map(|value| cell::iso(&value)),
            Some("boolean") => of("office:boolean-value").map(|value| cell::truth(value == "true")),
            Some("string") => of("office:string-value"),
            _ => None,
        };
        let column = self.column();
        let (rows, columns) =
            (repeated(start, "table:number-rows-spanned"), repeated(start, "table:number-columns-spanned"));
        if (1 < rows || 1 < columns) && self.merged.len() < MOST_REGIONS {
            let last = |first: u32, count: u32| first.saturating_add(count - 1);
            self.merged.push(Region {
                rows: (self.row, last(self.row, rows)),
                columns: (column, last(column, columns)),
            });
        }
        let repeat = repeated(start, "table:number-columns-repeated");
        self.cell = Some(Cell { repeat, value, text: String::new(), paragraphs: 0, aside: None });
    }

    /// The column of the next cell.
    fn column(&self) -> u32 {
        self.cells.last().map_or(0, |(column, repeat, _)| column.saturating_add(*repeat))
    }

    pub fn text(&mut self, text: &str) {
        if let Some(cell) = self.cell.as_mut().filter(|cell| cell.aside.is_none() && 0 < cell.paragraphs) {
            cell.text.push_str(text);
        }
    }

    pub fn end(&mut self, name: &str, depth: usize) -> io::Result<()> {
        let Some(inside) = self.inside else { return Ok(()) };
        if let Some(cell) = self.cell.as_mut().filter(|cell| cell.aside.is_some()) {
            cell.aside = cell.aside.filter(|aside| *aside != depth);
            return Ok(());
        }
        match name {
            "table:table-cell" | "table:covered-table-cell" => {
                let column = self.column();
                if let Some(cell) = self.cell.take() {
                    // What lies under a merged cell is not shown.
                    let covered = name == "table:covered-table-cell";
                    let text = if covered { String::new() } else { cell.value.unwrap_or(cell.text) };
                    self.cells.push((column, cell.repeat, text));
                }
            }
            "table:table-row" => self.end_row()?,
            "table:table" if depth == inside => self.ended = true,
            _ => (),
        }
        Ok(())
    }

    fn end_row(&mut self) -> io::Result<()> {
        let blank = self.cells.iter().all(|(_, _, text)| text.is_empty());
        let rows = if blank { 0 } else { self.repeat };
        for row in self.row..self.row.saturating_add(rows).min(MOST_ROWS) {
            for (column, repeat, text) in self.cells.iter().filter(|(_, _, text)| !text.is_empty()) {
                for at in *column..column.saturating_add(*repeat).min(MOST_COLUMNS) {
                    self.to.cell(row, at, text)?;
                }
            }
        }
        self.row = self.row.saturating_add(self.repeat);
        self.cells.clear();
        Ok(())
    }
}
