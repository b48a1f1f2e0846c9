//! Work on the clock: days to act that have passed, terms that go on by themselves, billing cycles that have begun.

use ::store::{
    Tx,
    queue::{self, Job},
};
use kernel::{Context, Result};
use slice::{House, JobKind};
use timeline::{LineId, ServiceLine, store as timeline_store};

use crate::{
    ops::{renew_by_itself, told_anew},
    store,
};

/// The kind of work that follows the clock.
pub const CLOCK: &str = "contracts.clock";
/// There is one of it.
pub const KEY: &str = "all";
/// Contracts gone through in one transaction.
const BATCH: i64 = 128;

/// The kinds of work.
pub const JOBS: &[JobKind] = &[JobKind { kind: CLOCK, run, gave_up: None }];

/// Goes through whatever is due, batch after batch; then waits for tomorrow.
///
/// # Errors
/// `queue.lost`, or a failure of the database.
fn run(house: &House, job: &Job) -> Result<()> {
    let mut touched = false;
    loop {
        let cx = house.context();
        let more = house.store.write(&cx, |tx| {
            queue::renew(tx, job, cx.now.micros + queue::LEASE)?;
            step(&cx, tx)
        })?;
        touched |= more;
        if !more {
            break;
        }
    }
    let cx = house.context();
    house.store.write(&cx, |tx| {
        if touched {
            timeline_store::ask_judgement(&cx, tx, LineId::new(0))?;
        }
        queue::wait(tx, job, tomorrow(&cx))
    })
}

/// One batch; whether there was anything to do.
///
/// # Errors
/// `store.statement`.
pub fn step(cx: &Context, tx: &mut Tx<'_>) -> Result<bool> {
    for line in timeline_store::lines(tx)? {
        if renewed(cx, tx, &line)? || counted(cx, tx, &line)? {
            return Ok(true);
        }
    }
    let passed = store::overdue(tx, cx.today(), BATCH)?;
    let contracts = store::whole(tx, &passed)?;
    told_anew(cx, tx, contracts, |_| ())?;
    Ok(!passed.is_empty())
}

fn renewed(cx: &Context, tx: &mut Tx<'_>, line: &ServiceLine) -> Result<bool> {
    let ids = store::run_out(tx, line.id, line.now(cx), BATCH)?;
    let contracts = store::whole(tx, &ids)?;
    renew_by_itself(cx, tx, contracts)?;
    Ok(!ids.is_empty())
}

fn counted(cx: &Context, tx: &mut Tx<'_>, line: &ServiceLine) -> Result<bool> {
    let now = line.now(cx);
    let ids = store::uncounted(tx, line.id, now, line.live, BATCH)?;
    let contracts = store::whole(tx, &ids)?;
    told_anew(cx, tx, contracts, |contract| contract.counted = now)?;
    Ok(!ids.is_empty())
}

/// The beginning of tomorrow, where the business is.
fn tomorrow(cx: &Context) -> i64 {
    let midnight = cx.zone.to_timestamp(cx.today().plus(1).date().at(0, 0, 0, 0));
    midnight.map_or(cx.now.micros + 86_400_000_000, |at| at.as_microsecond())
}
