//! The tables of a database that lives in one file.

use std::path::Path;

use ::store::{Foreign, ForeignKind};
use kernel::{Problem, Result};
use tempfile::NamedTempFile;

use super::{Place, Unpacking};
use crate::{
    sheet::reason,
    table::{Known, shown},
};

impl Unpacking<'_> {
    /// Makes a table of each table that holds rows.
    pub(super) fn database(&mut self, place: &Place, path: &Path) -> Result<()> {
        let called = self.called(place);
        let foreign = Foreign::open(path).map_err(|problem| broken(&called, problem))?;
        let (mut views, mut made, mut blank) = (Vec::new(), Vec::new(), Vec::new());
        for table in foreign.tables().map_err(|problem| broken(&called, problem))? {
            match table.kind {
                ForeignKind::View => views.push(shown(&table.name)),
                ForeignKind::Made => made.push(shown(&table.name)),
                ForeignKind::Rows => match self.rows(&called, &foreign, &table.name)? {
                    Some(file) => self.derived(&place.below(&table.name), Known::Header, file)?,
                    None => blank.push(shown(&table.name)),
                },
            }
        }
        for (what, names) in [
            ("Views were left out, bring in the tables that they show", views),
            ("Tables that the database makes itself were left out", made),
            ("Empty tables were left out", blank),
        ] {
            if !names.is_empty() {
                self.shelf.note(format!("{what}: {}.", names.join(", ")));
            }
        }
        Ok(())
    }

    /// The rows of a table, if there are any.
    fn rows(&mut self, called: &str, foreign: &Foreign, table: &str) -> Result<Option<NamedTempFile>> {
        let mut out = csv::Writer::from_writer(self.shelf.begin()?);
        let (mut rows, mut without_text) = (0u64, 0u64);
        let unwritten = |error: csv::Error| self.shelf.unwritten(&reason(error));
        let columns = foreign.columns(table).map_err(|problem| broken(called, problem))?;
        out.write_record(&columns).map_err(unwritten)?;
        let read = foreign.rows(table, &mut |cells| {
            rows += 1;
            without_text += cells.iter().filter(|cell| cell.is_none()).count() as u64;
            out.write_record(cells.iter().map(|cell| cell.as_deref().unwrap_or_default())).map_err(unwritten)
        });
        read.map_err(|problem| broken(called, problem))?;
        if rows == 0 {
            return Ok(None);
        }
        let file =
            self.shelf.ended(out.into_inner().map_err(|error| self.shelf.unwritten(error.error()))?)?;
        if 0 < without_text {
            let table = shown(table);
            self.shelf
                .note(format!("{without_text} cells of {table} that hold bytes and no text were left out."));
        }
        Ok(Some(file))
    }
}

/// The problem of a database that cannot be read; a problem of our own stays what it is.
fn broken(called: &str, problem: Problem) -> Problem {
    if problem.code != "store.foreign" {
        return problem;
    }
    let text = format!("{called} is damaged, {problem}; get a complete copy and bring it in again");
    Problem::invalid("file", "imports.damaged", text).because(problem)
}
