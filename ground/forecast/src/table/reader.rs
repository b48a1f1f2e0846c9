//! A file opened as a table, whichever way it is written.

use std::{fs::File, io::Read, path::Path};

use kernel::{Problem, Result};

use super::{Batch, delimited::Delimited, parquet_in::Columnar};

/// A table in a file, read some rows at a time.
pub struct Reader {
    name: String,
    names: Vec<String>,
    before: u64,
    source: Source,
}

enum Source {
    Delimited(Box<Delimited>),
    Columnar(Box<Columnar>),
}

impl Reader {
    /// Opens a file; what it is, is seen from how it begins.
    pub fn open(path: &Path) -> Result<Reader> {
        let name = path.display().to_string();
        let mut begin = [0; 4];
        let read = File::open(path).and_then(|mut file| file.read(&mut begin)).map_err(|cause| {
            Problem::not_found("model.file", format!("cannot read {name}: {cause}; check that it is there"))
        })?;
        let source = if read == 4 && &begin == b"PAR1" {
            Source::Columnar(Box::new(Columnar::open(path, &name)?))
        } else {
            Source::Delimited(Box::new(Delimited::open(path, &name)?))
        };
        let names: Vec<String> = match &source {
            Source::Delimited(file) => file.names().to_vec(),
            Source::Columnar(file) => file.names(),
        };
        if let Some(twice) = names.iter().enumerate().find(|(i, n)| names[..*i].contains(n)) {
            let text = format!("{name} has two columns called {:?}; rename one", twice.1);
            return Err(Problem::invalid("input", "model.columns", text));
        }
        Ok(Reader { name, names, before: 0, source })
    }

    /// The file as it was named.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The names of its columns.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The next rows; nothing at the end.
    pub fn batch(&mut self) -> Result<Option<Batch>> {
        let columns = match &mut self.source {
            Source::Delimited(file) => file.columns(&self.name)?,
            Source::Columnar(file) => file.columns(&self.name)?,
        };
        let batch = Batch { before: self.before, columns };
        self.before += batch.rows() as u64;
        Ok(Some(batch).filter(|batch| batch.rows() > 0))
    }

    /// A refusal that names the file, the row (counted from one, the header left out) and the column.
    pub fn refusal(&self, row: u64, column: &str, why: &str) -> Problem {
        refusal(&self.name, row, column, why)
    }
}

/// A refusal that names the file, the row and the column.
pub(crate) fn refusal(name: &str, row: u64, column: &str, why: &str) -> Problem {
    Problem::invalid("input", "model.row", format!("{name} row {row}, column {column}: {why}"))
}
