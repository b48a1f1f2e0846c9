//! A class set by hand stands above the evidence until its last day, and the evidence goes on beside it.

use kernel::{Actor, Context, Role};
use serde_json::{Value, json};

use crate::{DAY, account, judge, line, on, on_both, order, run, store};

/// A member of ours, on that day.
fn mara(store: &::store::Store, day: &str) -> Context {
    let cx = testkit::owner(DAY);
    let person =
        store.write(&cx, |tx| access::store::people::insert(tx, "Mara", None, Role::Member, 0)).unwrap();
    Context { actor: Actor::User { id: person.id.0, role: Role::Member }, ..testkit::at(day) }
}

/// Decides those whose override is over, as the work that comes back does.
fn expire(store: &::store::Store, cx: &Context) -> usize {
    store.write(cx, |tx| relationship::jobs::decide_expired(cx, tx)).unwrap()
}

fn only(store: &::store::Store, cx: &Context, filter: Value) -> Value {
    let rows = run(cx, store, "relationships.list", filter).unwrap()["rows"].clone();
    assert_eq!(rows.as_array().unwrap().len(), 1, "{rows}");
    rows[0].clone()
}

#[test]
fn a_class_set_by_hand_counts_until_its_last_day_and_the_evidence_stays_beside_it() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let advice = line(store, "Advice", "law", true);
        let (rook, wick) = (account(store, "Rook"), account(store, "Wick"));
        for who in [rook, wick] {
            on(store, &cx, who, advice, "2025-01-02", &order(20));
        }
        judge(store, &cx);
        let before = only(store, &cx, json!({ "name": "rook" }));
        let id = before["id"].clone();
        assert_eq!((&before["class"], before.get("override")), (&json!("customer"), None));

        let set = json!({ "id": id, "class": "client", "reason": "they call first", "until": "2025-06-30" });
        let said = run(&cx, store, "override.set", set.clone()).unwrap();
        let strength = before["strength"].as_str().unwrap();
        let sentence = format!(
            "computed: customer ({strength}); set to client by the house until 2025-06-30: they call first"
        );
        assert_eq!(said["sentence"], sentence);
        assert_eq!((&said["disagrees"], &said["stage"]), (&json!(true), &json!("in force")));

        // Book, totals, view and list say both.
        let row = only(store, &cx, json!({ "class": "client" }));
        assert_eq!((&row["name"], &row["override"]["computed"]), (&json!("Rook"), &json!("customer")));
        assert_eq!(only(store, &cx, json!({ "override": "disagreeing" }))["id"], id);
        assert_eq!(store::kept_totals(store), store::counted_totals(store));
        let view = run(&cx, store, "relationship.view", json!({ "id": id })).unwrap();
        assert_eq!((&view["class"], &view["computed"]), (&json!("client"), &json!("customer")));
        let told = view["sentence"].as_str().unwrap();
        assert!(
            told.starts_with(
                "Set to client by the house until 30 June 2025: they call first. By the evidence: a customer"
            ),
            "{told}"
        );
        assert_eq!(view["strength_shown"], before["strength"], "the strength is that of the evidence");

        // Another one has to wait for the first to be withdrawn.
        let refusal = run(&cx, store, "override.set", set).unwrap_err();
        assert_eq!(refusal.code, "override.stands");
        assert!(refusal.message.contains("to client until 2025-06-30"), "{}", refusal.message);

        // Deciding again changes nothing, and the log holds what the evidence said.
        store.write(&cx, |tx| timeline::store::mark_line_stale(&cx, tx, advice)).unwrap();
        judge(store, &cx);
        assert_eq!(only(store, &cx, json!({ "name": "rook" }))["class"], "client");
        let log = run(&cx, store, "relationship.history", json!({ "id": id })).unwrap();
        assert_eq!(log["rows"].as_array().unwrap().len(), 1);
        assert_eq!(log["rows"][0]["decision"]["class"], "customer");
        let told = log["rows"][0]["causes"][1]["sentence"].as_str().unwrap();
        assert!(told.starts_with("Set to client by the house on 4 March 2025, until 30 June 2025"), "{told}");

        // On its last day it counts; the day after, only those with an override are looked at.
        let last = testkit::owner("2025-06-30");
        assert_eq!(expire(store, &last), 0);
        assert_eq!(only(store, &last, json!({ "name": "rook" }))["class"], "client");
        let over = testkit::owner("2025-07-01");
        assert_eq!((expire(store, &over), expire(store, &over)), (1, 0));
        let after = only(store, &over, json!({ "name": "rook" }));
        assert_eq!((&after["class"], after.get("override")), (&json!("customer"), None));
        assert_eq!(store::kept_totals(store), store::counted_totals(store));
        let kept = run(&over, store, "overrides.list", json!({ "show": "all" })).unwrap();
        assert_eq!(kept["rows"][0]["stage"], "expired");
        let then = json!({ "id": id, "as_of": "2025-05-01" });
        assert_eq!(
            run(&over, store, "relationship.view", then).unwrap()["class"],
            "client",
            "as it was on that day"
        );
        let unknown = json!({ "id": id, "as_of": "2025-05-01", "known_at": "2025-03-01" });
        let told = run(&over, store, "relationship.view", unknown).unwrap();
        assert_eq!(told.get("override"), None, "nobody had said it yet: {told}");
    });
}

#[test]
fn what_was_set_by_hand_is_withdrawn_at_any_time_and_stays_on_record() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let advice = line(store, "Advice", "law", true);
        on(store, &cx, account(store, "Rook"), advice, "2025-01-02", &order(20));
        judge(store, &cx);
        let id = only(store, &cx, json!({}))["id"].clone();
        let none = run(&cx, store, "override.withdraw", json!({ "id": id })).unwrap_err();
        assert_eq!(none.code, "override.none");
        let said =
            run(&cx, store, "override.set", json!({ "id": id, "class": "customer", "reason": "as it is" }))
                .unwrap();
        assert_eq!(
            (&said["until"], &said["disagrees"]),
            (&json!("2026-03-04"), &json!(false)),
            "a year, where nobody says"
        );
        let agrees = run(&cx, store, "overrides.list", json!({ "show": "disagreeing" })).unwrap();
        assert_eq!(agrees["rows"], json!([]));
        let gone = run(&cx, store, "override.withdraw", json!({ "id": id, "reason": "a slip" })).unwrap();
        assert_eq!((&gone["stage"], &gone["withdrawn_reason"]), (&json!("withdrawn"), &json!("a slip")));
        let again = json!({ "id": id, "class": "client", "reason": "they call first" });
        run(&cx, store, "override.set", again).unwrap();
        assert_eq!(only(store, &cx, json!({}))["class"], "client");
        let all = run(&cx, store, "overrides.list", json!({ "show": "all", "relationship": id })).unwrap();
        let stages: Vec<_> = all["rows"].as_array().unwrap().iter().map(|row| row["stage"].clone()).collect();
        assert_eq!(stages, [json!("in force"), json!("withdrawn")]);
        let first = run(&cx, store, "overrides.list", json!({ "show": "all", "limit": 1 })).unwrap();
        let next = json!({ "show": "all", "after": first["next"] });
        assert_eq!(run(&cx, store, "overrides.list", next).unwrap()["rows"][0]["stage"], "withdrawn");
    });
}

#[test]
fn a_ruling_that_does_not_hold_is_refused_with_its_field_and_changes_nothing() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let advice = line(store, "Advice", "law", true);
        let rook = account(store, "Rook");
        on(store, &cx, rook, advice, "2025-01-02", &order(20));
        judge(store, &cx);
        let id = only(store, &cx, json!({}))["id"].clone();
        let before = store::decisions(store);
        for (class, reason, until, code) in [
            ("friend", "a try", "2025-06-30", "override.class"),
            ("not enough evidence", "a try", "2025-06-30", "override.class"),
            ("client", "  ", "2025-06-30", "override.reason"),
            ("client", "a try", "2025-03-03", "override.until"),
            ("client", "a try", "soon", "day.format"),
        ] {
            let input = json!({ "id": id, "class": class, "reason": reason, "until": until });
            let refusal = run(&cx, store, "override.set", input).unwrap_err();
            assert_eq!(refusal.code, code);
            assert!(refusal.field.is_some(), "{code}");
        }
        let set = json!({ "id": id, "class": "client", "reason": "they call first" });
        let refusal = run(&testkit::reader(DAY), store, "override.set", set.clone()).unwrap_err();
        assert_eq!(refusal.code, "access.forbidden");
        assert_eq!(
            run(&cx, store, "overrides.list", json!({ "show": "some" })).unwrap_err().code,
            "override.show"
        );
        // Behind a wall it is as if it were not there.
        store.write(&cx, |tx| accounts::store::set_wall(tx, rook, &[8])).unwrap();
        let inside = Context { actor: Actor::User { id: 8, role: Role::Member }, ..testkit::at(DAY) };
        let outside = Context { actor: Actor::User { id: 7, role: Role::Owner }, ..testkit::at(DAY) };
        assert_eq!(run(&outside, store, "override.set", set.clone()).unwrap_err().code, "relationship.none");
        assert_eq!(store::decisions(store), before);
        run(&inside, store, "override.set", set).unwrap();
        let told = run(&outside, store, "overrides.list", json!({ "show": "all" })).unwrap();
        assert_eq!(told["rows"], json!([]));
    });
}

#[test]
fn a_preview_of_a_policy_leaves_what_a_person_set_and_says_how_many() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let shop = line(store, "Shop", "retail", true);
        for name in ["Rook", "Wick"] {
            on(store, &cx, account(store, name), shop, "2025-01-02", &order(20));
        }
        judge(store, &cx);
        let id = only(store, &cx, json!({ "name": "rook" }))["id"].clone();
        let set = json!({ "id": id, "class": "customer", "reason": "a shop is a shop" });
        run(&cx, store, "override.set", set).unwrap();
        let eager = relationship::policy::SHIPPED[0].1.replace("base = -1700", "base = 9000");
        let told = run(&cx, store, "policy.preview", json!({ "text": eager })).unwrap();
        assert_eq!((&told["changed"], &told["held"]), (&json!(1), &json!(1)));
        run(&cx, store, "policy.adopt", json!({ "text": eager, "reason": "a try", "anyway": true })).unwrap();
        judge(store, &cx);
        let row = only(store, &cx, json!({ "override": "disagreeing" }));
        assert_eq!((&row["class"], &row["override"]["computed"]), (&json!("customer"), &json!("client")));
        assert_eq!(only(store, &cx, json!({ "class": "client" }))["name"], "Wick");
    });
}

#[test]
fn the_name_of_whoever_said_so_stands_beside_the_class() {
    on_both(|store| {
        let cx = mara(store, DAY);
        let advice = line(store, "Advice", "law", true);
        on(store, &testkit::owner(DAY), account(store, "Rook"), advice, "2025-01-02", &order(20));
        judge(store, &testkit::owner(DAY));
        let id = only(store, &cx, json!({}))["id"].clone();
        let said = run(
            &cx,
            store,
            "override.set",
            json!({ "id": id, "class": "client", "reason": "they call first" }),
        );
        let said = said.unwrap();
        assert_eq!(said["by"], "Mara");
        assert!(
            said["sentence"].as_str().unwrap().contains("set to client by Mara until 2026-03-04"),
            "{said}"
        );
        let row = only(store, &cx, json!({}));
        assert_eq!(row["override"], said);
    });
}

#[test]
fn on_a_line_at_the_end_of_its_data_the_class_set_by_hand_stands_at_its_now_and_not_before() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let shop = line(store, "Shop", "retail", false);
        let rook = account(store, "Rook");
        for day in ["2011-01-02", "2011-08-31"] {
            on(store, &cx, rook, shop, day, &order(20));
        }
        judge(store, &cx);
        let id = only(store, &cx, json!({}))["id"].clone();
        let set =
            json!({ "id": id, "class": "client", "reason": "  they call\nfirst ", "until": "2025-06-30" });
        assert_eq!(run(&cx, store, "override.set", set).unwrap()["reason"], "they call first");
        let class = |cx: &Context, day: &str| {
            let asked = json!({ "id": id, "as_of": day });
            run(cx, store, "relationship.view", asked).unwrap()["class"].clone()
        };
        assert_eq!(class(&cx, "2011-08-31"), "client");
        assert_eq!(class(&cx, "2011-05-01"), "customer");
        // Its last day is over, and the work that decides it again has not come yet.
        let later = testkit::owner("2025-07-01");
        assert_eq!(class(&later, "2011-08-31"), "customer");
        let row = only(store, &later, json!({}));
        assert_eq!((&row["class"], &row["override"]), (&json!("customer"), &Value::Null));
    });
}

#[test]
fn a_reason_is_said_in_so_many_letters() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let shop = line(store, "Shop", "retail", false);
        on(store, &cx, account(store, "Rook"), shop, "2025-01-02", &order(20));
        judge(store, &cx);
        let id = only(store, &cx, json!({}))["id"].clone();
        let set = json!({ "id": id, "class": "client", "reason": "x".repeat(1_001) });
        let refused = run(&cx, store, "override.set", set).unwrap_err();
        assert_eq!(refused.code, "override.reason");
        assert!(refused.message.contains("1001 letters; say it in 1000"), "{}", refused.message);
    });
}

#[test]
fn the_work_comes_back_on_the_day_after_the_earliest_last_day() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let shop = line(store, "Shop", "retail", false);
        for name in ["Rook", "Wick"] {
            on(store, &cx, account(store, name), shop, "2025-01-02", &order(20));
        }
        judge(store, &cx);
        assert_eq!(store::comes_back(store), None, "the line stands at the end of its data: nobody ages");
        for (name, until, comes_back) in
            [("rook", "2025-06-30", "2025-07-01"), ("wick", "2025-05-31", "2025-06-01")]
        {
            let id = only(store, &cx, json!({ "name": name }))["id"].clone();
            let set = json!({ "id": id, "class": "client", "reason": "they call first", "until": until });
            run(&cx, store, "override.set", set).unwrap();
            let day = kernel::Day::parse(comes_back).unwrap().moment().micros;
            assert_eq!(store::comes_back(store), Some(day), "{name}");
        }
        assert_eq!(expire(store, &testkit::owner("2025-06-01")), 1);
        let still = only(store, &testkit::owner("2025-06-01"), json!({ "class": "client" }));
        assert_eq!(still["name"], "Rook");
    });
}
