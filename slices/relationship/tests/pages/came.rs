//! How it came to this: each decision with what moved it, any day as it was known then and now.

use kernel::Context;
use serde_json::json;
use store::Store;

use super::world::{account, get, in_the_world, lines, record};

/// A client that was first known by two bills, and then by what came to be known of it.
pub(super) fn osterlund(store: &Store) -> String {
    let at = testkit::owner;
    let told = |cx: &Context, id: &str, facts: serde_json::Value| {
        store.write(cx, |tx| record(cx, tx, id, "Advisory", facts.clone())).unwrap();
        weigh(store, cx);
    };
    let cx = at("2025-02-01");
    let id = store.write(&cx, |tx| account(&cx, tx, "Osterlund Marine")).unwrap();
    let bill = |on: &str| json!({ "kind": "invoice", "on": on, "amount": "566.00", "currency": "EUR", "offer": "advice" });
    told(&cx, &id, json!([bill("2024-12-28"), bill("2025-01-28")]));
    let signed = json!([{ "kind": "contract", "on": "2025-01-02", "form": "individual", "fees": true, "scope": true,
        "withdrawal": true, "term": true, "offer": "advice" }]);
    told(&at("2025-03-10"), &id, signed);
    let met = json!([
        { "kind": "assignment", "on": "2025-05-03", "person": "Tomas Berg" },
        { "kind": "meeting", "on": "2025-05-30", "started_by": "us", "topic": "review", "person": "Tomas Berg" },
        bill("2025-05-28"),
    ]);
    told(&at("2025-06-01"), &id, met);
    let cx = at("2025-07-01");
    let page = get(store, &cx, &format!("/accounts/{id}")).unwrap().body;
    page.split("class=\"rel\" id=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

fn weigh(store: &Store, cx: &Context) {
    let decide = |tx: &mut store::Tx<'_>| relationship::jobs::decide_stale(cx, tx);
    while store.write(cx, decide).unwrap() != 0 {}
}

#[test]
fn the_page_tells_each_decision_with_what_moved_it() {
    in_the_world(|store| {
        let id = osterlund(store);
        let cx = testkit::owner("2025-07-01");
        let panel = get(store, &cx, &format!("/relationships/{id}")).unwrap().body;
        assert!(
            panel.contains(&format!("href=\"/relationships/{id}/history\">How it came to this")),
            "{panel}"
        );
        let page = get(store, &cx, &format!("/relationships/{id}/history")).unwrap();
        assert_eq!(page.title, "How it came to this");
        for words in [
            "First decided, from 2 facts",
            "1 fact came to be known",
            "Time passed: 37 days",
            "and it stands",
        ] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        insta::assert_snapshot!("came", lines(&page.body));
    });
}

#[test]
fn any_day_is_shown_as_known_then_and_as_known_now_with_what_is_different() {
    in_the_world(|store| {
        let id = osterlund(store);
        let cx = testkit::owner("2025-07-01");
        let shown =
            |asked: &str| get(store, &cx, &format!("/relationships/{id}/history?{asked}")).unwrap().body;
        let then = shown("as_of=2025-02-15&known=then");
        assert!(then.contains("On 15 February 2025, as known then"), "{then}");
        assert!(
            then.contains("On record that day: ")
                && then.contains("decided for <time datetime=\"2025-02-01\">"),
            "{then}"
        );
        assert!(then.contains("1 fact of before that day came to be known later."), "{then}");
        assert!(then.contains("3 facts happened since."), "{then}");
        insta::assert_snapshot!("then", lines(&then));
        // The contract of January was learned of in March: as known now it counts on that day too.
        let now = shown("as_of=2025-02-15&known=now");
        assert!(now.contains("On 15 February 2025, as known now") && !now.contains("known later"), "{now}");
        let contract = |page: &str| {
            let line = page
                .split("<div class=\"contribs\">")
                .nth(1)
                .unwrap()
                .split("Contract</span>")
                .nth(1)
                .unwrap();
            line.split("<span class=\"num\">").nth(1).unwrap().split('<').next().unwrap().to_owned()
        };
        assert_eq!(contract(&then), "0.00");
        assert_ne!(contract(&now), "0.00");
        let today = shown("as_of=2025-07-01&known=now");
        assert!(today.contains("Nothing: it would be decided the same today."), "{today}");
        let before = shown("as_of=2025-01-15&known=then");
        assert!(before.contains("Nothing had been decided by that day."), "{before}");
    });
}

#[test]
fn a_day_that_is_none_or_has_not_come_is_refused_beside_its_field() {
    in_the_world(|store| {
        let id = osterlund(store);
        let cx = testkit::owner("2025-07-01");
        for day in ["soon", "2031-01-01"] {
            let page =
                get(store, &cx, &format!("/relationships/{id}/history?as_of={day}&known=then")).unwrap().body;
            assert!(
                page.contains("aria-invalid=\"true\"") && page.contains(&format!("value=\"{day}\"")),
                "{page}"
            );
            assert!(!page.contains("What is different now"), "{page}");
        }
        let nobody = get(store, &cx, "/relationships/rel_x7Kq2/history").err().unwrap();
        assert_eq!(nobody.code, "id.unknown");
    });
}

#[test]
fn a_long_history_goes_on_page_by_page() {
    in_the_world(|store| {
        let cx = testkit::owner("2020-01-01");
        let id = store.write(&cx, |tx| account(&cx, tx, "Falk Brewery")).unwrap();
        for month in 0..40i32 {
            let day = kernel::Day::parse("2020-01-05").unwrap().plus(30 * month);
            let cx = testkit::owner(&day.to_string());
            let wide = format!("need {month}");
            let bill = json!([{ "kind": "invoice", "on": day.to_string(), "amount": "566.00", "currency": "EUR",
                "offer": if month % 2 == 0 { "advice" } else { "goods" }, "need": wide }]);
            store.write(&cx, |tx| record(&cx, tx, &id, "Advisory", bill.clone())).unwrap();
            weigh(store, &cx);
        }
        let cx = testkit::owner("2023-06-05");
        let page = get(store, &cx, &format!("/accounts/{id}")).unwrap().body;
        let rel = page.split("class=\"rel\" id=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let (mut seen, mut next) = (0, Some(format!("/relationships/{rel}/history")));
        let mut pages = 0;
        while let Some(address) = next {
            let body = get(store, &cx, &address).unwrap().body;
            let time = body.split("<ol class=\"time\"").nth(1).unwrap();
            seen += time.split("</ol>").next().unwrap().matches("; by the policy ").count();
            pages += 1;
            next = time.contains(">Older</a>").then(|| {
                let before = time.split(">Older</a>").next().unwrap();
                before.rsplit("href=\"").next().unwrap().split('"').next().unwrap().replace("&amp;", "&")
            });
        }
        let log = store.read(&cx, |tx| {
            let log = relationship::ops::Stretch { id: rel.clone(), limit: Some(100), after: None };
            relationship::ops::history(&cx, tx, log)
        });
        assert_eq!(seen, log.unwrap().rows.len());
        assert_eq!(pages, 2, "{seen} decisions");
    });
}
