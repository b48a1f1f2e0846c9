//! The tables of a web page: many programs call such a page a workbook.

use std::io::{self, Read};

use html5gum::{DefaultEmitter, HtmlString, IoReader, StartTag, Token, Tokenizer};

use crate::sheet::{Cells, Region};

/// So much text of its tables is held.
const MOST: usize = 64 << 20;

/// A cell covers no more columns and rows than this.
const WIDEST: u32 = 1_000;
const TALLEST: u32 = 65_534;

/// A table of a page.
#[derive(Debug, Default)]
pub(crate) struct Grid {
    /// What stands above it.
    pub caption: String,
    /// Its cells: row, column, text.
    cells: Vec<(u32, u32, String)>,
    /// Cells that cover others.
    pub merged: Vec<Region>,
    rows: u32,
    columns: u32,
    /// Whether other tables stand in it.
    outer: bool,
}

impl Grid {
    /// Hands over its cells, row by row.
    ///
    /// # Errors
    /// Whatever `to` gives.
    pub fn cells(&self, to: &mut dyn Cells) -> io::Result<()> {
        self.cells.iter().try_for_each(|(row, column, text)| to.cell(*row, *column, text))
    }

    /// Whether it holds rows of its own, and does not only arrange the page.
    fn is_table(&self) -> bool {
        1 < self.rows && (1 < self.columns || !self.outer)
    }
}

/// The tables of a page in the order in which they begin.
///
/// # Errors
/// Where the page cannot be read, or its tables cannot be held.
pub(crate) fn tables(from: impl Read) -> io::Result<Vec<Grid>> {
    let mut page = Page::default();
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(IoReader::new(from), emitter) {
        match token? {
            Token::StartTag(tag) => page.start(&tag),
            Token::EndTag(tag) => page.end(&tag.name),
            Token::String(text) => page.text(&text.value)?,
            _ => (),
        }
    }
    while !page.open.is_empty() {
        page.close();
    }
    page.done.sort_by_key(|(order, _)| *order);
    Ok(page.done.into_iter().map(|(_, grid)| grid).filter(Grid::is_table).collect())
}

/// A page that is being read.
#[derive(Default)]
struct Page {
    open: Vec<Open>,
    done: Vec<(usize, Grid)>,
    begun: usize,
    /// What is not shown: the name of the element, and how many of that name are open.
    hidden: Option<(Vec<u8>, usize)>,
    held: usize,
}

/// A table that is being read.
#[derive(Default)]
struct Open {
    order: usize,
    grid: Grid,
    /// The row and the column of the next cell.
    row: Option<u32>,
    column: u32,
    /// What stands in the cell, or above the table.
    cell: Option<String>,
    span: (u32, u32),
    caption: bool,
    /// Columns that cells of rows above reach into: first and last, and the last such row.
    covered: Vec<(u32, u32, u32)>,
}

impl Page {
    fn start(&mut self, tag: &StartTag<()>) {
        if let Some((name, open)) = &mut self.hidden {
            *open += usize::from(*name == tag.name.0 && !tag.self_closing);
            return;
        }
        let style = attribute(tag, b"style").to_lowercase().replace(' ', "");
        let silent =
            matches!(tag.name.0.as_slice(), b"script" | b"style" | b"template" | b"head" | b"select");
        if (silent || style.contains("display:none")) && !is_void(&tag.name.0) && !tag.self_closing {
            self.hidden = Some((tag.name.0.clone(), 1));
            return;
        }
        match (tag.name.0.as_slice(), self.open.last_mut()) {
            (b"table", outer) => {
                outer.into_iter().for_each(|outer| outer.grid.outer = true);
                self.begun += 1;
                self.open.push(Open { order: self.begun, ..Open::default() });
            }
            (b"tr", Some(open)) => open.begin_row(),
            (b"td" | b"th", Some(open)) => open.begin_cell(tag),
            (b"caption", Some(open)) => {
                open.end_cell();
                (open.caption, open.cell) = (true, Some(String::new()));
            }
            (b"br" | b"p" | b"div" | b"li", Some(open)) => {
                open.cell.iter_mut().for_each(|text| text.push('\n'))
            }
            _ => (),
        }
    }

    fn end(&mut self, name: &HtmlString) {
        if let Some((hidden, open)) = &mut self.hidden {
            *open -= usize::from(*hidden == name.0);
            if *open == 0 {
                self.hidden = None;
            }
            return;
        }
        match (name.0.as_slice(), self.open.last_mut()) {
            (b"table", Some(_)) => self.close(),
            (b"tr", Some(open)) => open.end_row(),
            (b"td" | b"th" | b"caption", Some(open)) => open.end_cell(),
            _ => (),
        }
    }

    fn text(&mut self, text: &HtmlString) -> io::Result<()> {
        let cell = self.open.last_mut().and_then(|open| open.cell.as_mut()).filter(|_| self.hidden.is_none());
        if let Some(cell) = cell {
            self.held += text.0.len();
            if MOST < self.held {
                let why = "its tables are larger than 64 MiB";
                return Err(io::Error::new(io::ErrorKind::InvalidData, why));
            }
            // Line ends in the text of a page are blanks.
            cell.push_str(&String::from_utf8_lossy(&text.0).replace(['\n', '\r'], " "));
        }
        Ok(())
    }

    fn close(&mut self) {
        if let Some(mut open) = self.open.pop() {
            open.end_row();
            self.done.push((open.order, open.grid));
        }
    }
}

impl Open {
    fn begin_row(&mut self) {
        self.end_row();
        self.row = Some(self.grid.rows);
        self.grid.rows += 1;
        self.column = 0;
    }

    fn begin_cell(&mut self, tag: &StartTag<()>) {
        self.end_cell();
        if self.row.is_none() {
            self.begin_row();
        }
        let span = |name: &[u8], most: u32| attribute(tag, name).trim().parse().unwrap_or(1).clamp(1, most);
        self.span = (span(b"rowspan", TALLEST), span(b"colspan", WIDEST));
        self.cell = Some(String::new());
    }

    fn end_cell(&mut self) {
        let Some(text) = self.cell.take() else { return };
        let text = tidied(&text);
        if std::mem::take(&mut self.caption) {
            self.grid.caption = text.replace('\n', " ");
            return;
        }
        let row = self.row.unwrap_or_default();
        while let Some(over) =
            self.covered.iter().find(|(first, last, _)| (*first..=*last).contains(&self.column))
        {
            self.column = over.1 + 1;
        }
        let (rows, columns) = self.span;
        let last = (row.saturating_add(rows - 1), self.column.saturating_add(columns - 1));
        if 1 < rows || 1 < columns {
            self.grid.merged.push(Region { rows: (row, last.0), columns: (self.column, last.1) });
        }
        if 1 < rows {
            self.covered.push((self.column, last.1, last.0));
        }
        if !text.is_empty() {
            self.grid.cells.push((row, self.column, text));
        }
        self.column = last.1.saturating_add(1);
        self.grid.columns = self.grid.columns.max(self.column);
    }

    fn end_row(&mut self) {
        self.end_cell();
        if let Some(row) = self.row.take() {
            self.covered.retain(|(_, _, last)| row < *last);
        }
    }
}

/// The text of a cell without the blanks that only arrange the page.
fn tidied(text: &str) -> String {
    let lines = text.split('\n').map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn attribute(tag: &StartTag<()>, name: &[u8]) -> String {
    let found = tag.attributes.get(name);
    found.map(|value| String::from_utf8_lossy(&value.value.0).into_owned()).unwrap_or_default()
}

/// Elements that have no end.
fn is_void(name: &[u8]) -> bool {
    matches!(
        name,
        b"br"
            | b"img"
            | b"input"
            | b"hr"
            | b"col"
            | b"meta"
            | b"link"
            | b"wbr"
            | b"area"
            | b"base"
            | b"source"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::{Extent, Lines};

    fn written(grid: &Grid) -> String {
        let mut extent = Extent::default();
        grid.cells(&mut extent).unwrap();
        let mut lines = Lines::new(Vec::new(), extent, grid.merged.clone());
        grid.cells(&mut lines).unwrap();
        String::from_utf8(lines.finish().unwrap()).unwrap()
    }

    #[test]
    fn cells_that_cover_others_are_taken_apart_and_hidden_ones_left_out() {
        let page = "<html><body><table><caption>Sales</caption><tr><th>region<th colspan=2>quarter</tr>
            <tr><td rowspan=2>North<td>1<br>first<td>2 &amp; 3<span style='display: none'>9</span></tr>
            <tr><td>4<td>5<script>var a = '<td>6';</script></table>";
        let tables = tables(page.as_bytes()).unwrap();
        assert_eq!(tables[0].caption, "Sales");
        assert_eq!(written(&tables[0]), "region,quarter,\nNorth,\"1\nfirst\",2 & 3\nNorth,4,5\n");
    }

    #[test]
    fn a_table_that_only_arranges_the_page_is_none() {
        let inner = "<table><tr><td>id<td>name<tr><td>1<td>Ida</table>";
        let page = format!("<table><tr><td>menu<tr><td>{inner}</table><table><tr><td>foot</table>");
        let tables = tables(page.as_bytes()).unwrap();
        assert_eq!(tables.iter().map(written).collect::<Vec<_>>(), ["id,name\n1,Ida\n"]);
    }
}
