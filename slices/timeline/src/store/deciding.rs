//! How far deciding many relationships again has come: counted beside the marks, so that nobody has to count those.

use ::store::Tx;
use kernel::{Context, Result};

/// Marks of fewer relationships at once are not counted: they are gone before anybody could look.
pub(super) const MANY: usize = 256;

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deciding {
    /// When it began, in microseconds.
    pub since: i64,
    /// How many relationships have been decided since.
    pub decided: i64,
    /// Of so many that were marked, as far as they were marked in large numbers.
    pub of: i64,
}

/// Counts relationships that were marked in large numbers.
pub(super) fn count_marked(cx: &Context, tx: &mut Tx<'_>, marked: u64) -> Result<()> {
    if usize::try_from(marked).is_ok_and(|marked| marked < MANY) {
        return Ok(());
    }
    let sql = "INSERT INTO deciding (one, since, marked, decided) VALUES (1, ?1, ?2, 0)
               ON CONFLICT (one) DO UPDATE SET marked = deciding.marked + excluded.marked";
    let marked = i64::try_from(marked).unwrap_or(i64::MAX);
    tx.execute(sql, &[cx.now.micros.into(), marked.into()]).map(drop)
}

/// Counts relationships whose marks were struck.
///
/// # Errors
/// `store.statement`.
pub fn count_decided(tx: &mut Tx<'_>, decided: usize) -> Result<()> {
    let decided = i64::try_from(decided).unwrap_or(i64::MAX);
    tx.execute("UPDATE deciding SET decided = decided + ?1", &[decided.into()]).map(drop)
}

/// Nothing is left to decide.
///
/// # Errors
/// `store.statement`.
pub fn end_deciding(tx: &mut Tx<'_>) -> Result<()> {
    tx.execute("DELETE FROM deciding", &[]).map(drop)
}

/// How far it has come; nothing where few or none wait.
///
/// # Errors
/// `store.statement`.
pub fn deciding(tx: &mut Tx<'_>) -> Result<Option<Deciding>> {
    tx.first("SELECT since, decided, marked FROM deciding", &[], |row| {
        let (decided, marked) = (row.int(1)?, row.int(2)?);
        Ok(Deciding { since: row.int(0)?, decided, of: marked.max(decided) })
    })
}
