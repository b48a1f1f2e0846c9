//! The work behind a sample business: its tables are written, come in as files do, and are forgotten when they were taken
//! back.

use std::{
    fs,
    path::{Path, PathBuf},
};

use ::store::{
    Tx,
    queue::{self, Job},
};
use contracts::jobs::{CLOCK, KEY};
use imports::{ImportId, Incoming, ops as files, run::State};
use kernel::{Context, Day, Problem, Result};
use slice::{House, JobKind};
use timeline::store as timeline_store;

use super::{
    Business,
    store::{self as kept, Loaded, Step},
    table::{Table, ago},
};

/// The kind of work that loads one; its key is the word of the business. While it stands in the queue and has not
/// failed, no work that decides is begun.
pub const LOAD: &str = "sample.load";
/// The kind of work that has one decided as it stands, once it was decided as it stood before.
const END: &str = "sample.end";
/// The kind of work that ends its removal.
pub(super) const LEAVE: &str = "sample.leave";
/// So long before the end of its data a business is decided first.
const WEEKS: i32 = 6;
/// How long work on a sample waits before it looks again, in microseconds.
const PAUSE: i64 = 200_000;

/// The kinds of work.
pub(super) const JOBS: &[JobKind] = &[
    JobKind { kind: LOAD, run: load, gave_up: Some(gave_up) },
    JobKind { kind: END, run: end, gave_up: None },
    JobKind { kind: LEAVE, run: leave, gave_up: None },
];

/// A sample that could not be loaded is not there.
fn gave_up(_: &Context, tx: &mut Tx<'_>, job: &Job, _: &str) -> Result<()> {
    kept::strike(tx, &job.key)
}

fn found(tx: &mut Tx<'_>, job: &Job) -> Result<Option<Loaded>> {
    Ok(kept::loaded(tx)?.into_iter().find(|one| one.business == job.key))
}

/// Brings a business in, a step each time: its tables are written into a folder and received, and their run is asked for;
/// once they are in, its lines are held where they stood some weeks before, and [`end`] waits for the rest.
fn load(house: &House, job: &Job) -> Result<()> {
    let cx = house.context();
    let (wanted, is_deciding) = house
        .store
        .read(&cx, |tx| Ok((found(tx, job)?, queue::is_held(tx, timeline_store::JUDGE, cx.now.micros)?)))?;
    match wanted.filter(|one| !one.leaving) {
        // Work that decides goes on until nothing is left to decide: it would go on with what comes in now.
        Some(wanted) if wanted.import == 0 && is_deciding => {
            house.store.write(&cx, |tx| queue::wait(tx, job, cx.now.micros + PAUSE))
        }
        Some(wanted) if wanted.import == 0 => bring(house, job, &wanted),
        Some(_) => house.store.write(&cx, |tx| go_on(&cx, tx, job)),
        None => house.store.write(&cx, |tx| queue::done(tx, job)),
    }
}

fn bring(house: &House, job: &Job, wanted: &Loaded) -> Result<()> {
    let cx = house.context();
    let business = Business::meant(&wanted.business)?[0];
    let tables = business.tables(Day::parse(&wanted.today)?);
    let folder = house.files.join(format!("sample-{}", wanted.business));
    let lead = receive(&cx, house, &folder, &tables);
    // Whatever came of it: what was received was copied, and the rest is written anew by the next try.
    drop(fs::remove_dir_all(&folder));
    let lead = lead?;
    house.store.write(&cx, |tx| {
        begin(&cx, tx, lead, &tables)?;
        kept::put(tx, Loaded { import: lead.0, ..wanted.clone() })?;
        queue::wait(tx, job, cx.now.micros)
    })
}

/// Waits until the import of a business is through, and holds its lines some weeks before the end of their data; then whoever
/// is on them may be decided. Where somebody was decided before, nothing is lost: then nothing has changed.
fn go_on(cx: &Context, tx: &mut Tx<'_>, job: &Job) -> Result<()> {
    let Some(one) = found(tx, job)?.filter(|one| !one.leaving) else { return queue::done(tx, job) };
    let parts = imports::store::parts(tx, ImportId::new(one.import))?;
    let rests = |state| matches!(state, State::Received | State::Planned | State::Paused | State::Failed);
    let is_under_way = |state| matches!(state, State::Planning | State::Running | State::Undoing);
    match one.step {
        // Nobody waits for what was stopped or cancelled; whoever has it go on has it whole, decided once.
        Step::Comes if parts.iter().any(|part| rests(part.state)) => kept::put(tx, whole(one))?,
        Step::Comes if parts.iter().any(|part| is_under_way(part.state)) => {
            return queue::wait(tx, job, cx.now.micros + PAUSE);
        }
        Step::Comes => {
            let before = ago(Day::parse(&one.today)?, WEEKS * 7);
            let mut held = Vec::new();
            for name in Business::meant(&one.business)?[0].lines() {
                let Some(line) = timeline_store::line_of_name(tx, name)? else { continue };
                let Some(end) = line.last_day.filter(|end| before < *end) else { continue };
                timeline_store::end_line(tx, line.id, before)?;
                held.push((line.id.0, end.0));
            }
            kept::put(tx, Loaded { step: Step::Held, held, ..one })?;
            queue::put(tx, END, &job.key, cx.now.micros + PAUSE)?;
        }
        // As an earlier version left it.
        Step::Held => queue::put(tx, END, &job.key, cx.now.micros)?,
        Step::Whole => (),
    }
    queue::done(tx, job)
}

/// A business as it stands on its last day.
fn whole(one: Loaded) -> Loaded {
    Loaded { step: Step::Whole, held: Vec::new(), ..one }
}

/// Waits until everybody is decided as a business stood before, and has it decided as it stands.
fn end(house: &House, job: &Job) -> Result<()> {
    let cx = house.context();
    house.store.write(&cx, |tx| {
        let is_held = |one: &Loaded| !one.leaving && one.step == Step::Held;
        let Some(one) = found(tx, job)?.filter(is_held) else { return queue::done(tx, job) };
        if is_deciding(tx)? {
            return queue::wait(tx, job, cx.now.micros + PAUSE);
        }
        for line in timeline_store::lines(tx)? {
            let Some((_, end)) = one.held.iter().find(|(held, _)| *held == line.id.0) else { continue };
            // Whatever came in meanwhile may reach further.
            if line.last_day.is_some_and(|day| day < Day(*end)) {
                timeline_store::end_line(tx, line.id, Day(*end))?;
            }
            timeline_store::ask_judgement(&cx, tx, line.id)?;
        }
        // Cycles were counted, and terms renewed, up to the day on which the lines were held.
        queue::put(tx, CLOCK, KEY, cx.now.micros)?;
        kept::put(tx, whole(one))?;
        queue::done(tx, job)
    })
}

/// Somebody is still to be decided, and work that does so waits: where that was set aside, nobody waits for it.
fn is_deciding(tx: &mut Tx<'_>) -> Result<bool> {
    let asked = queue::waiting(tx, timeline_store::JUDGE)?;
    Ok(asked.iter().any(|line| line.parse::<i64>().is_ok()) && timeline_store::is_any_stale(tx)?)
}

fn receive(cx: &Context, house: &House, folder: &Path, tables: &[Table]) -> Result<ImportId> {
    let unwritten = |cause: std::io::Error| {
        let text = format!(
            "cannot write the tables of a sample business to {}: {cause}; make room there",
            folder.display()
        );
        Problem::internal("sample.write", text)
    };
    fs::create_dir_all(folder).map_err(unwritten)?;
    let mut paths: Vec<(&str, PathBuf)> = Vec::with_capacity(tables.len());
    for table in tables {
        let path = folder.join(table.name);
        fs::write(&path, table.csv()).map_err(unwritten)?;
        paths.push((table.name, path));
    }
    let files: Vec<_> = paths.iter().map(|(name, path)| Incoming { name, path }).collect();
    let received = imports::receive_all(cx, house, &files, None)?;
    match received.refused.into_iter().next() {
        Some((_, problem)) => Err(problem),
        None => Ok(received.id),
    }
}

/// Says of each table what its columns mean, and asks for the run of all of them.
fn begin(cx: &Context, tx: &mut Tx<'_>, lead: ImportId, tables: &[Table]) -> Result<()> {
    for part in imports::store::parts(tx, lead)? {
        let id = cx.codes.write(part.id);
        let table = tables.iter().find(|table| table.name == part.name);
        let mapping = table.map(Table::mapping).unwrap_or_default();
        files::set_mapping(cx, tx, files::SetMapping { id: id.clone(), mapping })?;
        if part.left_out {
            files::take_in(cx, tx, files::Named { id })?;
        }
    }
    files::ask_run(cx, tx, files::Named { id: cx.codes.write(lead) }).map(drop)
}

/// Waits until a business is taken back; then nothing of its files is remembered either.
fn leave(house: &House, job: &Job) -> Result<()> {
    let cx = house.context();
    house.store.write(&cx, |tx| {
        let Some(leaving) = found(tx, job)?.filter(|one| one.leaving) else { return queue::done(tx, job) };
        queue::forget(tx, END, &job.key)?;
        if leaving.import == 0 {
            kept::strike(tx, &leaving.business)?;
            return queue::done(tx, job);
        }
        let lead = ImportId::new(leaving.import);
        let parts = imports::store::parts(tx, lead)?;
        if parts.iter().any(|part| part.state == State::Undoing) {
            return queue::wait(tx, job, cx.now.micros + PAUSE);
        }
        match files::forget(&cx, tx, lead)? {
            true => kept::strike(tx, &leaving.business)?,
            // Somebody recorded something on it since: that stays until they take it away.
            false => {
                let step = Step::Whole;
                kept::put(tx, Loaded { leaving: false, stays: true, step, held: Vec::new(), ..leaving })?;
            }
        }
        queue::done(tx, job)
    })
}
