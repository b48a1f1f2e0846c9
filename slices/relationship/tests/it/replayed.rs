//! Every decision that is kept can be made again from what it stood on, to the last digit.

use ::store::Store;
use serde_json::{Value, json};
use timeline::{
    AccountId, Fact,
    fact::{Contact, Dealing, Offer, Preference, Side, Work},
    store as facts,
};

use crate::{account, judge, line, on, on_both, order, run, store};

/// A spring in which everything happens that moves decisions: facts, late ones, some taken back, time, ranks of spend, a
/// policy, another trade.
fn spring(store: &Store) -> Vec<AccountId> {
    let at = testkit::owner;
    let (shop, advice) = (line(store, "Shop", "retail", true), line(store, "Advice", "law", true));
    let all: Vec<_> = ["Rook", "Wick", "Falk"].map(|name| account(store, name)).into();
    for (n, who) in (1..).zip(&all) {
        for month in 1..=n {
            on(store, &at("2025-01-10"), *who, shop, &format!("2024-0{}-11", month + 5), &order(40 * n));
        }
        on(store, &at("2025-01-10"), *who, advice, "2024-11-02", &order(300 * n));
    }
    judge(store, &at("2025-01-11"));
    let work =
        Work { minutes: 90, offer: Some(Offer::Advice), person: Some("Tomas".into()), ..Work::default() };
    let slip = on(store, &at("2025-02-01"), all[1], advice, "2025-01-30", &Fact::Work(work.clone()));
    judge(store, &at("2025-02-02"));
    let back = at("2025-02-10");
    store.write(&back, |tx| facts::withdraw(&back, tx, all[1], slip, "another matter")).unwrap();
    judge(store, &at("2025-02-11"));
    // Learnt late, of long ago.
    on(store, &at("2025-02-20"), all[0], advice, "2023-05-05", &Fact::Work(work));
    judge(store, &at("2025-02-21"));
    let baseline = at("2025-03-01");
    store.write(&baseline, |tx| relationship::jobs::take_baseline(&baseline, tx, shop)).unwrap();
    judge(store, &at("2025-03-02"));
    let eager = relationship::policy::SHIPPED[0].1.replace("base = -1700", "base = -900");
    run(
        &at("2025-03-10"),
        store,
        "policy.adopt",
        json!({ "text": eager, "reason": "a try", "anyway": true }),
    )
    .unwrap();
    judge(store, &at("2025-03-11"));
    let aged = at("2025-04-20");
    while store.write(&aged, |tx| relationship::jobs::decide_aged(&aged, tx)).unwrap() != 0 {}
    all
}

fn check(store: &Store, input: Value) -> Value {
    run(&testkit::owner("2025-04-20"), store, "decisions.check", input).unwrap()
}

#[test]
fn every_decision_comes_out_the_same_when_it_is_made_again() {
    on_both(|store| {
        spring(store);
        let told = check(store, json!({}));
        assert_eq!(told["unlike"], json!([]), "{told}");
        assert_eq!(
            (&told["relationships"], &told["waiting"], &told["lost"]),
            (&json!(6), &json!(0), &json!([]))
        );
        assert_eq!(told["decisions"], told["equal"]);
        let logged = i64::try_from(store::logged(store)).unwrap();
        assert!(6 * 3 <= logged, "the log has many rows: {logged}");
        assert_eq!(told["decisions"], 6 + logged);
        assert_eq!(told.get("next"), None);
    });
}

#[test]
fn a_decision_that_was_tampered_with_is_found_and_told() {
    on_both(|store| {
        let all = spring(store);
        store::plant_in_current(store, all[0].0);
        store::plant_in_log(store);
        let told = check(store, json!({}));
        let unlike = told["unlike"].as_array().unwrap();
        let current: Vec<_> = unlike.iter().filter(|one| one["kept"] == "current").collect();
        assert_eq!(current.len(), 2, "on both of its lines: {told}");
        assert!(current.iter().all(|one| one["name"] == "Rook"), "{told}");
        assert_eq!(current[0]["differs"][0]["part"], "score");
        let logged: Vec<_> = unlike.iter().filter(|one| one["kept"] == "logged").collect();
        assert_eq!(logged.len(), 1, "{told}");
        assert!(logged[0]["differs"].as_array().unwrap().iter().any(|one| one["part"] == "class"), "{told}");
        assert_eq!(told["unequal"], 3);
    });
}

#[test]
fn the_check_goes_on_where_it_stopped_and_takes_samples() {
    on_both(|store| {
        spring(store);
        let (mut seen, mut after) = (0, Value::Null);
        loop {
            let input = match &after {
                Value::Null => json!({ "limit": 2 }),
                after => json!({ "limit": 2, "after": after }),
            };
            let page = check(store, input);
            assert_eq!(page["unequal"], 0);
            seen += page["relationships"].as_i64().unwrap();
            after = page["next"].clone();
            if after.is_null() {
                break;
            }
        }
        assert_eq!(seen, 6);
        let sample = check(store, json!({ "sample": 3 }));
        assert_eq!((&sample["relationships"], sample.get("next")), (&json!(3), None));
        let cx = testkit::owner("2025-04-20");
        assert_eq!(
            run(&cx, store, "decisions.check", json!({ "sample": 0 })).unwrap_err().code,
            "decisions.sample"
        );
    });
}

#[test]
fn what_waits_to_be_decided_is_told_as_waiting_and_not_as_wrong() {
    on_both(|store| {
        let all = spring(store);
        let cx = testkit::owner("2025-04-20");
        let shop = line(store, "Shop", "retail", true);
        on(store, &cx, all[2], shop, "2025-04-19", &order(900));
        let told = check(store, json!({}));
        assert_eq!((&told["waiting"], &told["unequal"]), (&json!(1), &json!(0)), "{told}");
    });
}

#[test]
fn the_causes_of_a_decision_sum_to_what_moved_it() {
    on_both(|store| {
        spring(store);
        let cx = testkit::owner("2025-04-20");
        let book = run(&cx, store, "relationships.list", json!({})).unwrap();
        let mut kinds = std::collections::BTreeSet::new();
        for row in book["rows"].as_array().unwrap() {
            let told = run(&cx, store, "relationship.history", json!({ "id": row["id"] })).unwrap();
            let rows = told["rows"].as_array().unwrap();
            for (row, before) in rows.iter().zip(rows.iter().skip(1)) {
                let causes = row["causes"].as_array().unwrap();
                kinds.extend(causes.iter().map(|cause| cause["kind"].as_str().unwrap().to_owned()));
                let moved: i64 = causes.iter().filter_map(|cause| cause["moved"].as_i64()).sum();
                let (now, then) = (row["score"].as_i64().unwrap(), before["score"].as_i64().unwrap());
                assert_eq!(moved, now - then, "{row}");
                assert_eq!(before["until"], row["as_of"]);
            }
            assert_eq!(rows[0].get("until"), None, "the newest stands");
            let first = &rows[rows.len() - 1]["causes"][0];
            assert_eq!(first["kind"], "first", "{first}");
        }
        assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["baseline", "facts", "policy", "time"]);
    });
}

#[test]
fn a_fact_that_was_taken_back_is_told_with_what_it_did() {
    on_both(|store| {
        spring(store);
        let cx = testkit::owner("2025-04-20");
        let wick =
            run(&cx, store, "relationships.list", json!({ "name": "Wick", "line": "Advice" })).unwrap();
        let id = wick["rows"][0]["id"].clone();
        let told = run(&cx, store, "relationship.history", json!({ "id": id, "limit": 100 })).unwrap();
        let rows = told["rows"].as_array().unwrap();
        let facts = |row: &Value| -> Vec<Value> {
            row["causes"].as_array().unwrap().iter().filter(|one| one["kind"] == "facts").cloned().collect()
        };
        let back = rows.iter().flat_map(facts).find(|cause| cause["facts"][0]["taken_back"] == true).unwrap();
        assert_eq!(back["sentence"], "1 was taken back");
        assert_eq!(back["facts"][0]["moved"], back["moved"], "it was the only one");
        // As it was known then it counts, though it was taken back since.
        let view = |input: Value| run(&cx, store, "relationship.view", input).unwrap();
        let then = view(json!({ "id": id, "as_of": "2025-02-02", "known_at": "2025-02-02" }));
        let now = view(json!({ "id": id, "as_of": "2025-02-02" }));
        assert_ne!(then["score"], now["score"]);
        // Page by page it is the same list.
        let (mut seen, mut after) = (Vec::new(), Value::Null);
        loop {
            let input = match &after {
                Value::Null => json!({ "id": id, "limit": 1 }),
                after => json!({ "id": id, "limit": 1, "after": after }),
            };
            let page = run(&cx, store, "relationship.history", input).unwrap();
            seen.extend(page["rows"].as_array().unwrap().iter().cloned());
            after = page["next"].clone();
            if after.is_null() {
                break;
            }
        }
        assert_eq!(&seen, rows);
    });
}

#[test]
fn what_stands_is_always_the_newest_on_record_and_says_what_became_other() {
    on_both(|store| {
        let all = spring(store);
        // Who has them, and who wants what: the score stays, the service fit does not.
        let may = testkit::owner("2025-05-09");
        let shop = line(store, "Shop", "retail", true);
        let ours = Contact {
            started_by: Side::Us,
            topic: Some("review".into()),
            person: Some("Dana".into()),
            ..Contact::default()
        };
        on(store, &may, all[2], shop, "2025-05-08", &Fact::Meeting(ours));
        on(
            store,
            &may,
            all[2],
            shop,
            "2025-05-01",
            &Fact::Preference(Preference::saying(Dealing::NoRelationship)),
        );
        judge(store, &may);
        let book = run(&may, store, "relationships.list", json!({})).unwrap();
        let mut changed = std::collections::BTreeSet::new();
        for row in book["rows"].as_array().unwrap() {
            let told =
                run(&may, store, "relationship.history", json!({ "id": row["id"], "limit": 100 })).unwrap();
            let newest = &told["rows"][0];
            for part in ["since", "confidence", "fit"] {
                assert_eq!(newest[part], row[part], "{part} of {row}");
            }
            for row in told["rows"].as_array().unwrap() {
                changed.extend(
                    row["changed"]
                        .as_array()
                        .into_iter()
                        .flatten()
                        .map(|one| one.as_str().unwrap().to_owned()),
                );
            }
        }
        for part in ["since", "fit", "score", "policy"] {
            assert!(changed.contains(part), "{part} is not among {changed:?}");
        }
    });
}
