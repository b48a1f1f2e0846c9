//! What orders promise, on both engines.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod bills;
mod by_hand;
mod exports;
mod figures;
mod recorded;
mod store;
mod taken;

use ::store::{Migration, Store};
use accounts::{Party, Seen};
use kernel::{Currency, Day, Result, SCALE};
use orders::{LineInput, LineKind, Terms, tally::Counts};
use serde_json::{Value, json};

use timeline::{
    AccountId, Entry,
    fact::{Channel, Offer},
};

const DAY: &str = "2025-10-14";

fn on_both(test: impl FnMut(&Store)) {
    let slices = [access::slice(), timeline::slice(), accounts::slice(), orders::slice()];
    let migrations: Vec<Migration> =
        slices.iter().flat_map(|slice| slice.migrations.iter().copied()).collect();
    testkit::both(&migrations, test);
}

/// A line of a file.
#[derive(Clone, Copy, Debug)]
struct Row<'a> {
    number: &'a str,
    party: Option<&'a str>,
    on: &'a str,
    sku: &'a str,
    kind: LineKind,
    fee: bool,
    pence: i64,
    currency: &'a str,
}

/// A sale of goods for so many pence.
fn sale<'a>(number: &'a str, party: Option<&'a str>, on: &'a str, sku: &'a str, pence: i64) -> Row<'a> {
    Row { number, party, on, sku, kind: LineKind::Sale, fee: false, pence, currency: "GBP" }
}

/// So many pence that went back.
fn cancelled<'a>(number: &'a str, party: Option<&'a str>, on: &'a str, sku: &'a str, pence: i64) -> Row<'a> {
    Row { kind: LineKind::Cancellation, pence: -pence, ..sale(number, party, on, sku, 0) }
}

/// Brings rows in as that import.
fn bring(store: &Store, rows: &[Row<'_>], run: i64) -> Counts {
    let cx = testkit::at(DAY);
    let lines: Vec<_> = rows.iter().zip(1..).map(|(row, n)| input(row, n)).collect();
    store
        .write(&cx, |tx| {
            let shop = timeline::store::line_named(tx, "Shop", "retail", false)?;
            let terms = Terms { line: shop.id, offer: Some(Offer::Goods), channel: Some(Channel::Online) };
            let mut planned = orders::plan(&cx, tx, &Seen::default(), &terms, &lines, run)?;
            let dry = planned.tally.counts();
            orders::apply(&cx, tx, &terms, &mut planned, run)?;
            assert_eq!(planned.tally.counts(), dry, "what is applied is the plan");
            Ok(dry)
        })
        .unwrap()
}

fn input<'a>(row: &Row<'a>, n: i64) -> LineInput<'a> {
    let said = format!("{}{}{}{}{}", row.number, row.on, row.sku, row.pence, row.currency);
    LineInput {
        row: n,
        identity: said.bytes().fold(7, |sum: i64, byte| sum.wrapping_mul(131).wrapping_add(byte.into())),
        order_key: row.number,
        number: row.number,
        kind: row.kind,
        fee: row.fee,
        party: row.party.map(|key| Party { space: "customers", key, name: None, country: None, email: None }),
        at: Day::parse(row.on).unwrap().moment(),
        sku: row.sku,
        description: "",
        quantity: SCALE,
        unit_price: None,
        amount: row.pence * 100,
        currency: Currency::parse(row.currency).unwrap(),
        seller: "",
        freight: 0,
    }
}

/// Runs an operation as the app does.
fn run(store: &Store, name: &str, input: Value) -> Result<Value> {
    let cx = testkit::owner(DAY);
    let operations = orders::slice().operations;
    let operation = operations.iter().find(|operation| operation.head.name == name).unwrap();
    if operation.is_read() {
        store.read(&cx, |tx| operation.run(&cx, tx, input.clone()))
    } else {
        store.write(&cx, |tx| operation.run(&cx, tx, input.clone()))
    }
}

/// The account of a customer.
fn account(store: &Store, key: &str) -> AccountId {
    let party = Party { space: "customers", key, name: None, country: None, email: None };
    let found = store.read(&testkit::at(DAY), |tx| {
        accounts::resolve::plan(&testkit::at(DAY), tx, &Seen::default(), &[party], -1)
    });
    AccountId::new(found.unwrap().accounts[0])
}

/// What the timeline knows of a customer, newest first.
fn history(store: &Store, key: &str) -> Vec<Entry> {
    let account = account(store, key);
    store.read(&testkit::at(DAY), |tx| timeline::store::history(tx, account, None, 100)).unwrap()
}

/// The canonical dump, and how much was taken back: equal when nothing changed.
fn knowledge(store: &Store) -> (String, usize) {
    let slices = [timeline::slice(), accounts::slice(), orders::slice()];
    let tables: Vec<_> = slices.iter().flat_map(|slice| slice.tables).copied().collect();
    let canonical: Vec<_> = tables.into_iter().filter(|table| table.canonical).collect();
    let mut text = Vec::new();
    let written =
        store.read(&testkit::at(DAY), |tx| ::store::dump::canonical(tx, &canonical, &mut text)).unwrap();
    (written.sha256, text.len())
}

/// The figures of one line of business.
fn figures(store: &Store) -> Value {
    run(store, "figures.view", json!({ "line": "Shop" })).unwrap()
}
