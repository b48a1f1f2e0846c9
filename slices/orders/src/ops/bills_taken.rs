//! Taking back what an import said of invoices and payments.

use std::collections::{HashMap, HashSet};

use ::store::Tx;
use kernel::{Context, Result};
use timeline::{
    AccountId, FactId,
    said::{Settled, blank, settle},
    store::{self as timeline_store, Change, rewrite_said, said_of},
};

use super::{
    taken::{REFERRED, WALLED},
    tell,
};
use crate::{
    bill::{BillKind, StoredBill},
    store::bills,
};

/// What taking back a batch of bills came to.
#[derive(Clone, Debug, Default)]
pub struct TakenBills {
    /// Bills that went.
    pub removed: i64,
    /// Bills that are as before, or as others say.
    pub restored: i64,
    /// Bills that stay, or of which something stays.
    pub kept: Vec<KeptBill>,
}

/// A bill of which something stays.
#[derive(Clone, Debug)]
pub struct KeptBill {
    /// Its number among bills of its kind.
    pub id: i64,
    /// Whose it is.
    pub account: AccountId,
    /// Its number as written, else its key.
    pub number: String,
    /// Why, and what to do.
    pub reason: &'static str,
}

const EDITED: &str = "it was changed by hand since; change it back, then take the import back again";
const REASON: &str = "its import was taken back";

/// Takes back what an import said of these invoices or payments; at most 256, as the import wrote them down. With
/// `write` false it only counts.
///
/// # Errors
/// `store.statement`.
pub fn take_back_bills(
    cx: &Context,
    tx: &mut Tx<'_>,
    kind: BillKind,
    run: i64,
    changes: &[Change],
    write: bool,
) -> Result<TakenBills> {
    let ids: Vec<i64> = changes.iter().map(|change| change.id).collect();
    let mut stored: Vec<_> = bills::bills(cx, tx, kind, &ids)?.into_values().collect();
    stored.sort_unstable_by_key(|(bill, _)| bill.id);
    let all = said_of(tx, kind.as_str(), &ids)?;
    let held = held(cx, tx, stored.iter().map(|(bill, _)| bill))?;
    let mut taken = TakenBills::default();
    let (mut remove, mut anew, mut moved, mut rewritten) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (bill, is_visible) in stored {
        let said = all.get(&bill.id).map_or(&[][..], Vec::as_slice);
        let settled = settle(run, bill.run == run, &bill.sheet, said, None);
        let is_held = bill.told().any(|fact| held.contains(&fact));
        match settled {
            _ if !is_visible => taken.kept.push(kept(&bill, WALLED)),
            Settled::Edited => taken.kept.push(kept(&bill, EDITED)),
            Settled::Remove if is_held => taken.kept.push(kept(&bill, REFERRED)),
            Settled::Remove => remove.push(bill),
            Settled::Keep(left) => {
                if left.open.says.is_empty() {
                    taken.restored += 1;
                } else {
                    taken.kept.push(kept(&bill, EDITED));
                    rewritten.push((run, bill.id, left.open));
                }
                rewritten.extend(left.rewritten.into_iter().map(|(by, said)| (by, bill.id, said)));
                let mut after =
                    StoredBill { sheet: left.sheet, run: left.heir.unwrap_or(bill.run), ..bill.clone() };
                moved.extend(tell::leave(&bill, &mut after));
                anew.push(after);
            }
        }
    }
    taken.removed = i64::try_from(remove.len()).unwrap_or(0);
    if write {
        rewrite_said(tx, kind.as_str(), &rewritten)?;
        timeline_store::take_back(cx, tx, &moved, REASON)?;
        bills::rewrite(tx, kind, &anew)?;
        tell::bills(cx, tx, kind, anew)?;
        go(cx, tx, kind, &remove)?;
    }
    Ok(taken)
}

fn kept(bill: &StoredBill, reason: &'static str) -> KeptBill {
    let number = blank(&bill.sheet, "number");
    let number = if number.is_empty() { bill.key.clone() } else { number.to_owned() };
    KeptBill { id: bill.id, account: AccountId::new(bill.account()), number, reason }
}

/// Removes bills: those that name them tell it anew, then what they told leaves the timeline.
fn go(cx: &Context, tx: &mut Tx<'_>, kind: BillKind, remove: &[StoredBill]) -> Result<()> {
    let ids: Vec<i64> = remove.iter().map(|bill| bill.id).collect();
    bills::remove(tx, kind, &ids)?;
    tell::payments_of(cx, tx, &tell::names(kind, remove))?;
    let told = remove.iter().flat_map(|bill| {
        let account = AccountId::new(bill.account());
        bill.told().map(move |fact| (account, bill.line, fact))
    });
    timeline_store::take_back(cx, tx, &told.collect::<Vec<_>>(), REASON)
}

/// Those of the facts of these bills that a fact names which no bill told.
fn held<'b>(
    cx: &Context,
    tx: &mut Tx<'_>,
    stored: impl Iterator<Item = &'b StoredBill>,
) -> Result<HashSet<FactId>> {
    let places: Vec<_> = stored
        .flat_map(|bill| {
            let account = AccountId::new(bill.account());
            bill.told().map(move |fact| (account, fact))
        })
        .collect();
    by_hand(cx, tx, &places)
}

/// Those of these facts that a fact names which no bill told.
pub(super) fn by_hand(
    cx: &Context,
    tx: &mut Tx<'_>,
    places: &[(AccountId, FactId)],
) -> Result<HashSet<FactId>> {
    let refer: HashMap<FactId, Vec<FactId>> =
        timeline_store::who_refer(tx, places)?.into_iter().fold(HashMap::new(), |mut all, (by, to)| {
            all.entry(to).or_insert_with(Vec::new).push(by);
            all
        });
    let naming: Vec<i64> = refer.values().flatten().map(|fact| fact.0).collect();
    let own = bills::told_by_bills(cx, tx, &naming)?;
    let held = refer.into_iter().filter(|(_, by)| by.iter().any(|fact| !own.contains(&fact.0)));
    Ok(held.map(|(to, _)| to).collect())
}
