//! What an import made and changed, row by row, so that it can be taken back: slices write it down when they record
//! for an import, and read it when they take back.

use std::collections::{BTreeMap, HashMap};

use ::store::{Tx, Value, dialect};
use kernel::Result;

use crate::said::Said;

/// Something that an import made, or changed for the first time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The number of what it made or changed, among its kind.
    pub id: i64,
    /// What it was before, in the words of its slice; empty for something that the import made.
    pub before: String,
}

/// Writes down what an import makes or changes. What it changed before stays as it was written down first, so a run
/// that begins again changes nothing here. What is recorded by hand (run 0) is taken back by hand.
///
/// # Errors
/// `store.statement`.
pub fn keep_changes(tx: &mut Tx<'_>, run: i64, kind: &str, changes: &[Change]) -> Result<()> {
    if run == 0 {
        return Ok(());
    }
    for group in changes.chunks(256) {
        let (_, ids) = dialect::list(&[run.into(), kind.into()], group.iter().map(|change| change.id));
        let width = ids.len() - 2;
        let last = group[group.len() - 1].before.as_str();
        let befores = group.iter().map(|change| change.before.as_str());
        let befores = befores.chain(std::iter::repeat(last)).take(width).map(Value::from);
        let values: Vec<_> = ids.iter().cloned().chain(befores).collect();
        let rows: Vec<_> = (3..3 + width).map(|n| format!("(?1, ?2, ?{n}, ?{})", n + width)).collect();
        let sql = format!(
            "INSERT INTO source_change (run, kind, id, before) VALUES {} ON CONFLICT (run, kind, id) DO NOTHING",
            rows.join(", ")
        );
        tx.execute(&sql, &values)?;
    }
    Ok(())
}

/// Writes down what an import said of records, in place of what it wrote down of them before.
///
/// # Errors
/// `store.statement`.
pub fn rewrite_changes(tx: &mut Tx<'_>, run: i64, kind: &str, changes: &[Change]) -> Result<()> {
    let ids: Vec<i64> = changes.iter().map(|change| change.id).collect();
    forget_changes(tx, run, kind, &ids)?;
    keep_changes(tx, run, kind, changes)
}

/// Writes what imports said of records in place of what is written down of it: each import, the record, the statement.
///
/// # Errors
/// `store.statement`.
pub fn rewrite_said(tx: &mut Tx<'_>, kind: &str, said: &[(i64, i64, Said)]) -> Result<()> {
    let mut by_run: BTreeMap<i64, Vec<Change>> = BTreeMap::new();
    for (run, id, said) in said {
        by_run.entry(*run).or_default().push(Change { id: *id, before: said.write() });
    }
    by_run.into_iter().try_for_each(|(run, changes)| rewrite_changes(tx, run, kind, &changes))
}

/// A place for the next statement among all statements (see [`Said::at`]).
///
/// # Errors
/// `store.statement`.
pub fn said_place(tx: &mut Tx<'_>) -> Result<i64> {
    Ok(tx.allocate("statement", 1)?.first())
}

/// What imports said of these records of one kind, by record: each import with its statement.
///
/// # Errors
/// `store.statement`.
pub fn said_of(tx: &mut Tx<'_>, kind: &str, ids: &[i64]) -> Result<HashMap<i64, Vec<(i64, Said)>>> {
    let mut found: HashMap<i64, Vec<(i64, Said)>> = HashMap::new();
    for group in ids.chunks(256) {
        let (marks, values) = dialect::list(&[kind.into()], group.iter().copied());
        let sql = format!(
            "SELECT id, run, before FROM source_change
             WHERE kind = ?1 AND before <> '' AND id IN ({marks}) ORDER BY id, run"
        );
        tx.for_each(&sql, &values, |row| {
            found.entry(row.int(0)?).or_default().push((row.int(1)?, Said::read(row.text(2)?)));
            Ok(())
        })?;
    }
    Ok(found)
}

/// The next changes of an import of one kind, by their numbers.
///
/// # Errors
/// `store.statement`.
pub fn changes(tx: &mut Tx<'_>, run: i64, kind: &str, after: i64, limit: i64) -> Result<Vec<Change>> {
    let sql =
        "SELECT id, before FROM source_change WHERE run = ?1 AND kind = ?2 AND id > ?3 ORDER BY id LIMIT ?4";
    tx.query(sql, &[run.into(), kind.into(), after.into(), limit.into()], |row| {
        Ok(Change { id: row.int(0)?, before: row.string(1)? })
    })
}

/// How many changes of an import are written down.
///
/// # Errors
/// `store.statement`.
pub fn count_changes(tx: &mut Tx<'_>, run: i64) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM source_change WHERE run = ?1";
    Ok(tx.first(sql, &[run.into()], |row| row.int(0))?.unwrap_or(0))
}

/// What an import had made is another import's from now on, because that one needs it too.
///
/// # Errors
/// `store.statement`.
pub fn hand_over(tx: &mut Tx<'_>, kind: &str, heirs: &[(i64, i64)]) -> Result<()> {
    let sql = "INSERT INTO source_change (run, kind, id, before) VALUES (?1, ?2, ?3, '')
               ON CONFLICT (run, kind, id) DO UPDATE SET before = excluded.before";
    for (id, run) in heirs.iter().filter(|(_, run)| *run != 0) {
        tx.execute(sql, &[(*run).into(), kind.into(), (*id).into()])?;
    }
    Ok(())
}

/// These changes are taken back.
///
/// # Errors
/// `store.statement`.
pub fn forget_changes(tx: &mut Tx<'_>, run: i64, kind: &str, ids: &[i64]) -> Result<()> {
    for group in ids.chunks(256) {
        let (marks, values) = dialect::list(&[run.into(), kind.into()], group.iter().copied());
        let sql = format!("DELETE FROM source_change WHERE run = ?1 AND kind = ?2 AND id IN ({marks})");
        tx.execute(&sql, &values)?;
    }
    Ok(())
}
