//! The walk over one file: batch after batch, planned the same way whether it is counted or written.

use kernel::{Context, Day, Result};
use orders::Tally;
use slice::House;
use store::queue::Job;
use timeline::{
    LineId,
    store::{self as timeline_store, Change},
};

use super::{
    feed::{Came, Counted, Feed, Met},
    receive::{joins, records},
    turn,
    undo::{LINE, NO_INDUSTRY},
};
use crate::{
    Mapping, Now,
    batch::{Batch, Batches},
    run::{ImportId, Outcome, Run, State, listed},
    store as kept,
};

/// Rows of a dry run between two notes of its progress.
const NOTE_EVERY: i64 = 20_000;

/// So many reasons for leaving rows out are told apart.
const MOST_REASONS: usize = 20;

/// What a walk over a file needs.
struct Walk<'s> {
    /// Who brought the file: through whose eyes it is read.
    bringer: Context,
    mapping: Mapping,
    batches: Batches,
    outcome: Outcome,
    tally: Tally,
    counted: Counted,
    /// Who and what was met so far, in this file and in those before it that came together.
    met: &'s mut Met,
    rejected: usize,
    /// The last day of a line that names somebody.
    until: Option<Day>,
    /// Rows whose batches an earlier try has written.
    written: i64,
}

impl<'s> Walk<'s> {
    fn begin(house: &House, run: &Run, met: &'s mut Met) -> Result<Walk<'s>> {
        let mapping = Mapping::from_toml(&run.mapping)?;
        let parts = house.store.read(&house.context(), |tx| kept::parts(tx, run.lead()))?;
        let joins = joins(&house.files, &parts, run, &mapping)?;
        let batches = Batches::open(&|| Ok(records(&house.files, run)?.joined(joins.clone())), &mapping)?;
        let outcome = Outcome { damage: batches.damage().map(ToString::to_string), ..Outcome::default() };
        Ok(Walk {
            bringer: run.on_behalf(house.context()),
            mapping,
            batches,
            outcome,
            tally: Tally::default(),
            counted: Counted::default(),
            met,
            rejected: 0,
            until: None,
            written: run.written,
        })
    }

    /// Counts a batch that was planned or written.
    fn count(&mut self, batch: &Batch, came: &Came<'_>) {
        self.tally.add(&came.tally);
        self.counted.add(&came.counted);
        for (why, rows) in &batch.excluded {
            self.outcome.exclude += rows;
            self.left_out(why, *rows);
        }
        self.outcome.reject += i64::try_from(batch.rejections.len()).unwrap_or(0);
        self.rejected += batch.rejections.len();
        self.outcome.rows = batch.rows;
        self.until = self.until.max(batch.last_day(&self.bringer));
    }

    /// Counts rows that are left out; of very many reasons the later ones are one.
    fn left_out(&mut self, why: &str, rows: i64) {
        let all = &mut self.outcome.left_out;
        let why = if all.len() < MOST_REASONS || all.contains_key(why) { why } else { "other rules" };
        *all.entry(why.to_owned()).or_default() += rows;
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

/// Counts what writing a file would do; writes nothing but how far it is.
///
/// # Errors
/// What is wrong with the file; `queue.lost`, `imports.told_to_stop`, or a failure of the database.
pub(super) fn count(house: &House, job: &Job, run: &Run, met: &mut Met) -> Result<Outcome> {
    let mut walk = Walk::begin(house, run, met)?;
    let id = run.id;
    let name = walk.mapping.fixed.line.clone();
    let line = house.store.read(&house.context(), |tx| timeline_store::line_of_name(tx, &name))?;
    let line = match name.trim().is_empty() {
        true => LineId::new(0),
        false => line.map_or_else(|| walk.met.line(&name), |line| line.id),
    };
    let mut noted = i64::MIN;
    let (bringer, mapping) = (walk.bringer.clone(), walk.mapping.clone());
    let feed = Feed::of(&bringer, &mapping, line, id.0);
    while let Some(mut batch) = walk.batches.next_batch() {
        let came = house.store.read(&house.context(), |tx| feed.step(None, tx, walk.met, &batch))?;
        let came = came.taught(walk.met);
        batch.rejections.extend(came.walled.iter().cloned());
        let rejections = listed(walk.rejected, batch.rejections.clone());
        walk.count(&batch, &came);
        if NOTE_EVERY <= batch.rows - noted.max(0) || !rejections.is_empty() || noted == i64::MIN {
            noted = batch.rows;
            let total = walk.batches.total();
            let cx = house.context();
            house.store.write(&cx, |tx| {
                turn::go_on(&cx, tx, job, id, State::Planning)?;
                kept::reject(tx, id, &rejections)?;
                kept::update(tx, id, &[("total", total.into()), ("done", batch.rows.into())])
            })?;
        }
    }
    Ok(walk.finished())
}

/// Writes a file.
///
/// # Errors
/// As [`count`].
pub(super) fn write(house: &House, job: &Job, run: &Run, met: &mut Met) -> Result<Outcome> {
    let mut walk = Walk::begin(house, run, met)?;
    let id = run.id;
    let (fixed, live) = (walk.mapping.fixed.clone(), walk.mapping.now == Now::Clock);
    let industry = fixed.industry.as_deref().unwrap_or_default();
    let cx = house.context();
    let line = house.store.write(&cx, |tx| {
        turn::go_on(&cx, tx, job, id, State::Running)?;
        // A file of which nothing can be read leaves no service line behind either.
        let line = match walk.batches.is_blank() || fixed.line.trim().is_empty() {
            true => LineId::new(0),
            false => line_of(tx, id, &fixed.line, industry, live)?,
        };
        let total = walk.batches.total();
        kept::update(tx, id, &[("line", line.into()), ("total", total.into())])?;
        Ok(line)
    })?;
    let (bringer, mapping) = (walk.bringer.clone(), walk.mapping.clone());
    let feed = Feed::of(&bringer, &mapping, line, id.0);
    while let Some(mut batch) = walk.batches.next_batch() {
        if planted(house, id, batch.rows)? {
            continue;
        }
        let cx = house.context();
        let came = house.store.write(&cx, |tx| {
            turn::go_on(&cx, tx, job, id, State::Running)?;
            let came = feed.step(Some(&cx), tx, walk.met, &batch)?;
            kept::reject(tx, id, &listed(walk.rejected, [&*batch.rejections, &came.walled].concat()))?;
            let written = walk.written.max(batch.rows);
            kept::update(tx, id, &[("done", batch.rows.into()), ("written", written.into())])?;
            Ok(came)
        })?;
        let came = came.taught(walk.met);
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
