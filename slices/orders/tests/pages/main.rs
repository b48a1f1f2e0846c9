//! The pages of orders on both engines: the order behind a fact, the figures, what a wall hides, what they cost.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod world;
mod written;

use kernel::ProblemKind;
use serde_json::json;

use world::{HOSTILE, TODAY, bought, by_hand, fact_of, file, get, in_the_world, lines, recorded};

#[test]
fn a_fact_shows_the_order_behind_it_line_by_line() {
    in_the_world(|store| {
        let cx = testkit::owner(TODAY);
        let id = file(store);
        let (account, fact) = fact_of(store, &id, "order");
        let page = get(store, &cx, &format!("/accounts/{account}/facts/{fact}")).unwrap();
        assert_eq!(page.title, "Order 536365");
        assert!(!page.body.contains("<script") && page.body.contains("&lt;script&gt;"), "{}", page.body);
        insta::assert_snapshot!("order", lines(&page.body));
        let (_, refund) = fact_of(store, &id, "refund");
        let page = get(store, &cx, &format!("/accounts/{account}/facts/{refund}")).unwrap();
        assert!(page.body.contains("Got money back"), "{}", page.body);
    });
}

#[test]
fn a_fact_without_an_order_shows_its_own_fields() {
    in_the_world(|store| {
        let cx = testkit::owner(TODAY);
        let (account, facts) = recorded(store);
        let contract = get(store, &cx, &format!("/accounts/{account}/facts/{}", facts[0])).unwrap();
        insta::assert_snapshot!("contract", lines(&contract.body));
        let end = get(store, &cx, &format!("/accounts/{account}/facts/{}", facts[1])).unwrap().body;
        assert!(end.contains(&format!("href=\"/accounts/{account}/facts/{}\"", facts[0])), "{end}");
    });
}

#[test]
fn a_fact_of_somebody_else_or_none_is_not_found() {
    in_the_world(|store| {
        let cx = testkit::owner(TODAY);
        let (one, two) = (file(store), recorded(store).0);
        let (account, fact) = fact_of(store, &one, "order");
        let code = |address: &str| get(store, &cx, address).err().unwrap().code;
        assert_eq!(code(&format!("/accounts/{two}/facts/{fact}")), "timeline.no_fact");
        assert_eq!(code(&format!("/accounts/{account}/facts/fact_x7Kq2")), "id.unknown");
    });
}

#[test]
fn the_figures_stand_apart_by_currency() {
    in_the_world(|store| {
        file(store);
        by_hand(store, "EUR", &[("B1", "2025-03-01", "c9", "12.50"), ("B2", "2025-04-01", "c9", "7.50")]);
        let page = get(store, &testkit::owner(TODAY), "/figures").unwrap();
        assert_eq!(page.title, "Figures");
        insta::assert_snapshot!("figures", lines(&page.body));
        let line = get(store, &testkit::owner(TODAY), "/figures?line=Counter").unwrap().body;
        assert!(line.contains("€20.00") && !line.contains("GBP"), "{line}");
        let unknown = get(store, &testkit::owner(TODAY), "/figures?line=Nowhere").err().unwrap();
        assert_eq!(unknown.code, "timeline.no_line");
    });
}

#[test]
fn without_orders_the_figures_lead_to_the_door() {
    in_the_world(|store| {
        let page = get(store, &testkit::owner(TODAY), "/figures").unwrap().body;
        assert!(page.contains("There are no orders to add up."), "{page}");
    });
}

#[test]
fn a_wall_hides_the_order_the_name_and_its_part_of_every_sum() {
    in_the_world(|store| {
        let (owner, reader) = (testkit::owner(TODAY), testkit::reader(TODAY));
        let (account, fact) = fact_of(store, &file(store), "order");
        let before = get(store, &reader, "/figures").unwrap().body;
        assert!(before.contains("/accounts/"), "{before}");
        let wall = json!({ "id": account, "people": [owner.codes.write(access::PersonId::new(1))] });
        store
            .write(&owner, |tx| {
                accounts::ops::set_wall(&owner, tx, serde_json::from_value(wall.clone()).unwrap())
            })
            .unwrap();
        let after = get(store, &reader, "/figures").unwrap().body;
        assert!(!after.contains(&account) && after != before, "{after}");
        assert!(!after.contains(&ui_escaped(HOSTILE)), "{after}");
        let refused = get(store, &reader, &format!("/accounts/{account}/facts/{fact}")).err().unwrap();
        assert_eq!((refused.kind, refused.code), (ProblemKind::NotFound, "accounts.no_account"));
    });
}

/// As it would stand on a page.
fn ui_escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[test]
fn fifty_rows_cost_no_more_statements_than_one() {
    in_the_world(|store| {
        let cx = testkit::owner(TODAY);
        let (one, fifty) = (bought(store, "one", 1), bought(store, "fifty", 50));
        let cost = |(account, fact): (String, String)| {
            get(store, &cx, &format!("/accounts/{account}/facts/{fact}")).unwrap().statements
        };
        assert_eq!(cost(fact_of(store, &one, "order")), cost(fact_of(store, &fifty, "order")));
        let few = get(store, &cx, "/figures").unwrap().statements;
        for n in 0..20 {
            bought(store, &format!("more {n}"), 1);
        }
        assert_eq!(get(store, &cx, "/figures").unwrap().statements, few);
    });
}
