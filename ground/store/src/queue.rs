//! Work that waits: one row per kind and key, taken under a lease with a fencing number.
//!
//! A worker that dies leaves its lease to run out; the next one takes the row with a higher fence, and whatever
//! the first still tries to write is refused by [`renew`].

mod aside;

use kernel::{Problem, Result};

pub use self::aside::{Aside, again, aside, forget, set_aside};

use crate::{Tx, Value};

/// Whoever holds a job and says nothing for so long is taken for dead, in microseconds.
pub const LEASE: i64 = 3_000_000;

/// A job under lease.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// What is to be done.
    pub kind: String,
    /// On what.
    pub key: String,
    /// The number that only the newest holder has.
    pub fence: i64,
    /// How often it was taken, this time included.
    pub tries: i64,
    /// How often it failed so far.
    pub failures: i64,
}

/// Puts a job in the queue; one that is there keeps its place, or moves forward when `due_at` is earlier. One
/// that was set aside is due again, as if it had never failed.
///
/// # Errors
/// `store.statement`.
pub fn put(tx: &mut Tx<'_>, kind: &str, key: &str, due_at: i64) -> Result<()> {
    let sql = "INSERT INTO job (kind, key, due_at, lease_until, fence, tries) VALUES (?1, ?2, ?3, 0, 0, 0)
               ON CONFLICT (kind, key) DO UPDATE SET due_at = excluded.due_at, set_aside_at = 0,
                 failures = CASE WHEN job.set_aside_at = 0 THEN job.failures ELSE 0 END,
                 failure = CASE WHEN job.set_aside_at = 0 THEN job.failure ELSE NULL END
               WHERE excluded.due_at < job.due_at OR job.set_aside_at <> 0";
    tx.execute(sql, &[kind.into(), key.into(), due_at.into()]).map(drop)
}

/// Two kinds of work in their order: while a job of the first stands in the queue, did not fail and is not set aside, none of
/// the second is taken, by whichever program; one that was taken before goes on.
pub type Order<'o> = (&'o str, &'o str);

/// The condition that keeps an order, after so many values; and its values.
fn in_order<'o>(order: &[Order<'o>], after: usize) -> (String, Vec<Value<'o>>) {
    let one = |at: usize| {
        let (first, then) = (after + 2 * at + 1, after + 2 * at + 2);
        format!(
            " AND NOT (kind = ?{then} AND EXISTS
                (SELECT 1 FROM job AS first WHERE first.kind = ?{first} AND first.set_aside_at = 0 AND first.failure IS NULL))"
        )
    };
    let values = order.iter().flat_map(|(first, then)| [(*first).into(), (*then).into()]).collect();
    ((0..order.len()).map(one).collect(), values)
}

/// Takes the job that is due longest, held by nobody and not behind another, until `now + lease` (microseconds).
///
/// # Errors
/// `store.statement`.
pub fn take(tx: &mut Tx<'_>, now: i64, lease: i64, order: &[Order<'_>]) -> Result<Option<Job>> {
    let (kept, mut values) = in_order(order, 1);
    values.insert(0, now.into());
    let sql = format!(
        "SELECT kind, key FROM job WHERE due_at <= ?1 AND lease_until <= ?1 AND set_aside_at = 0{kept}
         ORDER BY due_at, kind, key LIMIT 1"
    );
    let due = tx.first(&sql, &values, |row| Ok((row.string(0)?, row.string(1)?)))?;
    let Some((kind, key)) = due else { return Ok(None) };
    hold(tx, &kind, &key, now, lease)
}

/// Takes one named job if nobody holds it.
///
/// # Errors
/// `store.statement`.
pub fn hold(tx: &mut Tx<'_>, kind: &str, key: &str, now: i64, lease: i64) -> Result<Option<Job>> {
    let sql = "UPDATE job SET lease_until = ?3, fence = fence + 1, tries = tries + 1
               WHERE kind = ?1 AND key = ?2 AND lease_until <= ?4 AND set_aside_at = 0
               RETURNING fence, tries, failures";
    let values = [kind.into(), key.into(), now.saturating_add(lease).into(), now.into()];
    tx.first(sql, &values, |row| {
        let (kind, key) = (kind.to_owned(), key.to_owned());
        Ok(Job { kind, key, fence: row.int(0)?, tries: row.int(1)?, failures: row.int(2)? })
    })
}

/// Holds on to the lease, in the transaction that records the progress made under it.
///
/// # Errors
/// `queue.lost` when another worker holds the job now: nothing of this transaction may stay.
pub fn renew(tx: &mut Tx<'_>, job: &Job, until: i64) -> Result<()> {
    let sql = "UPDATE job SET lease_until = ?3 WHERE kind = ?1 AND key = ?2 AND fence = ?4";
    let values = [(&job.kind).into(), (&job.key).into(), until.into(), job.fence.into()];
    match tx.execute(sql, &values)? {
        0 => Err(Problem::conflict(
            "queue.lost",
            format!("job {} {} is held by another worker now; this one stops", job.kind, job.key),
        )),
        _ => Ok(()),
    }
}

/// Says that whoever holds a job lives; whether they hold it. One that they gave back stays given back: whoever says so
/// beside the work may say it a moment late.
///
/// # Errors
/// `store.statement`.
pub fn beat(tx: &mut Tx<'_>, job: &Job, until: i64) -> Result<bool> {
    let sql = "UPDATE job SET lease_until = ?3
               WHERE kind = ?1 AND key = ?2 AND fence = ?4 AND lease_until <> 0";
    let values = [(&job.kind).into(), (&job.key).into(), until.into(), job.fence.into()];
    Ok(tx.execute(sql, &values)? != 0)
}

/// The job is done.
///
/// # Errors
/// `queue.lost` as [`renew`].
pub fn done(tx: &mut Tx<'_>, job: &Job) -> Result<()> {
    renew(tx, job, 0)?;
    let sql = "DELETE FROM job WHERE kind = ?1 AND key = ?2";
    tx.execute(sql, &[(&job.kind).into(), (&job.key).into()]).map(drop)
}

/// The job failed and is tried again from `due_at` on; the reason stays readable.
///
/// # Errors
/// `queue.lost` as [`renew`].
pub fn retry(tx: &mut Tx<'_>, job: &Job, due_at: i64, failure: &str) -> Result<()> {
    renew(tx, job, 0)?;
    let sql =
        "UPDATE job SET due_at = ?3, failure = ?4, failures = failures + 1 WHERE kind = ?1 AND key = ?2";
    tx.execute(sql, &[(&job.kind).into(), (&job.key).into(), due_at.into(), failure.into()]).map(drop)
}

/// The job waits for something else and is tried again from `due_at` on, which is no failure.
///
/// # Errors
/// `queue.lost` as [`renew`].
pub fn wait(tx: &mut Tx<'_>, job: &Job, due_at: i64) -> Result<()> {
    renew(tx, job, 0)?;
    let sql = "UPDATE job SET due_at = ?3 WHERE kind = ?1 AND key = ?2";
    tx.execute(sql, &[(&job.kind).into(), (&job.key).into(), due_at.into()]).map(drop)
}

/// Whether this job stands in the queue and is not set aside.
///
/// # Errors
/// `store.statement`.
pub fn is_waiting(tx: &mut Tx<'_>, kind: &str, key: &str) -> Result<bool> {
    let sql = "SELECT 1 FROM job WHERE kind = ?1 AND key = ?2 AND set_aside_at = 0";
    Ok(tx.first(sql, &[kind.into(), key.into()], |row| row.int(0))?.is_some())
}

/// Whether somebody is at a job of this kind.
///
/// # Errors
/// `store.statement`.
pub fn is_held(tx: &mut Tx<'_>, kind: &str, now: i64) -> Result<bool> {
    let sql = "SELECT 1 FROM job WHERE kind = ?1 AND lease_until > ?2 LIMIT 1";
    Ok(tx.first(sql, &[kind.into(), now.into()], |row| row.int(0))?.is_some())
}

/// The keys of the jobs of a kind that stand in the queue and are not set aside.
///
/// # Errors
/// `store.statement`.
pub fn waiting(tx: &mut Tx<'_>, kind: &str) -> Result<Vec<String>> {
    let sql = "SELECT key FROM job WHERE kind = ?1 AND set_aside_at = 0 ORDER BY key";
    tx.query(sql, &[kind.into()], |row| row.string(0))
}

/// When the next job that is not behind another is due or its lease runs out; nothing when the queue is empty.
///
/// # Errors
/// `store.statement`.
pub fn next_due(tx: &mut Tx<'_>, order: &[Order<'_>]) -> Result<Option<i64>> {
    let (kept, values) = in_order(order, 0);
    let sql = format!(
        "SELECT MIN(CASE WHEN lease_until > due_at THEN lease_until ELSE due_at END) FROM job
         WHERE set_aside_at = 0{kept}"
    );
    Ok(tx.first(&sql, &values, |row| row.opt_int(0))?.flatten())
}

/// The kinds of the jobs that failed and wait for another try, each with the reason.
///
/// # Errors
/// `store.statement`.
pub fn failures(tx: &mut Tx<'_>) -> Result<Vec<(String, String)>> {
    let sql =
        "SELECT kind, failure FROM job WHERE failure IS NOT NULL AND set_aside_at = 0 ORDER BY kind, key";
    tx.query(sql, &[], |row| Ok((row.string(0)?, row.string(1)?)))
}
