//! Whose turn it is: imports write one after the other, in the order in which they were started, so that what they
//! leave behind does not depend on which worker was faster. Also what is noted when one gave up.

use ::store::{Tx, queue, queue::Job};
use kernel::{Context, Result};
use slice::House;

use super::{
    run::{PLAN_JOB, RUN_JOB},
    undo::UNDO_JOB,
};
use crate::{
    run::{ImportId, Run, State},
    store as kept,
};

/// How long an import that waits for another leaves the worker alone, in microseconds; the other wakes it when it ends.
const PAUSE: i64 = 1_000_000;

/// Begins a step, or has its job wait for the import before it; false when it waits.
///
/// # Errors
/// `queue.lost`, `imports.none`, or a failure of the database.
pub(super) fn begin(house: &House, job: &Job, id: ImportId, state: State) -> Result<bool> {
    let cx = house.context();
    house.store.write(&cx, |tx| {
        queue::renew(tx, job, cx.now.micros + queue::LEASE)?;
        let run = kept::find(tx, id)?;
        if state == State::Running && ahead(tx, &run)?.is_some() {
            queue::wait(tx, job, cx.now.micros + PAUSE)?;
            return Ok(false);
        }
        // One that had given up is under way again.
        kept::update(tx, id, &[("state", state.as_str().into()), ("failure", "".into())])?;
        Ok(true)
    })
}

/// The import that writes now and was started before this one, if there is one.
///
/// # Errors
/// `store.statement`.
pub(crate) fn ahead(tx: &mut Tx<'_>, run: &Run) -> Result<Option<Run>> {
    let before = kept::running(tx)?.into_iter().take_while(|other| other.id != run.id);
    for other in before {
        if queue::is_waiting(tx, RUN_JOB, &other.id.0.to_string())? {
            return Ok(Some(other));
        }
    }
    Ok(None)
}

/// Wakes the import whose turn is next, now that this one has ended.
///
/// # Errors
/// `store.statement`.
pub(super) fn pass_on(cx: &Context, tx: &mut Tx<'_>, ended: ImportId) -> Result<()> {
    match kept::running(tx)?.into_iter().find(|other| other.id != ended) {
        Some(next) => queue::put(tx, RUN_JOB, &next.id.0.to_string(), cx.now.micros),
        None => Ok(()),
    }
}

/// The step stopped: why, and that the next may have its turn.
///
/// # Errors
/// `store.statement`.
pub(super) fn stop(cx: &Context, tx: &mut Tx<'_>, id: ImportId, failure: &str) -> Result<()> {
    let changes = [
        ("state", State::Failed.as_str().into()),
        ("failure", failure.into()),
        ("finished_at", cx.now.micros.into()),
    ];
    kept::update(tx, id, &changes)?;
    pass_on(cx, tx, id)
}

/// A step that failed too often was set aside.
pub(super) fn gave_up(cx: &Context, tx: &mut Tx<'_>, job: &Job, failure: &str) -> Result<()> {
    let id = ImportId::new(job.key.parse().unwrap_or(0));
    let tries = job.failures.saturating_add(1);
    let times = if tries == 1 { "time" } else { "times" };
    stop(cx, tx, id, &format!("{failure} (tried {tries} {times})"))
}

/// The steps of this import that had been set aside are settled: another one is asked for, or it is put away.
///
/// # Errors
/// `store.statement`.
pub(super) fn settle(tx: &mut Tx<'_>, id: ImportId) -> Result<()> {
    for kind in [PLAN_JOB, RUN_JOB, UNDO_JOB] {
        queue::forget(tx, kind, &id.0.to_string())?;
    }
    Ok(())
}
