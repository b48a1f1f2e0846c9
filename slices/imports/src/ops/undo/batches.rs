//! The work that takes an import back, batch after batch: orders, then accounts, then the service line.

use std::collections::HashSet;

use kernel::{Context, Problem, Result};
use slice::House;
use store::{Tx, queue, queue::Job};
use timeline::{
    AccountId, LineId,
    store::{self as timeline_store, Left},
};

use super::{
    super::turn::number,
    Undone,
    kinds::{self, KINDS},
    outcome,
};
use crate::{
    bundle::in_order,
    run::{HALF_UNDONE, ImportId, Outcome, Run, State},
    store::{
        self as kept_store,
        undo::{self, Kept},
    },
};

/// The kind under which imports write down service lines.
pub const LINE: &str = "line";
/// What a line was before an import that gave it its industry.
pub const NO_INDUSTRY: &str = "no industry";
/// Orders or accounts taken back in one transaction.
const BATCH: i64 = 256;

/// Takes imports that came together back, batch after batch, the last one first.
///
/// # Errors
/// `queue.lost`, or a failure of the database.
pub fn run(house: &House, job: &Job) -> Result<()> {
    let cx = house.context();
    let mut parts = in_order(house.store.read(&cx, |tx| kept_store::parts(tx, number(job)))?);
    // One that had given up is under way again.
    let is_asked = |part: &Run| part.state == State::Undoing || part.written == HALF_UNDONE;
    parts.retain(is_asked);
    for part in parts.iter().rev() {
        take_all(house, job, part.id)?;
    }
    house.store.write(&house.context(), |tx| queue::done(tx, job))
}

fn take_all(house: &House, job: &Job, id: ImportId) -> Result<()> {
    let cx = house.context();
    house.store.write(&cx, |tx| {
        queue::renew(tx, job, cx.now.micros + queue::LEASE)?;
        begin(tx, id)
    })?;
    // What an import made may be merged with what it did not make: each is itself again before any of it goes.
    loop {
        let cx = house.context();
        let more = house.store.write(&cx, |tx| {
            queue::renew(tx, job, cx.now.micros + queue::LEASE)?;
            accounts::release(&cx, tx, &house.tables, id.0)
        })?;
        if !more {
            break;
        }
    }
    let mut held = HashSet::new();
    for kind in KINDS {
        let mut after = 0;
        loop {
            planted(house, id, kind, after)?;
            let cx = house.context();
            let step = house.store.write(&cx, |tx| {
                queue::renew(tx, job, cx.now.micros + queue::LEASE)?;
                batch(&cx, tx, id, kind, after, &held)
            })?;
            let Some(step) = step else { break };
            held.extend(step.kept.iter().map(|kept| kept.account));
            after = step.last;
        }
    }
    let cx = house.context();
    house.store.write(&cx, |tx| {
        queue::renew(tx, job, cx.now.micros + queue::LEASE)?;
        end(&cx, tx, id)
    })
}

/// What had to stay before it was interrupted is looked at anew, so it counts no longer.
fn begin(tx: &mut Tx<'_>, id: ImportId) -> Result<()> {
    // One that had given up is under way again.
    let under_way = [("state", State::Undoing.as_str().into()), ("failure", "".into())];
    kept_store::update(tx, id, &under_way)?;
    let Some(before) = outcome(tx, id)? else { return Ok(()) };
    let done = kept_store::find(tx, id)?.done - before.kept;
    undo::keep_nothing(tx, id)?;
    undo::note(tx, id, &json(&Undone { kept: 0, ..before })?)?;
    kept_store::update(tx, id, &[("done", done.into())])
}

/// A bug that the crash harness must catch before it is believed (app/tests/crash): what is taken back is struck out in
/// a transaction of its own, after it was looked up and before it is gone. Debug builds have it when they are asked to.
fn planted(house: &House, id: ImportId, kind: &str, after: i64) -> Result<()> {
    if !cfg!(debug_assertions) || std::env::var_os("MAINSTAY_PLANT").is_none_or(|bug| bug != "strike-outside")
    {
        return Ok(());
    }
    let found = house.store.write(&house.context(), |tx| {
        let changes = timeline_store::changes(tx, id.0, kind, after, BATCH)?;
        let ids: Vec<i64> = changes.iter().map(|change| change.id).collect();
        timeline_store::forget_changes(tx, id.0, kind, &ids)?;
        Ok(changes)
    })?;
    house.store.write(&house.context(), |tx| timeline_store::keep_changes(tx, id.0, kind, &found))
}

/// Takes one batch back and strikes it out.
fn batch(
    house: &Context,
    tx: &mut Tx<'_>,
    id: ImportId,
    kind: &str,
    after: i64,
    held: &HashSet<AccountId>,
) -> Result<Option<Step>> {
    let run = kept_store::find(tx, id)?;
    let (asked_by, before) = undo::asked(tx, id)?.unwrap_or_default();
    let cx = Run { by: asked_by, ..run.clone() }.on_behalf(house.clone());
    let Some(step) = take(&cx, tx, id, kind, after, Look { held, write: true })? else { return Ok(None) };
    let mut undone: Undone = serde_json::from_str(&before).unwrap_or_default();
    undone.add(&step.undone);
    undo::note(tx, id, &json(&undone)?)?;
    undo::keep(tx, id, &step.kept)?;
    timeline_store::forget_changes(tx, id.0, kind, &step.struck)?;
    let done = run.done + i64::try_from(step.struck.len() + step.kept.len()).unwrap_or(0);
    kept_store::update(tx, id, &[("done", done.into())])?;
    Ok(Some(step))
}

/// A batch that was taken back, or looked at.
pub(super) struct Step {
    pub(super) undone: Undone,
    pub(super) kept: Vec<Kept>,
    /// What is done with.
    struck: Vec<i64>,
    pub(super) last: i64,
}

/// How a batch is gone through.
#[derive(Clone, Copy)]
pub(super) struct Look<'h> {
    /// Accounts of which an order stays.
    pub(super) held: &'h HashSet<AccountId>,
    /// It is taken back, not only looked at.
    pub(super) write: bool,
}

/// Takes the next batch of one kind back, or looks at it.
pub(super) fn take(
    cx: &Context,
    tx: &mut Tx<'_>,
    id: ImportId,
    kind: &str,
    after: i64,
    look: Look<'_>,
) -> Result<Option<Step>> {
    let changes = timeline_store::changes(tx, id.0, kind, after, BATCH)?;
    let Some(last) = changes.last().map(|change| change.id) else { return Ok(None) };
    let (undone, kept) = kinds::take_back(cx, tx, id.0, kind, &changes, look)?;
    let stays: Vec<i64> = kept.iter().map(|kept| kept.id).collect();
    let struck = changes.iter().map(|change| change.id).filter(|id| !stays.contains(id)).collect();
    let undone = Undone { kept: i64::try_from(kept.len()).unwrap_or(0), ..undone };
    Ok(Some(Step { undone, kept, struck, last }))
}

impl Undone {
    pub(super) fn add(&mut self, other: &Undone) {
        self.orders += other.orders;
        self.orders_shrunk += other.orders_shrunk;
        self.lines += other.lines;
        self.accounts += other.accounts;
        self.accounts_needed += other.accounts_needed;
        self.records += other.records;
        self.restored += other.restored;
        self.kept += other.kept;
    }
}

/// Ends it: the line goes if nothing else stands on it, else its last day is found anew; then whoever is left is
/// decided again.
fn end(cx: &Context, tx: &mut Tx<'_>, id: ImportId) -> Result<()> {
    let run = kept_store::find(tx, id)?;
    let undone = outcome(tx, id)?.unwrap_or_default();
    let is_whole = undone.kept == 0;
    let line = LineId::new(run.line);
    if is_whole {
        settle_line(cx, tx, id, line)?;
        kept_store::clear_rejections(tx, id)?;
    }
    // While it was taken back, the counts were those of what was taken back.
    let result: Outcome = serde_json::from_str(&run.result).unwrap_or_default();
    let changes = [
        ("state", State::Undone.as_str().into()),
        ("written", 0.into()),
        ("total", result.rows.into()),
        ("done", result.rows.into()),
        ("line", if is_whole { 0 } else { run.line }.into()),
        ("planned", "".into()),
        ("finished_at", cx.now.micros.into()),
    ];
    kept_store::update(tx, id, &changes)?;
    timeline_store::ask_judgement(cx, tx, line)
}

/// The line that the import made goes when nothing else stands on it, else it is the next import's; in any case the end
/// of its data is found anew.
fn settle_line(cx: &Context, tx: &mut Tx<'_>, id: ImportId, line: LineId) -> Result<()> {
    // Two files with the same rows: the line went with the one that made it.
    if !timeline_store::lines(tx)?.iter().any(|known| known.id == line) {
        return Ok(());
    }
    let change = timeline_store::changes(tx, id.0, LINE, 0, 1)?.into_iter().next();
    let made = change.as_ref().is_some_and(|change| change.before.is_empty());
    let heir = undo::other_on_line(tx, id, line.0)?;
    if heir == 0 && change.is_some_and(|change| change.before == NO_INDUSTRY) {
        timeline_store::set_industry(tx, line, "")?;
        timeline_store::mark_line_stale(cx, tx, line)?;
    }
    match timeline_store::line_left(cx, tx, line)? {
        Left::Nothing if made && !kinds::is_used(tx, line)? => timeline_store::remove_line(tx, line)?,
        left if made => {
            timeline_store::hand_over(tx, LINE, &[(line.0, heir)])?;
            decide_again(cx, tx, line, left)?;
        }
        left => decide_again(cx, tx, line, left)?,
    }
    timeline_store::forget_changes(tx, id.0, LINE, &[line.0])
}

/// Where the end of its data moved, everybody on a line is seen from another day.
fn decide_again(cx: &Context, tx: &mut Tx<'_>, line: LineId, left: Left) -> Result<()> {
    match left {
        Left::Facts { moved: true } => timeline_store::mark_line_stale(cx, tx, line),
        _ => Ok(()),
    }
}

fn json(undone: &Undone) -> Result<String> {
    serde_json::to_string(undone).map_err(|cause| {
        Problem::internal("imports.json", "the counts cannot be written down").because(cause)
    })
}
