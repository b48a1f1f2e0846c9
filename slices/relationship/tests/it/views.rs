//! Views: each has their own and those that are shared, and sees in them what they may see.

use kernel::{Actor, Context, Role};
use serde_json::{Value, json};

use crate::{DAY, account, judge, line, on, on_both, order, run};

fn person(id: i64, role: Role) -> Context {
    Context { actor: Actor::User { id, role }, ..testkit::at(DAY) }
}

fn names(views: &Value) -> Vec<&str> {
    views.as_array().unwrap().iter().map(|view| view["name"].as_str().unwrap()).collect()
}

#[test]
fn a_view_is_saved_shared_changed_deleted_and_brought_back() {
    on_both(|store| {
        let (maren, dana, owner) = (person(1, Role::Member), person(2, Role::Member), person(3, Role::Owner));
        let shop = line(store, "Shop", "retail", true);
        for name in ["Rook", "Wick"] {
            on(store, &maren, account(store, name), shop, "2025-01-02", &order(20));
        }
        judge(store, &maren);
        let filter =
            json!({ "where": "name:Rook or class:client", "sort": "net", "limit": 7, "after": "1.2" });
        let saved =
            run(&maren, store, "view.save", json!({ "name": " Rook  first ", "filter": filter })).unwrap();
        assert_eq!(saved["name"], "Rook first");
        assert_eq!(
            saved["filter"],
            json!({ "where": "name:Rook or class:client", "sort": "net" }),
            "no place of a page"
        );
        let id = saved["id"].clone();
        assert_eq!(names(&run(&maren, store, "views.list", json!({})).unwrap()), ["Rook first"]);
        // Nobody else has it, owners included, until it is shared.
        for other in [&dana, &owner] {
            assert!(names(&run(other, store, "views.list", json!({})).unwrap()).is_empty());
            for (name, input) in
                [("view.change", json!({ "id": id, "shared": true })), ("view.delete", json!({ "id": id }))]
            {
                assert_eq!(run(other, store, name, input).unwrap_err().code, "views.none");
            }
        }
        run(&maren, store, "view.change", json!({ "id": id, "shared": true })).unwrap();
        assert_eq!(names(&run(&dana, store, "views.list", json!({})).unwrap()), ["Rook first"]);
        let rows = |cx: &Context| {
            run(cx, store, "relationships.list", json!({ "view": id })).unwrap()["rows"].clone()
        };
        assert_eq!(rows(&dana).as_array().unwrap().len(), 1);
        assert_eq!(rows(&dana)[0]["name"], "Rook");
        let beside = json!({ "view": id, "where": "name:Wick" });
        assert_eq!(run(&dana, store, "relationships.list", beside).unwrap()["rows"][0]["name"], "Wick");
        // Shared is not everybody's to change.
        assert_eq!(
            run(&dana, store, "view.delete", json!({ "id": id })).unwrap_err().code,
            "views.not_yours"
        );
        let renamed = run(&owner, store, "view.change", json!({ "id": id, "name": "Rook" })).unwrap();
        assert_eq!(
            (&renamed["name"], &renamed["own"], &renamed["may_change"]),
            (&json!("Rook"), &json!(false), &json!(true))
        );
        // Deleted, it is nobody's; brought back, it is what it was.
        run(&owner, store, "view.delete", json!({ "id": id })).unwrap();
        assert!(names(&run(&maren, store, "views.list", json!({})).unwrap()).is_empty());
        assert_eq!(
            run(&dana, store, "relationships.list", json!({ "view": id })).unwrap_err().code,
            "views.none"
        );
        assert_eq!(run(&maren, store, "view.delete", json!({ "id": id })).unwrap_err().code, "views.none");
        run(&maren, store, "view.restore", json!({ "id": id })).unwrap();
        assert_eq!(names(&run(&dana, store, "views.list", json!({})).unwrap()), ["Rook"]);
    });
}

#[test]
fn a_shared_view_widens_nobodys_access_and_tells_no_name_behind_a_wall() {
    on_both(|store| {
        let (maren, dana) = (person(1, Role::Member), person(2, Role::Member));
        let shop = line(store, "Shop", "retail", true);
        let (rook, wick) = (account(store, "Rook & Daughters"), account(store, "Wick"));
        for one in [rook, wick] {
            on(store, &maren, one, shop, "2025-01-02", &order(20));
        }
        judge(store, &maren);
        let people = [maren.codes.write(access::PersonId::new(1))];
        run(
            &person(1, Role::Owner),
            store,
            "account.wall",
            json!({ "id": maren.codes.write(rook), "people": people }),
        )
        .unwrap();
        let all =
            json!({ "name": "Buyers", "shared": true, "filter": { "where": "class:customer or name:w" } });
        let id = run(&maren, store, "view.save", all).unwrap()["id"].clone();
        let rows = |cx: &Context| {
            let book = run(cx, store, "relationships.list", json!({ "view": id })).unwrap();
            book["rows"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| row["name"].as_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(rows(&maren).len(), 2);
        assert_eq!(rows(&dana), ["Wick"]);
        for (name, filter) in [
            ("Buyers", json!({ "name": "roo" })),
            ("Buyers", json!({ "text": "daught" })),
            ("Buyers", json!({ "where": "class:client or not name:\"Rook &\"" })),
            ("All of rook & daughters", json!({})),
        ] {
            let view = json!({ "name": name, "filter": filter });
            let own = run(&maren, store, "view.save", view.clone()).unwrap();
            let share =
                |cx: &Context, id: &Value| run(cx, store, "view.change", json!({ "id": id, "shared": true }));
            assert_eq!(share(&maren, &own["id"]).unwrap_err().code, "views.walled", "{name} {filter}");
            // Who does not see them cannot tell them from nobody.
            let theirs = run(&dana, store, "view.save", view).unwrap();
            share(&dana, &theirs["id"]).unwrap();
        }
    });
}

#[test]
fn a_reader_saves_for_themselves_and_nothing_is_kept_that_the_book_would_refuse() {
    on_both(|store| {
        let reader = person(4, Role::Reader);
        let save = |input: Value| run(&reader, store, "view.save", input);
        save(json!({ "name": "Mine", "filter": { "class": "client" } })).unwrap();
        for (input, code) in [
            (json!({ "name": "Ours", "shared": true }), "views.shared"),
            (json!({ "name": " " }), "views.name"),
            (json!({ "name": "x", "filter": { "class": "vip" } }), "book.word"),
            (json!({ "name": "x", "filter": { "where": "class:" } }), "book.where"),
            (json!({ "name": "x", "filter": { "line": "Nowhere" } }), "timeline.no_line"),
            (json!({ "name": "x", "filter": { "colour": "red" } }), "input.shape"),
        ] {
            assert_eq!(save(input.clone()).unwrap_err().code, code, "{input}");
        }
        assert_eq!(names(&run(&reader, store, "views.list", json!({})).unwrap()), ["Mine"]);
    });
}
