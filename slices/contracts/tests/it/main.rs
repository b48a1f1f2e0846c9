//! What contracts promise, on both engines.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod acceptance;
mod asked;
mod days;
mod found;
mod kept;
mod pages;
mod recorded;
mod store;
mod taken;
mod used;

use ::store::{Migration, Store};
use accounts::{Party, Seen, taken as accounts_taken};
use contracts::{ContractInput, LeavingInput, Setting, SubscriptionInput, Tally, leavings, ops};
use kernel::{Currency, Day, Result};
use serde_json::Value;
use timeline::{
    AccountId, Entry,
    store::{self as facts, Left},
};

const DAY: &str = "2025-10-14";

fn on_both(test: impl FnMut(&Store)) {
    let slices = [access::slice(), timeline::slice(), accounts::slice(), contracts::slice()];
    let migrations: Vec<Migration> =
        slices.iter().flat_map(|slice| slice.migrations.iter().copied()).collect();
    testkit::both(&migrations, test);
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn party(key: &str) -> Party<'_> {
    Party { space: "customers", key, name: None, country: None, email: None }
}

/// A subscription of so many cents a month.
fn monthly<'a>(key: &'a str, who: &'a str, start: &str, cents: i64) -> SubscriptionInput<'a> {
    SubscriptionInput {
        row: 0,
        party: party(who),
        key,
        plan: "Pro",
        start: Some(day(start)),
        end: None,
        end_reason: None,
        fee: Some(cents * 100),
        every: contracts::period::Period::parse("1 month").unwrap(),
        cycle: None,
        currency: Some(Currency::parse("EUR").unwrap()),
        trial: false,
        length: None,
        renewal: None,
        billed: None,
    }
}

/// Has the clock do what is due.
fn settle(store: &Store) {
    let cx = testkit::at(DAY);
    while store.write(&cx, |tx| contracts::jobs::step(&cx, tx)).unwrap() {}
}

/// Brings rows in as that import: a dry run, then the real one.
fn bring<'a>(store: &Store, rows: &[SubscriptionInput<'a>], run: i64) -> Tally {
    let numbered = rows.iter().zip(1..).map(|(row, n)| SubscriptionInput { row: n, ..row.clone() });
    bring_contracts(store, &numbered.map(ContractInput::from).collect::<Vec<_>>(), run)
}

fn bring_contracts(store: &Store, inputs: &[ContractInput<'_>], run: i64) -> Tally {
    let cx = testkit::at(DAY);
    let tally = store
        .write(&cx, |tx| {
            let line = facts::line_named(tx, "Software", "saas", false)?;
            let setting = Setting { line: line.id, offer: None, form: None };
            let dry = contracts::plan(&cx, tx, &Seen::default(), &setting, inputs, run)?.tally;
            let mut planned = contracts::plan(&cx, tx, &Seen::default(), &setting, inputs, run)?;
            contracts::apply(&cx, tx, &mut planned, run)?;
            assert_eq!(planned.tally, dry, "what is applied is the plan");
            // What this same import wrote before it was interrupted counts as it did then.
            let again = contracts::plan(&cx, tx, &Seen::default(), &setting, inputs, run)?.tally;
            assert_eq!((again.created, again.updated), (dry.created, dry.updated));
            Ok(dry)
        })
        .unwrap();
    settle(store);
    tally
}

fn bring_leavings(store: &Store, rows: &[LeavingInput<'_>], run: i64) -> Tally {
    let cx = testkit::at(DAY);
    store
        .write(&cx, |tx| {
            let line = facts::line_named(tx, "Software", "saas", false)?;
            let setting = Setting { line: line.id, offer: None, form: None };
            let mut planned = leavings::plan(&cx, tx, &Seen::default(), &setting, rows, run)?;
            leavings::apply(&cx, tx, &mut planned, run)?;
            Ok(planned.tally)
        })
        .unwrap()
}

/// What is left over when an import is taken back as the house does: contracts, what was said of leaving, accounts,
/// then the line.
fn take_back(store: &Store, run: i64) -> Vec<String> {
    let cx = testkit::at(DAY);
    let kept = store
        .write(&cx, |tx| {
            let mut kept = Vec::new();
            let all = facts::changes(tx, run, ops::taken::CHANGE, 0, 10_000)?;
            for group in all.chunks(3) {
                let dry = ops::take_back(&cx, tx, run, group, false)?;
                let taken = ops::take_back(&cx, tx, run, group, true)?;
                assert_eq!((dry.removed, dry.restored), (taken.removed, taken.restored));
                let stays: Vec<i64> = taken.kept.iter().map(|contract| contract.id).collect();
                let struck = group.iter().map(|change| change.id).filter(|id| !stays.contains(id));
                facts::forget_changes(tx, run, ops::taken::CHANGE, &struck.collect::<Vec<_>>())?;
                kept.extend(taken.kept.into_iter().map(|contract| contract.key));
            }
            let left = facts::changes(tx, run, leavings::CHANGE, 0, 256)?;
            leavings::take_back(&cx, tx, &left, true)?;
            let made = facts::changes(tx, run, accounts_taken::CHANGE, 0, 10_000)?;
            let ids: Vec<_> = made.iter().map(|change| AccountId::new(change.id)).collect();
            let needed = ops::who_contracted(tx, run, &ids)?;
            accounts_taken::take_back(
                &cx,
                tx,
                run,
                &ids,
                &needed,
                &std::collections::HashSet::default(),
                true,
            )?;
            let line = facts::lines(tx)?[0].id;
            if facts::line_left(&cx, tx, line)? == Left::Nothing && !ops::is_used(tx, line)? {
                facts::remove_line(tx, line)?;
            }
            Ok(kept)
        })
        .unwrap();
    settle(store);
    kept
}

/// Runs an operation as the app does.
fn run(store: &Store, name: &str, input: Value) -> Result<Value> {
    let cx = testkit::owner(DAY);
    let operations = contracts::slice().operations;
    let operation = operations.iter().find(|operation| operation.head.name == name).unwrap();
    if operation.is_read() {
        store.read(&cx, |tx| operation.run(&cx, tx, input.clone()))
    } else {
        store.write(&cx, |tx| operation.run(&cx, tx, input.clone()))
    }
}

/// The account of a customer.
fn account(store: &Store, key: &str) -> AccountId {
    let found = store.read(&testkit::at(DAY), |tx| {
        accounts::resolve::plan(&testkit::at(DAY), tx, &Seen::default(), &[party(key)], -1)
    });
    AccountId::new(found.unwrap().accounts[0])
}

/// What the timeline knows of a customer, newest first.
fn history(store: &Store, key: &str) -> Vec<Entry> {
    let account = account(store, key);
    store.read(&testkit::at(DAY), |tx| facts::history(tx, account, None, 100)).unwrap()
}

/// The hash of the canonical dump: equal when nothing changed.
fn knowledge(store: &Store) -> String {
    let slices = [timeline::slice(), accounts::slice(), contracts::slice()];
    let tables: Vec<_> = slices.iter().flat_map(|slice| slice.tables).copied().collect();
    let canonical: Vec<_> = tables.into_iter().filter(|table| table.canonical).collect();
    let mut text = Vec::new();
    store.read(&testkit::at(DAY), |tx| ::store::dump::canonical(tx, &canonical, &mut text)).unwrap().sha256
}
