//! What the judgement promises of its tables, on both engines.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod adoption;
mod baselines;
mod conditions;
mod countries;
mod course;
mod current;
mod foreseen;
mod learning;
mod overrides;
mod preferences;
mod replayed;
mod spectrum;
mod store;
mod totals;
mod views;
mod wishes;
mod worked;

use ::store::{Migration, Store};
use kernel::{Context, Currency, Day, Result};
use serde_json::{Value, json};
use timeline::{
    AccountId, Fact, FactId, LineId,
    fact::{Offer, Purchase},
    store::{self as facts, NewFact},
};

const DAY: &str = "2025-03-04";

fn on_both(test: impl FnMut(&Store)) {
    testkit::both(&migrations(), test);
}

fn migrations() -> Vec<Migration> {
    let slices = [access::slice(), timeline::slice(), accounts::slice(), relationship::slice()];
    slices.iter().flat_map(|slice| slice.migrations.iter().copied()).collect()
}

/// Runs an operation of accounts or of the judgement as the app does.
fn run(cx: &Context, store: &Store, name: &str, input: Value) -> Result<Value> {
    let operations: Vec<_> =
        [accounts::slice(), relationship::slice()].into_iter().flat_map(|slice| slice.operations).collect();
    let operation = operations.iter().find(|operation| operation.head.name == name).unwrap();
    if operation.is_read() {
        store.read(cx, |tx| operation.run(cx, tx, input.clone()))
    } else {
        store.write(cx, |tx| operation.run(cx, tx, input.clone()))
    }
}

/// An account of that name.
fn account(store: &Store, name: &str) -> AccountId {
    let cx = testkit::at(DAY);
    let added = run(&cx, store, "account.add", json!({ "name": name })).unwrap();
    cx.codes.read(added["id"].as_str().unwrap()).unwrap()
}

/// A line of that name, live or as a file left it.
fn line(store: &Store, name: &str, industry: &str, live: bool) -> LineId {
    store.write(&testkit::at(DAY), |tx| Ok(facts::line_named(tx, name, industry, live)?.id)).unwrap()
}

/// Something happened; gives the id of the fact.
fn on(store: &Store, cx: &Context, account: AccountId, line: LineId, day: &str, fact: &Fact) -> FactId {
    in_currency(store, cx, account, line, day, fact, "GBP")
}

/// Something happened, for money of that currency.
fn in_currency(
    store: &Store,
    cx: &Context,
    account: AccountId,
    line: LineId,
    day: &str,
    fact: &Fact,
    currency: &str,
) -> FactId {
    let occurred = Day::parse(day).unwrap().moment();
    let currency = fact.amount().map(|_| Currency::parse(currency).unwrap());
    store
        .write(cx, |tx| {
            let id = facts::allocate_facts(tx, 1)?.next().unwrap();
            let new = NewFact {
                id,
                account,
                line,
                occurred,
                currency,
                source: Some(timeline::SourceRow { run: 1, row: 1 }),
                fact: fact.clone(),
            };
            facts::append(cx, tx, &[new])?;
            Ok(id)
        })
        .unwrap()
}

/// An order of goods for so many whole units.
fn order(units: i64) -> Fact {
    Fact::Order(Purchase { amount: units * 10_000, offer: Some(Offer::Goods), ..Purchase::default() })
}

/// Decides whatever waits; gives how many marks there were.
fn judge(store: &Store, cx: &Context) -> usize {
    store
        .write(cx, |tx| {
            let mut all = 0;
            loop {
                match relationship::jobs::decide_stale(cx, tx)? {
                    0 => return Ok(all),
                    some => all += some,
                }
            }
        })
        .unwrap()
}
