//! Facts are recorded in the form of the policy, all of them or none.

use serde_json::{Value, json};
use store::Store;

use crate::{DAY, account, code, on_both, run};

fn record(store: &Store, id: &str, facts: Value) -> kernel::Result<Value> {
    let input = json!({ "id": id, "line": "Advisory", "industry": "law", "facts": facts });
    run(&testkit::owner(DAY), store, "facts.record", input)
}

fn history(store: &Store, id: &str) -> Vec<Value> {
    let page =
        run(&testkit::owner(DAY), store, "account.history", json!({ "id": id, "limit": 200 })).unwrap();
    page["rows"].as_array().unwrap().clone()
}

/// A fact of every kind that can be recorded, but for the end of a contract, with every field it has.
fn of_every_kind() -> Vec<Value> {
    let bought = |kind: &str| {
        json!({ "kind": kind, "on": "2025-01-02", "amount": "180.50", "currency": "EUR", "offer": "advice",
            "offering": "hour", "need": "succession", "custom": ["price", "scope"], "channel": "person",
            "period_start": "2025-01-01", "period_end": "2025-01-31" })
    };
    vec![
        bought("order"),
        bought("invoice"),
        bought("payment"),
        json!({ "kind": "refund", "on": "2025-01-03", "amount": "5", "currency": "EUR", "reason": "exchange" }),
        json!({ "kind": "work", "on": "2025-01-03", "minutes": 90, "person": "Tomas Berg", "offer": "advice",
            "offering": "hour", "need": "succession" }),
        json!({ "kind": "contract", "on": "2025-01-02", "start": "2025-02-01", "end": "2026-02-01",
            "form": "individual", "fees": true, "scope": true, "withdrawal": true, "term": true, "offer": "advice",
            "need": "succession", "offering": "retainer", "custom": [], "promises": ["named_person", "reviews"] }),
        json!({ "kind": "conversation", "on": "2025-01-04", "started_by": "them", "topic": "advice",
            "person": "Tomas Berg", "held": true, "continues": true }),
        json!({ "kind": "meeting", "on": "2025-01-04", "started_by": "us", "topic": "review", "held": false }),
        json!({ "kind": "assignment", "on": "2025-01-05", "person": "Tomas Berg", "role": "team",
            "until": "2026-01-05" }),
        json!({ "kind": "usage", "on": "2025-01-05", "users": 3, "seats": 5, "features": 2,
            "features_available": 9, "power_users": 1 }),
        json!({ "kind": "feedback", "on": "2025-01-06", "form": "nps" }),
        json!({ "kind": "referral", "on": "2025-01-06" }),
        json!({ "kind": "training", "on": "2025-01-06" }),
        json!({ "kind": "goal", "on": "2025-01-06" }),
        json!({ "kind": "interest", "on": "2025-01-06", "in": "upgrade" }),
        json!({ "kind": "stage", "on": "2025-01-06", "stage": "offer made", "stakeholders": 3 }),
        json!({ "kind": "basis", "on": "2025-01-06", "reasons": ["reputation", "price"] }),
        json!({ "kind": "wallet", "on": "2025-01-06", "share": 700, "sole": false, "source": "estimated" }),
        json!({ "kind": "rhythm", "on": "2025-01-06", "every_days": 91 }),
        json!({ "kind": "preference", "on": "2025-01-06", "wants": "transactions", "by": "the owner" }),
        json!({ "kind": "other_line", "on": "2025-01-06", "line": "Shop" }),
        json!({ "kind": "record_kept", "on": "2025-01-06", "register": "contact" }),
        json!({ "kind": "goal", "on": "2025-01-06", "words": "close payroll in two days, not five" }),
        json!({ "kind": "note", "on": "2025-01-06", "words": "Bought a boat; \"Elsie\"." }),
    ]
}

#[test]
fn every_kind_is_recorded_with_every_field_and_read_back() {
    on_both(|store| {
        let id = account(store, "Rook & Daughters");
        let facts = of_every_kind();
        let ids = record(store, &id, json!(facts)).unwrap()["ids"].as_array().unwrap().clone();
        let shown = history(store, &id);
        assert_eq!((ids.len(), shown.len()), (facts.len(), facts.len()));
        for (id, said) in ids.iter().zip(&facts) {
            let found = shown.iter().find(|fact| fact["id"] == *id).unwrap();
            assert_eq!(found["on"], said["on"]);
            for (name, value) in said.as_object().unwrap() {
                match name.as_str() {
                    "on" => (),
                    "currency" => assert_eq!(found["currency"], *value),
                    "amount" => assert!(found["fact"][name].is_i64(), "{said}"),
                    _ => assert_eq!(found["fact"][name], *value, "{name} of {said}"),
                }
            }
        }
        let invoice = shown.iter().find(|fact| fact["fact"]["kind"] == "invoice").unwrap();
        assert_eq!(invoice["fact"]["amount"], 1_805_000);
    });
}

#[test]
fn what_does_not_hold_is_refused_by_name_and_nothing_stays() {
    on_both(|store| {
        let id = account(store, "Rook & Daughters");
        let paid = |more: Value| {
            let mut fact = json!({ "kind": "order", "on": "2025-01-02", "amount": "5", "currency": "EUR" });
            fact.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            fact
        };
        let cases = [
            (json!({ "kind": "moon_landing", "on": "2025-01-02" }), "fact.shape", "kind"),
            (json!({ "kind": "spend_rank", "on": "2025-01-02", "permille": 3 }), "fact.derived", "kind"),
            (json!({ "kind": "note", "on": "2025-01-02" }), "fact.missing", "words"),
            (json!({ "kind": "note", "on": "2025-01-02", "words": " " }), "fact.words", "words"),
            (
                json!({ "kind": "goal", "on": "2025-01-02", "words": "x".repeat(2_001) }),
                "fact.words",
                "words",
            ),
            (json!({ "kind": "goal", "on": "4.3.2025" }), "fact.day", "on"),
            (json!({ "kind": "goal", "on": "2025-02-30" }), "fact.day", "on"),
            (json!({ "kind": "goal", "on": "2025-02-03", "colour": "red" }), "fact.field", "colour"),
            (
                json!({ "kind": "goal", "on": "2025-02-03", "amount": "3", "currency": "EUR" }),
                "fact.field",
                "amount",
            ),
            (json!({ "kind": "order", "on": "2025-02-03" }), "fact.amount", "amount"),
            (json!({ "kind": "order", "on": "2025-02-03", "amount": "3" }), "fact.currency", "currency"),
            (paid(json!({ "amount": "-3" })), "fact.amount", "amount"),
            (paid(json!({ "amount": "1,000" })), "money.amount", "amount"),
            (paid(json!({ "offer": "magic" })), "fact.shape", "kind"),
            (paid(json!({ "of": 7 })), "fact.id", "of"),
            (json!({ "kind": "work", "on": "2025-02-03" }), "fact.missing", "minutes"),
            (json!({ "kind": "work", "on": "2025-02-03", "minutes": -5 }), "fact.number", "minutes"),
            (
                json!({ "kind": "preference", "on": "2025-02-03", "wants": "everything" }),
                "fact.shape",
                "kind",
            ),
        ];
        for (fact, expected, field) in cases {
            let refusal =
                record(store, &id, json!([{ "kind": "goal", "on": "2025-02-01" }, fact])).unwrap_err();
            assert_eq!(
                (refusal.code, refusal.field.as_deref()),
                (expected, Some(field)),
                "{fact}: {refusal}"
            );
        }
        let number = record(store, &id, json!([paid(json!({ "amount": 5 }))]));
        assert_eq!(code(number), "input.shape", "an amount is text, so that no float ever held it");
        assert_eq!(history(store, &id), [] as [Value; 0]);
        let blank = json!({ "id": id, "line": " ", "facts": [{ "kind": "goal", "on": "2025-02-01" }] });
        assert_eq!(code(run(&testkit::owner(DAY), store, "facts.record", blank)), "timeline.line_name");
    });
}

#[test]
fn a_fact_refers_to_another_of_the_same_account_by_its_id() {
    on_both(|store| {
        let (rook, wick) = (account(store, "Rook & Daughters"), account(store, "Wick Textiles"));
        let order = json!({ "kind": "order", "on": "2025-01-02", "amount": "50", "currency": "EUR" });
        let contract = json!({ "kind": "contract", "on": "2025-01-02", "fees": true });
        let ids = record(store, &rook, json!([order, contract])).unwrap()["ids"].clone();
        let refund =
            json!({ "kind": "refund", "on": "2025-01-09", "amount": "20", "currency": "EUR", "of": ids[0] });
        let end =
            json!({ "kind": "contract_end", "on": "2025-01-09", "contract": ids[1], "reason": "notice" });
        record(store, &rook, json!([refund, end])).unwrap();
        assert_eq!(code(record(store, &wick, json!([refund]))), "fact.of");
        let taken = history(store, &rook).into_iter().find(|fact| fact["fact"]["kind"] == "refund").unwrap();
        let withdraw = |fact: &Value, reason: &str| {
            let input = json!({ "id": rook, "fact": fact, "reason": reason });
            run(&testkit::owner(DAY), store, "fact.withdraw", input)
        };
        assert_eq!(code(withdraw(&ids[0], "entered twice")), "timeline.referred_to");
        assert_eq!(code(withdraw(&taken["id"], " ")), "fact.reason");
        assert_eq!(withdraw(&taken["id"], "entered twice").unwrap()["fact"]["kind"], "refund");
        withdraw(&ids[0], "entered twice").unwrap();
        assert_eq!(
            code(record(store, &rook, json!([refund]))),
            "fact.of",
            "what was withdrawn is there no more"
        );
    });
}

#[test]
fn a_history_goes_on_page_by_page() {
    on_both(|store| {
        let id = account(store, "Rook & Daughters");
        let facts: Vec<_> =
            (1..=7).map(|n| json!({ "kind": "goal", "on": format!("2025-01-0{}", n % 4 + 1) })).collect();
        record(store, &id, json!(facts)).unwrap();
        let all: Vec<_> = history(store, &id).into_iter().map(|fact| fact["id"].clone()).collect();
        let (mut met, mut after) = (Vec::new(), Value::Null);
        loop {
            let input = json!({ "id": id, "limit": 3, "after": after });
            let page = run(&testkit::owner(DAY), store, "account.history", input).unwrap();
            met.extend(page["rows"].as_array().unwrap().iter().map(|fact| fact["id"].clone()));
            after = page["next"].clone();
            if after.is_null() {
                break;
            }
        }
        assert_eq!(met, all);
    });
}
