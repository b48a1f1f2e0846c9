//! Jobs that were set aside: they failed for good or too often, and wait for a person.

use kernel::Result;

use super::{Job, renew};
use crate::Tx;

/// A job that nobody tries any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// What was to be done.
    pub kind: String,
    /// On what.
    pub key: String,
    /// Why it failed the last time.
    pub failure: String,
    /// How often it failed.
    pub failures: i64,
    /// When it was set aside, in microseconds.
    pub at: i64,
}

/// The job failed for good, or once too often: it is tried no more until somebody asks; the reason stays.
///
/// # Errors
/// `queue.lost` as [`renew`].
pub fn set_aside(tx: &mut Tx<'_>, job: &Job, now: i64, failure: &str) -> Result<()> {
    renew(tx, job, 0)?;
    let sql = "UPDATE job SET set_aside_at = ?3, failures = failures + 1, failure = ?4 WHERE kind = ?1 AND key = ?2";
    tx.execute(sql, &[(&job.kind).into(), (&job.key).into(), now.into(), failure.into()]).map(drop)
}

/// The jobs that were set aside, oldest first.
///
/// # Errors
/// `store.statement`.
pub fn aside(tx: &mut Tx<'_>) -> Result<Vec<Aside>> {
    let sql = "SELECT kind, key, failure, failures, set_aside_at FROM job WHERE set_aside_at <> 0
               ORDER BY set_aside_at, kind, key";
    tx.query(sql, &[], |row| {
        Ok(Aside {
            kind: row.string(0)?,
            key: row.string(1)?,
            failure: row.opt_text(2)?.unwrap_or_default().to_owned(),
            failures: row.int(3)?,
            at: row.int(4)?,
        })
    })
}

/// A job that was set aside is due again, as if it had never failed; false where none is.
///
/// # Errors
/// `store.statement`.
pub fn again(tx: &mut Tx<'_>, kind: &str, key: &str, now: i64) -> Result<bool> {
    let sql = "UPDATE job SET set_aside_at = 0, failures = 0, failure = NULL, due_at = ?3
               WHERE kind = ?1 AND key = ?2 AND set_aside_at <> 0";
    Ok(tx.execute(sql, &[kind.into(), key.into(), now.into()])? != 0)
}

/// Takes a job that was set aside off the queue: what it was about is settled otherwise.
///
/// # Errors
/// `store.statement`.
pub fn forget(tx: &mut Tx<'_>, kind: &str, key: &str) -> Result<()> {
    let sql = "DELETE FROM job WHERE kind = ?1 AND key = ?2 AND set_aside_at <> 0";
    tx.execute(sql, &[kind.into(), key.into()]).map(drop)
}
