//! Recording orders, many at once: a plan that only reads, then exactly that plan written.
//!
//! A line is the same one when its order, its cells and its place among equal lines of that order are the same, so
//! a file that comes twice changes nothing and a later file adds what it has more.

use std::collections::HashMap;

use ::store::Tx;
use accounts::{Resolution, Seen, resolve};
use kernel::{Context, Result};
use timeline::{
    AccountId, FactId, SourceRow,
    store::{self as timeline_store, NewFact},
};

use crate::{
    facts,
    order::{LineInput, Terms, Totals},
    store::{self, StoredOrder},
    tally::Tally,
};

/// What a batch of lines would do.
#[derive(Debug)]
pub struct Planned<'a> {
    orders: Vec<PlannedOrder<'a>>,
    /// The accounts it found and those it would make.
    pub resolution: Resolution,
    /// What it comes to.
    pub tally: Tally,
}

#[derive(Debug)]
struct PlannedOrder<'a> {
    first: LineInput<'a>,
    stored: Option<StoredOrder>,
    /// Position of its party in the resolution; none for a sale to nobody we can name.
    party: Option<usize>,
    lines: Vec<LineInput<'a>>,
    totals: Totals,
}

/// Works out what a batch does; reads only. All lines of an order that one source has belong into one batch.
///
/// `run` is the import that asks: what that same import wrote before it was interrupted counts as new.
///
/// # Errors
/// `store.statement`.
pub fn plan<'a>(
    tx: &mut Tx<'_>,
    seen: &Seen,
    terms: &Terms,
    lines: &[LineInput<'a>],
    run: i64,
) -> Result<Planned<'a>> {
    let groups = grouped(lines);
    let keys: Vec<&str> = groups.iter().map(|group| lines[group[0]].order_key).collect();
    let mut known = store::find(tx, terms.line, &keys)?;
    let parties: Vec<_> =
        groups.iter().filter_map(|group| group.iter().find_map(|n| lines[*n].party)).collect();
    let resolution = resolve::plan(tx, seen, &parties, run)?;
    let mut tally = Tally {
        accounts_created: count(resolution.created()),
        accounts_linked: count(resolution.linked()),
        ..Tally::default()
    };
    let mut next = 0;
    let orders = groups.iter().map(|group| {
        let has_party = group.iter().any(|n| lines[*n].party.is_some());
        let party = has_party.then(|| (next, next += 1).0);
        let stored = known.remove(lines[group[0]].order_key);
        let account = party.map_or(0, |n| resolution.accounts[n]);
        order(lines, group, stored, party, account, run, &mut tally)
    });
    let orders = orders.collect();
    Ok(Planned { orders, resolution, tally })
}

/// The positions of the lines of each order, orders in the order of their first line.
fn grouped(lines: &[LineInput<'_>]) -> Vec<Vec<usize>> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let place = *places.entry(line.order_key).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[place].push(n);
    }
    groups
}

/// One order of the plan: its lines that are not stored yet, and what it comes to with them.
fn order<'a>(
    lines: &[LineInput<'a>],
    group: &[usize],
    stored: Option<StoredOrder>,
    party: Option<usize>,
    account: i64,
    run: i64,
    tally: &mut Tally,
) -> PlannedOrder<'a> {
    let mut known: HashMap<i64, Vec<i64>> = HashMap::new();
    for (identity, by) in stored.iter().flat_map(|order| &order.lines) {
        known.entry(*identity).or_default().push(*by);
    }
    let mut totals = stored.as_ref().map(|order| order.totals).unwrap_or_default();
    let (mut fresh, mut mine) = (Vec::new(), false);
    for line in group.iter().map(|n| &lines[*n]) {
        tally.line(line, account);
        match known.get_mut(&line.identity).and_then(Vec::pop) {
            Some(by) if by == run => (tally.created, mine) = (tally.created + 1, true),
            Some(_) => tally.skipped += 1,
            None => {
                tally.created += 1;
                totals.add(line);
                fresh.push(line.clone());
            }
        }
    }
    match &stored {
        Some(order) if order.run != run => {
            let updated = mine || !fresh.is_empty();
            tally.orders_updated += i64::from(updated);
            tally.orders_skipped += i64::from(!updated);
        }
        _ => tally.orders_created += 1,
    }
    PlannedOrder { first: lines[group[0]].clone(), stored, party, lines: fresh, totals }
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
    let changed: Vec<_> = planned.orders.iter().filter(|order| !order.lines.is_empty()).collect();
    let fresh = changed.iter().filter(|order| order.stored.is_none()).count();
    let mut ids = tx.allocate("order", count(fresh))?;
    let wanted = changed.iter().map(|order| order.new_facts(&planned.resolution)).sum();
    let mut fact_ids = timeline_store::allocate_facts(tx, wanted)?;
    let (mut rows, mut facts) = (Vec::with_capacity(changed.len()), Vec::with_capacity(wanted));
    for order in changed {
        let id = order.stored.as_ref().map_or_else(|| ids.next().unwrap_or(0), |stored| stored.id);
        let row = order.row(id, &planned.resolution, &mut fact_ids);
        for fact in order.facts(terms, &row, run) {
            match order.has_fact(fact.id) {
                true => timeline_store::replace(cx, tx, &fact, "its order got more lines")?,
                false => facts.push(fact),
            }
        }
        rows.push((row, order.lines.as_slice()));
    }
    store::write(tx, terms, &rows, run)?;
    timeline_store::append(cx, tx, &facts)
}

impl PlannedOrder<'_> {
    /// Whose it is: the party it was stored with, else the one its lines name, else nobody.
    fn account(&self, resolution: &Resolution) -> i64 {
        let stored = self.stored.as_ref().map_or(0, |order| order.account);
        let named = self.party.map_or(0, |n| resolution.accounts[n]);
        if stored == 0 { named } else { stored }
    }

    /// How many facts it needs that are not in the timeline yet.
    fn new_facts(&self, resolution: &Resolution) -> usize {
        if self.account(resolution) == 0 {
            return 0;
        }
        let (order, refund) =
            self.stored.as_ref().map_or((0, 0), |order| (order.order_fact, order.refund_fact));
        usize::from(order == 0 && 0 < self.totals.sale_lines)
            + usize::from(refund == 0 && 0 < self.totals.cancelled)
    }

    fn has_fact(&self, id: FactId) -> bool {
        self.stored.as_ref().is_some_and(|order| id.0 == order.order_fact || id.0 == order.refund_fact)
    }

    /// Its row as it will be stored, with ids for the facts it needs.
    fn row(&self, id: i64, resolution: &Resolution, ids: &mut impl Iterator<Item = FactId>) -> StoredOrder {
        let account = self.account(resolution);
        let (order, refund) =
            self.stored.as_ref().map_or((0, 0), |order| (order.order_fact, order.refund_fact));
        let mut fact = |known: i64, needed: bool| match (known, needed && account != 0) {
            (0, true) => ids.next().map_or(0, |id| id.0),
            (known, _) => known,
        };
        StoredOrder {
            id,
            account,
            totals: self.totals,
            order_fact: fact(order, 0 < self.totals.sale_lines),
            refund_fact: fact(refund, 0 < self.totals.cancelled),
            run: self.stored.as_ref().map_or(0, |order| order.run),
            is_stored: self.stored.is_some(),
            lines: Vec::new(),
        }
    }

    /// What it tells the timeline.
    fn facts(&self, terms: &Terms, row: &StoredOrder, run: i64) -> Vec<NewFact> {
        let fact = |id: i64, fact| NewFact {
            id: FactId::new(id),
            account: AccountId::new(row.account),
            line: terms.line,
            occurred: self.first.at,
            currency: Some(self.first.currency),
            source: Some(SourceRow { run, row: self.first.row }),
            fact,
        };
        let of = (row.order_fact != 0).then(|| FactId::new(row.order_fact));
        let order = (row.order_fact != 0).then(|| fact(row.order_fact, facts::order(terms, &self.totals)));
        let refund = (row.refund_fact != 0).then(|| fact(row.refund_fact, facts::refund(&self.totals, of)));
        order.into_iter().chain(refund).collect()
    }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
