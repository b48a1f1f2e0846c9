//! What accounts promise, on both engines.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod audit;
mod duplicates;
mod edits;
mod facts;
mod finding;
mod pages;
mod parties;
mod real;
mod said;
mod sourced;
mod walls;

use kernel::{Actor, Context, Result, Role};
use serde_json::{Value, json};
use store::{Migration, Store};

const DAY: &str = "2025-03-04";

fn on_both(test: impl FnMut(&Store)) {
    let slices = [access::slice(), timeline::slice(), accounts::slice()];
    let migrations: Vec<Migration> =
        slices.iter().flat_map(|slice| slice.migrations.iter().copied()).collect();
    testkit::both(&migrations, test);
}

/// Runs an operation as the app does.
fn run(cx: &Context, store: &Store, name: &str, input: Value) -> Result<Value> {
    let operations = accounts::slice().operations;
    let operation = operations.iter().find(|operation| operation.head.name == name).unwrap();
    if operation.is_read() {
        store.read(cx, |tx| operation.run(cx, tx, input.clone()))
    } else {
        store.write(cx, |tx| operation.run(cx, tx, input.clone()))
    }
}

/// Somebody of our house.
fn person(id: i64, role: Role) -> Context {
    Context { actor: Actor::User { id, role }, ..testkit::at(DAY) }
}

/// An account of that name; gives its id.
fn account(store: &Store, name: &str) -> String {
    let added = run(&testkit::at(DAY), store, "account.add", json!({ "name": name })).unwrap();
    added["id"].as_str().unwrap().to_owned()
}

fn code<T: std::fmt::Debug>(answer: Result<T>) -> &'static str {
    answer.unwrap_err().code
}

#[test]
fn an_account_is_written_down_and_shown() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let input =
            json!({ "name": " Osterlund  Marine ", "country": " Belgium ", "email": "a@example.com" });
        let added = run(&cx, store, "account.add", input).unwrap();
        let shown = run(&cx, store, "account.view", json!({ "id": added["id"] })).unwrap();
        assert_eq!(shown, added);
        assert_eq!((&shown["name"], &shown["country"]), (&json!("Osterlund Marine"), &json!("Belgium")));
        assert_eq!(code(run(&cx, store, "account.add", json!({ "name": "  " }))), "accounts.name");
        let long = "x".repeat(201);
        assert_eq!(code(run(&cx, store, "account.add", json!({ "name": long }))), "accounts.name");
        let of_another_kind = json!({ "id": cx.codes.write(timeline::LineId::new(1)) });
        assert_eq!(code(run(&cx, store, "account.view", of_another_kind)), "id.unknown");
        let nobody = json!({ "id": cx.codes.write(timeline::AccountId::new(99)) });
        assert_eq!(code(run(&cx, store, "account.view", nobody)), "accounts.no_account");
    });
}

#[test]
fn lines_are_listed_with_the_day_that_counts_as_now() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let id = account(store, "Rook & Daughters");
        let goal = json!([{ "kind": "goal", "on": "2025-02-01" }]);
        run(
            &cx,
            store,
            "facts.record",
            json!({ "id": id, "line": "Advisory", "industry": "law", "facts": goal }),
        )
        .unwrap();
        store.write(&cx, |tx| timeline::store::line_named(tx, "Shop", "retail", false)).unwrap();
        let lines = run(&cx, store, "lines.list", json!({})).unwrap();
        let told =
            |n: usize| [&lines[n]["name"], &lines[n]["industry"], &lines[n]["now"], &lines[n]["now_is"]];
        assert_eq!(told(0), [&json!("Advisory"), &json!("law"), &json!(DAY), &json!("clock")]);
        assert_eq!(told(1), [&json!("Shop"), &json!("retail"), &json!(DAY), &json!("end of data")]);
    });
}
