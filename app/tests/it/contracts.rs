//! A contract is evidence: whoever was a customer without it is a client with it.

use axum::http::Method;
use mainstay::worker;
use serde_json::{Value, json};

use crate::town::{Town, Who};

/// One matter in its first week: a bill for advice, somebody who answers for it, one talk (docs of the policy, section 4).
fn matter(town: &Town, today: &str) -> String {
    let party = town.call(Who::Owner, Method::POST, "/accounts", Some(json!({ "name": "Northgate" }))).json();
    let account = party["id"].as_str().unwrap().to_owned();
    let facts = json!({ "line": "Counsel", "industry": "law", "facts": [
        { "kind": "assignment", "on": today, "person": "Adler" },
        { "kind": "conversation", "on": today, "started_by": "us", "topic": "advice", "person": "Adler" },
        { "kind": "invoice", "on": today, "amount": "1200.00", "currency": "EUR", "offer": "advice" },
    ]});
    let told = town.call(Who::Owner, Method::POST, &format!("/accounts/{account}/facts"), Some(facts));
    assert!(told.status.is_success(), "{}", told.text);
    account
}

fn class(town: &Town) -> Value {
    worker::run_due(&town.running.open).unwrap();
    town.call(Who::Owner, Method::GET, "/relationships", None).json()["rows"][0]["class"].clone()
}

#[test]
fn a_client_appears_because_of_a_contract() {
    for town in Town::all() {
        let today = town.cx().today().to_string();
        let account = matter(&town, &today);
        assert_eq!(class(&town), "customer", "on {}", town.engine);
        let terms = json!({
            "start": today, "last_day": "2099-12-31", "form": "individual", "offer": "advice", "currency": "EUR",
            "fees": [{ "kind": "fixed", "amount": "9000.00" }], "scope": [{ "what": "the dispute" }],
            "clauses": [{ "kind": "notice", "who": "both", "period": "1 month", "to": "month" }],
        });
        let body =
            json!({ "line": "Counsel", "contracts": [{ "key": "M-1", "party": account, "terms": terms }] });
        let told = town.call(Who::Owner, Method::POST, "/contracts", Some(body));
        assert!(told.status.is_success(), "{}", told.text);
        assert_eq!(class(&town), "client", "on {}", town.engine);
        let id = told.json()["ids"][0].as_str().unwrap().to_owned();
        let left = json!({ "reason": "never countersigned", "received": today, "last_day": today });
        let ended = town.call(Who::Owner, Method::POST, &format!("/contracts/{id}/withdrawal"), Some(left));
        assert_eq!(ended.json()["steps"].as_array().map(Vec::len), Some(4), "{}", ended.text);
        let back =
            town.call(Who::Owner, Method::POST, &format!("/contracts/{id}/retraction"), Some(json!({})));
        assert!(back.json().get("steps").is_none(), "{}", back.text);
        assert_eq!(class(&town), "client", "on {}", town.engine);
    }
}
