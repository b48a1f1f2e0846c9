//! The canonical dump: what the business knows, written so that equal knowledge is equal bytes.
//!
//! One line of JSON per row, tables in the order given, rows in the order of their key. Ids appear as their dense
//! rank among the ids of their noun, so gaps and blocks leave no trace; readings of our own clock and the origin of
//! a row are left out. Two databases with the same dump hash know the same.

use std::{collections::HashMap, io::Write};

use kernel::{Problem, Result};
use sha2::{Digest, Sha256};

use crate::{ColumnKind, Row, Table, Tx, migrate::hex};

/// What was written.
#[derive(Debug, PartialEq, Eq)]
pub struct Summary {
    /// SHA-256 over all bytes, in hexadecimal digits.
    pub sha256: String,
    /// Lines written.
    pub lines: u64,
}

/// Writes the canonical dump of the given tables.
///
/// # Errors
/// `dump.write` when `out` fails, `dump.reference` when a row names one that does not exist.
pub fn canonical(tx: &mut Tx<'_>, tables: &[&Table], out: &mut dyn Write) -> Result<Summary> {
    let ranks = ranks(tx, tables)?;
    let mut sink = Sink { out, hash: Sha256::new(), lines: 0 };
    for table in tables.iter().filter(|table| table.canonical) {
        let names: Vec<_> = table.columns.iter().map(|column| column.name).collect();
        let sql =
            format!("SELECT {} FROM {} ORDER BY {}", names.join(", "), table.name, table.key.join(", "));
        tx.for_each(&sql, &[], |row| sink.line(&line(table, row, &ranks)?))?;
    }
    Ok(Summary { sha256: hex(&sink.hash.finalize()), lines: sink.lines })
}

/// The sorted ids of each noun: a rank is a position.
type Ranks = HashMap<&'static str, Vec<i64>>;

fn ranks(tx: &mut Tx<'_>, tables: &[&Table]) -> Result<Ranks> {
    let mut ranks = Ranks::new();
    for table in tables {
        for column in table.columns {
            if let ColumnKind::Id(noun) = column.kind {
                let sql = format!("SELECT {0} FROM {1} ORDER BY {0}", column.name, table.name);
                ranks.insert(noun, tx.query(&sql, &[], |row| row.int(0))?);
            }
        }
    }
    Ok(ranks)
}

fn line(table: &Table, row: &Row<'_>, ranks: &Ranks) -> Result<String> {
    let mut text = format!("[{:?}", table.name);
    for (n, column) in table.columns.iter().enumerate().filter(|(_, column)| column.kind.is_dumped()) {
        text.push(',');
        text.push_str(&cell(column.kind, row, n, ranks)?);
    }
    text.push_str("]\n");
    Ok(text)
}

fn cell(kind: ColumnKind, row: &Row<'_>, n: usize, ranks: &Ranks) -> Result<String> {
    Ok(match kind {
        ColumnKind::Text => row.opt_text(n)?.map_or_else(|| "null".to_owned(), quoted),
        ColumnKind::Bytes => format!("\"{}\"", hex(row.bytes(n)?)),
        ColumnKind::Id(noun) | ColumnKind::Ref(noun) => match row.opt_int(n)? {
            None => "null".to_owned(),
            Some(0) => "0".to_owned(),
            Some(id) => rank(noun, id, ranks)?.to_string(),
        },
        _ => row.opt_int(n)?.map_or_else(|| "null".to_owned(), |number| number.to_string()),
    })
}

fn rank(noun: &str, id: i64, ranks: &Ranks) -> Result<usize> {
    let found = ranks.get(noun).and_then(|ids| ids.binary_search(&id).ok());
    found.map(|position| position + 1).ok_or_else(|| {
        Problem::internal("dump.reference", format!("a row names {noun} {id}, which does not exist"))
    })
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

struct Sink<'a> {
    out: &'a mut dyn Write,
    hash: Sha256,
    lines: u64,
}

impl Sink<'_> {
    fn line(&mut self, line: &str) -> Result<()> {
        self.hash.update(line.as_bytes());
        self.lines += 1;
        self.out
            .write_all(line.as_bytes())
            .map_err(|cause| Problem::internal("dump.write", format!("cannot write the dump: {cause}")))
    }
}
