//! What an import can have made and changed, kind by kind: what stands on others goes before what they stand on.

use std::collections::HashMap;

use accounts::{contacts_taken, sourced_taken, store::sourced as sourced_store, taken as accounts_taken};
use catalog::taken as catalog_taken;
use contracts::{leavings, taken as contracts_taken, taken::KeptContract};
use kernel::{Context, Result};
use orders::{BillKind, ops as orders_ops};
use store::Tx;
use timeline::{AccountId, LineId, store::Change};

use super::{Undone, batches::Look};
use crate::store::undo::Kept;

/// The kinds under which imports write down invoices and payments.
const INVOICE: &str = "invoice";
const PAYMENT: &str = "payment";

/// The kinds, in the order in which they are taken back.
pub(super) const KINDS: [&str; 9] = [
    sourced_taken::CHANGE,
    contacts_taken::CHANGE,
    PAYMENT,
    INVOICE,
    leavings::CHANGE,
    contracts_taken::CHANGE,
    catalog_taken::CHANGE,
    orders_ops::CHANGE,
    accounts_taken::CHANGE,
];

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
        leavings::CHANGE => told_leavings(cx, tx, changes, look),
        contracts_taken::CHANGE => agreements(cx, tx, run, changes, look),
        catalog_taken::CHANGE => products(tx, run, changes, look),
        contacts_taken::CHANGE => people(cx, tx, run, changes, look),
        PAYMENT => bills(cx, tx, (BillKind::Payment, PAYMENT), run, changes, look),
        INVOICE => bills(cx, tx, (BillKind::Invoice, INVOICE), run, changes, look),
        sourced_taken::CHANGE => facts(cx, tx, run, changes, look),
        _ => accounts(cx, tx, run, changes, look),
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
    Ok((went(taken.removed, taken.restored), kept.collect()))
}

fn people(
    cx: &Context,
    tx: &mut Tx<'_>,
    run: i64,
    changes: &[Change],
    look: Look<'_>,
) -> Result<(Undone, Vec<Kept>)> {
    let taken = contacts_taken::take_back(cx, tx, run, changes, look.write)?;
    let kept = taken.kept.into_iter().map(|contact| Kept {
        kind: contacts_taken::CHANGE,
        id: contact.id,
        account: contact.account,
        label: contact.name,
        reason: contact.reason.to_owned(),
    });
    Ok((went(taken.removed, taken.restored), kept.collect()))
}

fn bills(
    cx: &Context,
    tx: &mut Tx<'_>,
    (bill, kind): (BillKind, &'static str),
    run: i64,
    changes: &[Change],
    look: Look<'_>,
) -> Result<(Undone, Vec<Kept>)> {
    let taken = orders_ops::take_back_bills(cx, tx, bill, run, changes, look.write)?;
    let kept = taken.kept.into_iter().map(|one| Kept {
        kind,
        id: one.id,
        account: one.account,
        label: one.number,
        reason: one.reason.to_owned(),
    });
    Ok((went(taken.removed, taken.restored), kept.collect()))
}

fn accounts(
    cx: &Context,
    tx: &mut Tx<'_>,
    run: i64,
    changes: &[Change],
    look: Look<'_>,
) -> Result<(Undone, Vec<Kept>)> {
    let ids: Vec<_> = changes.iter().map(|change| AccountId::new(change.id)).collect();
    let needed = needed(cx, tx, run, &ids)?;
    let taken = accounts_taken::take_back(cx, tx, run, &ids, &needed, look.held, look.write)?;
    let kept = taken.kept.into_iter().map(|(account, label, reason)| Kept {
        kind: accounts_taken::CHANGE,
        id: account.0,
        account,
        label,
        reason: reason.to_owned(),
    });
    let counts = Undone {
        accounts: taken.removed,
        accounts_needed: taken.needed,
        restored: taken.restored,
        ..Undone::default()
    };
    Ok((counts, kept.collect()))
}

/// Which of these accounts another source needs, and the first import of it; 0 for something recorded by hand.
fn needed(
    cx: &Context,
    tx: &mut Tx<'_>,
    run: i64,
    accounts: &[AccountId],
) -> Result<HashMap<AccountId, i64>> {
    let mut needed = orders_ops::who_ordered(cx, tx, run, accounts)?;
    for (account, by) in sourced_store::who_told(tx, run, accounts)? {
        let first = needed.entry(account).or_insert(by);
        *first = (*first).min(by);
    }
    for (account, by) in contracts_taken::who_contracted(tx, run, accounts)? {
        let first = needed.entry(account).or_insert(by);
        *first = (*first).min(by);
    }
    Ok(needed)
}

fn agreements(
    cx: &Context,
    tx: &mut Tx<'_>,
    run: i64,
    changes: &[Change],
    look: Look<'_>,
) -> Result<(Undone, Vec<Kept>)> {
    let taken = contracts_taken::take_back(cx, tx, run, changes, look.write)?;
    let kept = taken.kept.into_iter().map(|one| kept_contract(contracts_taken::CHANGE, one));
    Ok((went(taken.removed, taken.restored), kept.collect()))
}

fn told_leavings(
    cx: &Context,
    tx: &mut Tx<'_>,
    changes: &[Change],
    look: Look<'_>,
) -> Result<(Undone, Vec<Kept>)> {
    let taken = leavings::take_back(cx, tx, changes, look.write)?;
    let kept = taken.kept.into_iter().map(|one| kept_contract(leavings::CHANGE, one));
    Ok((went(taken.removed, taken.restored), kept.collect()))
}

fn kept_contract(kind: &'static str, one: KeptContract) -> Kept {
    Kept { kind, id: one.id, account: one.account, label: one.key, reason: one.reason.to_owned() }
}

fn products(tx: &mut Tx<'_>, run: i64, changes: &[Change], look: Look<'_>) -> Result<(Undone, Vec<Kept>)> {
    let taken = catalog_taken::take_back(tx, run, changes, look.write)?;
    Ok((went(taken.removed, taken.restored), Vec::new()))
}

/// Whether a record that is no fact stands on a service line.
pub(super) fn is_used(tx: &mut Tx<'_>, line: LineId) -> Result<bool> {
    Ok(orders_ops::is_used(tx, line)? || contracts_taken::is_used(tx, line)?)
}

/// Records that go, and records that say again what they said before.
fn went(records: i64, restored: i64) -> Undone {
    Undone { records, restored, ..Undone::default() }
}
