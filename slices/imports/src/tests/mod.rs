//! Stories of whole files: real awkward ones, broken ones, endless ones, and bytes that are nothing at all.

mod acceptance;
mod broken;
mod endless;
mod files;
mod merge;
mod pages;
mod promise;
mod reading;
mod ready;
mod retail;
mod rows;
mod runs;
mod sheets;
mod survival;
mod targets;
mod together;
mod turns;
mod twice;
mod undo;
mod unpack;
mod waiting;
mod walls;
mod whose;
mod world;
mod written;

use crate::{Dialect, Record, Records, Row, Source, sniff, table::Table};

/// A file of these bytes.
pub fn source(bytes: &[u8]) -> kernel::Result<Source> {
    Source::new("file.csv", std::io::Cursor::new(bytes.to_vec()))
}

/// The dialect and the records of a file, with the rejections as `row: reason`, and the problem that ended it.
pub struct Whole {
    pub dialect: Dialect,
    pub names: Vec<String>,
    pub records: Vec<Vec<String>>,
    pub rejected: Vec<String>,
    pub problem: Option<kernel::Problem>,
}

/// Reads all of it.
pub fn read_all(source: Source) -> kernel::Result<Whole> {
    let dialect = sniff(&source)?;
    read_as(source, dialect)
}

/// Reads all of a table.
pub fn read_table(table: &Table) -> kernel::Result<Whole> {
    let source = Source::open(&table.file)?;
    let dialect = table.dialect(&source, &crate::Reading::default())?;
    read_as(source, dialect)
}

fn read_as(source: Source, dialect: Dialect) -> kernel::Result<Whole> {
    let mut reader = Records::open(source, &dialect)?;
    let names = reader.names().to_vec();
    let (mut records, mut rejected) = (Vec::new(), Vec::new());
    let problem = loop {
        match reader.read() {
            Ok(Some(Row::Record(record))) => records.push(cells(record)),
            Ok(Some(Row::Rejected(rejection))) => {
                rejected.push(format!("{}: {}", rejection.row, rejection.reason))
            }
            Ok(None) => break None,
            Err(problem) => break Some(problem),
        }
    };
    Ok(Whole { dialect, names, records, rejected, problem })
}

fn cells(record: &Record) -> Vec<String> {
    record.cells().map(str::to_owned).collect()
}
