//! Who wants no relationship: found in the book by what they want, at once and page by page.

use ::store::Store;
use kernel::{Actor, Context, Role};
use serde_json::{Value, json};

use crate::{DAY, account, judge, line, on, on_both, order, run, store};

/// Five who bought on Advisory; four of them said what they want.
fn five(store: &Store) {
    let cx = testkit::owner(DAY);
    let advisory = line(store, "Advisory", "law", true);
    for (n, name) in (1..).zip(["Okafor", "Rook", "Wick", "Falk", "Vermeer"]) {
        on(store, &cx, account(store, name), advisory, &format!("2025-01-0{n}"), &order(100 * n));
    }
    judge(store, &cx);
    for (name, says) in [
        ("Okafor", "no relationship"),
        ("Rook", "just transactions"),
        ("Wick", "renewals only"),
        ("Falk", "open to advice"),
    ] {
        state(store, DAY, name, says);
    }
}

fn state(store: &Store, day: &str, name: &str, says: &str) {
    let cx = testkit::owner(day);
    let id = asked(store, &cx, json!({ "name": name }))["rows"][0]["id"].clone();
    run(&cx, store, "preference.state", json!({ "id": id, "says": says, "how": "telephone" })).unwrap();
}

fn asked(store: &Store, cx: &Context, filter: Value) -> Value {
    run(cx, store, "relationships.list", filter).unwrap()
}

fn names(book: &Value) -> Vec<&str> {
    book["rows"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect()
}

#[test]
fn who_wants_to_be_left_alone_is_listed_the_moment_it_is_noted() {
    on_both(|store| {
        five(store);
        let cx = testkit::reader(DAY);
        // Nothing was judged since: the wishes stand in the list all the same.
        let left_alone = asked(store, &cx, json!({ "may_contact": false, "sort": "name" }));
        assert_eq!(names(&left_alone), ["Okafor", "Rook", "Wick"]);
        assert_eq!(left_alone.get("weighing"), None);
        assert_eq!(left_alone["rows"][0]["preference"], "no_relationship");
        assert_eq!(
            (&left_alone["totals"][0]["count"], &left_alone["totals"][0]["net"]),
            (&json!(3), &json!("600.00"))
        );
        assert_eq!(names(&asked(store, &cx, json!({ "may_contact": true }))), ["Falk"]);
        for (word, name) in [
            ("no_relationship", "Okafor"),
            ("just transactions", "Rook"),
            ("renewals-only", "Wick"),
            ("open_to_advice", "Falk"),
        ] {
            assert_eq!(names(&asked(store, &cx, json!({ "preference": word }))), [name], "{word}");
        }
        let silent = asked(store, &cx, json!({ "name": "Vermeer" }));
        assert_eq!(silent["rows"][0].get("preference"), None, "nobody said so");
        assert_eq!(store::kept_totals(store), store::counted_totals(store));

        // A wish that changes leaves one list and stands in the other.
        state(store, "2025-03-05", "Wick", "open to advice");
        let later = testkit::reader("2025-03-05");
        let sorted = json!({ "may_contact": false, "sort": "-net" });
        assert_eq!(names(&asked(store, &later, sorted)), ["Okafor", "Rook"]);
        assert_eq!(store::kept_totals(store), store::counted_totals(store));
    });
}

#[test]
fn the_list_goes_on_page_by_page_in_every_order_and_joins_other_filters() {
    on_both(|store| {
        five(store);
        let cx = testkit::reader(DAY);
        for sort in ["strength", "-strength", "net", "-net", "last", "-last", "name", "-name"] {
            let filter = |after: &Value| match after {
                Value::Null => json!({ "may_contact": false, "sort": sort, "limit": 1 }),
                after => json!({ "may_contact": false, "sort": sort, "limit": 1, "after": after }),
            };
            let (mut seen, mut after) = (Vec::new(), Value::Null);
            loop {
                let page = asked(store, &cx, filter(&after));
                seen.extend(names(&page).into_iter().map(str::to_owned));
                assert_eq!(page["totals"][0]["count"], 3, "the totals are of all that match");
                after = page["next"].clone();
                if after.is_null() {
                    break;
                }
            }
            let whole = asked(store, &cx, json!({ "may_contact": false, "sort": sort }));
            assert_eq!(seen, names(&whole), "{sort}");
            assert_eq!(seen.len(), 3, "{sort}");
        }
        let few = json!({ "may_contact": false, "name": "roo", "line": "Advisory" });
        assert_eq!(names(&asked(store, &cx, few)), ["Rook"]);
        let rich = asked(store, &cx, json!({ "may_contact": false, "purchases": 1 }));
        assert_eq!((names(&rich).len(), &rich["totals"][0]["count"]), (3, &json!(3)));
    });
}

#[test]
fn a_wish_that_is_none_or_contradicts_itself_is_refused_by_name() {
    on_both(|store| {
        five(store);
        let cx = testkit::reader(DAY);
        for (filter, field, code) in [
            (json!({ "preference": "friendship" }), "preference", "preference.word"),
            (
                json!({ "preference": "no_relationship", "may_contact": true }),
                "may_contact",
                "book.preference",
            ),
        ] {
            let refused = run(&cx, store, "relationships.list", filter).unwrap_err();
            assert_eq!((refused.field.as_deref(), refused.code), (Some(field), code));
        }
    });
}

#[test]
fn behind_a_wall_a_wish_is_neither_listed_nor_counted() {
    on_both(|store| {
        five(store);
        let outside = Context { actor: Actor::User { id: 7, role: Role::Owner }, ..testkit::at(DAY) };
        let okafor = asked(store, &outside, json!({ "name": "Okafor" }))["rows"][0]["account"].clone();
        let okafor = outside.codes.read(okafor.as_str().unwrap()).unwrap();
        store.write(&outside, |tx| accounts::store::set_wall(tx, okafor, &[8])).unwrap();
        let seen = asked(store, &outside, json!({ "may_contact": false, "sort": "name" }));
        assert_eq!((names(&seen), &seen["totals"][0]["count"]), (vec!["Rook", "Wick"], &json!(2)));
    });
}
