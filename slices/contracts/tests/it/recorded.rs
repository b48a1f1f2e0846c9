//! What is recorded by hand, and what the timeline then knows.

use kernel::ProblemKind;
use serde_json::{Value, json};
use timeline::Fact;

use crate::{history, on_both, run};

fn payroll() -> Value {
    json!({ "line": "Payroll", "industry": "payroll_hr", "contracts": [{
        "key": "2024-17", "party": "northgate", "name": "Northgate", "terms": {
            "signed": "2023-12-11", "start": "2024-01-01", "last_day": "2026-12-31", "renewal": "auto",
            "currency": "EUR", "form": "individual", "offer": "managed_service",
            "fees": [{ "kind": "recurring", "amount": "480.00", "every": "1 month" },
                     { "kind": "one_off", "amount": "900.00", "what": "setting up" }],
            "scope": [{ "what": "Payslips", "allowance": { "quantity": "50", "unit": "payslips", "every": "1 month" } }],
            "clauses": [{ "kind": "notice", "who": "both", "period": "90 days", "text": "§ 9 (2)" }],
            "contacts": [{ "name": "Ines Maas", "role": "signatory" }]
        }
    }]})
}

#[test]
fn a_contract_is_a_fact_with_its_clauses_and_shows_what_is_agreed() {
    on_both(|store| {
        let told = run(store, "contracts.record", payroll()).unwrap();
        assert_eq!((&told["create"], told["ids"].as_array().unwrap().len()), (&json!(1), 1));
        let known = history(store, "northgate");
        let Fact::Contract(contract) = &known[0].fact else { panic!("{known:?}") };
        assert!(contract.fees && contract.scope && contract.withdrawal && contract.term);
        assert_eq!((known[0].occurred.iso(), contract.end), ("2023-12-11".to_owned(), None));
        let shown = run(store, "contract.view", json!({ "id": told["ids"][0] })).unwrap();
        assert_eq!(
            (&shown["term"], &shown["holds"], &shown["party"]),
            (&json!("fixed"), &json!(true), &json!("Northgate"))
        );
        assert_eq!(shown["terms"]["fees"][0]["amount"], "480.00");
    });
}

#[test]
fn an_amendment_is_a_version_that_says_what_changed() {
    on_both(|store| {
        let id = run(store, "contracts.record", payroll()).unwrap()["ids"][0].clone();
        let change = json!({ "line": "Payroll", "contracts": [{ "key": "2024-17", "party": "northgate",
            "effective": "2025-11-01", "terms": { "fees": [
                { "kind": "recurring", "amount": "520.00", "every": "1 month" },
                { "kind": "one_off", "amount": "900.00", "what": "setting up" }] } }]});
        run(store, "contracts.record", change).unwrap();
        let shown = run(store, "contract.view", json!({ "id": id })).unwrap();
        assert_eq!(shown["terms"]["fees"][0]["amount"], "480.00", "the other price is not in force yet");
        let changes = &shown["versions"][1]["changes"];
        assert_eq!(
            *changes,
            json!([{ "field": "Fees", "before": ["480.00 every month"], "after": ["520.00 every month"] }])
        );
        let listed = run(store, "contracts.list", json!({ "line": "Payroll" })).unwrap();
        assert_eq!((&listed["rows"][0]["id"], &listed["rows"][0]["ends"]), (&id, &json!("2026-12-31")));
    });
}

#[test]
fn what_does_not_hold_is_refused_by_name_and_leaves_nothing() {
    on_both(|store| {
        let one = |terms: Value| {
            let input = json!({ "line": "Payroll", "contracts": [{ "key": "1", "party": "bakers", "terms": terms }] });
            run(store, "contracts.record", input).unwrap_err()
        };
        let refused = [
            json!({}),
            json!({ "start": "2025-01-01", "last_day": "2024-12-31" }),
            json!({ "start": "2025-01-01", "fees": [{ "kind": "one_off", "amount": "1.00" }] }),
            json!({ "start": "2025-01-01", "zone": "Middle Earth" }),
            json!({ "start": "2025-01-01", "currency": "EUR", "fees": [{ "kind": "recurring", "amount": "1.00" }] }),
        ];
        for terms in refused {
            let problem = one(terms);
            assert_eq!((problem.kind, problem.code), (ProblemKind::Invalid, "contracts.terms"), "{problem}");
        }
        assert_eq!(one(json!({ "start": "yesterday" })).code, "input.shape");
        let listed = run(store, "contracts.list", json!({})).unwrap();
        assert_eq!(listed["rows"], json!([]));
    });
}

#[test]
fn a_trial_is_interest_and_a_paid_month_is_a_purchase() {
    on_both(|store| {
        let input = json!({ "line": "Software", "contracts": [
            { "key": "T", "party": "okafor", "terms": { "start": "2025-09-01", "trial": {} } },
            { "key": "S", "party": "bakers", "terms": { "start": "2025-08-31", "currency": "EUR", "cycle": "1 month",
              "fees": [{ "kind": "recurring", "amount": "49.00", "every": "1 month" }] } }
        ]});
        run(store, "subscriptions.record", input).unwrap();
        let trial = history(store, "okafor");
        assert_eq!(trial.iter().map(|entry| entry.fact.kind()).collect::<Vec<_>>(), ["order"]);
        assert_eq!(trial[0].fact.amount(), Some(0));
        let paid = history(store, "bakers");
        let bought = paid.iter().find_map(|entry| match &entry.fact {
            Fact::Order(bought) => Some(bought.clone()),
            _ => None,
        });
        let bought = bought.unwrap();
        // Begun on 31 August and 30 September; the second cycle ends with 30 October.
        assert_eq!(bought.amount, 980_000);
        assert_eq!(bought.period_end.unwrap().to_string(), "2025-10-30");
    });
}
