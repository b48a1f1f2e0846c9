//! The worker: takes jobs that are due from the queue and does them, one after the other.

mod bell;

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc::{RecvTimeoutError, channel},
    thread::{self, JoinHandle},
    time::Duration,
};

use kernel::{Problem, Result};
use slice::{JobKind, Operation};
use store::{
    Tx,
    queue::{self, Job},
};

pub use self::bell::Bell;
use crate::{config::Open, demo, serve::Running};

/// How often a worker says that it lives while it is at a job: three times before it would be taken for dead.
pub const BEAT: Duration = Duration::from_secs(1);
/// The worker looks into the queue at least so often: others may write to it through another program.
pub const PATIENCE: Duration = Duration::from_secs(2);
/// Whoever writes often writes again at once: what is written within this time is gone through together, where each job finds
/// all that waits for it.
pub const BREATH: Duration = Duration::from_millis(20);
/// A job that failed waits a second, then twice as long each time, and never longer than this, in microseconds.
pub const LONGEST_PAUSE: i64 = 600_000_000;
/// A job that failed so often for causes that may pass is set aside until somebody asks for it again: after some two
/// minutes, in which the database answered at least to have each failure written down.
pub const MOST_FAILURES: i64 = 8;
/// [`run_due`] waits for jobs that others hold, or that are due within this time, in microseconds.
pub const NEAR: i64 = 60_000_000;
/// No work that decides is begun before the lines of a sample business are held, whichever program brings it in.
pub const ORDER: &[queue::Order<'static>] = &[(demo::LOAD, timeline::store::JUDGE)];
/// How often [`run_due`] looks whether others are done.
const GLANCE: Duration = Duration::from_millis(100);

/// What one look into the queue came to.
enum Step {
    /// A job was done.
    Did,
    /// A job failed, and will be tried again later.
    Failed(Problem),
    /// Nothing is due before this time.
    Idle(Option<i64>),
}

/// Does jobs on a thread of its own until the program closes.
///
/// # Errors
/// `worker.thread` when the machine gives no thread.
pub fn start(running: std::sync::Arc<Running>) -> Result<JoinHandle<()>> {
    let work = move || {
        while !running.is_closing() {
            let pause = match step(&running.open) {
                Ok(Step::Did | Step::Failed(_)) => continue,
                Ok(Step::Idle(due)) => pause(due, (running.open.house.clock)()),
                Err(problem) => {
                    tracing::error!(code = problem.code, cause = ?problem.cause, "{problem}");
                    PATIENCE
                }
            };
            if running.bell.wait(pause) && !running.is_closing() {
                thread::sleep(BREATH);
            }
        }
    };
    let builder = thread::Builder::new().name("worker".to_owned());
    builder.spawn(work).map_err(|cause| {
        Problem::internal("worker.thread", "the machine gives no thread for the worker").because(cause)
    })
}

/// Does all jobs that are due, here and now, until none is left; waits for those that another program holds.
///
/// # Errors
/// The first failure of a job, after all others had their turn.
pub fn run_due(open: &Open) -> Result<()> {
    let mut failure = None;
    loop {
        let now = (open.house.clock)();
        match step(open)? {
            Step::Did => (),
            Step::Failed(problem) => failure = failure.or(Some(problem)),
            Step::Idle(Some(due)) if failure.is_none() && due <= now.saturating_add(NEAR) => {
                thread::sleep(pause(Some(due), now).min(GLANCE));
            }
            Step::Idle(_) => return failure.map_or(Ok(()), Err),
        }
    }
}

/// These tell how it stands with deciding, and change nothing of it.
const ABOUT_DECIDING: [&str; 2] = ["decisions.progress", "decisions.check"];

/// Decides who only aged before an operation reads what was decided, for whoever reads where nobody serves: no worker did it
/// when the day began.
///
/// # Errors
/// As [`relationship::jobs::catch_up`].
pub fn catch_up(open: &Open, operation: &Operation) -> Result<()> {
    let name = operation.head.name;
    let judges = open.slices.iter().filter(|slice| slice.name == "relationship");
    let tells = judges.flat_map(|slice| &slice.operations).any(|one| one.head.name == name);
    if !operation.is_read() || !tells || ABOUT_DECIDING.contains(&name) {
        return Ok(());
    }
    relationship::jobs::catch_up(&open.house)
}

/// How long to wait for what is due then; a little at least, so that nobody spins when clocks disagree.
fn pause(due: Option<i64>, now: i64) -> Duration {
    let left = due.map_or(i64::MAX, |due| due.saturating_sub(now));
    Duration::from_micros(u64::try_from(left).unwrap_or(0)).clamp(Duration::from_millis(5), PATIENCE)
}

/// Does the job that is due longest, if one is.
fn step(open: &Open) -> Result<Step> {
    let cx = open.house.context();
    let due = open.house.store.read(&cx, |tx| queue::next_due(tx, ORDER))?;
    if due.is_none_or(|due| cx.now.micros < due) {
        return Ok(Step::Idle(due));
    }
    let taken = open.house.store.write(&cx, |tx| queue::take(tx, cx.now.micros, queue::LEASE, ORDER))?;
    let Some(job) = taken else { return Ok(Step::Idle(due)) };
    match alive(open, &job, || perform(open, &job)) {
        Ok(()) => Ok(Step::Did),
        // Another worker holds it now, which is not a failure of the job.
        Err(problem) if problem.code == "queue.lost" => Ok(Step::Did),
        Err(problem) => {
            tracing::warn!(kind = job.kind, key = job.key, tries = job.tries, cause = ?problem.cause, "{problem}");
            put_off(open, &job, &problem)?;
            Ok(Step::Failed(problem))
        }
    }
}

/// Works on a job while a second thread holds on to its lease; the lease of a worker that dies runs out soon.
fn alive<T>(open: &Open, job: &Job, work: impl FnOnce() -> T) -> T {
    let (working, ended) = channel::<()>();
    thread::scope(|scope| {
        let beat = move || {
            while ended.recv_timeout(BEAT) == Err(RecvTimeoutError::Timeout) && hold_on(open, job) {}
        };
        let builder = thread::Builder::new().name("heartbeat".to_owned());
        if let Err(cause) = builder.spawn_scoped(scope, beat) {
            tracing::warn!(%cause, "no thread for the heartbeat; a long silence of this job may be taken for death");
        }
        let answer = work();
        drop(working);
        answer
    })
}

/// Renews the lease; false when the job is somebody else's now, was given back, or is done.
fn hold_on(open: &Open, job: &Job) -> bool {
    let cx = open.house.context();
    // A failure may pass before the lease runs out.
    open.house.store.write(&cx, |tx| queue::beat(tx, job, cx.now.micros + queue::LEASE)).unwrap_or(true)
}

fn kind_of<'o>(open: &'o Open, job: &Job) -> Option<&'o JobKind> {
    open.slices.iter().flat_map(|slice| slice.jobs).find(|kind| kind.kind == job.kind)
}

fn perform(open: &Open, job: &Job) -> Result<()> {
    let Some(kind) = kind_of(open, job) else {
        let text =
            format!("nobody here knows how to do a job of the kind {:?}; a newer version may", job.kind);
        return Err(Problem::internal("worker.kind", text));
    };
    catch_unwind(AssertUnwindSafe(|| (kind.run)(&open.house, job)))
        .unwrap_or_else(|panic| Err(broken(panic.as_ref())))
}

/// What a panic says.
fn broken(panic: &(dyn Any + Send)) -> Problem {
    let said =
        panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    Problem::internal("worker.panic", format!("the job broke off: {}", said.unwrap_or("it did not say why")))
}

/// Writes the failure down and has the job tried again later where the cause may pass, or sets it aside; one that
/// somebody else holds meanwhile is theirs.
fn put_off(open: &Open, job: &Job, problem: &Problem) -> Result<()> {
    let cx = open.house.context();
    let failures = job.failures.saturating_add(1);
    let due = cx.now.micros.saturating_add(delay(failures));
    let failure = format!("{}: {problem}", problem.code);
    let again = |tx: &mut Tx<'_>| {
        if problem.may_pass() && failures < MOST_FAILURES {
            return queue::retry(tx, job, due, &failure);
        }
        queue::set_aside(tx, job, cx.now.micros, &failure)?;
        match kind_of(open, job).and_then(|kind| kind.gave_up) {
            Some(gave_up) => gave_up(&cx, tx, job, &problem.message),
            None => Ok(()),
        }
    };
    match open.house.store.write(&cx, again) {
        Err(lost) if lost.code == "queue.lost" => Ok(()),
        answer => answer,
    }
}

/// How long a job waits after so many failures, in microseconds.
fn delay(failures: i64) -> i64 {
    let doublings = failures.saturating_sub(1).clamp(0, 20);
    (1_000_000i64 << doublings).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_that_keeps_failing_waits_longer_each_time_and_ten_minutes_at_most() {
        let seconds: Vec<i64> = [0, 1, 2, 3, 10, 11, i64::MAX].map(|tries| delay(tries) / 1_000_000).into();
        assert_eq!(seconds, [1, 1, 2, 4, 512, 600, 600]);
    }

    #[test]
    fn a_wait_is_never_nothing_and_never_longer_than_the_worker_has_patience() {
        assert_eq!(pause(Some(0), 1_000_000), Duration::from_millis(5));
        assert_eq!(pause(Some(1_500_000), 1_000_000), Duration::from_millis(500));
        assert_eq!(pause(None, 0), PATIENCE);
    }
}
