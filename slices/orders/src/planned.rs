//! What a batch of lines would do, order by order, and what each order then tells the timeline.
//!
//! A line is the same one when its order, its cells and its place among equal lines of that order are the same, so
//! a file that comes twice changes nothing and a later file adds what it has more.

use std::collections::HashMap;

use accounts::Resolution;
use kernel::Currency;
use timeline::{AccountId, Fact, FactId};

use crate::{
    facts,
    order::{LineInput, StoredOrder, Terms, Totals},
    tally::Tally,
};

/// What a batch of lines would do.
#[derive(Debug)]
pub struct Planned<'a> {
    pub(crate) orders: Vec<PlannedOrder<'a>>,
    /// The accounts it found and those it would make.
    pub resolution: Resolution,
    /// What it comes to.
    pub tally: Tally,
    /// Lines for an account that the viewer may not see; they are no part of the rest.
    pub walled: Vec<LineInput<'a>>,
}

/// One order of the plan.
#[derive(Debug)]
pub(crate) struct PlannedOrder<'a> {
    /// Its first line in the batch.
    pub(crate) first: LineInput<'a>,
    /// As it is stored, if it is.
    pub(crate) stored: Option<StoredOrder>,
    /// Whose it is; 0 for nobody we can name, below zero for an account that would be new.
    pub(crate) account: i64,
    /// Its lines that are not stored yet.
    pub(crate) lines: Vec<LineInput<'a>>,
    /// What it comes to with them.
    pub(crate) totals: Totals,
}

/// The parties that one number names so far (none: nobody yet), each with the place of its order.
type Parties<'l> = Vec<(Option<(&'l str, &'l str)>, usize)>;

/// The lines of each order, orders in the order of their first line. What one number names in two currencies is two
/// orders, because currencies are never added; and so is what it names for two parties, because nobody's purchase is
/// another's. Lines that name nobody belong to the order that stands under their number.
pub(crate) fn grouped<'l, 'a>(lines: &'l [LineInput<'a>]) -> Vec<Vec<&'l LineInput<'a>>> {
    let mut places: HashMap<(&str, Currency), Parties<'_>> = HashMap::new();
    let mut groups: Vec<Vec<&LineInput<'a>>> = Vec::new();
    for line in lines {
        let party = line.party.map(|party| (party.space, party.key));
        let same = places.entry((line.order_key, line.currency)).or_default();
        let fits = |known: &Option<(&str, &str)>| known.is_none() || party.is_none() || *known == party;
        let exact = same.iter().position(|(known, _)| *known == party);
        match exact.or_else(|| same.iter().position(|(known, _)| fits(known))) {
            Some(at) => {
                same[at].0 = same[at].0.or(party);
                groups[same[at].1].push(line);
            }
            None => {
                same.push((party, groups.len()));
                groups.push(vec![line]);
            }
        }
    }
    groups
}

impl<'a> PlannedOrder<'a> {
    /// The order of those lines, counted; `named` is the account that the lines name, and `run` the import that asks.
    pub(crate) fn of(
        group: &[&LineInput<'a>],
        stored: Option<StoredOrder>,
        named: i64,
        run: i64,
        tally: &mut Tally,
    ) -> PlannedOrder<'a> {
        // What was recorded by hand is of no run, so it is never of this same one.
        let own = |by: i64| by == run && run != 0;
        let mut known: HashMap<i64, Vec<i64>> = HashMap::new();
        for (identity, by) in stored.iter().flat_map(|order| &order.lines) {
            known.entry(*identity).or_default().push(*by);
        }
        let mut totals = stored.as_ref().map(|order| order.totals).unwrap_or_default();
        let (mut lines, mut mine) = (Vec::new(), false);
        for line in group {
            tally.line(line, named);
            match known.get_mut(&line.identity).and_then(Vec::pop) {
                Some(by) if own(by) => (tally.created, mine) = (tally.created + 1, true),
                Some(_) => tally.skipped += 1,
                None => {
                    tally.created += 1;
                    totals.add(line);
                    lines.push((*line).clone());
                }
            }
        }
        match &stored {
            Some(order) if !own(order.run) => {
                let updated = mine || !lines.is_empty();
                tally.orders_updated += i64::from(updated);
                tally.orders_skipped += i64::from(!updated);
            }
            _ => tally.orders_created += 1,
        }
        let account = stored.as_ref().map(|order| order.account).filter(|account| *account != 0);
        PlannedOrder { first: group[0].clone(), stored, account: account.unwrap_or(named), lines, totals }
    }

    /// The facts of what was bought and of what went back that are in the timeline; 0 for none.
    fn known_facts(&self) -> [i64; 2] {
        self.stored.as_ref().map_or([0, 0], |order| [order.order_fact, order.refund_fact])
    }

    /// Which of the two it needs and has not.
    fn lacks(&self) -> [bool; 2] {
        let [order, refund] = self.known_facts();
        let is_named = self.account != 0;
        [
            order == 0 && is_named && 0 < self.totals.sale_lines,
            refund == 0 && is_named && 0 < self.totals.cancelled,
        ]
    }

    /// How many facts it needs that are not in the timeline yet.
    pub(crate) fn new_facts(&self) -> usize {
        self.lacks().into_iter().filter(|lacks| *lacks).count()
    }

    /// Its row as it will be stored, with ids for the facts it lacks.
    pub(crate) fn row(&self, id: i64, ids: &mut impl Iterator<Item = FactId>) -> StoredOrder {
        let ([order, refund], [lacks_order, lacks_refund]) = (self.known_facts(), self.lacks());
        let mut fact = |known: i64, lacks: bool| match lacks {
            true => ids.next().map_or(0, |id| id.0),
            false => known,
        };
        StoredOrder {
            id,
            account: self.account,
            placed: self.stored.as_ref().map_or(self.first.at, |order| order.placed),
            totals: self.totals,
            order_fact: fact(order, lacks_order),
            refund_fact: fact(refund, lacks_refund),
            run: self.stored.as_ref().map_or(0, |order| order.run),
            is_stored: self.stored.is_some(),
            lines: Vec::new(),
        }
    }

    /// What it tells the timeline, and whether it told less before.
    pub(crate) fn facts(&self, terms: &Terms, row: &StoredOrder) -> Vec<Told> {
        let [order, refund] = self.known_facts();
        let of = (row.order_fact != 0).then(|| FactId::new(row.order_fact));
        let told = |id: i64, known: i64, fact| Told {
            id: FactId::new(id),
            account: AccountId::new(row.account),
            fact,
            again: known != 0,
        };
        [
            told(row.order_fact, order, facts::order(terms, &self.totals)),
            told(row.refund_fact, refund, facts::refund(&self.totals, of)),
        ]
        .into_iter()
        .filter(|told| told.id.0 != 0)
        .collect()
    }
}

/// Something told to the timeline.
pub(crate) struct Told {
    /// The id of the fact.
    pub(crate) id: FactId,
    /// Whom it is about.
    pub(crate) account: AccountId,
    /// What happened.
    pub(crate) fact: Fact,
    /// It was told before, when less of it was known.
    pub(crate) again: bool,
}
