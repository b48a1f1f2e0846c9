//! Recording invoices and payments, many at once: a plan that only reads, then exactly that plan written.

use std::collections::{HashMap, HashSet};

use ::store::Tx;
use accounts::{Party, Resolution, Seen, resolve};
use kernel::{Context, Result};
use timeline::{
    LineId,
    said::{self, Said, Sheet},
    store::{Change, rewrite_changes, said_of, said_place},
};

use super::tell;
pub use crate::bill::seen::{BillCounts, SeenBills};
use crate::{
    bill::{
        BillInput, BillKind, StoredBill,
        seen::{Met, sorted, whose},
    },
    store::bills,
};

/// What a batch of rows would do.
#[derive(Debug)]
pub struct PlannedBills<'a> {
    kind: BillKind,
    line: LineId,
    bills: Vec<Planned>,
    /// The accounts it found and those it would make.
    pub resolution: Resolution,
    /// What it comes to.
    pub counts: BillCounts,
    /// Rows for an account that the viewer may not see; they are no part of the rest.
    pub walled: Vec<BillInput<'a>>,
    /// Rows with the key of a bill that an earlier row of the same walk gave to somebody else, or to another currency.
    pub clashing: Vec<BillInput<'a>>,
}

/// A bill and what the rows of a batch say of it.
#[derive(Debug)]
struct Planned {
    key: String,
    number: i64,
    row: i64,
    /// Whose it is; 0 for nobody, below zero for an account that would be new.
    account: i64,
    whose: String,
    says: Sheet,
    stored: Option<StoredBill>,
    own: Option<Said>,
    rows: usize,
    made: bool,
    updated: bool,
}

impl PlannedBills<'_> {
    /// Has later batches of the walk know what this one found out, once it is written (or, in a dry run, counted).
    pub fn learn(&self, seen: &mut Seen, bills: &mut SeenBills) {
        seen.learn(&self.resolution);
        for bill in &self.bills {
            bills.planned = bills.planned.min(bill.number);
            let whose = bill.whose.clone();
            let met = Met { number: bill.number, made: bill.made, updated: bill.updated, whose };
            bills.met.insert((self.kind, bill.key.clone()), met);
        }
    }
}

/// Works out what a batch does; reads only. `run` is the import that asks: what that same import wrote before it was
/// interrupted counts as new. Rows for an account behind a wall that keeps the viewer out are set aside.
///
/// # Errors
/// `store.statement`.
pub fn plan_bills<'a>(
    cx: &Context,
    tx: &mut Tx<'_>,
    (seen, met): (&Seen, &SeenBills),
    (kind, line): (BillKind, LineId),
    inputs: &[BillInput<'a>],
    run: i64,
) -> Result<PlannedBills<'a>> {
    let (inputs, clashing) = sorted(met, kind, inputs);
    let parties: Vec<Party<'a>> = inputs.iter().filter_map(|input| input.party).collect();
    let resolution = resolve::plan(cx, tx, seen, &parties, run)?;
    let counts = BillCounts {
        accounts_created: i64::try_from(resolution.created()).unwrap_or(i64::MAX),
        accounts_linked: i64::try_from(resolution.linked()).unwrap_or(i64::MAX),
        ..BillCounts::default()
    };
    let mut keys: Vec<&str> = inputs.iter().map(|input| input.key.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    let stored = bills::of_line(cx, tx, kind, line, "key", &keys)?;
    let ids: Vec<i64> = stored.iter().map(|(bill, _)| bill.id).collect();
    let own = said_of(tx, kind.as_str(), &ids)?;
    let hidden: HashSet<String> =
        stored.iter().filter(|(_, visible)| !visible).map(|(bill, _)| bill.key.clone()).collect();
    let stored = stored.into_iter().map(|(bill, _)| (bill.key.clone(), bill)).collect();
    let planned =
        PlannedBills { kind, line, bills: Vec::new(), resolution, counts, walled: Vec::new(), clashing };
    let mut plan = Plan { met, run, stored, own, hidden, places: HashMap::new(), next: met.planned, planned };
    let accounts = plan.planned.resolution.accounts.clone();
    let mut accounts = accounts.into_iter();
    for input in inputs {
        let account = input.party.and_then(|_| accounts.next()).unwrap_or(0);
        plan.row(input, account);
    }
    Ok(plan.planned)
}

/// A plan in the making.
struct Plan<'s, 'a> {
    met: &'s SeenBills,
    run: i64,
    stored: HashMap<String, StoredBill>,
    own: HashMap<i64, Vec<(i64, Said)>>,
    hidden: HashSet<String>,
    places: HashMap<String, usize>,
    /// The lowest number that is planned.
    next: i64,
    planned: PlannedBills<'a>,
}

impl<'a> Plan<'_, 'a> {
    fn row(&mut self, input: &BillInput<'a>, account: i64) {
        if self.planned.resolution.hidden.contains(&account) || self.hidden.contains(&input.key) {
            self.planned.walled.push(input.clone());
            return;
        }
        let met = self.met.met.get(&(self.planned.kind, input.key.clone()));
        let (was_met, was_updated) = (met.is_some(), met.is_some_and(|met| met.updated));
        let place = self.places.get(&input.key).copied().unwrap_or_else(|| self.add(input, account));
        let bill = &mut self.planned.bills[place];
        bill.says.extend(input.says.clone());
        bill.rows += 1;
        let counts = &mut self.planned.counts;
        let is_first = bill.rows == 1 && !was_met;
        counts.repeated += i64::from(!is_first);
        counts.created += i64::from(is_first && bill.made);
        counts.linked += i64::from(is_first && !bill.made);
        if !bill.made && !was_updated && !bill.updated && bill.changes() {
            bill.updated = true;
            counts.updated += 1;
            counts.linked -= 1;
        }
    }

    /// Takes a bill into the plan.
    fn add(&mut self, input: &BillInput<'a>, account: i64) -> usize {
        let stored = self.stored.get(&input.key).cloned();
        let met = self.met.met.get(&(self.planned.kind, input.key.clone()));
        let is_own = |bill: &StoredBill| bill.run == self.run && self.run != 0;
        self.next -= i64::from(stored.is_none() && met.is_none());
        let own = stored.as_ref().and_then(|bill| self.own.get(&bill.id)).into_iter().flatten();
        let mut own = own.filter(|(by, _)| *by == self.run && self.run != 0).map(|(_, said)| said.clone());
        self.places.insert(input.key.clone(), self.planned.bills.len());
        self.planned.bills.push(Planned {
            key: input.key.clone(),
            number: stored.as_ref().map(|bill| bill.id).or(met.map(|met| met.number)).unwrap_or(self.next),
            row: input.row,
            account,
            whose: whose(input),
            says: Sheet::new(),
            made: met.map_or_else(|| stored.as_ref().is_none_or(is_own), |met| met.made),
            updated: met.is_some_and(|met| met.updated),
            own: own.next_back(),
            stored,
            rows: 0,
        });
        self.planned.bills.len() - 1
    }
}

impl Planned {
    /// Everything that the rows say, with whose it is. Who names nobody does not take it from anybody.
    fn all(&self) -> Sheet {
        let mut all = self.says.clone();
        if self.account != 0 {
            all.insert("account".to_owned(), self.account.to_string());
        }
        all
    }

    fn changes(&self) -> bool {
        let nothing = Sheet::new();
        let current = self.stored.as_ref().map_or(&nothing, |bill| &bill.sheet);
        said::differs(current, self.own.as_ref(), &self.all())
    }
}

/// Writes a plan in the transaction that made it, and tells the timeline.
///
/// # Errors
/// `store.conflict` when another import wrote the same meanwhile: plan again.
pub fn apply_bills(cx: &Context, tx: &mut Tx<'_>, planned: &mut PlannedBills<'_>, run: i64) -> Result<()> {
    let (kind, line) = (planned.kind, planned.line);
    let accounts = resolve::apply(cx, tx, &mut planned.resolution, run)?;
    let fresh = planned.bills.iter().filter(|bill| bill.stored.is_none()).count();
    let mut ids = tx.allocate(kind.as_str(), i64::try_from(fresh).unwrap_or(i64::MAX))?;
    let at = if run == 0 { 0 } else { said_place(tx)? };
    let (mut new, mut changed, mut changes, mut moved) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for bill in &mut planned.bills {
        bill.account = accounts.get(&bill.account).copied().unwrap_or(bill.account);
        let (nothing, all) = (Sheet::new(), bill.all());
        let current = bill.stored.as_ref().map_or(&nothing, |stored| &stored.sheet);
        let after = said::with(current.clone(), &all);
        let is_new = bill.stored.is_none();
        let mut said = bill.own.take().unwrap_or_else(|| Said { at, made: is_new, ..Said::default() });
        said.say(current, &all);
        let id = bill.stored.as_ref().map_or_else(|| ids.next().unwrap_or(0), |stored| stored.id);
        bill.number = id;
        changes.push(Change { id, before: said.write() });
        match &bill.stored {
            None => {
                let (key, row) = (bill.key.clone(), bill.row);
                new.push(StoredBill { id, line, key, sheet: after, facts: [0, 0], run, row });
            }
            Some(stored) if stored.sheet != after => {
                let mut bill = StoredBill { sheet: after, ..stored.clone() };
                moved.extend(tell::leave(stored, &mut bill));
                changed.push(bill);
            }
            Some(_) => (),
        }
    }
    timeline::store::take_back(cx, tx, &moved, tell::ELSEWHERE)?;
    bills::insert(tx, kind, &new)?;
    bills::rewrite(tx, kind, &changed)?;
    rewrite_changes(tx, run, kind.as_str(), &changes)?;
    new.append(&mut changed);
    tell::bills(cx, tx, kind, new)
}
