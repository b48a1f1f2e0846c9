//! Whose turn it is: imports write one after the other, in the order in which they were started, so that what they
//! leave behind does not depend on which worker was faster. Also what is noted when one gave up or was told to stop.

use ::store::{Tx, queue, queue::Job};
use kernel::{Context, Problem, Result};
use slice::House;

use super::{
    run::{PLAN_JOB, RUN_JOB},
    undo::UNDO_JOB,
};
use crate::{
    bundle::in_order,
    run::{ImportId, Run, State},
    store as kept,
};

/// How long an import that waits for another leaves the worker alone, in microseconds; the other wakes it when it ends.
const PAUSE: i64 = 1_000_000;
/// Somebody paused or cancelled the step that is under way.
const STOPPED: &str = "imports.told_to_stop";

/// The import that a job is about, the first of those that came together.
pub(super) fn number(job: &Job) -> ImportId {
    ImportId::new(job.key.parse().unwrap_or(0))
}

/// Begins a step of all that came together, and gives them in their order; nothing when it waits for the import before
/// it, or when it is wanted no more.
///
/// # Errors
/// `queue.lost`, `imports.none`, or a failure of the database.
pub(super) fn begin(house: &House, job: &Job, state: State) -> Result<Option<Vec<Run>>> {
    let cx = house.context();
    house.store.write(&cx, |tx| {
        queue::renew(tx, job, cx.now.micros + queue::LEASE)?;
        let parts = in_order(kept::parts(tx, number(job))?);
        // One that had given up is under way again.
        let is_wanted = |part: &Run| part.state == state || part.state == State::Failed;
        let Some(first) = parts.first().filter(|first| is_wanted(first)) else {
            queue::done(tx, job)?;
            return Ok(None);
        };
        if state == State::Running && ahead(tx, first)?.is_some() {
            queue::wait(tx, job, cx.now.micros + PAUSE)?;
            return Ok(None);
        }
        for part in &parts {
            kept::update(tx, part.id, &[("state", state.as_str().into()), ("failure", "".into())])?;
        }
        Ok(Some(parts))
    })
}

/// Holds on to the job of a step, in the transaction that writes its progress.
///
/// # Errors
/// `queue.lost`; `imports.told_to_stop` when somebody paused or cancelled it: nothing of this transaction may stay.
pub(super) fn go_on(cx: &Context, tx: &mut Tx<'_>, job: &Job, id: ImportId, state: State) -> Result<()> {
    queue::renew(tx, job, cx.now.micros + queue::LEASE)?;
    if kept::bundle::state(tx, id)? == state {
        return Ok(());
    }
    Err(Problem::conflict(STOPPED, "somebody told this step to stop"))
}

/// Ends a step that was told to stop; one that was resumed meanwhile is taken up again. False for any other problem.
///
/// # Errors
/// `queue.lost`, or a failure of the database.
pub(super) fn is_stopped(house: &House, job: &Job, state: State, problem: &Problem) -> Result<bool> {
    if problem.code != STOPPED {
        return Ok(false);
    }
    let cx = house.context();
    house.store.write(&cx, |tx| {
        let parts = in_order(kept::parts(tx, number(job))?);
        match parts.first().is_some_and(|first| first.state == state) {
            true => queue::wait(tx, job, cx.now.micros)?,
            false => queue::done(tx, job)?,
        }
        pass_on(&cx, tx, number(job))
    })?;
    Ok(true)
}

/// The import that writes now and was started before this one, if there is one.
///
/// # Errors
/// `store.statement`.
pub(crate) fn ahead(tx: &mut Tx<'_>, run: &Run) -> Result<Option<Run>> {
    let before = kept::running(tx)?.into_iter().take_while(|other| other.lead() != run.lead());
    for other in before {
        if queue::is_waiting(tx, RUN_JOB, &other.lead().0.to_string())? {
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
    match kept::running(tx)?.into_iter().find(|other| other.lead() != ended) {
        Some(next) => queue::put(tx, RUN_JOB, &next.lead().0.to_string(), cx.now.micros),
        None => Ok(()),
    }
}

/// The step stopped: why, at which of those that came together, and that the next may have its turn.
///
/// # Errors
/// `store.statement`.
pub(super) fn stop(cx: &Context, tx: &mut Tx<'_>, lead: ImportId, at: ImportId, failure: &str) -> Result<()> {
    let parts = kept::parts(tx, lead)?;
    let name = parts.iter().find(|part| part.id == at).map(|part| part.called()).unwrap_or_default();
    let under_way = |part: &&Run| matches!(part.state, State::Planning | State::Running | State::Undoing);
    for part in parts.iter().filter(under_way) {
        let why = match part.id == at {
            true => failure.to_owned(),
            false => format!("{name}, which came with it, stopped: {failure}"),
        };
        let changes = [
            ("state", State::Failed.as_str().into()),
            ("failure", (&why).into()),
            ("finished_at", cx.now.micros.into()),
        ];
        kept::update(tx, part.id, &changes)?;
    }
    pass_on(cx, tx, lead)
}

/// A step that failed too often was set aside.
pub(super) fn gave_up(cx: &Context, tx: &mut Tx<'_>, job: &Job, failure: &str) -> Result<()> {
    let tries = job.failures.saturating_add(1);
    let times = if tries == 1 { "time" } else { "times" };
    stop(cx, tx, number(job), number(job), &format!("{failure} (tried {tries} {times})"))
}

/// The steps of this import that had been set aside are settled: another one is asked for, or it is put away.
///
/// # Errors
/// `store.statement`.
pub(super) fn settle(tx: &mut Tx<'_>, lead: ImportId) -> Result<()> {
    for kind in [PLAN_JOB, RUN_JOB, UNDO_JOB] {
        queue::forget(tx, kind, &lead.0.to_string())?;
    }
    Ok(())
}
