//! Every worked example and random vector of the policy through the tables of both engines: recorded on the days on which
//! they were learnt, and seen from their day, under each policy that ships.

use std::{collections::BTreeMap, fs::File, io::Read, path::Path};

use ::store::Store;
use flate2::read::GzDecoder;
use jiff::tz::TimeZone;
use kernel::{Day, Moment};
use relationship::{Industries, IndustryPolicy, Policy, Vantage, case::Case, policy::SHIPPED, replay};
use serde_json::{Value, json};
use timeline::{
    AccountId, Fact, FactId,
    store::{self as facts, NewFact},
};

use crate::{account, judge, line, on_both, run, store};

/// All of them lie before it.
const LATER: &str = "2031-01-01";

/// All of them lie after it.
const EARLIER: &str = "1999-01-01";

/// A case, and whom it is about here.
struct Told {
    line: Value,
    case: Case,
    account: AccountId,
}

fn cases(store: &Store) -> Vec<Told> {
    let read = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/policy").join(name);
        let mut text = String::new();
        GzDecoder::new(File::open(path).unwrap()).read_to_string(&mut text).unwrap();
        text
    };
    let text = read("examples.jsonl.gz") + &read("vectors.jsonl.gz");
    let told = text.lines().zip(0..).map(|(text, number)| {
        let line: Value = serde_json::from_str(text).unwrap();
        let mut case = line["case"].clone();
        case["previous"].take();
        let case = Case::from_value(case).unwrap();
        Told { line, case, account: account(store, &format!("Case {number}")) }
    });
    told.collect()
}

/// Writes the facts of every case down, each on the day on which it was learnt.
fn record(store: &Store, cases: &[Told]) {
    let mut by_day: BTreeMap<Day, Vec<NewFact>> = BTreeMap::new();
    let mut last = 0;
    for told in cases {
        let line = line(store, &trade(&told.case), &trade(&told.case), true);
        for entry in &told.case.entries {
            let here = |id: FactId| FactId::new(if id.0 == 0 { 0 } else { last + id.0 });
            let mut fact = entry.fact.clone();
            match &mut fact {
                Fact::Order(one) | Fact::Invoice(one) | Fact::Payment(one) => one.of = one.of.map(here),
                Fact::Refund(one) => one.of = one.of.map(here),
                Fact::ContractEnd(one) => one.contract = here(one.contract),
                _ => {}
            }
            let new = NewFact {
                id: here(entry.id),
                account: told.account,
                line,
                occurred: entry.occurred,
                currency: entry.currency,
                source: None,
                fact,
            };
            by_day.entry(Moment::at(entry.recorded_at).day(&TimeZone::UTC)).or_default().push(new);
        }
        last += i64::try_from(told.case.entries.len()).unwrap();
    }
    let count = usize::try_from(last).unwrap();
    store.write(&testkit::at("2000-01-01"), |tx| facts::allocate_facts(tx, count).map(drop)).unwrap();
    for (day, new) in by_day {
        let cx = testkit::at(&day.to_string());
        store.write(&cx, |tx| facts::append(&cx, tx, &new)).unwrap();
    }
}

fn trade(case: &Case) -> String {
    case.industry.clone().unwrap_or_else(|| "none".to_owned())
}

/// The sum as the reference writes it.
fn sum(explanation: &Value) -> Value {
    let lines = explanation["contributions"].as_array().unwrap();
    lines.iter().map(|line| json!([line["dimension"], line["x"], line["micro"]])).collect()
}

#[test]
fn every_worked_example_is_decided_from_the_tables_as_the_reference_does() {
    let industries = Industries::shipped().unwrap();
    on_both(|store| {
        let cases = cases(store);
        record(store, &cases);
        let cx = testkit::owner(LATER);
        let (mut seen, mut as_expected) = (0, 0);
        for (reading, text) in SHIPPED {
            // Long before: what was known on a day is judged by the policy that was in force then.
            run(
                &testkit::owner(EARLIER),
                store,
                "policy.adopt",
                json!({ "text": text, "reason": "the next reading" }),
            )
            .unwrap();
            judge(store, &cx);
            let policy = Policy::shipped(reading).unwrap();
            for told in cases.iter().filter(|told| !told.case.entries.is_empty()) {
                let case = &told.case;
                let theirs = &told.line["output"][reading];
                let id = cx.codes.write(store::relationship_of(store, told.account));
                let known = case.known_at.map(|day| day.to_string());
                let asked = json!({ "id": id, "as_of": case.as_of.to_string(), "known_at": known });
                let ours = run(&cx, store, "relationship.view", asked).unwrap();
                assert_eq!(sum(&ours), theirs["contributions"], "{:?} {reading}", case.id);
                assert_eq!(ours["coverage"], theirs["coverage"], "{:?} {reading}", case.id);
                // What it was before is not given here: it follows from the facts.
                let policy = IndustryPolicy::new(&policy, &industries, case.industry.as_deref());
                let replayed = replay(
                    &case.entries,
                    &Vantage {
                        as_of: case.as_of,
                        known_at: case.known_at,
                        zone: &TimeZone::UTC,
                        policy: &policy,
                        baseline: None,
                    },
                );
                assert_eq!(ours["computed"], replayed.class().as_str(), "{:?} {reading}", case.id);
                assert_eq!(ours["since"], replayed.since.to_string(), "{:?} {reading}", case.id);
                seen += 1;
                match ours["computed"] == theirs["class"] {
                    true => as_expected += 1,
                    // Where it is another one it is held by what it was, or that one is by what was told.
                    false => {
                        let held =
                            |one: &Value| one["why"].as_str().is_some_and(|why| why.starts_with("held"));
                        assert!(held(&ours) || held(theirs), "{:?} {reading}: {}", case.id, ours["why"]);
                    }
                }
            }
        }
        assert!(735 <= seen, "{seen}");
        assert!(690 <= as_expected, "{as_expected} of {seen}");
    });
}
