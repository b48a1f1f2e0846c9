//! What Today asks about contracts, and that list and page tell of them the same.

use std::collections::BTreeMap;

use kernel::Context;
use serde_json::{Value, json};
use slice::{Reply, Visit};
use store::{Store, Tx};

use super::{on_both, run};

/// Two weeks before the last safe day of payroll.
const SOON: &str = "2026-09-18";
/// Two weeks after it.
const LATE: &str = "2026-10-16";

fn agreed(store: &Store, key: &str, more: &Value) -> Value {
    let mut terms = json!({
        "start": "2024-01-01", "last_day": "2026-12-31", "renewal": "auto", "length": "1 year",
        "clauses": [{ "kind": "notice", "who": "both", "period": "90 days" }]
    });
    terms.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
    let input =
        json!({ "line": "Payroll", "contracts": [{ "key": key, "party": "northgate", "terms": terms }] });
    run(store, "contracts.record", input).unwrap()["ids"][0].clone()
}

pub(super) fn visit<T>(
    store: &Store,
    cx: &Context,
    id: &str,
    see: impl Fn(&Visit<'_>, &mut Tx<'_>) -> T,
) -> T {
    let parts: BTreeMap<_, _> = [("id".to_owned(), id.to_owned())].into();
    let visit = Visit {
        cx,
        parts,
        query: Vec::new(),
        form: Vec::new(),
        house: "http://localhost:8000".into(),
        csrf: "t0k3n",
        slices: &[],
        panels: &[],
        finders: &[],
        agendas: &[],
        consequences: &[],
    };
    store.write(cx, |tx| Ok(see(&visit, tx))).unwrap()
}

/// What Today asks: the days and the sentences.
fn asked(store: &Store, day: &str) -> Vec<(String, String)> {
    let agenda = &contracts::slice().agendas[0];
    let due = visit(store, &testkit::owner(day), "", |visit, tx| (agenda.due)(visit, tx).unwrap());
    due.matters.into_iter().map(|one| (one.by.unwrap().to_string(), one.what)).collect()
}

/// The page at that path.
fn page(store: &Store, day: &str, path: &str, id: &str) -> String {
    let slice = contracts::slice();
    let route = slice.pages.iter().find(|route| route.path == path).unwrap();
    match visit(store, &testkit::owner(day), id, |visit, tx| (route.answer)(visit, tx).unwrap()) {
        Reply::Page { body, .. } => body.into_string(),
        _ => panic!("no page"),
    }
}

#[test]
fn today_asks_about_a_renewal_until_it_is_decided_and_again_for_the_next_term() {
    on_both(|store| {
        let ids = ["17", "18", "19"].map(|key| agreed(store, key, &json!({})));
        assert_eq!(asked(store, SOON).len(), 3);
        assert_eq!(asked(store, SOON)[0].0, "2026-10-02");
        for (id, choice) in ids.iter().zip(["renew", "end", "lapse"]) {
            let decision = json!({ "id": id, "choice": choice, "reason": "the review of 3 September" });
            run(store, "contract.renew", decision).unwrap();
        }
        assert_eq!(asked(store, SOON), []);
        // A year later the decision covers nothing any more.
        let again = asked(store, "2027-09-17");
        assert_eq!(again.len(), 1, "{again:?}");
        assert!(again[0].1.contains("17/2"), "{again:?}");
        // A decision that is taken back is asked for again.
        run(store, "contract.retract", json!({ "id": ids[1] })).unwrap();
        assert_eq!(asked(store, SOON).len(), 1);
    });
}

#[test]
fn where_nothing_waits_today_names_the_contract_that_will() {
    on_both(|store| {
        let next = |day: &str| {
            let agenda = &contracts::slice().agendas[0];
            let due = visit(store, &testkit::owner(day), "", |visit, tx| (agenda.due)(visit, tx).unwrap());
            due.next.map(|next| (next.on.to_string(), next.what.into_string()))
        };
        assert_eq!(next("2026-06-01"), None, "there is no contract");
        let id = agreed(store, "17", &json!({}));
        let (on, what) = next("2026-06-01").unwrap();
        assert_eq!(on, "2026-09-02", "thirty days before the last safe day");
        assert!(what.contains("2 October 2026") && what.contains("17"), "{what}");
        assert_eq!(asked(store, "2026-09-01"), []);
        assert_eq!((asked(store, &on).len(), next(&on)), (1, None), "on that day it waits");
        let decision = json!({ "id": id, "choice": "end", "reason": "the review of 3 September" });
        run(store, "contract.renew", decision).unwrap();
        assert_eq!(next("2026-06-01"), None, "nothing is left to decide");
    });
}

#[test]
fn today_does_not_ask_what_cannot_be_decided() {
    on_both(|store| {
        let clause = json!([{ "kind": "notice", "who": "both", "period": "1 month", "to": "month" }]);
        let open = json!({ "last_day": null, "length": null, "renewal": null, "term": "open_ended", "clauses": clause });
        agreed(store, "20", &open);
        let listed = run(store, "contracts.list", json!({})).unwrap();
        assert!(listed["rows"][0]["act_by"].is_string(), "it can be ended every month: {listed}");
        assert_eq!(asked(store, "2025-10-14"), []);
        // The right to withdraw is no renewal either.
        let signed = json!({ "start": "2025-10-10", "last_day": "2027-10-09",
            "clauses": [{ "kind": "withdrawal", "who": "them", "period": "14 days" }] });
        agreed(store, "21", &signed);
        assert_eq!(asked(store, "2025-10-14"), []);
    });
}

#[test]
fn what_is_not_asked_takes_no_place_from_what_is() {
    on_both(|store| {
        let signed = json!({ "start": "2026-09-10", "last_day": "2028-09-09",
            "clauses": [{ "kind": "withdrawal", "who": "them", "period": "14 days" },
                { "kind": "notice", "who": "both", "period": "90 days" }] });
        (100..150).for_each(|key| drop(agreed(store, &key.to_string(), &signed)));
        agreed(store, "17", &json!({}));
        let soonest = run(store, "contracts.list", json!({ "limit": 1 })).unwrap();
        assert_eq!(soonest["rows"][0]["key"], "100", "withdrawals come first in the list");
        let due = asked(store, SOON);
        assert_eq!(due.len(), 1, "{due:?}");
        assert!(due[0].1.contains("17"), "{due:?}");
    });
}

#[test]
fn a_last_safe_day_that_was_missed_is_told_as_missed_by_list_and_page() {
    on_both(|store| {
        let id = agreed(store, "22", &json!({}));
        let id = id.as_str().unwrap();
        let (list, one) = (page(store, LATE, "/contracts", ""), page(store, LATE, "/contracts/{id}", id));
        assert!(list.contains("2027-12-31") && list.contains("was missed"), "{list}");
        assert!(one.contains("It runs until") && one.contains("2027-12-31"), "{one}");
        assert!(one.contains("was missed: it was") && one.contains("2026-10-02"), "{one}");
        assert!(!one.contains("until somebody stops it"), "{one}");
        assert!(one.contains("it has passed"), "{one}");
        assert_eq!(asked(store, LATE), [], "nothing can be done about it now");
        let before = page(store, SOON, "/contracts", "");
        assert!(before.contains("2026-12-31") && !before.contains("was missed"), "{before}");
    });
}
