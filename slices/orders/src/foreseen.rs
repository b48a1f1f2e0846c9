//! What earlier files of a dry run would have written: what comes after them is planned as if it were stored.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use kernel::{Currency, Moment};
use timeline::LineId;

use crate::{
    order::{StoredOrder, Totals},
    planned::{Planned, PlannedOrder},
};

/// Orders that a dry run would have made or changed by now: some 100 bytes each, and 16 a line.
#[derive(Debug, Default)]
pub struct Foreseen {
    orders: HashMap<u64, Vec<Order>>,
    /// The lowest number given to one that is not stored.
    lowest: i64,
}

#[derive(Clone, Debug)]
struct Order {
    /// Its number in the database; below zero for one that is not there, 0 before it has any.
    id: i64,
    account: i64,
    run: i64,
    lines: Vec<(i64, i64)>,
}

impl Foreseen {
    /// Takes in what one batch of that import would write to a service line.
    pub fn learn(&mut self, line: LineId, planned: &Planned<'_>, run: i64) {
        for order in planned.orders.iter().filter(|order| !order.lines.is_empty()) {
            let key = key(line, order.first.order_key, order.first.currency);
            self.orders.entry(key).or_default().push(Order::of(order, run));
        }
    }

    /// Takes in what was learnt elsewhere, later than what is known here.
    pub fn add(&mut self, later: Foreseen) {
        for (key, orders) in later.orders {
            let same = self.orders.entry(key).or_default();
            for mut order in orders {
                if order.id == 0 {
                    self.lowest -= 1;
                    order.id = self.lowest;
                }
                // Each keeps its place: lines that name nobody go to the first.
                match same.iter_mut().find(|known| known.id == order.id) {
                    Some(known) => *known = order,
                    None => same.push(order),
                }
            }
        }
    }

    /// Lays what would have been written over the orders that are stored under a number.
    pub(crate) fn lay(&self, line: LineId, number: &str, currency: Currency, stored: &mut Vec<StoredOrder>) {
        for order in self.orders.get(&key(line, number, currency)).into_iter().flatten() {
            match stored.iter_mut().find(|known| known.id == order.id) {
                Some(known) => *known = order.as_stored(),
                None => stored.push(order.as_stored()),
            }
        }
    }

    /// Whether nothing was foreseen.
    pub(crate) fn is_empty(&self) -> bool {
        self.orders.is_empty()
    }
}

impl Order {
    fn of(order: &PlannedOrder<'_>, run: i64) -> Order {
        let known = order.stored.iter().flat_map(|stored| stored.lines.iter().copied());
        Order {
            id: order.stored.as_ref().map_or(0, |stored| stored.id),
            account: order.account,
            run: order.stored.as_ref().map_or(run, |stored| stored.run),
            lines: known.chain(order.lines.iter().map(|line| (line.identity, run))).collect(),
        }
    }

    /// As far as counting looks at it.
    fn as_stored(&self) -> StoredOrder {
        StoredOrder {
            id: self.id,
            account: self.account,
            placed: Moment::at(0),
            totals: Totals::default(),
            order_fact: 0,
            refund_fact: 0,
            run: self.run,
            is_stored: true,
            lines: self.lines.clone(),
        }
    }
}

fn key(line: LineId, number: &str, currency: Currency) -> u64 {
    let mut hasher = DefaultHasher::new();
    (line.0, number, currency.code()).hash(&mut hasher);
    hasher.finish()
}
