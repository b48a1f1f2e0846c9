//! What an import made and changed, row by row, so that it can be taken back: slices write it down when they record
//! for an import, and read it when they take back.

use ::store::{Tx, Value, dialect};
use kernel::Result;

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
