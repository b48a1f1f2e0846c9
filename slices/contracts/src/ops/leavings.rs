//! Recording what sources tell of somebody having left, and taking it back.

use std::collections::{HashMap, HashSet};

use ::store::Tx;
use accounts::{Party, Resolution, Seen, resolve};
use kernel::{Context, Result};
use timeline::{
    AccountId, FactId, SourceRow,
    store::{self as timeline_store, Change, NewFact, keep_changes},
};

use super::{
    batch::{Tally, count},
    foreseen::Foreseen,
    taken::{KeptContract, Taken},
};
use crate::{
    facts,
    input::{LeavingInput, Setting},
    store::{self, Leaving},
};

/// The kind under which imports write down what they tell of somebody having left.
pub const CHANGE: &str = "leaving";

/// What a batch would do.
#[derive(Debug, Default)]
pub struct Planned<'a> {
    pub(crate) leavings: Vec<Leaving>,
    /// The accounts it found and those it would make.
    pub resolution: Resolution,
    /// What it comes to; nothing is ever updated.
    pub tally: Tally,
    /// Rows about an account that the viewer may not see.
    pub walled: Vec<LeavingInput<'a>>,
}

/// Works out what a batch does; reads only. The same kind and key for the same account is the same one, told twice.
///
/// # Errors
/// `store.statement`.
pub fn plan<'a>(
    cx: &Context,
    tx: &mut Tx<'_>,
    seen: &Seen,
    setting: &Setting,
    inputs: &[LeavingInput<'a>],
    run: i64,
) -> Result<Planned<'a>> {
    plan_after(cx, tx, (seen, &Foreseen::default()), setting, inputs, run)
}

/// Works out what a batch does where earlier batches of the same dry run would have written something; reads only.
///
/// # Errors
/// As [`plan`].
pub fn plan_after<'a>(
    cx: &Context,
    tx: &mut Tx<'_>,
    (seen, foreseen): (&Seen, &Foreseen),
    setting: &Setting,
    inputs: &[LeavingInput<'a>],
    run: i64,
) -> Result<Planned<'a>> {
    let parties: Vec<Party<'_>> = inputs.iter().map(|input| input.party).collect();
    let resolution = resolve::plan(cx, tx, seen, &parties, run)?;
    let mut known: Vec<i64> = resolution.accounts.iter().copied().filter(|id| 0 < *id).collect();
    known.sort_unstable();
    known.dedup();
    let stored = store::find_leavings(tx, setting.line, &known)?;
    let by: HashMap<_, (i64, i64)> =
        stored.into_iter().map(|one| ((one.account.0, one.kind, one.key), (one.run, one.row))).collect();
    let mut planned = Planned {
        tally: Tally {
            accounts_created: count(resolution.created()),
            accounts_linked: count(resolution.linked()),
            ..Tally::default()
        },
        ..Planned::default()
    };
    let mut met = HashSet::new();
    for (input, account) in inputs.iter().zip(&resolution.accounts) {
        if resolution.hidden.contains(account) {
            planned.walled.push(input.clone());
            continue;
        }
        let place = (*account, input.kind, input.key.to_owned());
        let first = met.insert(place.clone());
        let leaving = fresh(setting, input, *account, run);
        match by.get(&place) {
            // This same row wrote it before the run was interrupted.
            Some(by) if first && *by == (run, input.row) && run != 0 => planned.tally.created += 1,
            None if first && !foreseen.has_left(&leaving) => {
                planned.tally.created += 1;
                planned.leavings.push(leaving);
            }
            _ => planned.tally.skipped += 1,
        }
    }
    planned.resolution = resolution;
    Ok(planned)
}

fn fresh(setting: &Setting, input: &LeavingInput<'_>, account: i64, run: i64) -> Leaving {
    Leaving {
        id: 0,
        account: AccountId::new(account),
        line: setting.line,
        kind: input.kind,
        key: input.key.to_owned(),
        on: input.on,
        reason: input.reason.trim().to_owned(),
        refund: input.refund.max(0),
        currency: input.currency,
        refund_fact: 0,
        run,
        row: input.row,
    }
}

/// Writes a plan, in the transaction that made it. What was given back is told to the timeline as a refund.
///
/// # Errors
/// `store.conflict` when another import wrote the same meanwhile: plan again.
pub fn apply(cx: &Context, tx: &mut Tx<'_>, planned: &mut Planned<'_>, run: i64) -> Result<()> {
    let ids = resolve::apply(cx, tx, &mut planned.resolution, run)?;
    let mut numbers = tx.allocate("leaving", count(planned.leavings.len()))?;
    let gives_back = |one: &Leaving| 0 < one.refund && one.on.is_some() && one.currency.is_some();
    let refunds = planned.leavings.iter().filter(|one| gives_back(one)).count();
    let mut fact_ids = timeline_store::allocate_facts(tx, refunds)?;
    let mut told = Vec::with_capacity(refunds);
    for one in &mut planned.leavings {
        one.id = numbers.next().unwrap_or(0);
        one.account = AccountId::new(ids.get(&one.account.0).copied().unwrap_or(one.account.0));
        let Some(day) = one.on.filter(|_| gives_back(one)) else { continue };
        one.refund_fact = fact_ids.next().map_or(0, |id| id.0);
        told.push(NewFact {
            id: FactId::new(one.refund_fact),
            account: one.account,
            line: one.line,
            occurred: day.moment(),
            currency: one.currency,
            source: (run != 0).then_some(SourceRow { run, row: one.row }),
            fact: facts::refund(one.refund),
        });
    }
    store::insert_leavings(tx, &planned.leavings)?;
    let made = planned.leavings.iter().map(|one| Change { id: one.id, before: String::new() });
    keep_changes(tx, run, CHANGE, &made.collect::<Vec<_>>())?;
    timeline_store::append(cx, tx, &told)
}

/// Removes these; at most 256, as the import wrote them down. With `write` false it only counts.
///
/// # Errors
/// `store.statement`.
pub fn take_back(cx: &Context, tx: &mut Tx<'_>, changes: &[Change], write: bool) -> Result<Taken> {
    let ids: Vec<i64> = changes.iter().map(|change| change.id).collect();
    let found = store::whole_leavings(tx, &ids)?;
    let hidden = accounts::hidden(cx, tx, found.iter().map(|one| one.account.0))?;
    let (kept, gone): (Vec<_>, Vec<_>) = found.into_iter().partition(|one| hidden.contains(&one.account.0));
    let facts: Vec<_> = gone
        .iter()
        .filter(|one| one.refund_fact != 0)
        .map(|one| (one.account, one.line, FactId::new(one.refund_fact)))
        .collect();
    if write {
        timeline_store::take_back(cx, tx, &facts, "its import was taken back")?;
        store::remove_leavings(tx, &gone.iter().map(|one| one.id).collect::<Vec<_>>())?;
    }
    let stays = |one: Leaving| KeptContract {
        id: one.id,
        account: one.account,
        key: one.key,
        reason: "you may not change records of this party; have somebody who deals with them take it back",
    };
    Ok(Taken { removed: count(gone.len()), restored: 0, kept: kept.into_iter().map(stays).collect() })
}
