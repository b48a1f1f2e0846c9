//! Taking back what an import recorded: its lines leave, and orders and facts are what they would be without it.

use std::collections::{BTreeMap, HashMap, HashSet};

use ::store::Tx;
use kernel::{Context, Result};
use timeline::{
    AccountId, FactId, LineId, SourceRow,
    store::{self as timeline_store, Change, NewFact},
};

use super::tell;
use crate::{
    facts,
    order::Totals,
    store::{self, WholeOrder},
};

/// The kind under which imports write down orders.
pub const CHANGE: &str = "order";

/// What taking back a batch of orders came to.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    /// Orders that went.
    pub removed: i64,
    /// Orders that stay with the lines of others.
    pub shrunk: i64,
    /// Lines that went.
    pub lines: i64,
    /// Orders of which everything stays, because something recorded since stands on it.
    pub kept: Vec<KeptOrder>,
}

/// An order that stays.
#[derive(Clone, Debug)]
pub struct KeptOrder {
    /// Its number among orders.
    pub id: i64,
    /// Whose it is.
    pub account: AccountId,
    /// Its number as written.
    pub number: String,
    /// Why it stays, and what to do.
    pub reason: &'static str,
}

pub(super) const REFERRED: &str =
    "a fact recorded since refers to it; withdraw that fact, then take the import back again";
pub(super) const WALLED: &str =
    "you may not change orders of this party; have somebody who deals with them take it back";

/// Takes the lines of an import out of these orders; at most 256, as the import wrote them down. With `write` false it
/// only counts.
///
/// # Errors
/// `store.statement`.
pub fn take_back(cx: &Context, tx: &mut Tx<'_>, run: i64, changes: &[Change], write: bool) -> Result<Taken> {
    let ids: Vec<i64> = changes.iter().map(|change| change.id).collect();
    let orders = store::whole(tx, &ids)?;
    let before: HashMap<i64, &str> =
        changes.iter().map(|change| (change.id, change.before.as_str())).collect();
    let held = held(cx, tx, orders.values())?;
    let hidden = accounts::hidden(cx, tx, orders.values().map(|whole| whole.order.account))?;
    let mut taken = Taken::default();
    let (mut remove, mut shrink, mut gone, mut heirs) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut keys: BTreeMap<LineId, Vec<String>> = BTreeMap::new();
    for mut whole in orders.into_values() {
        let known = [whole.order.order_fact, whole.order.refund_fact];
        let (mine, stay) = (|line: &&store::HeldLine| line.run == run, totals(&whole, run));
        let lines = whole.lines.iter().filter(mine).count();
        let is_new_to_account = before.get(&whole.order.id) == Some(&"0");
        let later = whole.lines.iter().any(|line| line.run != run && run < line.run);
        let account = whole.order.account;
        if is_new_to_account && !later {
            whole.order.account = 0;
        }
        whole.order.totals = stay;
        whole.settle();
        let lost = whole.lost(known);
        let own: HashSet<FactId> = known.into_iter().map(FactId::new).collect();
        let refers = |fact: &FactId| held.iter().any(|(by, to)| to == fact && !own.contains(by));
        let reason = match () {
            () if hidden.contains(&account) => Some(WALLED),
            () if lost.iter().any(refers) => Some(REFERRED),
            () => None,
        };
        if let Some(reason) = reason {
            let (id, account) = (whole.order.id, AccountId::new(account));
            taken.kept.push(KeptOrder { id, account, number: whole.number, reason });
            continue;
        }
        taken.lines += i64::try_from(lines).unwrap_or(0);
        keys.entry(whole.terms.line).or_default().push(whole.key.clone());
        gone.extend(lost.into_iter().map(|fact| (AccountId::new(account), whole.terms.line, fact)));
        let heir = whole.lines.iter().map(|line| line.run).filter(|by| *by != run).min();
        match heir {
            None => remove.push(whole.order.id),
            Some(heir) => {
                heirs.extend((whole.order.run == run).then_some((whole.order.id, heir)));
                shrink.push(whole);
            }
        }
    }
    taken.removed = i64::try_from(remove.len()).unwrap_or(0);
    taken.shrunk = i64::try_from(shrink.len()).unwrap_or(0);
    if write {
        timeline_store::take_back(cx, tx, &gone, REASON)?;
        store::remove(tx, &remove)?;
        store::shrink(tx, run, &shrink)?;
        tell_again(cx, tx, &shrink, run)?;
        store::inherit(tx, &heirs)?;
        timeline_store::hand_over(tx, CHANGE, &heirs)?;
        bills_tell_again(cx, tx, &keys)?;
    }
    Ok(taken)
}

/// The bills that name orders tell it anew when these go or change.
fn bills_tell_again(cx: &Context, tx: &mut Tx<'_>, keys: &BTreeMap<LineId, Vec<String>>) -> Result<()> {
    keys.iter().try_for_each(|(line, keys)| {
        tell::of_orders(cx, tx, *line, &keys.iter().map(String::as_str).collect::<Vec<_>>())
    })
}

const REASON: &str = "its import was taken back";

/// Which facts refer to the facts of these orders, those of bills left out: they are told anew.
fn held<'o>(
    cx: &Context,
    tx: &mut Tx<'_>,
    orders: impl Iterator<Item = &'o WholeOrder>,
) -> Result<Vec<(FactId, FactId)>> {
    let facts = orders.flat_map(|whole| {
        let account = AccountId::new(whole.order.account);
        [whole.order.order_fact, whole.order.refund_fact].map(|fact| (account, FactId::new(fact)))
    });
    let places: Vec<_> = facts.filter(|(_, fact)| fact.0 != 0).collect();
    let mut refer = timeline_store::who_refer(tx, &places)?;
    let naming: Vec<i64> = refer.iter().map(|(by, _)| by.0).collect();
    let bills = store::bills::told_by_bills(cx, tx, &naming)?;
    refer.retain(|(by, _)| !bills.contains(&by.0));
    Ok(refer)
}

/// What the lines that stay come to.
fn totals(whole: &WholeOrder, run: i64) -> Totals {
    let mut totals = Totals::default();
    for line in whole.lines.iter().filter(|line| line.run != run) {
        totals.count(line.kind, line.fee, line.amount);
    }
    totals
}

impl WholeOrder {
    /// Those of its facts that it has let go of.
    fn lost(&self, known: [i64; 2]) -> Vec<FactId> {
        let now = [self.order.order_fact, self.order.refund_fact];
        let gone = known.into_iter().zip(now).filter(|(known, now)| *known != 0 && *now == 0);
        gone.map(|(known, _)| FactId::new(known)).collect()
    }

    /// Lets go of the facts that it has no reason for any more.
    fn settle(&mut self) {
        let named = self.order.account != 0;
        let order = &mut self.order;
        if !named || order.totals.sale_lines == 0 {
            order.order_fact = 0;
        }
        if !named || order.totals.cancelled == 0 {
            order.refund_fact = 0;
        }
    }
}

/// Writes the facts of orders anew that have fewer lines now; one that somebody withdrew stays withdrawn.
fn tell_again(cx: &Context, tx: &mut Tx<'_>, orders: &[WholeOrder], run: i64) -> Result<()> {
    let mut told = Vec::new();
    for whole in orders {
        let (order, source) = (&whole.order, whole.lines.iter().find(|line| line.run != run));
        let of = (order.order_fact != 0).then(|| FactId::new(order.order_fact));
        let facts = [
            (order.order_fact, facts::order(&whole.terms, &order.totals)),
            (order.refund_fact, facts::refund(&order.totals, of)),
        ];
        let facts = facts.into_iter().filter(|(id, _)| *id != 0);
        told.extend(facts.map(|(id, fact)| NewFact {
            id: FactId::new(id),
            account: AccountId::new(order.account),
            line: whole.terms.line,
            occurred: order.placed,
            currency: Some(whole.currency),
            source: source.map(|line| SourceRow { run: line.run, row: line.row }),
            fact,
        }));
    }
    let places: Vec<_> = told.iter().map(|fact| (fact.account, fact.id)).collect();
    let there = timeline_store::which(tx, &places)?;
    told.retain(|fact| there.contains(&fact.id));
    timeline_store::replace(cx, tx, &told, REASON)
}

/// Which of these accounts have a line of an order, an invoice or a payment that this import did not bring, and the first
/// import that brought one; 0 for one recorded by hand.
///
/// # Errors
/// `store.statement`.
pub fn who_ordered(
    cx: &Context,
    tx: &mut Tx<'_>,
    run: i64,
    accounts: &[AccountId],
) -> Result<HashMap<AccountId, i64>> {
    let mut found = store::who_ordered(tx, run, accounts)?;
    for (account, by) in store::bills::who_billed(cx, tx, run, accounts)? {
        found.entry(account).and_modify(|first| *first = by.min(*first)).or_insert(by);
    }
    Ok(found)
}

/// Whether an order stands on a line.
///
/// # Errors
/// `store.statement`.
pub fn is_used(tx: &mut Tx<'_>, line: LineId) -> Result<bool> {
    store::is_used(tx, line)
}
