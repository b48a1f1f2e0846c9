//! The dry run and the run: the same walk over the file, once counting and once writing.
//!
//! A run that was interrupted begins again at the start of its file: what it wrote is found again and counts as new,
//! so its counts and everything it leaves behind are those of a run that was never interrupted.

use kernel::{Context, Day, Problem, Result};
use orders::Tally;
use slice::{House, JobKind};
use store::{queue, queue::Job};
use timeline::{
    LineId,
    store::{self as timeline_store, Change},
};

use super::{
    feed::{Came, Counted, Feed},
    receive::{dialect_of, open_kept},
    turn,
    undo::{self, LINE, NO_INDUSTRY, UNDO_JOB},
};
use crate::{
    Mapping, Now,
    batch::{Batch, Batches},
    run::{ImportId, Outcome, State, listed},
    store as kept,
};

/// The kind of work that makes a dry run; its key is the number of the import.
pub const PLAN_JOB: &str = "import.plan";
/// The kind of work that runs an import; its key is the number of the import.
pub const RUN_JOB: &str = "import.run";

/// The kinds of work.
pub const JOBS: &[JobKind] = &[
    JobKind { kind: PLAN_JOB, run: plan, gave_up: Some(turn::gave_up) },
    JobKind { kind: RUN_JOB, run, gave_up: Some(turn::gave_up) },
    JobKind { kind: UNDO_JOB, run: undo::run, gave_up: Some(turn::gave_up) },
];

/// Rows of a dry run between two notes of its progress.
const NOTE_EVERY: i64 = 20_000;

/// Makes the dry run of an import: reads only, and writes down what it counted.
///
/// # Errors
/// `queue.lost`, or a failure of the database; what is wrong with the file is written down with the import.
pub fn plan(house: &House, job: &Job) -> Result<()> {
    let id = number(job);
    turn::begin(house, job, id, State::Planning)?;
    let answer = count(house, job, id);
    finish(house, job, id, answer, |outcome| {
        vec![("state", State::Planned.as_str().to_owned()), ("planned", outcome)]
    })
}

/// Runs an import: batch after batch, each in one transaction with its progress, then asks for the decisions.
///
/// # Errors
/// As [`plan`].
pub fn run(house: &House, job: &Job) -> Result<()> {
    let id = number(job);
    if !turn::begin(house, job, id, State::Running)? {
        return Ok(());
    }
    let answer = write(house, job, id);
    finish(house, job, id, answer, |outcome| {
        vec![("state", State::Done.as_str().to_owned()), ("result", outcome)]
    })
}

fn number(job: &Job) -> ImportId {
    ImportId::new(job.key.parse().unwrap_or(0))
}

/// What a walk over a file needs.
struct Walk {
    /// Who brought the file: through whose eyes it is read.
    bringer: Context,
    mapping: Mapping,
    batches: Batches,
    outcome: Outcome,
    tally: Tally,
    counted: Counted,
    seen: accounts::Seen,
    rejected: usize,
    /// The last day of a line that names somebody.
    until: Option<Day>,
    /// Rows whose batches an earlier try has written.
    written: i64,
}

impl Walk {
    fn begin(house: &House, id: ImportId) -> Result<Walk> {
        let run = house.store.read(&house.context(), |tx| kept::find(tx, id))?;
        let mapping = Mapping::from_toml(&run.mapping)?;
        let batches = Batches::open(&|| open_kept(&house.files, &run), &dialect_of(&run)?, &mapping)?;
        let outcome = Outcome { damage: batches.damage().map(ToString::to_string), ..Outcome::default() };
        let (tally, seen) = (Tally::default(), accounts::Seen::default());
        Ok(Walk {
            bringer: run.on_behalf(house.context()),
            mapping,
            batches,
            outcome,
            tally,
            counted: Counted::default(),
            seen,
            rejected: 0,
            until: None,
            written: run.written,
        })
    }

    /// Counts a batch that was planned or written.
    fn count(&mut self, batch: &Batch, came: &Came) {
        came.learned.teach(&mut self.seen);
        self.tally.add(&came.tally);
        self.counted.add(&came.counted);
        self.outcome.exclude += batch.excluded;
        self.outcome.reject += i64::try_from(batch.rejections.len()).unwrap_or(0);
        self.rejected += batch.rejections.len();
        self.outcome.rows = batch.rows;
        self.until = self.until.max(batch.last_day(&self.bringer));
    }

    fn finished(mut self) -> Outcome {
        self.outcome.until = self.until.map(|day| day.to_string()).unwrap_or_default();
        self.outcome.lines = self.tally.counts();
        self.counted.show(&mut self.outcome);
        let lines = &self.outcome.lines;
        self.outcome.order_numbers = lines.orders_create + lines.orders_update + lines.orders_skip;
        self.outcome
    }
}

fn count(house: &House, job: &Job, id: ImportId) -> Result<Outcome> {
    let mut walk = Walk::begin(house, id)?;
    let name = walk.mapping.fixed.line.clone();
    let line = house.store.read(&house.context(), |tx| timeline_store::line_of_name(tx, &name))?;
    let line = match name.trim().is_empty() {
        true => LineId::new(0),
        false => line.map_or(LineId::new(-1), |line| line.id),
    };
    let mut noted = i64::MIN;
    while let Some(mut batch) = walk.batches.next_batch() {
        let feed = Feed::of(&walk.bringer, &walk.mapping, line, id.0);
        let came = house.store.read(&house.context(), |tx| feed.step(None, tx, &walk.seen, &batch))?;
        batch.rejections.extend(came.walled.iter().cloned());
        let rejections = listed(walk.rejected, batch.rejections.clone());
        walk.count(&batch, &came);
        if NOTE_EVERY <= batch.rows - noted.max(0) || !rejections.is_empty() || noted == i64::MIN {
            noted = batch.rows;
            let total = walk.batches.total();
            let cx = house.context();
            house.store.write(&cx, |tx| {
                queue::renew(tx, job, cx.now.micros + queue::LEASE)?;
                kept::reject(tx, id, &rejections)?;
                kept::update(tx, id, &[("total", total.into()), ("done", batch.rows.into())])
            })?;
        }
    }
    Ok(walk.finished())
}

fn write(house: &House, job: &Job, id: ImportId) -> Result<Outcome> {
    let mut walk = Walk::begin(house, id)?;
    let (fixed, live) = (walk.mapping.fixed.clone(), walk.mapping.now == Now::Clock);
    let industry = fixed.industry.as_deref().unwrap_or_default();
    let cx = house.context();
    let line = house.store.write(&cx, |tx| {
        queue::renew(tx, job, cx.now.micros + queue::LEASE)?;
        // A file of which nothing can be read leaves no service line behind either.
        let line = match walk.batches.is_blank() || fixed.line.trim().is_empty() {
            true => LineId::new(0),
            false => line_of(tx, id, &fixed.line, industry, live)?,
        };
        let total = walk.batches.total();
        kept::update(tx, id, &[("line", line.into()), ("total", total.into())])?;
        Ok(line)
    })?;
    while let Some(mut batch) = walk.batches.next_batch() {
        if planted(house, id, batch.rows)? {
            continue;
        }
        let feed = Feed::of(&walk.bringer, &walk.mapping, line, id.0);
        let cx = house.context();
        let came = house.store.write(&cx, |tx| {
            queue::renew(tx, job, cx.now.micros + queue::LEASE)?;
            let came = feed.step(Some(&cx), tx, &walk.seen, &batch)?;
            kept::reject(tx, id, &listed(walk.rejected, [&*batch.rejections, &came.walled].concat()))?;
            let written = walk.written.max(batch.rows);
            kept::update(tx, id, &[("done", batch.rows.into()), ("written", written.into())])?;
            Ok(came)
        })?;
        batch.rejections.extend(came.walled.iter().cloned());
        walk.count(&batch, &came);
    }
    Ok(walk.finished())
}

/// The service line of an import; that it was made, or got its industry, is written down to be taken back.
fn line_of(tx: &mut store::Tx<'_>, id: ImportId, name: &str, industry: &str, live: bool) -> Result<LineId> {
    let before = timeline_store::line_of_name(tx, name)?;
    let line = timeline_store::line_named(tx, name, industry, live)?;
    let was = match before {
        None => Some(String::new()),
        Some(known) if known.industry != line.industry => Some(NO_INDUSTRY.to_owned()),
        Some(_) => None,
    };
    if let Some(before) = was {
        timeline_store::keep_changes(tx, id.0, LINE, &[Change { id: line.id.0, before }])?;
    }
    Ok(line.id)
}

/// A bug that the crash harness must catch before it is believed (app/tests/crash): how far the import is, written in
/// a transaction of its own before the batch and trusted after a restart. Debug builds have it when they are asked to.
fn planted(house: &House, id: ImportId, rows: i64) -> Result<bool> {
    let asked = || std::env::var_os("MAINSTAY_PLANT").is_some_and(|bug| bug == "progress-outside");
    if !cfg!(debug_assertions) || !asked() {
        return Ok(false);
    }
    house.store.write(&house.context(), |tx| {
        let written = rows <= kept::find(tx, id)?.done;
        kept::update(tx, id, &[("done", rows.into())])?;
        Ok(written)
    })
}

/// Ends a step: what it counted, or why it stopped, in the transaction that takes it off the queue.
fn finish(
    house: &House,
    job: &Job,
    id: ImportId,
    answer: Result<Outcome>,
    done: impl Fn(String) -> Vec<(&'static str, String)>,
) -> Result<()> {
    let cx = house.context();
    match answer {
        Err(problem) if problem.may_pass() || problem.code == "queue.lost" => Err(problem),
        Err(problem) => {
            let failure = problem.to_string();
            house.store.write(&cx, |tx| {
                queue::done(tx, job)?;
                turn::stop(&cx, tx, id, &failure)
            })
        }
        Ok(outcome) => {
            let rows = outcome.rows;
            let text = serde_json::to_string(&outcome).map_err(|cause| {
                Problem::internal("imports.json", "the counts cannot be written down").because(cause)
            })?;
            let changes = done(text);
            house.store.write(&cx, |tx| {
                let texts: Vec<_> = changes.iter().map(|(column, text)| (*column, text.into())).collect();
                kept::update(tx, id, &texts)?;
                let ends =
                    [("done", rows.into()), ("total", rows.into()), ("finished_at", cx.now.micros.into())];
                kept::update(tx, id, &ends)?;
                if job.kind == RUN_JOB {
                    after_run(&cx, tx, id)?;
                }
                queue::done(tx, job)?;
                turn::pass_on(&cx, tx, id)
            })
        }
    }
}

/// What follows a run: its mapping is remembered for files with the same columns, and its line is judged.
fn after_run(cx: &Context, tx: &mut store::Tx<'_>, id: ImportId) -> Result<()> {
    let run = kept::find(tx, id)?;
    if !run.has_written() {
        return Ok(());
    }
    kept::remember(tx, &super::view::column_names(&run), &run.mapping, id)?;
    timeline_store::ask_judgement(cx, tx, LineId::new(run.line))
}
