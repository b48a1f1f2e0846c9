//! Use beside contracts is counted by days of the business, on both engines as by the calendar.

use ::store::Store;
use contracts::{ContractInput, SubscriptionInput};
use jiff::tz::TimeZone;
use kernel::{Context, Day, Moment};
use serde_json::{Value, json};
use timeline::{
    Fact,
    fact::Usage,
    store::{self as facts, NewFact},
};

use crate::{DAY, account, bring_contracts, day, monthly, on_both};

const QUARTER: i64 = 900_000_000;

/// The contract of c1: from the first of March up to the end of June.
fn contract(store: &Store) {
    let one =
        SubscriptionInput { row: 1, end: Some(day("2025-07-01")), ..monthly("s1", "c1", "2025-03-01", 900) };
    bring_contracts(store, &[ContractInput::from(one)], 1);
}

fn used(store: &Store, moments: &[Moment]) {
    let (cx, account) = (testkit::at(DAY), account(store, "c1"));
    let told = store.write(&cx, |tx| {
        let line = facts::lines(tx)?[0].id;
        let ids: Vec<_> = facts::allocate_facts(tx, moments.len())?.collect();
        let new = moments.iter().zip(ids).map(|(occurred, id)| NewFact {
            id,
            account,
            line,
            occurred: *occurred,
            currency: None,
            source: None,
            fact: Fact::Usage(Usage::default()),
        });
        facts::append(&cx, tx, &new.collect::<Vec<_>>())
    });
    told.unwrap();
}

/// Told, before the first contract, without one.
fn counted(store: &Store, zone: &str, on: &str) -> [i64; 3] {
    let cx = Context { zone: TimeZone::get(zone).unwrap(), ..testkit::owner(DAY) };
    let operations = contracts::slice().operations;
    let operation = operations.iter().find(|one| one.head.name == "contracts.figures").unwrap();
    let input = json!({ "line": "Software", "day": on });
    let told: Value = store.read(&cx, |tx| operation.run(&cx, tx, input.clone())).unwrap();
    ["told", "before", "without"].map(|name| told["usage"][name].as_i64().unwrap())
}

fn at(text: &str) -> Moment {
    Moment::at(text.parse::<jiff::Timestamp>().unwrap().as_microsecond())
}

#[test]
fn half_past_midnight_in_berlin_is_the_day_there() {
    on_both(|store| {
        contract(store);
        used(store, &[at("2025-02-28T23:30:00Z")]);
        assert_eq!(counted(store, "Europe/Berlin", "2025-03-01"), [1, 0, 0]);
        assert_eq!(counted(store, "UTC", "2025-03-01"), [1, 1, 0]);
        used(store, &[day("2025-02-28").moment(), day("2025-03-01").moment()]);
        assert_eq!(counted(store, "Europe/Berlin", "2025-03-01"), [3, 1, 0]);
        assert_eq!(counted(store, "America/New_York", "2025-03-01"), [3, 2, 0]);
        // In summer the day ends an hour earlier there.
        used(store, &[at("2025-06-30T21:30:00Z"), at("2025-06-30T22:30:00Z")]);
        assert_eq!(counted(store, "Europe/Berlin", "2025-06-30"), [4, 1, 0]);
        assert_eq!(counted(store, "Europe/Berlin", "2025-07-01"), [5, 1, 1]);
    });
}

#[test]
fn whatever_the_zone_the_count_is_that_of_the_calendar() {
    let (first, last) = (day("2025-03-01"), day("2025-07-01"));
    let mut moments: Vec<_> =
        (0..3_000).map(|n| Moment::at(at("2024-12-20T00:00:00Z").micros + n * 9 * QUARTER)).collect();
    moments.extend((0..200).map(|n| day("2025-02-01").plus(n).moment()));
    moments.extend([at("1969-12-31T23:30:00Z"), day("1969-12-31").moment(), at("1912-06-01T12:00:00Z")]);
    on_both(|store| {
        contract(store);
        used(store, &moments);
        for name in [
            "UTC",
            "Europe/Berlin",
            "Asia/Kathmandu",
            "Australia/Lord_Howe",
            "Pacific/Apia",
            "America/Havana",
        ] {
            let zone = TimeZone::get(name).unwrap();
            for on in ["1969-12-31", "2025-02-28", "2025-03-01", "2025-03-30", "2025-07-04", "9999-12-31"] {
                let days = moments.iter().map(|one| one.day(&zone)).filter(|one| *one <= day(on));
                let count = |test: &dyn Fn(Day) -> bool| {
                    i64::try_from(days.clone().filter(|one| test(*one)).count()).unwrap()
                };
                let expected = [count(&|_| true), count(&|one| one < first), count(&|one| last <= one)];
                assert_eq!(counted(store, name, on), expected, "{name}, up to {on}");
            }
        }
    });
}
