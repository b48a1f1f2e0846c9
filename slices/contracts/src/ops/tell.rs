//! Writes contracts, and has the timeline say what they now come to: a fact that is new is told, one that says something
//! else is told anew, one without a reason is taken back.

use ::store::{Tx, queue};
use kernel::{Context, Result};
use timeline::{
    FactId, SourceRow,
    store::{self as timeline_store, NewFact},
};

use super::around::Surroundings;
use crate::{
    contract::{Contract, Version},
    facts, jobs, store,
};

/// Contracts as they were, where they were, and as they are to be.
pub(super) type Pairs = [(Option<Contract>, Contract)];

/// Writes contracts with their facts.
///
/// # Errors
/// `store.conflict` when somebody wrote the same meanwhile.
pub(super) fn write(cx: &Context, tx: &mut Tx<'_>, pairs: &mut Pairs, reason: &str) -> Result<()> {
    if pairs.is_empty() {
        return Ok(());
    }
    write_now(cx, tx, pairs, reason)?;
    // Cycles are counted, and terms renewed, up to the day that counts as now once everything of a file is in.
    queue::put(tx, jobs::CLOCK, jobs::KEY, cx.now.micros)
}

/// As [`write`], for the work that follows the clock itself.
///
/// # Errors
/// As [`write`].
pub(super) fn write_now(cx: &Context, tx: &mut Tx<'_>, pairs: &mut Pairs, reason: &str) -> Result<()> {
    if pairs.is_empty() {
        return Ok(());
    }
    tell(cx, tx, pairs, reason)?;
    let contracts: Vec<Contract> = pairs.iter().map(|(_, after)| after.clone()).collect();
    let around = Surroundings::read(tx)?;
    store::write(tx, &contracts, |contract| around.next(cx, contract))
}

/// Tells the facts of contracts, and writes down in each which they are.
///
/// # Errors
/// `store.statement`.
pub(super) fn tell(cx: &Context, tx: &mut Tx<'_>, pairs: &mut Pairs, reason: &str) -> Result<()> {
    let lacks = |contract: &Contract| {
        let told = facts::told(contract, FactId::new(1));
        told.iter().zip(contract.facts).filter(|(told, known)| told.is_some() && *known == 0).count()
    };
    let wanted = pairs.iter().map(|(_, after)| lacks(after)).sum();
    let mut ids = timeline_store::allocate_facts(tx, wanted)?;
    let (mut new, mut again, mut gone) = (Vec::new(), Vec::new(), Vec::new());
    for (before, after) in pairs.iter_mut() {
        let said = before.as_ref().map(|before| facts::told(before, FactId::new(before.facts[0])));
        let wants_contract = facts::told(after, FactId::new(1))[0].is_some();
        if wants_contract && after.facts[0] == 0 {
            after.facts[0] = ids.next().map_or(0, |id| id.0);
        }
        let told = facts::told(after, FactId::new(after.facts[0]));
        for (slot, told) in told.into_iter().enumerate() {
            let known = before.as_ref().map_or(0, |before| before.facts[slot]);
            let was = said.as_ref().and_then(|said| said[slot].as_ref());
            match told {
                None if known != 0 => {
                    gone.push((after.account, after.line, FactId::new(known)));
                    after.facts[slot] = 0;
                }
                None => after.facts[slot] = 0,
                Some(told) if known != 0 && was == Some(&told) => (),
                Some((occurred, fact)) => {
                    if after.facts[slot] == 0 {
                        after.facts[slot] = ids.next().map_or(0, |id| id.0);
                    }
                    let list = if known == 0 { &mut new } else { &mut again };
                    list.push(NewFact {
                        id: FactId::new(after.facts[slot]),
                        account: after.account,
                        line: after.line,
                        occurred,
                        currency: after.terms().currency.filter(|_| slot == 2),
                        source: source(after, slot),
                        fact,
                    });
                }
            }
        }
    }
    timeline_store::take_back(cx, tx, &gone, reason)?;
    // A fact that somebody withdrew stays withdrawn.
    let places: Vec<_> = again.iter().map(|fact: &NewFact| (fact.account, fact.id)).collect();
    let there = timeline_store::which(tx, &places)?;
    again.retain(|fact| there.contains(&fact.id));
    timeline_store::replace(cx, tx, &again, reason)?;
    timeline_store::append(cx, tx, &new)
}

/// The row that a fact rests on: the first statement, for an end the last that tells of one.
fn source(contract: &Contract, slot: usize) -> Option<SourceRow> {
    let row = |version: &Version| SourceRow { run: version.run, row: version.row };
    let ends = contract.versions.iter().rev().find(|version| slot == 1 && version.said.ended.is_some());
    ends.or(contract.versions.first()).filter(|version| version.run != 0).map(row)
}
