//! What an import can have made and changed, kind by kind: what stands on others goes before what they stand on.

use std::collections::HashMap;

use accounts::{sourced_taken, store::sourced as sourced_store, taken as accounts_taken};
use kernel::{Context, Result};
use orders::ops as orders_ops;
use store::Tx;
use timeline::{AccountId, store::Change};

use super::{Undone, batches::Look};
use crate::store::undo::Kept;

/// The kinds, in the order in which they are taken back.
pub(super) const KINDS: [&str; 3] = [sourced_taken::CHANGE, orders_ops::CHANGE, accounts_taken::CHANGE];

/// Takes a batch of one kind back, or looks at it.
pub(super) fn take_back(
    cx: &Context,
    tx: &mut Tx<'_>,
    run: i64,
    kind: &str,
    changes: &[Change],
    look: Look<'_>,
) -> Result<(Undone, Vec<Kept>)> {
    match kind {
        orders_ops::CHANGE => orders(cx, tx, run, changes, look),
        sourced_taken::CHANGE => facts(cx, tx, run, changes, look),
        _ => accounts(tx, run, changes, look),
    }
}

fn orders(
    cx: &Context,
    tx: &mut Tx<'_>,
    run: i64,
    changes: &[Change],
    look: Look<'_>,
) -> Result<(Undone, Vec<Kept>)> {
    let taken = orders_ops::take_back(cx, tx, run, changes, look.write)?;
    let kept = taken.kept.into_iter().map(|order| Kept {
        kind: orders_ops::CHANGE,
        id: order.id,
        account: order.account,
        label: order.number,
        reason: order.reason.to_owned(),
    });
    let (orders, orders_shrunk, lines) = (taken.removed, taken.shrunk, taken.lines);
    Ok((Undone { orders, orders_shrunk, lines, ..Undone::default() }, kept.collect()))
}

fn facts(
    cx: &Context,
    tx: &mut Tx<'_>,
    run: i64,
    changes: &[Change],
    look: Look<'_>,
) -> Result<(Undone, Vec<Kept>)> {
    let taken = sourced_taken::take_back(cx, tx, run, changes, look.write)?;
    let kept = taken.kept.into_iter().map(|fact| Kept {
        kind: sourced_taken::CHANGE,
        id: fact.id,
        account: fact.account,
        label: "a fact".to_owned(),
        reason: fact.reason.to_owned(),
    });
    let (facts, facts_restored) = (taken.removed, taken.restored);
    Ok((Undone { facts, facts_restored, ..Undone::default() }, kept.collect()))
}

fn accounts(tx: &mut Tx<'_>, run: i64, changes: &[Change], look: Look<'_>) -> Result<(Undone, Vec<Kept>)> {
    let ids: Vec<_> = changes.iter().map(|change| AccountId::new(change.id)).collect();
    let needed = needed(tx, run, &ids)?;
    let taken = accounts_taken::take_back(tx, run, &ids, &needed, look.held, look.write)?;
    let kept = taken.kept.into_iter().map(|(account, label, reason)| Kept {
        kind: accounts_taken::CHANGE,
        id: account.0,
        account,
        label,
        reason: reason.to_owned(),
    });
    let counts = Undone { accounts: taken.removed, accounts_needed: taken.needed, ..Undone::default() };
    Ok((counts, kept.collect()))
}

/// Which of these accounts another source needs, and the first import of it; 0 for something recorded by hand.
fn needed(tx: &mut Tx<'_>, run: i64, accounts: &[AccountId]) -> Result<HashMap<AccountId, i64>> {
    let mut needed = orders_ops::who_ordered(tx, run, accounts)?;
    for (account, by) in sourced_store::who_told(tx, run, accounts)? {
        let first = needed.entry(account).or_insert(by);
        *first = (*first).min(by);
    }
    Ok(needed)
}
