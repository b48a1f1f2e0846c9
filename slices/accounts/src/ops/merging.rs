//! The work that merges and undoes merges: batch after batch, each in one transaction with its progress, so that whoever
//! is cut off goes on where the last batch ended.

use std::collections::{HashMap, HashSet};

use ::store::{Table, Tx, queue, queue::Job};
use kernel::{Context, Result};
use slice::{House, JobKind};
use timeline::{AccountId, LineId, store as facts};

use crate::{
    merge::{MergeId, State},
    party_kind::PartyKind,
    store::{
        merge::{self, MERGED, Pair, REFUSED, UNDONE, WAITING},
        moves::Place,
        pointer::{self, Conflict, FIELDS, Side},
    },
};

/// The kind of work that merges; its key is the number of the merge.
pub const MERGE: &str = "accounts.merge";
/// The kind of work that undoes a merge.
pub const UNDO: &str = "accounts.merge_undo";

/// The kinds of work.
pub const JOBS: &[JobKind] = &[
    JobKind { kind: MERGE, run: merge_all, gave_up: Some(gave_up) },
    JobKind { kind: UNDO, run: undo_all, gave_up: Some(gave_up) },
    super::searching::JOB,
    super::indexing::JOB,
];

/// Pairs merged in one transaction.
const BATCH: usize = 64;

fn gave_up(_: &Context, tx: &mut Tx<'_>, job: &Job, why: &str) -> Result<()> {
    let id = number(job);
    match merge::find(tx, id)? {
        Some(merge) => merge::set_state(tx, id, merge.state, why),
        None => Ok(()),
    }
}

fn number(job: &Job) -> MergeId {
    MergeId::new(job.key.parse().unwrap_or(0))
}

fn merge_all(house: &House, job: &Job) -> Result<()> {
    let places = Place::all(&house.tables);
    let id = number(job);
    walk(house, job, State::Merged, |cx, tx, alone| {
        let pairs = apart(merge::next(tx, id, WAITING, false)?, if alone { 1 } else { BATCH });
        merge_batch(cx, tx, &places, &pairs)?;
        Ok(pairs.len())
    })
}

fn undo_all(house: &House, job: &Job) -> Result<()> {
    let places = Place::all(&house.tables);
    let id = number(job);
    walk(house, job, State::Undone, |cx, tx, _| {
        let pairs = apart(merge::next(tx, id, MERGED, true)?, BATCH);
        undo_batch(cx, tx, &places, &pairs, "")?;
        Ok(pairs.len())
    })
}

/// Batch after batch until none is left; then the merge has come to that state, and whoever changed is judged again.
fn walk(
    house: &House,
    job: &Job,
    end: State,
    batch: impl Fn(&Context, &mut Tx<'_>, bool) -> Result<usize>,
) -> Result<()> {
    loop {
        let cx = house.context();
        let struck = planted(house, job)?;
        let step = |alone: bool| {
            house.store.write(&cx, |tx| {
                queue::renew(tx, job, cx.now.micros + queue::LEASE)?;
                if !struck.is_empty() {
                    merge::set_pairs(tx, &struck, ends(job).0, None, "")?;
                }
                let done = batch(&cx, tx, alone)?;
                if done == 0 {
                    merge::set_state(tx, number(job), end, "")?;
                    facts::ask_judgement(&cx, tx, LineId::new(0))?;
                    queue::done(tx, job)?;
                }
                Ok(done)
            })
        };
        let done = match step(false) {
            // One of them runs into something that must be unique and that no table tells of: find out which.
            Err(problem) if problem.code == "store.conflict" => match step(true) {
                Err(problem) if problem.code == "store.conflict" => house.store.write(&cx, |tx| {
                    let pairs = apart(merge::next(tx, number(job), WAITING, false)?, 1);
                    merge::set_pairs(tx, &pairs, REFUSED, None, UNIQUE)?;
                    Ok(pairs.len())
                })?,
                other => other?,
            },
            other => other?,
        };
        if done == 0 {
            return Ok(());
        }
    }
}

const UNIQUE: &str =
    "both have a record of which there can be only one; remove one of the two, then merge again";

/// Where a pair stands before this work, and after it.
fn ends(job: &Job) -> (&'static str, &'static str) {
    if job.kind == MERGE { (WAITING, MERGED) } else { (MERGED, UNDONE) }
}

/// A bug that the crash harness must catch before it is believed (app/tests/crash): the next pair is struck off in a
/// transaction of its own, before the one that moves anything. Debug builds have it when they are asked to; else none is.
fn planted(house: &House, job: &Job) -> Result<Vec<Pair>> {
    if !cfg!(debug_assertions) || std::env::var_os("MAINSTAY_PLANT").is_none_or(|bug| bug != "merge-outside")
    {
        return Ok(Vec::new());
    }
    house.store.write(&house.context(), |tx| {
        let (from, to) = ends(job);
        let pairs = apart(merge::next(tx, number(job), from, false)?, 1);
        merge::set_pairs(tx, &pairs, to, None, "")?;
        Ok(pairs)
    })
}

/// Of these pairs as many as share no account, so that one statement can move them all.
fn apart(pairs: Vec<Pair>, most: usize) -> Vec<Pair> {
    let mut met: HashSet<AccountId> = HashSet::new();
    let alone = pairs.into_iter().filter(|pair| {
        let Pair { couple, .. } = *pair;
        !met.contains(&couple.kept) && !met.contains(&couple.gone) && {
            met.extend([couple.kept, couple.gone]);
            true
        }
    });
    alone.take(most).collect()
}

/// Merges pairs that share no account.
fn merge_batch(cx: &Context, tx: &mut Tx<'_>, places: &[Place], pairs: &[Pair]) -> Result<()> {
    let sides = pointer::sides(tx, &merge::accounts(pairs))?;
    let mut sound = Vec::new();
    for pair in pairs {
        match obstacle(sides.get(&pair.couple.kept), sides.get(&pair.couple.gone)) {
            Some(why) => merge::set_pairs(tx, &[*pair], REFUSED, None, why)?,
            None => sound.push(*pair),
        }
    }
    if sound.is_empty() {
        return Ok(());
    }
    let lines = facts::lines_of(tx, &merge::accounts(&sound))?;
    let high = tx.allocate("fact", 0)?.first();
    for place in places {
        place.carry(tx, &sound)?;
    }
    for pair in &sound {
        fill(tx, *pair, &sides)?;
    }
    pointer::point(tx, &sound)?;
    merge::set_pairs(tx, &sound, MERGED, Some(high), "")?;
    judge_again(cx, tx, &sound, lines)
}

/// Why a pair cannot be merged now, though it could when it was asked for.
pub(super) fn obstacle(kept: Option<&Side>, gone: Option<&Side>) -> Option<&'static str> {
    let (Some(kept), Some(gone)) = (kept, gone) else { return Some("one of the two is not there any more") };
    match () {
        () if kept.merged != 0 || gone.merged != 0 => {
            Some("one of the two was merged with another meanwhile")
        }
        () if kept.kind != gone.kind && [kept, gone].iter().any(|side| is_group(side)) => {
            Some("a household or a department is a group and never part of somebody else; link them instead")
        }
        () if kept.members != gone.members => {
            Some("they stand behind different walls; let the same people see both first")
        }
        () => None,
    }
}

/// People who belong together, or a part of our own house.
fn is_group(side: &Side) -> bool {
    [PartyKind::Household, PartyKind::Department].iter().any(|kind| kind.as_str() == side.kind)
}

/// What the account that is kept lacks and the other has.
fn fill(tx: &mut Tx<'_>, pair: Pair, sides: &HashMap<AccountId, Side>) -> Result<()> {
    let (Some(kept), Some(gone)) = (sides.get(&pair.couple.kept), sides.get(&pair.couple.gone)) else {
        return Ok(());
    };
    for field in 0..FIELDS.len() {
        if kept.fields[field].is_empty() && !gone.fields[field].is_empty() {
            pointer::take_over(tx, pair, field, &gone.fields[field])?;
        }
    }
    Ok(())
}

/// Both sides of each pair are to be decided again, on all lines on which either has facts.
fn judge_again(cx: &Context, tx: &mut Tx<'_>, pairs: &[Pair], lines: Vec<(AccountId, LineId)>) -> Result<()> {
    let whole = merge::accounts(pairs).into_iter().map(|account| (account, LineId::new(0)));
    let mut touched: Vec<_> = lines.into_iter().chain(whole).collect();
    touched.sort_unstable();
    touched.dedup();
    facts::mark_stale(cx, tx, &touched)
}

/// Undoes pairs that share no account, none of whose kept accounts was merged into another since.
fn undo_batch(cx: &Context, tx: &mut Tx<'_>, places: &[Place], pairs: &[Pair], note: &str) -> Result<()> {
    if pairs.is_empty() {
        return Ok(());
    }
    let against = against(tx, places, pairs)?;
    pointer::keep_conflicts(tx, &against)?;
    let before = facts::lines_of(tx, &merge::accounts(pairs))?;
    pointer::give_back(tx, pairs, true)?;
    for place in places {
        place.bring_back(tx, pairs)?;
    }
    pointer::unpoint(tx, pairs)?;
    pointer::forget_moves(tx, pairs)?;
    merge::set_pairs(tx, pairs, UNDONE, None, note)?;
    judge_again(cx, tx, pairs, before)
}

/// What was changed since pairs were merged, and is therefore not undone.
pub(super) fn against(tx: &mut Tx<'_>, places: &[Place], pairs: &[Pair]) -> Result<Vec<Conflict>> {
    let mut found = Vec::new();
    for (pair, column) in pointer::give_back(tx, pairs, false)? {
        let told = format!("its {column} was changed since; it stays as it is now");
        found.push((pair, column.to_owned(), 1, told));
    }
    for place in places.iter().filter(|place| place.told) {
        for (pair, count) in place.missing(tx, pairs)? {
            let told = "were taken away since; they stay away".to_owned();
            found.push((pair, place.name.clone(), count, told));
        }
    }
    for (pair, count) in pointer::recorded_since(tx, pairs)? {
        let told = "facts were recorded since; they stay with the account that was kept".to_owned();
        found.push((pair, "recorded".to_owned(), count, told));
    }
    Ok(found)
}

/// Undoes some of the merges in which an account stands that an import made, before that import is taken back; false
/// when none is left.
///
/// # Errors
/// `store.statement`.
pub fn release(cx: &Context, tx: &mut Tx<'_>, tables: &[&'static Table], run: i64) -> Result<bool> {
    let mut pairs = merge::touching(tx, run)?;
    loop {
        let above = merge::on_top(tx, &pairs)?;
        if above.is_empty() {
            break;
        }
        pairs = above;
    }
    let pairs = apart(pairs, BATCH);
    undo_batch(cx, tx, &Place::all(tables), &pairs, "an import that made one of the two was taken back")?;
    Ok(!pairs.is_empty())
}
