//! Delimited text: comma, semicolon, tab or bar, seen from the header.

use std::{
    fs::File,
    io::{BufRead, BufReader, Seek, SeekFrom},
    path::Path,
};

use kernel::{Problem, Result};

use super::{Column, ROWS};

/// A delimited file.
pub(super) struct Delimited {
    rows: csv::Reader<BufReader<File>>,
    names: Vec<String>,
    record: csv::StringRecord,
}

impl Delimited {
    pub(super) fn open(path: &Path, name: &str) -> Result<Delimited> {
        let failed = |cause: std::io::Error| {
            Problem::invalid("input", "model.file", format!("cannot read {name}: {cause}; check the file"))
        };
        let mut file = BufReader::with_capacity(1 << 17, File::open(path).map_err(failed)?);
        let begins_with_mark = file.fill_buf().map_err(failed)?.starts_with(b"\xef\xbb\xbf");
        let start = if begins_with_mark { 3 } else { 0 };
        let mut header = Vec::new();
        file.seek(SeekFrom::Start(start)).map_err(failed)?;
        file.read_until(b'\n', &mut header).map_err(failed)?;
        file.seek(SeekFrom::Start(start)).map_err(failed)?;
        let mut rows = csv::ReaderBuilder::new().delimiter(separator(&header)).from_reader(file);
        let names = rows.headers().map_err(|cause| unreadable(name, &cause))?;
        let names: Vec<String> = names.iter().map(|text| text.trim().to_owned()).collect();
        if names.iter().all(String::is_empty) {
            let text = format!("{name} is empty; its first line names the columns");
            return Err(Problem::invalid("input", "model.file", text));
        }
        Ok(Delimited { rows, names, record: csv::StringRecord::new() })
    }

    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    pub(super) fn columns(&mut self, name: &str) -> Result<Vec<Column>> {
        let mut columns: Vec<Vec<String>> = self.names.iter().map(|_| Vec::new()).collect();
        for _ in 0..ROWS {
            if !self.rows.read_record(&mut self.record).map_err(|cause| unreadable(name, &cause))? {
                break;
            }
            for (column, text) in columns.iter_mut().zip(&self.record) {
                column.push(text.to_owned());
            }
        }
        Ok(columns.into_iter().map(Column::Text).collect())
    }
}

/// The sign that stands most often in the header.
fn separator(header: &[u8]) -> u8 {
    let count = |sign: &u8| header.iter().filter(|byte| *byte == sign).count();
    let mut best = b',';
    for sign in [b';', b'\t', b'|'] {
        if count(&sign) > count(&best) {
            best = sign;
        }
    }
    best
}

fn unreadable(name: &str, cause: &csv::Error) -> Problem {
    let text = match cause.kind() {
        csv::ErrorKind::UnequalLengths { pos, expected_len, len } => {
            let row = pos.as_ref().map_or(0, csv::Position::record);
            format!("{name} row {row} has {len} cells and the header {expected_len}; mend the row")
        }
        csv::ErrorKind::Utf8 { pos, .. } => {
            let row = pos.as_ref().map_or(0, csv::Position::record);
            format!("{name} row {row} is not UTF-8 text; save the file as UTF-8")
        }
        _ => format!("cannot read {name}: {cause}; check the file"),
    };
    Problem::invalid("input", "model.file", text)
}
