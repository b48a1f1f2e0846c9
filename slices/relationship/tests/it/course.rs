//! The course of a relationship by its facts, and what its class hangs on.

use serde_json::{Value, json};
use timeline::{
    Fact,
    fact::{Assignment, AssignmentRole, Contact, Contract, Form, Offer, Purchase, Side},
};

use crate::{account, judge, line, on, on_both, order, run, store};

fn advice(need: &str) -> Fact {
    let need = Some(need.to_owned());
    Fact::Order(Purchase { amount: 9_000_000, offer: Some(Offer::Advice), need, ..Purchase::default() })
}

#[test]
fn what_made_somebody_a_client_is_named_though_it_counts_no_longer() {
    on_both(|store| {
        let line = line(store, "Advice", "agency", true);
        let studio = account(store, "Studio");
        let (ada, review) = (Some("Ada".to_owned()), Some("review".to_owned()));
        let contract = Contract {
            form: Some(Form::Individual),
            fees: true,
            scope: true,
            withdrawal: true,
            ..Contract::default()
        };
        let assignment = Assignment { person: "Ada".into(), role: AssignmentRole::Named, until: None };
        let met = Contact { started_by: Side::Us, topic: review, person: ada, ..Contact::default() };
        let now = testkit::at("2026-11-30");
        for (day, fact) in [
            ("2025-01-10", Fact::Contract(contract)),
            ("2025-01-15", advice("brand")),
            ("2025-01-20", Fact::Assignment(assignment)),
            ("2025-02-20", Fact::Meeting(met)),
            ("2025-03-15", advice("web")),
        ] {
            on(store, &now, studio, line, day, &fact);
        }
        judge(store, &now);
        let cx = testkit::owner("2026-11-30");
        let id = cx.codes.write(store::relationship_of(store, studio));
        let why = run(&cx, store, "relationship.view", json!({ "id": id })).unwrap();
        assert_eq!((&why["class"], &why["since"]), (&json!("client"), &json!("2025-02-20")), "{why}");
        let last = why["course"].as_array().unwrap().last().unwrap();
        assert_eq!((&last["class"], &last["since"]), (&why["class"], &why["since"]));
        assert_eq!(last["facts"][0]["kind"], "meeting");
        let hangs_on = why["hangs_on"].as_array().unwrap();
        let meeting = hangs_on.iter().find(|fact| fact["kind"] == "meeting").unwrap();
        assert_eq!(meeting["class_without"], "customer");
        let behind_a_line = why["contributions"].as_array().unwrap().iter().any(|line| {
            line["facts"].as_array().is_some_and(|facts| facts.iter().any(|fact| fact["id"] == meeting["id"]))
        });
        assert!(!behind_a_line, "it is a year and a half ago");
        let told = why.to_string();
        assert!(told.contains("the last was on 20 February 2025"), "{told}");
    });
}

#[test]
fn the_course_is_told_with_what_happened_or_that_only_time_passed() {
    on_both(|store| {
        let shop = line(store, "Shop", "retail", true);
        let rook = account(store, "Rook");
        let now = testkit::at("2026-11-30");
        on(store, &now, rook, shop, "2023-01-10", &order(40));
        on(store, &now, rook, shop, "2026-05-02", &order(60));
        judge(store, &now);
        let cx = testkit::owner("2026-11-30");
        let id = cx.codes.write(store::relationship_of(store, rook));
        let why = run(&cx, store, "relationship.view", json!({ "id": id })).unwrap();
        let course = why["course"].as_array().unwrap();
        let told: Vec<_> = course
            .iter()
            .map(|one| {
                (one["class"].as_str().unwrap(), one["since"].as_str().unwrap(), one.get("facts").is_some())
            })
            .collect();
        // 480 days after the one purchase, and a day.
        assert_eq!(
            told,
            [
                ("customer", "2023-01-10", true),
                ("former", "2024-05-05", false),
                ("customer", "2026-05-02", true)
            ]
        );
        assert_eq!((&course[0]["until"], course[2].get("until")), (&json!("2024-05-05"), None));
    });
}

#[test]
fn who_only_aged_waits_until_the_day_is_decided() {
    on_both(|store| {
        let shop = line(store, "Shop", "retail", true);
        on(store, &testkit::at("2025-06-01"), account(store, "Rook"), shop, "2025-05-10", &order(40));
        judge(store, &testkit::at("2025-06-01"));
        let waits = |day: &str| -> Value {
            run(&testkit::owner(day), store, "decisions.progress", json!({})).unwrap()["waits"].clone()
        };
        assert_eq!((waits("2025-06-01"), waits("2025-06-02")), (json!(false), json!(true)));
        let next = testkit::at("2025-06-02");
        while store.write(&next, |tx| relationship::jobs::decide_aged(&next, tx)).unwrap() != 0 {}
        assert_eq!(waits("2025-06-02"), json!(false));
    });
}
