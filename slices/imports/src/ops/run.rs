//! The dry run and the run: the same walk over the files that came together, once counting and once writing.
//!
//! A run that was interrupted begins again at the start of its first file: what it wrote is found again and counts as
//! new, so its counts and everything it leaves behind are those of a run that was never interrupted.

use std::path::Path;

use kernel::{Context, Problem, Result};
use slice::{House, JobKind};
use store::{Tx, queue, queue::Job};
use timeline::{LineId, store as timeline_store};

use super::{
    feed::{Met, writes_the_same},
    receive::guessed_columns,
    turn::{self, number},
    undo::{self, UNDO_JOB},
    walk,
};
use crate::{
    Mapping, Target,
    run::{ImportId, Outcome, Run, State},
    store as kept,
};

/// The kind of work that makes a dry run; its key is the number of the import, the first of those that came together.
pub const PLAN_JOB: &str = "import.plan";
/// The kind of work that runs an import; its key is the number of the import, the first of those that came together.
pub const RUN_JOB: &str = "import.run";

/// The kinds of work.
pub const JOBS: &[JobKind] = &[
    JobKind { kind: PLAN_JOB, run: plan, gave_up: Some(turn::gave_up) },
    JobKind { kind: RUN_JOB, run, gave_up: Some(turn::gave_up) },
    JobKind { kind: UNDO_JOB, run: undo::run, gave_up: Some(turn::gave_up) },
];

/// What one of those that came together came to.
type Counted = (ImportId, Outcome);

/// Why, and at which of those that came together, a step stopped.
type Stopped = (ImportId, Problem);

/// Makes the dry run of an import: reads only, and writes down what it counted.
///
/// # Errors
/// `queue.lost`, or a failure of the database; what is wrong with the file is written down with the import.
pub fn plan(house: &House, job: &Job) -> Result<()> {
    step(house, job, State::Planning, walk::count)
}

/// Runs an import: batch after batch, each in one transaction with its progress, then asks for the decisions.
///
/// # Errors
/// As [`plan`].
pub fn run(house: &House, job: &Job) -> Result<()> {
    step(house, job, State::Running, walk::write)
}

/// One file of those that came together; who and what is known by the files before it is known here.
type Walk = fn(&House, &Job, &Run, &mut Met) -> Result<Outcome>;

fn step(house: &House, job: &Job, state: State, walk: Walk) -> Result<()> {
    let Some(parts) = turn::begin(house, job, state)? else { return Ok(()) };
    let ended = all(house, job, &parts, walk)
        .and_then(|counted| finish(house, job, &counted).map_err(|problem| (number(job), problem)));
    match ended {
        Ok(()) => Ok(()),
        Err((_, problem)) if problem.may_pass() || problem.code == "queue.lost" => Err(problem),
        Err((_, problem)) if turn::is_stopped(house, job, state, &problem)? => Ok(()),
        Err((at, problem)) => {
            let (cx, failure) = (house.context(), problem.to_string());
            house.store.write(&cx, |tx| {
                queue::done(tx, job)?;
                turn::stop(&cx, tx, number(job), at, &failure)
            })
        }
    }
}

fn all(house: &House, job: &Job, parts: &[Run], walk: Walk) -> std::result::Result<Vec<Counted>, Stopped> {
    let mut met = Met::default();
    let mut counted = Vec::with_capacity(parts.len());
    let targets: Vec<_> =
        parts.iter().map(|part| Mapping::draft(&part.mapping).ok().map(|it| it.target)).collect();
    for (at, part) in parts.iter().enumerate() {
        // A dry run remembers what one table would write only where another one may write the same.
        let same = |(other, target): (usize, &Option<Target>)| {
            other != at && targets[at].zip(*target).is_some_and(|(one, other)| writes_the_same(one, other))
        };
        met.foresees = job.kind == PLAN_JOB && targets.iter().enumerate().any(same);
        let outcome = walk(house, job, part, &mut met).map_err(|problem| (part.id, problem))?;
        counted.push((part.id, outcome));
    }
    Ok(counted)
}

/// Ends a step of all that came together, in the transaction that takes it off the queue.
fn finish(house: &House, job: &Job, counted: &[Counted]) -> Result<()> {
    let cx = house.context();
    let is_run = job.kind == RUN_JOB;
    let (state, column) = if is_run { (State::Done, "result") } else { (State::Planned, "planned") };
    house.store.write(&cx, |tx| {
        for (id, outcome) in counted {
            let text = serde_json::to_string(outcome).map_err(|cause| {
                Problem::internal("imports.json", "the counts cannot be written down").because(cause)
            })?;
            let changes = [
                ("state", state.as_str().into()),
                (column, (&text).into()),
                ("done", outcome.rows.into()),
                ("total", outcome.rows.into()),
                ("finished_at", cx.now.micros.into()),
            ];
            turn::go_on(&cx, tx, job, *id, if is_run { State::Running } else { State::Planning })?;
            kept::update(tx, *id, &changes)?;
            if is_run {
                after_run(&cx, tx, *id, &house.files)?;
            }
        }
        queue::done(tx, job)?;
        turn::pass_on(&cx, tx, number(job))
    })
}

/// What follows a run: its mapping is remembered for files with the same columns, and its line is judged.
fn after_run(cx: &Context, tx: &mut Tx<'_>, id: ImportId, files: &Path) -> Result<()> {
    let run = kept::find(tx, id)?;
    if !run.has_written() {
        return Ok(());
    }
    let columns = super::view::column_names(&run);
    kept::remember(tx, &columns, &run.mapping, id)?;
    // A file that is guessed wrong again is known by the columns that it has then.
    let is_read_as_said = Mapping::draft(&run.mapping).is_ok_and(|mapping| !mapping.reading.is_empty());
    let guessed = if is_read_as_said { guessed_columns(files, &run) } else { None };
    if let Some(guessed) = guessed.filter(|guessed| *guessed != columns) {
        kept::remember(tx, &guessed, &run.mapping, id)?;
    }
    timeline_store::ask_judgement(cx, tx, LineId::new(run.line))
}
