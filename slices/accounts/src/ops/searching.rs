//! The work that looks for duplicates: whoever is new or changed is compared with those who share a key, batch after
//! batch.

use std::collections::{BTreeMap, HashMap};

use ::store::{Tx, queue, queue::Job};
use kernel::{Context, Problem, Result};
use slice::{House, JobKind};
use stats::linkage::{Column, Link, Records};
use timeline::AccountId;

use crate::{
    duplicate::{FIELDS, SHOWN, Traits, Verdict, Yardstick},
    merge::Couple,
    store::{
        alike,
        duplicate::{self, Found},
        pointer,
    },
};

/// The kind of work that compares accounts.
pub const SEARCH: &str = "accounts.duplicates";

/// The kinds of work.
pub const JOB: JobKind = JobKind { kind: SEARCH, run: search, gave_up: None };

/// Accounts compared in one transaction.
const BATCH: i64 = 256;
/// The setting that holds the yardstick.
const YARDSTICK: &str = "duplicates.yardstick";
/// The setting that holds from which probability on pairs are merged without being asked, in millionths.
pub(super) const AUTO: &str = "duplicates.auto";
/// So many accounts that share a key are enough to learn from, and more are not needed.
const ENOUGH: usize = 500;
const LEARNT_FROM: usize = 8_000;

/// Has whoever is due compared, soon.
///
/// # Errors
/// `store.statement`.
pub fn ask(cx: &Context, tx: &mut Tx<'_>) -> Result<()> {
    queue::put(tx, SEARCH, "due", cx.now.micros)
}

fn search(house: &House, job: &Job) -> Result<()> {
    let cx = house.context();
    let yardstick = match house.store.read(&cx, |tx| Ok((known(tx)?, alike::count(tx)?)))? {
        (Some(yardstick), count) if count <= 2 * yardstick.accounts => {
            Yardstick { accounts: count, ..yardstick }
        }
        (_, count) => {
            let sampled = house.store.read(&cx, |tx| sampled(&cx, tx))?;
            let learnt = learn(&sampled, count);
            house.store.write(&cx, |tx| {
                queue::renew(tx, job, cx.now.micros + queue::LEASE)?;
                tx.set(YARDSTICK, &json(&learnt)?)
            })?;
            learnt
        }
    };
    loop {
        let cx = house.context();
        let done = house.store.write(&cx, |tx| {
            queue::renew(tx, job, cx.now.micros + queue::LEASE)?;
            let due = alike::next_due(tx, BATCH)?;
            if due.is_empty() {
                queue::done(tx, job)?;
                return Ok(true);
            }
            let found = compare(&cx, tx, &yardstick, &due)?;
            alike::compared(tx, &due)?;
            duplicate::keep(tx, &found)?;
            merge_sure(&cx, tx, &found)?;
            Ok(false)
        })?;
        if done {
            return Ok(());
        }
    }
}

/// The yardstick, if there is one.
///
/// # Errors
/// `store.statement`.
fn known(tx: &mut Tx<'_>) -> Result<Option<Yardstick>> {
    let text = tx.setting(YARDSTICK)?;
    let known = text.and_then(|text| serde_json::from_str::<Yardstick>(&text).ok());
    let kinds = FIELDS.map(|(_, kind)| kind);
    Ok(known.filter(|known| known.model.kinds == kinds))
}

/// Accounts that share a key with others, from three places among the keys.
fn sampled(cx: &Context, tx: &mut Tx<'_>) -> Result<Vec<Traits>> {
    let mut ids = Vec::new();
    for from in [i64::MIN, i64::MIN / 3, i64::MAX / 3] {
        ids.extend(alike::sample(tx, from, 20_000)?);
    }
    ids.sort_unstable();
    ids.dedup();
    ids.truncate(LEARNT_FROM);
    let found = alike::traits(cx, tx, &ids)?;
    let ordered: BTreeMap<i64, Traits> = found.into_iter().collect();
    Ok(ordered.into_values().collect())
}

/// The yardstick that these accounts teach; the standard one where they are too few.
fn learn(sampled: &[Traits], accounts: i64) -> Yardstick {
    if sampled.len() < ENOUGH {
        return Yardstick::standard(accounts);
    }
    let column = |n: usize| {
        let cells: Vec<_> = sampled.iter().map(|traits| traits.values[n].clone()).collect();
        Column::of(FIELDS[n].0, FIELDS[n].1, &cells)
    };
    let records = Records::new((0..FIELDS.len()).map(column).collect());
    let model = Link::within(&records).find().model;
    Yardstick { accounts, model }
}

fn json<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|cause| {
        Problem::internal("accounts.json", "what was compared cannot be written down").because(cause)
    })
}

/// Pairs of these accounts with others that may be one party.
fn compare(cx: &Context, tx: &mut Tx<'_>, yardstick: &Yardstick, due: &[i64]) -> Result<Vec<Found>> {
    let mut traits = alike::traits(cx, tx, due)?;
    let own: Vec<(i64, Traits)> = due.iter().filter_map(|id| Some((*id, traits.get(id)?.clone()))).collect();
    alike::note(tx, &own)?;
    let mut keys: Vec<i64> = own.iter().flat_map(|(_, traits)| traits.keys()).collect();
    keys.sort_unstable();
    keys.dedup();
    let blocks = alike::with_keys(tx, &keys, true)?;
    let mut others: Vec<i64> =
        blocks.values().flatten().copied().filter(|id| !traits.contains_key(id)).collect();
    others.sort_unstable();
    others.dedup();
    // A pair of which the other is due later is compared then, once.
    let last = due.last().copied().unwrap_or(i64::MAX);
    let later: Vec<i64> = others.iter().copied().filter(|id| last < *id).collect();
    let later = alike::waiting(tx, &later)?;
    others.retain(|id| !later.contains(id));
    traits.extend(alike::traits(cx, tx, &others)?);
    let mut found = Vec::new();
    for (id, verdict) in pairs(yardstick, &own, &traits, &blocks) {
        if SHOWN <= verdict.probability {
            found.push(Found {
                first: AccountId::new(id.0),
                second: AccountId::new(id.1),
                score: millionths(verdict.probability),
                reasons: json(&verdict.reasons)?,
            });
        }
    }
    Ok(found)
}

/// Each pair that shares a key, once, with what comparing it came to.
fn pairs(
    yardstick: &Yardstick,
    own: &[(i64, Traits)],
    traits: &HashMap<i64, Traits>,
    blocks: &HashMap<i64, Vec<i64>>,
) -> BTreeMap<(i64, i64), Verdict> {
    let mut found = BTreeMap::new();
    for (id, mine) in own {
        let alike = mine.name_key().map_or(2, |key| blocks.get(&key).map_or(50, Vec::len));
        for other in mine.keys().iter().filter_map(|key| blocks.get(key)).flatten() {
            let pair = (*id.min(other), *id.max(other));
            let Some(theirs) = traits.get(other).filter(|_| id != other) else { continue };
            found.entry(pair).or_insert_with(|| yardstick.compare(mine, theirs, alike));
        }
    }
    found
}

pub(super) fn millionths(probability: f64) -> i64 {
    (probability * 1_000_000.0).round() as i64
}

/// Merges what is so likely one party that somebody said not to be asked about it.
fn merge_sure(cx: &Context, tx: &mut Tx<'_>, found: &[Found]) -> Result<()> {
    let Some(least) = tx.setting(AUTO)?.and_then(|text| text.parse::<i64>().ok()) else { return Ok(()) };
    let sure: Vec<_> = found.iter().filter(|pair| least <= pair.score).collect();
    let mut open = Vec::new();
    for pair in sure {
        if duplicate::state(tx, pair.first, pair.second)?.as_deref() == Some(duplicate::OPEN) {
            open.push(Couple { kept: pair.first, gone: pair.second });
        }
    }
    let couples = mergeable(tx, &open)?;
    if couples.is_empty() {
        return Ok(());
    }
    super::merge::ask(cx, tx, &couples)?;
    for couple in &couples {
        duplicate::decide(cx, tx, couple.kept, couple.gone, duplicate::SAME)?;
    }
    Ok(())
}

/// Of these couples those that can be merged at once: none goes to two others, and both stand behind the same wall.
pub(super) fn mergeable(tx: &mut Tx<'_>, couples: &[Couple]) -> Result<Vec<Couple>> {
    let all: Vec<AccountId> = couples.iter().flat_map(|couple| [couple.kept, couple.gone]).collect();
    let sides = pointer::sides(tx, &all)?;
    let mut goes: HashMap<AccountId, AccountId> = HashMap::new();
    let fits = couples.iter().filter(|couple| {
        super::merging::obstacle(sides.get(&couple.kept), sides.get(&couple.gone)).is_none()
            && couple.kept < couple.gone
            && !goes.contains_key(&couple.gone)
            && goes.insert(couple.gone, couple.kept).is_none()
    });
    Ok(fits.copied().collect())
}

/// Accounts that the viewer may see and that are likely the party with these traits, the likeliest first.
///
/// # Errors
/// `store.statement`.
pub fn like(cx: &Context, tx: &mut Tx<'_>, wanted: &Traits, least: f64) -> Result<Vec<(AccountId, Verdict)>> {
    let blocks = alike::with_keys(tx, &wanted.keys(), false)?;
    let mut ids: Vec<i64> = blocks.values().flatten().copied().collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let yardstick = match known(tx)? {
        Some(yardstick) => yardstick,
        None => Yardstick::standard(alike::count(tx)?),
    };
    let alike = wanted.name_key().and_then(|key| blocks.get(&key)).map_or(0, Vec::len) + 1;
    let mut found: Vec<_> = alike::traits(cx, tx, &ids)?
        .into_iter()
        .map(|(id, traits)| (AccountId::new(id), yardstick.compare(wanted, &traits, alike)))
        .filter(|(_, verdict)| least <= verdict.probability)
        .collect();
    found.sort_by(|a, b| b.1.probability.total_cmp(&a.1.probability).then(a.0.cmp(&b.0)));
    Ok(found)
}
