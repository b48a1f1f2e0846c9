//! The dry run and the run: the same walk over the file, once counting and once writing.
//!
//! A run that was interrupted begins again at the start of its file: what it wrote is found again and counts as new,
//! so its counts and everything it leaves behind are those of a run that was never interrupted.

use kernel::{Context, Day, Problem, Result};
use orders::{LineInput, Tally, Terms};
use slice::{House, JobKind};
use store::{queue, queue::Job};
use timeline::{
    LineId,
    store::{self as timeline_store, Change},
};

use super::{
    receive::{dialect_of, open_kept},
    turn,
    undo::{self, LINE, NO_INDUSTRY, UNDO_JOB},
};
use crate::{
    Mapping, Now, Rejection,
    batch::{Batch, Batches},
    record::shortened,
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
            seen,
            rejected: 0,
            until: None,
            written: run.written,
        })
    }

    fn terms(&self, line: LineId) -> Terms {
        Terms { line, offer: self.mapping.fixed.offer, channel: self.mapping.fixed.channel }
    }

    /// Counts a batch that was planned or written.
    fn count(&mut self, batch: &Batch, resolution: &accounts::Resolution, tally: &Tally) {
        self.seen.learn(resolution);
        self.tally.add(tally);
        self.outcome.exclude += batch.excluded;
        self.outcome.reject += i64::try_from(batch.rejections.len()).unwrap_or(0);
        self.rejected += batch.rejections.len();
        self.outcome.rows = batch.rows;
        self.until = self.until.max(batch.last_day(&self.bringer));
    }

    fn finished(mut self) -> Outcome {
        self.outcome.until = self.until.map(|day| day.to_string()).unwrap_or_default();
        self.outcome.lines = self.tally.counts();
        let lines = &self.outcome.lines;
        self.outcome.order_numbers = lines.orders_create + lines.orders_update + lines.orders_skip;
        self.outcome
    }
}

fn count(house: &House, job: &Job, id: ImportId) -> Result<Outcome> {
    let mut walk = Walk::begin(house, id)?;
    let name = walk.mapping.fixed.line.clone();
    let line = house.store.read(&house.context(), |tx| timeline_store::line_of_name(tx, &name))?;
    let terms = walk.terms(line.map_or(LineId::new(-1), |line| line.id));
    let mut noted = i64::MIN;
    while let Some(mut batch) = walk.batches.next_batch() {
        let lines: Vec<_> = batch.lines.iter().map(|line| line.input()).collect();
        let planned = house
            .store
            .read(&house.context(), |tx| orders::plan(&walk.bringer, tx, &walk.seen, &terms, &lines, id.0))?;
        let (resolution, tally) = (planned.resolution, planned.tally);
        batch.rejections.extend(planned.walled.iter().map(walled));
        let rejections = listed(walk.rejected, batch.rejections.clone());
        walk.count(&batch, &resolution, &tally);
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
        let line = match walk.batches.is_blank() {
            true => LineId::new(0),
            false => line_of(tx, id, &fixed.line, industry, live)?,
        };
        let total = walk.batches.total();
        kept::update(tx, id, &[("line", line.into()), ("total", total.into())])?;
        Ok(line)
    })?;
    let terms = walk.terms(line);
    while let Some(mut batch) = walk.batches.next_batch() {
        if planted(house, id, batch.rows)? {
            continue;
        }
        let lines: Vec<_> = batch.lines.iter().map(|line| line.input()).collect();
        let cx = house.context();
        let (resolution, tally, walled) = house.store.write(&cx, |tx| {
            queue::renew(tx, job, cx.now.micros + queue::LEASE)?;
            let mut planned = orders::plan(&walk.bringer, tx, &walk.seen, &terms, &lines, id.0)?;
            orders::apply(&cx, tx, &terms, &mut planned, id.0)?;
            let walled: Vec<_> = planned.walled.iter().map(walled).collect();
            kept::reject(tx, id, &listed(walk.rejected, [&*batch.rejections, &walled].concat()))?;
            let written = walk.written.max(batch.rows);
            kept::update(tx, id, &[("done", batch.rows.into()), ("written", written.into())])?;
            Ok((planned.resolution, planned.tally, walled))
        })?;
        batch.rejections.extend(walled);
        walk.count(&batch, &resolution, &tally);
    }
    Ok(walk.finished())
}

/// A row for an account that whoever brought the file may not see: it repeats the id that stands in the file, and says
/// nothing that does not (decision 6).
fn walled(line: &LineInput<'_>) -> Rejection {
    Rejection {
        row: line.row,
        column: None,
        value: line.party.map(|party| shortened(party.key)).unwrap_or_default(),
        reason:
            "you may not record orders of this party; have somebody who deals with them bring this row in"
                .to_owned(),
    }
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
    if run.line == 0 {
        return Ok(());
    }
    kept::remember(tx, &super::view::column_names(&run), &run.mapping, id)?;
    timeline_store::ask_judgement(cx, tx, LineId::new(run.line))
}
