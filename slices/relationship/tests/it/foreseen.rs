//! What would become of relationships is said before it is done, and done as it was said.

use kernel::{Actor, Context, Role};
use serde_json::{Value, json};

use crate::{DAY, account, judge, line, on, on_both, order, run};

/// Some who bought and went silent, on a line that stands at the end of its data; gives the line and the first.
fn silent_shop(store: &::store::Store, cx: &Context) -> (String, timeline::AccountId) {
    let shop = line(store, "Shop", "retail", false);
    let all: Vec<_> = ["Rook", "Wick", "Falk"].map(|name| account(store, name)).to_vec();
    for (who, day) in all.iter().zip(["2019-01-02", "2019-02-02", "2019-01-20"]) {
        on(store, cx, *who, shop, day, &order(20));
    }
    judge(store, cx);
    (cx.codes.write(shop), all[0])
}

fn classes(store: &::store::Store, cx: &Context) -> Vec<(String, String)> {
    let rows = run(cx, store, "relationships.list", json!({ "sort": "name" })).unwrap()["rows"].clone();
    let word = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
    let mut all: Vec<_> =
        rows.as_array().unwrap().iter().map(|row| (word(row, "name"), word(row, "class"))).collect();
    all.sort();
    all
}

#[test]
fn a_line_that_turns_to_the_clock_does_what_its_preview_said() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let (shop, _) = silent_shop(store, &cx);
        let before = classes(store, &cx);
        let ask = json!({ "id": shop, "now_is": "clock" });
        let told = run(&cx, store, "line.preview", ask).unwrap();
        assert_eq!(classes(store, &cx), before, "a preview changes nothing");
        let turn = json!({ "id": shop, "now_is": "clock", "reason": "the till reports every night" });
        let turned = run(&cx, store, "line.now", turn.clone()).unwrap();
        assert_eq!((&turned["now_is"], &turned["now"]), (&json!("clock"), &json!(DAY)));
        judge(store, &cx);
        let after = classes(store, &cx);
        let moved = before.iter().zip(&after).filter(|(was, is)| was != is).count();
        assert_eq!(told["changed"], moved);
        assert!(moved > 0, "the silent ones are former by the clock: {after:?}");
        for example in told["examples"].as_array().unwrap() {
            let is = after.iter().find(|(name, _)| *name == example["name"]).unwrap();
            assert_eq!(example["to"], is.1);
        }
        run(&cx, store, "line.now", turn).unwrap();
        assert_eq!(judge(store, &cx), 0, "turning it where it is already decides nobody again");
        let back = json!({ "id": shop, "now_is": "end of data", "reason": "the till is closed" });
        run(&cx, store, "line.now", back).unwrap();
        judge(store, &cx);
        assert_eq!(classes(store, &cx), before);
    });
}

#[test]
fn another_policy_does_what_its_preview_said() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        silent_shop(store, &cx);
        let eager = relationship::policy::SHIPPED[0].1.replace("base = -1700", "base = 9000");
        let before = classes(store, &cx);
        let told = run(&cx, store, "policy.preview", json!({ "text": eager })).unwrap();
        assert_eq!((&told["relationships"], &told["looked_at"]), (&json!(3), &json!(3)));
        run(&cx, store, "policy.adopt", json!({ "text": eager, "reason": "a try", "anyway": true })).unwrap();
        judge(store, &cx);
        let after = classes(store, &cx);
        let moved = before.iter().zip(&after).filter(|(was, is)| was != is).count();
        assert_eq!(told["changed"], moved);
        assert_ne!(moved, 0, "{after:?}");
    });
}

#[test]
fn a_preview_says_what_would_make_it_so_and_not_the_same_of_everybody() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        silent_shop(store, &cx);
        let shipped = relationship::policy::SHIPPED[0].1;
        let reasons = |text: &str| -> Vec<String> {
            let told = run(&cx, store, "policy.preview", json!({ "text": text })).unwrap();
            let examples = told["examples"].as_array().unwrap().iter();
            examples.map(|example| example["reason"].as_str().unwrap().to_owned()).collect()
        };
        let eager = reasons(&shipped.replace("base = -1700", "base = 9000"));
        assert_eq!(eager.len(), 3);
        for reason in &eager {
            assert_eq!(reason, "Starting point counts more toward client: \u{2212}1.70 \u{2192} +9.00.");
        }
        let lower = shipped
            .replace("become_permille = 700", "become_permille = 2")
            .replace("become = 847298", "become = -6212606")
            .replace("stop_permille = 400", "stop_permille = 1")
            .replace("stop = -405465", "stop = -6906755");
        let lower = reasons(&lower);
        assert_eq!(lower.len(), 3);
        for reason in &lower {
            assert!(
                reason
                    .starts_with("The threshold at which one becomes a client moved from 0.70 to 0.00; the"),
                "nothing but the thresholds moved: {reason}"
            );
        }
    });
}

#[test]
fn a_preview_is_silent_about_those_behind_a_wall() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let (shop, rook) = silent_shop(store, &cx);
        let maren = Context { actor: Actor::User { id: 7, role: Role::Owner }, ..testkit::at(DAY) };
        store.write(&cx, |tx| accounts::store::set_wall(tx, rook, &[8])).unwrap();
        let told = run(&maren, store, "line.preview", json!({ "id": shop, "now_is": "clock" })).unwrap();
        assert_eq!(told["relationships"], 2);
        assert!(!told.to_string().contains("Rook"), "{told}");
    });
}

#[test]
fn a_now_that_is_none_and_a_reason_that_is_blank_are_refused() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let (shop, _) = silent_shop(store, &cx);
        let turn = |now: &str, reason: &str| json!({ "id": shop, "now_is": now, "reason": reason });
        let refused = |input| run(&cx, store, "line.now", input).unwrap_err().code;
        assert_eq!(refused(turn("yesterday", "a try")), "line.now");
        assert_eq!(refused(turn("clock", "  ")), "line.reason");
        assert_eq!(
            run(&testkit::reader(DAY), store, "line.preview", json!({ "id": shop, "now_is": "clock" }))
                .unwrap_err()
                .code,
            "access.forbidden"
        );
    });
}

#[test]
fn a_case_names_whose_it_is_and_its_facts_as_every_other_answer_does() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let shop = line(store, "Shop", "retail", true);
        let rook = account(store, "Rook");
        let facts: Vec<_> =
            ["2025-01-02", "2025-02-02"].map(|day| on(store, &cx, rook, shop, day, &order(20))).to_vec();
        judge(store, &cx);
        let rows = run(&cx, store, "relationships.list", json!({})).unwrap();
        let id = rows["rows"][0]["id"].clone();
        let case = run(&cx, store, "relationship.case", json!({ "id": id })).unwrap();
        assert_eq!((&case["id"], &case["party"], &case["line"]), (&id, &json!("Rook"), &json!("Shop")));
        let names: Vec<_> =
            case["facts"].as_array().unwrap().iter().filter_map(|fact| fact["id"].as_str()).collect();
        for (place, fact) in facts.iter().enumerate() {
            let name = format!("{}.{}", place + 1, cx.codes.write(*fact));
            assert!(names.contains(&name.as_str()), "{name} in {names:?}");
        }
    });
}
