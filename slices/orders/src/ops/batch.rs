//! Recording orders, many at once: a plan that only reads, then exactly that plan written.

use ::store::Tx;
use accounts::{Party, Seen, resolve};
use kernel::{Context, Result};
use timeline::{
    SourceRow,
    store::{self as timeline_store, Change, NewFact},
};

use super::{taken, tell};
use crate::{
    foreseen::Foreseen,
    order::{LineInput, StoredOrder, Terms},
    planned::{Planned, PlannedOrder, grouped},
    store,
    tally::Tally,
};

/// Works out what a batch does; reads only. All lines of an order that one source has belong into one batch.
///
/// `run` is the import that asks: what that same import wrote before it was interrupted counts as new. Nothing is
/// planned behind a wall that keeps the viewer out: lines that name such an account are set aside, and an order of such
/// an account is not there for lines that name nobody.
///
/// # Errors
/// `store.statement`.
pub fn plan<'a>(
    cx: &Context,
    tx: &mut Tx<'_>,
    seen: &Seen,
    terms: &Terms,
    lines: &[LineInput<'a>],
    run: i64,
) -> Result<Planned<'a>> {
    plan_after(cx, tx, (seen, &Foreseen::default()), terms, lines, run)
}

/// Works out what a batch does where earlier files of the same dry run would have written something; reads only.
///
/// # Errors
/// As [`plan`].
pub fn plan_after<'a>(
    cx: &Context,
    tx: &mut Tx<'_>,
    (seen, foreseen): (&Seen, &Foreseen),
    terms: &Terms,
    lines: &[LineInput<'a>],
    run: i64,
) -> Result<Planned<'a>> {
    let groups = grouped(lines);
    // One number can name the orders of several parties: it is asked for once.
    let mut keys: Vec<&str> = groups.iter().map(|group| group[0].order_key).collect();
    keys.sort_unstable();
    keys.dedup();
    let mut known = store::find(tx, terms.line, &keys)?;
    let owners = known.values().flatten().map(|order| order.account);
    let hidden = accounts::hidden(cx, tx, owners)?;
    known.values_mut().for_each(|orders| orders.retain(|order| !hidden.contains(&order.account)));
    for group in groups.iter().filter(|_| !foreseen.is_empty()) {
        let (number, currency) = (group[0].order_key, group[0].currency);
        let same = known.entry((number.to_owned(), currency)).or_default();
        foreseen.lay(terms.line, number, currency, same);
    }
    let party = |group: &Vec<&LineInput<'a>>| group.iter().find_map(|line| line.party);
    let parties: Vec<Option<Party<'_>>> = groups.iter().map(party).collect();
    let named: Vec<Party<'_>> = parties.iter().copied().flatten().collect();
    let resolution = resolve::plan(cx, tx, seen, &named, run)?;
    let mut tally = Tally {
        accounts_created: count(resolution.created()),
        accounts_linked: count(resolution.linked()),
        ..Tally::default()
    };
    let mut accounts = resolution.accounts.iter();
    let (mut orders, mut walled) = (Vec::with_capacity(groups.len()), Vec::new());
    for (group, party) in groups.iter().zip(&parties) {
        let named = party.and_then(|_| accounts.next()).map_or(0, |account| *account);
        if resolution.hidden.contains(&named) {
            walled.extend(group.iter().map(|line| (*line).clone()));
            continue;
        }
        let same = known.get_mut(&(group[0].order_key.to_owned(), group[0].currency));
        let stored = same.and_then(|orders| take(orders, named));
        orders.push(PlannedOrder::of(group, stored, named, run, &mut tally));
    }
    Ok(Planned { orders, resolution, tally, walled })
}

/// The stored order that these lines belong to: the one of the account they name, else one that nobody was named for.
/// Lines that name nobody belong to whichever there is.
fn take(orders: &mut Vec<StoredOrder>, named: i64) -> Option<StoredOrder> {
    let of = |account: i64| orders.iter().position(|order| order.account == account);
    let any = || if named == 0 { (!orders.is_empty()).then_some(0) } else { of(0) };
    of(named).or_else(any).map(|place| orders.remove(place))
}

/// Writes a plan: accounts, orders, lines and facts, in the transaction that made the plan.
///
/// # Errors
/// `store.conflict` when another import wrote the same meanwhile: plan again.
pub fn apply(
    cx: &Context,
    tx: &mut Tx<'_>,
    terms: &Terms,
    planned: &mut Planned<'_>,
    run: i64,
) -> Result<()> {
    let ids = resolve::apply(cx, tx, &mut planned.resolution, run)?;
    planned.tally.name(&ids);
    for order in &mut planned.orders {
        order.account = ids.get(&order.account).copied().unwrap_or(order.account);
    }
    let changed: Vec<_> = planned.orders.iter().filter(|order| !order.lines.is_empty()).collect();
    let fresh = changed.iter().filter(|order| order.stored.is_none()).count();
    let mut ids = tx.allocate("order", count(fresh))?;
    let wanted = changed.iter().map(|order| order.new_facts()).sum();
    let mut fact_ids = timeline_store::allocate_facts(tx, wanted)?;
    let (mut rows, mut new, mut grown) =
        (Vec::with_capacity(changed.len()), Vec::with_capacity(wanted), Vec::new());
    let mut changes = Vec::with_capacity(changed.len());
    for order in changed {
        let id = order.stored.as_ref().map_or_else(|| ids.next().unwrap_or(0), |stored| stored.id);
        let row = order.row(id, &mut fact_ids);
        let before = order.stored.as_ref().map_or(String::new(), |stored| stored.account.to_string());
        changes.push(Change { id, before });
        for told in order.facts(terms, &row) {
            let facts = if told.again { &mut grown } else { &mut new };
            facts.push(NewFact {
                id: told.id,
                account: told.account,
                line: terms.line,
                occurred: row.placed,
                currency: Some(order.first.currency),
                source: Some(SourceRow { run, row: order.first.row }),
                fact: told.fact,
            });
        }
        rows.push((row, order.lines.as_slice()));
    }
    store::write(tx, terms, &rows, run)?;
    timeline_store::keep_changes(tx, run, taken::CHANGE, &changes)?;
    timeline_store::replace(cx, tx, &grown, "its order got more lines")?;
    timeline_store::append(cx, tx, &new)?;
    let mut keys: Vec<&str> = rows.iter().map(|(_, lines)| lines[0].order_key).collect();
    keys.dedup();
    tell::of_orders(cx, tx, terms.line, &keys)
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
