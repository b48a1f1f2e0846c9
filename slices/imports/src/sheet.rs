//! A sheet as lines of text: as wide as its widest row, blank rows kept so that each is found by its number, merged cells
//! taken apart.

use std::io::{self, Write};

/// The most columns a sheet can have.
pub(crate) const MOST_COLUMNS: u32 = 16_384;

/// The most merged regions of one row that are taken apart.
const MOST_REGIONS: usize = 1_024;

/// Cells that were merged: rows and columns, first and last, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Region {
    pub rows: (u32, u32),
    pub columns: (u32, u32),
}

/// Takes the cells of a sheet that are not blank, row by row.
pub(crate) trait Cells {
    /// The cell of a row and a column, counted from 0.
    ///
    /// # Errors
    /// Where it cannot be written, or its row stands above that of the cell before.
    fn cell(&mut self, row: u32, column: u32, text: &str) -> io::Result<()>;
}

/// How far the cells of a sheet reach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Extent {
    /// Columns, to the last that holds anything.
    pub columns: u32,
    /// Rows, to the last that holds anything.
    pub rows: u32,
}

impl Cells for Extent {
    fn cell(&mut self, row: u32, column: u32, text: &str) -> io::Result<()> {
        if !text.trim().is_empty() && column < MOST_COLUMNS {
            self.columns = self.columns.max(column + 1);
            self.rows = self.rows.max(row + 1);
        }
        Ok(())
    }
}

/// Writes the rows of a sheet as records.
pub(crate) struct Lines<W: Write> {
    out: csv::Writer<W>,
    extent: Extent,
    /// The row that is being filled, and its number.
    row: Vec<String>,
    touched: bool,
    number: u32,
    /// The regions below or in that row, the last one first; those that reach it, with what stands in them.
    waiting: Vec<Region>,
    open: Vec<(Region, String)>,
}

impl<W: Write> Lines<W> {
    /// Writes to `out` the rows of a sheet that reaches so far and in which these cells are merged.
    pub fn new(out: W, extent: Extent, mut merged: Vec<Region>) -> Lines<W> {
        merged.retain(|region| {
            let tall = region.rows.0 < region.rows.1;
            tall && region.rows.0 < extent.rows && region.columns.0 < extent.columns
        });
        merged.sort_by_key(|region| std::cmp::Reverse(region.rows.0));
        Lines {
            out: csv::WriterBuilder::new().flexible(true).from_writer(out),
            extent,
            row: vec![String::new(); extent.columns as usize],
            touched: false,
            number: 0,
            waiting: merged,
            open: Vec::new(),
        }
    }

    /// Writes the last rows and gives back what was written to.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn finish(mut self) -> io::Result<W> {
        while self.number < self.extent.rows {
            self.end_row()?;
        }
        self.out.into_inner().map_err(|error| io::Error::other(error.to_string()))
    }

    fn end_row(&mut self) -> io::Result<()> {
        let next = self.waiting.last().is_some_and(|region| region.rows.0 <= self.number);
        if !self.touched && !next && self.open.is_empty() {
            self.number += 1;
            return self.out.write_record([""]).map_err(reason);
        }
        self.touched = false;
        self.take_apart();
        let blank = self.row.iter().all(|cell| cell.trim().is_empty());
        let written = if blank { self.out.write_record([""]) } else { self.out.write_record(&self.row) };
        written.map_err(reason)?;
        self.row.iter_mut().for_each(String::clear);
        self.number += 1;
        Ok(())
    }

    /// Repeats what stands in merged cells downwards. Sideways it is not: there it stands above several columns.
    fn take_apart(&mut self) {
        while self.waiting.last().is_some_and(|region| region.rows.0 <= self.number) {
            let region = self.waiting.pop().filter(|_| self.open.len() < MOST_REGIONS);
            let value = |region: &Region| self.row[region.columns.0 as usize].clone();
            self.open.extend(region.map(|region| (region, value(&region))));
        }
        self.open.retain(|(region, _)| self.number <= region.rows.1);
        for (region, value) in &self.open {
            let cell = &mut self.row[region.columns.0 as usize];
            if cell.is_empty() {
                cell.clone_from(value);
            }
        }
    }
}

impl<W: Write> Cells for Lines<W> {
    fn cell(&mut self, row: u32, column: u32, text: &str) -> io::Result<()> {
        if row < self.number {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "its rows do not stand in order"));
        }
        if self.extent.rows <= row || self.extent.columns <= column {
            return Ok(());
        }
        while self.number < row {
            self.end_row()?;
        }
        self.touched = true;
        let cell = &mut self.row[column as usize];
        cell.clear();
        cell.push_str(text);
        Ok(())
    }
}

/// What lies behind an error of the writer of records.
pub(crate) fn reason(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CELLS: [(u32, u32, &str); 8] = [
        (1, 0, "Sales of 2017"),
        (3, 0, "region"),
        (3, 1, "quarter"),
        (3, 3, "note"),
        (4, 0, "North"),
        (4, 1, "1"),
        (5, 1, "2"),
        (9, 0, " "),
    ];

    fn written(merged: Vec<Region>) -> String {
        let mut extent = Extent::default();
        CELLS.iter().for_each(|(row, column, text)| extent.cell(*row, *column, text).unwrap());
        let mut lines = Lines::new(Vec::new(), extent, merged);
        CELLS.iter().for_each(|(row, column, text)| lines.cell(*row, *column, text).unwrap());
        String::from_utf8(lines.finish().unwrap()).unwrap()
    }

    #[test]
    fn blank_rows_are_kept_and_those_below_the_last_are_not() {
        assert_eq!(
            written(Vec::new()),
            "\"\"\nSales of 2017,,,\n\"\"\nregion,quarter,,note\nNorth,1,,\n,2,,\n"
        );
    }

    #[test]
    fn merged_cells_are_repeated_downwards_and_not_sideways() {
        let merged = [((1, 1), (0, 3)), ((3, 3), (1, 2)), ((4, 5), (0, 0)), ((0, 900_000), (15, 16_000))];
        let merged = merged.map(|(rows, columns)| Region { rows, columns }).to_vec();
        assert_eq!(
            written(merged),
            "\"\"\nSales of 2017,,,\n\"\"\nregion,quarter,,note\nNorth,1,,\nNorth,2,,\n"
        );
    }
}
