//! The work that reads anew by which words accounts and people are found, batch after batch.

use ::store::{Tx, queue, queue::Job};
use kernel::Result;
use slice::{House, JobKind};

use crate::store::words;

/// The kind of work.
pub const JOB: JobKind = JobKind { kind: words::JOB, run, gave_up: None };

/// Records read in one transaction: sorted by word before they are written, so that many are cheaper together.
const BATCH: i64 = 4_096;

/// Has whoever is due read anew, soon.
///
/// # Errors
/// `store.statement`.
pub fn ask(tx: &mut Tx<'_>) -> Result<()> {
    queue::put(tx, words::JOB, "due", 0)
}

fn run(house: &House, job: &Job) -> Result<()> {
    loop {
        let cx = house.context();
        let is_done = house.store.write(&cx, |tx| {
            queue::renew(tx, job, cx.now.micros + queue::LEASE)?;
            let due = words::next_due(tx, BATCH)?;
            if due.is_empty() {
                queue::done(tx, job)?;
                return Ok(true);
            }
            let now = words::of_records(&cx, tx, &due)?;
            words::keep(tx, &now)?;
            words::no_longer_due(tx, &due)?;
            Ok(false)
        })?;
        if is_done {
            return Ok(());
        }
    }
}
