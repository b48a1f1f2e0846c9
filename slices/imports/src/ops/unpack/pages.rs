//! The tables of a web page.

use std::{io, path::Path};

use kernel::{Problem, Result};

use super::{Place, Unpacking, open, workbook::guarded};
use crate::{
    file::damaged,
    page,
    sheet::{Extent, Lines},
    table::Known,
    utf8::Utf8,
};

impl Unpacking<'_> {
    /// Makes a table of each table of the page that holds rows.
    pub(super) fn page(&mut self, place: &Place, path: &Path) -> Result<()> {
        let called = self.called(place);
        let source = open(&called, path)?;
        let tables = guarded(|| page::tables(Utf8::new(source))).map_err(|error| match error.kind() {
            io::ErrorKind::InvalidData => {
                let text = format!("{called} cannot be read as a web page: {error}; save its table as CSV");
                Problem::invalid("file", "imports.damaged", text)
            }
            _ => damaged(&called, 0, Some(&error)).because(error),
        })?;
        if tables.is_empty() {
            return open(&called, path)?.checked().map(drop);
        }
        let several = 1 < tables.len();
        for (at, grid) in tables.iter().enumerate() {
            let name = match (grid.caption.as_str(), several) {
                ("", true) => format!("table {}", at + 1),
                (caption, _) => caption.to_owned(),
            };
            let mut extent = Extent::default();
            let unwritten = |cause: io::Error| self.shelf.unwritten(&cause);
            grid.cells(&mut extent).map_err(unwritten)?;
            if extent.rows == 0 {
                continue;
            }
            let mut lines = Lines::new(self.shelf.begin()?, extent, grid.merged.clone());
            grid.cells(&mut lines).map_err(unwritten)?;
            let file = self.shelf.ended(lines.finish().map_err(unwritten)?)?;
            self.derived(&place.below(&name), Known::Cells, file)?;
        }
        Ok(())
    }
}
