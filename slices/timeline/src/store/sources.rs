//! The names of the files that facts came from: imports tell them, pages show them.

use std::collections::HashMap;

use ::store::{Tx, dialect};
use kernel::Result;

use crate::SourceRow;

/// Names by the number of the import.
pub type SourceNames = HashMap<i64, String>;

/// Remembers the name of the file of an import.
///
/// # Errors
/// `store.statement`.
pub fn keep_source(tx: &mut Tx<'_>, run: i64, name: &str) -> Result<()> {
    let sql = "INSERT INTO source_file (run, name) VALUES (?1, ?2)
               ON CONFLICT (run) DO UPDATE SET name = excluded.name";
    tx.execute(sql, &[run.into(), name.into()]).map(drop)
}

/// The names of the files that these rows stand in.
///
/// # Errors
/// `store.statement`.
pub fn source_names(tx: &mut Tx<'_>, rows: impl IntoIterator<Item = SourceRow>) -> Result<SourceNames> {
    let mut runs: Vec<i64> = rows.into_iter().map(|row| row.run).collect();
    runs.sort_unstable();
    runs.dedup();
    let mut names = SourceNames::new();
    for group in runs.chunks(256) {
        let width = dialect::padded(group.len());
        let sql =
            format!("SELECT run, name FROM source_file WHERE run IN ({})", dialect::placeholders(1, width));
        let last = group[group.len() - 1];
        let padded = group.iter().copied().chain(std::iter::repeat(last)).take(width);
        let values: Vec<_> = padded.map(Into::into).collect();
        names.extend(tx.query(&sql, &values, |row| Ok((row.int(0)?, row.string(1)?)))?);
    }
    Ok(names)
}
