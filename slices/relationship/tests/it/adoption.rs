//! A policy is adopted as a whole or not at all.

use serde_json::json;

use crate::{DAY, account, judge, line, on, on_both, order, run, store};

#[test]
fn adopting_a_policy_decides_everybody_again_and_names_the_version() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let (shop, law) = (line(store, "Shop", "retail", true), line(store, "Advice", "law", true));
        for (name, line) in [("Rook", shop), ("Wick", law), ("Falk", law)] {
            on(store, &cx, account(store, name), line, "2025-01-02", &order(20));
        }
        judge(store, &cx);
        let ours = relationship::policy::SHIPPED[1].1.replace("version = \"2.1.0\"", "version = \"ours 7\"");
        let adopted =
            run(&cx, store, "policy.adopt", json!({ "text": ours, "reason": "agreed in May" })).unwrap();
        assert_eq!(adopted["version"], "ours 7");
        assert_eq!(judge(store, &cx), 3);
        for (place, _) in store::decisions(store) {
            assert_eq!(store::cell(store, place, "policy_version"), "ours 7");
        }
        assert_eq!(store::logged(store), 6, "each relationship has a row before and one after");
        let again =
            run(&cx, store, "policy.adopt", json!({ "name": "default", "reason": "back again" })).unwrap();
        assert_eq!(again["name"], "default");
        judge(store, &cx);
        assert_eq!(store::kept_totals(store), store::counted_totals(store));
    });
}

#[test]
fn a_policy_that_breaks_what_is_guaranteed_comes_into_force_only_where_that_is_known() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let eager = relationship::policy::SHIPPED[0].1.replace("base = -1700", "base = 900");
        let adopt = |anyway: bool| {
            run(&cx, store, "policy.adopt", json!({ "text": eager, "reason": "a try", "anyway": anyway }))
        };
        let refused = adopt(false).unwrap_err();
        assert_eq!((refused.code, refused.field.as_deref()), ("policy.broken", Some("anyway")));
        let broken = run(&cx, store, "policy.view", json!({})).unwrap()["broken"].clone();
        assert_eq!(broken, json!([]), "the one before stands");
        let adopted = adopt(true).unwrap();
        for sentence in adopted["broken"].as_array().unwrap() {
            assert!(refused.message.contains(sentence.as_str().unwrap()), "{}", refused.message);
        }
    });
}

#[test]
fn a_policy_that_is_refused_leaves_the_one_before() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let shop = line(store, "Shop", "retail", true);
        on(store, &cx, account(store, "Rook"), shop, "2025-01-02", &order(20));
        judge(store, &cx);
        let before = (run(&cx, store, "policy.view", json!({})).unwrap(), store::decisions(store));
        let falling = relationship::policy::SHIPPED[0].1.replace("become = 847298", "become = 1");
        let cases = [
            (json!({ "text": "policy = 1", "reason": "a try" }), "policy."),
            (json!({ "text": falling, "reason": "a try" }), "policy."),
            (json!({ "name": "lucky", "reason": "a try" }), "policy.unknown"),
            (json!({ "name": "default", "reason": " " }), "policy.reason"),
            (json!({ "reason": "a try" }), "policy.which"),
            (json!({ "name": "default", "text": "x", "reason": "a try" }), "policy.which"),
        ];
        for (input, code) in cases {
            let refusal = run(&cx, store, "policy.adopt", input).unwrap_err();
            assert!(refusal.code.starts_with(code), "{}", refusal.code);
        }
        assert_eq!(judge(store, &cx), 0);
        assert_eq!((run(&cx, store, "policy.view", json!({})).unwrap(), store::decisions(store)), before);
        let member = kernel::Context {
            actor: kernel::Actor::User { id: 2, role: kernel::Role::Member },
            ..testkit::at(DAY)
        };
        let refusal = run(&member, store, "policy.adopt", json!({ "name": "default", "reason": "mine" }));
        assert_eq!(refusal.unwrap_err().code, "access.forbidden");
    });
}

#[test]
fn as_known_then_is_by_the_policy_of_that_day_with_what_stood_on_record() {
    on_both(|store| {
        let shop = line(store, "Shop", "retail", true);
        let rook = account(store, "Rook");
        on(store, &testkit::at("2025-01-10"), rook, shop, "2024-11-02", &order(40));
        judge(store, &testkit::at("2025-01-11"));
        let eager = relationship::policy::SHIPPED[0]
            .1
            .replace("version = \"2.1.0\"", "version = \"ours 7\"")
            .replace("base = -1700", "base = -900");
        let cx = testkit::owner("2025-03-10");
        run(&cx, store, "policy.adopt", json!({ "text": eager, "reason": "a try", "anyway": true })).unwrap();
        judge(store, &testkit::at("2025-03-11"));
        let cx = testkit::owner("2025-03-12");
        let id = cx.codes.write(store::relationship_of(store, rook));
        let seen = |input: serde_json::Value| run(&cx, store, "relationship.view", input).unwrap();
        let then = seen(json!({ "id": id, "as_of": "2025-02-01", "known_at": "2025-02-01" }));
        let now = seen(json!({ "id": id, "as_of": "2025-02-01" }));
        assert_eq!((&then["policy_version"], &now["policy_version"]), (&json!("2.1.0"), &json!("ours 7")));
        assert_eq!(then["contributions"][0]["micro"], -1_700_000);
        assert_eq!(then["on_record"]["as_of"], "2025-01-11");
        assert_eq!(then["on_record"]["policy_version"], "2.1.0");
        assert_eq!(then["on_record"]["strength"], then["strength_shown"]);
        assert_eq!(now.get("on_record"), None, "all that is known now is no day of the log");
        let adopted = seen(json!({ "id": id, "as_of": "2025-02-01", "known_at": "2025-03-10" }));
        assert_eq!(adopted["policy_version"], "ours 7");
    });
}
