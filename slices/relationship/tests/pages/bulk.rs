//! One act on many: previewed, done exactly so, taken back as one; on pages and by the operations.

use kernel::Context;
use serde_json::{Value, json};
use slice::Reply;
use store::Store;

use super::{
    came::osterlund,
    world::{TODAY, get, in_the_world, lines, of_each, post},
};

fn run(store: &Store, cx: &Context, name: &str, input: Value) -> kernel::Result<Value> {
    let operations =
        [accounts::slice(), relationship::slice()].into_iter().flat_map(|slice| slice.operations);
    let operation = operations.into_iter().find(|operation| operation.head.name == name).unwrap();
    match operation.is_read() {
        true => store.read(cx, |tx| operation.run(cx, tx, input.clone())),
        false => store.write(cx, |tx| operation.run(cx, tx, input.clone())),
    }
}

/// Who is what, by name and line.
fn classes(store: &Store, cx: &Context) -> Vec<(String, String, String, String)> {
    let book = run(store, cx, "relationships.list", json!({ "limit": 200, "sort": "name" })).unwrap();
    let word = |row: &Value, field: &str| row[field].as_str().unwrap_or_default().to_owned();
    let rows = book["rows"].as_array().unwrap().iter();
    rows.map(|row| (word(row, "id"), word(row, "name"), word(row, "class"), word(row, "preference")))
        .collect()
}

fn with(input: &Value, name: &str, value: &Value) -> Value {
    let mut input = input.clone();
    input[name] = value.clone();
    input
}

#[test]
fn many_get_a_class_exactly_as_previewed_and_all_of_it_is_taken_back() {
    in_the_world(|store| {
        of_each(store);
        let cx = testkit::owner(TODAY);
        let before = classes(store, &cx);
        let id = |name: &str| before.iter().find(|row| row.1.starts_with(name)).unwrap().0.clone();
        let set = |name: &str, class: &str| {
            let input = json!({ "id": id(name), "class": class, "reason": "known for long" });
            run(store, &cx, "override.set", input).unwrap();
        };
        set("Rook", "client");
        set("Wick", "former");
        let standing = classes(store, &cx);
        let act = json!({ "filter": { "line": "Shop" }, "act": "class", "class": "client", "reason": "looked at  in May" });
        let plan = run(store, &cx, "bulk.preview", act.clone()).unwrap();
        let shop = plan["ids"].as_array().unwrap().len();
        assert_eq!((plan["already"].clone(), plan["refused"].clone()), (json!(1), json!(1)), "{plan}");
        assert_eq!(plan["changes"], json!(shop - 2));
        assert_eq!(
            plan["sentence"],
            "Set the class to client by hand until 14 October 2026: looked at in May"
        );
        let refused = plan["rows"].as_array().unwrap().iter().find(|row| row["fate"] == "refused").unwrap();
        assert_eq!(refused["why"], "set to former by hand until 14 October 2026; withdraw that first");

        assert_eq!(run(store, &cx, "bulk.apply", act.clone()).unwrap_err().code, "bulk.digest");
        let done = run(store, &cx, "bulk.apply", with(&act, "digest", &plan["digest"])).unwrap();
        assert_eq!(done["count"], json!(shop - 2));
        let now = classes(store, &cx);
        let clients = now.iter().filter(|row| row.2 == "client").count();
        assert_eq!(
            clients,
            shop - 1
                + before.iter().filter(|row| row.1.starts_with("Osterlund") && row.2 == "client").count()
        );
        assert_eq!(now.iter().find(|row| row.1.starts_with("Wick")).unwrap().2, "former");
        // The same again finds all of them so already.
        let again = run(store, &cx, "bulk.preview", act.clone()).unwrap();
        assert_eq!((&again["changes"], &again["already"]), (&json!(0), &json!(shop - 1)));
        let nothing = run(store, &cx, "bulk.apply", with(&act, "digest", &again["digest"])).unwrap_err();
        assert_eq!(nothing.code, "bulk.nothing");

        let undone = run(store, &cx, "bulk.undo", json!({ "id": done["id"] })).unwrap();
        assert!(undone["parts"].as_array().unwrap().iter().all(|part| part["state"] == "undone"), "{undone}");
        assert_eq!(classes(store, &cx), standing);
        let twice = run(store, &cx, "bulk.undo", json!({ "id": done["id"] })).unwrap_err();
        assert_eq!(twice.code, "bulk.undone");
    });
}

#[test]
fn what_changed_since_the_preview_is_not_done_and_what_changed_since_is_not_undone() {
    in_the_world(|store| {
        of_each(store);
        let cx = testkit::owner(TODAY);
        let all = classes(store, &cx);
        let [first, second] = [&all[0].0, &all[1].0];
        let act = json!({ "ids": [first, second, first], "act": "class", "class": "prospect", "reason": "a trial" });
        let plan = run(store, &cx, "bulk.preview", act.clone()).unwrap();
        assert_eq!(plan["changes"], json!(2), "each once: {plan}");
        let by_hand = json!({ "id": first, "class": "former", "reason": "gone" });
        run(store, &cx, "override.set", by_hand).unwrap();
        let before = classes(store, &cx);
        let changed = run(store, &cx, "bulk.apply", with(&act, "digest", &plan["digest"])).unwrap_err();
        assert_eq!((changed.code, changed.kind), ("bulk.changed", kernel::ProblemKind::Stale));
        assert_eq!(classes(store, &cx), before, "nothing was done");
        run(store, &cx, "override.withdraw", json!({ "id": first })).unwrap();

        let plan = run(store, &cx, "bulk.preview", act.clone()).unwrap();
        let done = run(store, &cx, "bulk.apply", with(&act, "digest", &plan["digest"])).unwrap();
        run(store, &cx, "override.withdraw", json!({ "id": first, "reason": "it was no trial" })).unwrap();
        let undone = run(store, &cx, "bulk.undo", json!({ "id": done["id"] })).unwrap();
        let state = |id: &str| {
            let parts = undone["parts"].as_array().unwrap();
            parts.iter().find(|part| part["id"] == *id).unwrap()["state"].clone()
        };
        assert_eq!((state(first), state(second)), (json!("somebody withdrew it since"), json!("undone")));
        assert_eq!(classes(store, &cx), all);
    });
}

#[test]
fn what_many_told_us_is_noted_once_each_and_taken_back() {
    in_the_world(|store| {
        of_each(store);
        let cx = testkit::owner(TODAY);
        let before = classes(store, &cx);
        let [one, two, three] = [&before[0].0, &before[1].0, &before[2].0];
        let told = json!({ "id": two, "says": "no-relationship", "how": "letter" });
        run(store, &cx, "preference.state", told).unwrap();
        let standing = classes(store, &cx);
        let act = json!({ "ids": [one, two, three], "act": "preference", "says": "no relationship", "how": "letter", "on": "2025-10-01" });
        let plan = run(store, &cx, "bulk.preview", act.clone()).unwrap();
        assert_eq!((&plan["changes"], &plan["already"]), (&json!(2), &json!(1)), "{plan}");
        let done = run(store, &cx, "bulk.apply", with(&act, "digest", &plan["digest"])).unwrap();
        let wish = |id: &str| classes(store, &cx).into_iter().find(|row| row.0 == id).unwrap().3;
        assert_eq!([wish(one), wish(two), wish(three)], ["no_relationship"; 3]);
        let clearance = json!({ "id": one, "purpose": "campaign" });
        assert_eq!(run(store, &cx, "contact.clearance", clearance).unwrap()["allowed"], json!(false));
        run(store, &cx, "bulk.undo", json!({ "id": done["id"] })).unwrap();
        assert_eq!(classes(store, &cx), standing);
    });
}

#[test]
fn who_became_a_client_is_agreed_to_with_others_and_waits_again_when_that_is_taken_back() {
    in_the_world(|store| {
        let id = osterlund(store);
        let cx = testkit::owner("2025-06-02");
        let waiting =
            || run(store, &cx, "crossings.list", json!({})).unwrap()["rows"].as_array().unwrap().len();
        assert_eq!(waiting(), 1);
        for (answer, class) in [("accept", "client"), ("not_now", "client"), ("decline", "customer")] {
            let act = json!({ "ids": [id], "act": "crossing", "answer": answer, "reason": "one project" });
            let plan = run(store, &cx, "bulk.preview", act.clone()).unwrap();
            assert_eq!(plan["changes"], json!(1), "{plan}");
            let done = run(store, &cx, "bulk.apply", with(&act, "digest", &plan["digest"])).unwrap();
            assert_eq!(waiting(), 0, "{answer}");
            let view = || run(store, &cx, "relationship.view", json!({ "id": id })).unwrap()["class"].clone();
            assert_eq!(view(), json!(class), "{answer}");
            run(store, &cx, "bulk.undo", json!({ "id": done["id"] })).unwrap();
            assert_eq!((waiting(), view()), (1, json!("client")), "{answer}");
        }
        // A class set by hand answers it, and waits again with it.
        let act = json!({ "ids": [id], "act": "class", "class": "customer", "reason": "one project" });
        let plan = run(store, &cx, "bulk.preview", act.clone()).unwrap();
        let done = run(store, &cx, "bulk.apply", with(&act, "digest", &plan["digest"])).unwrap();
        assert_eq!(waiting(), 0);
        run(store, &cx, "bulk.undo", json!({ "id": done["id"] })).unwrap();
        assert_eq!(waiting(), 1);
    });
}

#[test]
fn nobody_reaches_over_a_wall_with_many_at_once() {
    in_the_world(|store| {
        let made = of_each(store);
        let (owner, reader) = (testkit::owner(TODAY), testkit::reader(TODAY));
        let all = classes(store, &owner);
        let (name, account) = &made[1];
        let hidden = all.iter().find(|row| row.1 == *name).unwrap().0.clone();
        let people = [owner.codes.write(access::PersonId::new(1))];
        run(store, &owner, "account.wall", json!({ "id": account, "people": people })).unwrap();
        let number = reader.actor.number();
        let member = Context {
            actor: kernel::Actor::User { id: number, role: kernel::Role::Owner },
            ..reader.clone()
        };
        let act = json!({ "ids": [hidden], "act": "class", "class": "client", "reason": "theirs" });
        assert_eq!(run(store, &member, "bulk.preview", act.clone()).unwrap_err().code, "relationship.none");
        let every = json!({ "filter": {}, "act": "class", "class": "client", "reason": "theirs" });
        let (theirs, ours) = (
            run(store, &member, "bulk.preview", every.clone()).unwrap(),
            run(store, &owner, "bulk.preview", every).unwrap(),
        );
        assert_eq!(theirs["ids"].as_array().unwrap().len() + 1, ours["ids"].as_array().unwrap().len());
        // What was done behind it is nobody else's to see, or to take back.
        let plan = run(store, &owner, "bulk.preview", act.clone()).unwrap();
        let done = run(store, &owner, "bulk.apply", with(&act, "digest", &plan["digest"])).unwrap();
        assert_eq!(run(store, &member, "bulks.list", json!({})).unwrap()["rows"], json!([]));
        for name in ["bulk.view", "bulk.undo"] {
            assert_eq!(run(store, &member, name, json!({ "id": done["id"] })).unwrap_err().code, "bulk.none");
        }
        assert_eq!(run(store, &reader, "bulk.preview", act).unwrap_err().code, "access.forbidden");
    });
}

#[test]
fn pages_show_the_boxes_the_preview_what_was_done_and_the_way_back() {
    in_the_world(|store| {
        of_each(store);
        let (cx, reader) = (testkit::owner(TODAY), testkit::reader(TODAY));
        let book = get(store, &cx, "/relationships?line=Shop").unwrap().body;
        assert!(book.contains(r#"<form class="picks" method="get" action="/relationships/bulk">"#), "{book}");
        assert!(
            book.contains("all 6 that match")
                && book.contains("aria-label=\"Select Rook &amp; Daughters, Shop\""),
            "{book}"
        );
        assert!(
            !get(store, &reader, "/relationships").unwrap().body.contains("checkbox\" name=\"pick"),
            "no boxes for readers"
        );
        let all = classes(store, &cx);
        let (one, two) = (&all[0].0, &all[1].0);
        let empty =
            get(store, &cx, &format!("/relationships/bulk?line=Shop&pick={one}&pick={two}&act=class"))
                .unwrap();
        assert_eq!(empty.title, "Set the class of many");
        assert!(
            empty.body.contains("2 relationships are selected.")
                && !empty.body.contains("What becomes of each"),
            "{}",
            empty.body
        );
        let wrong = get(
            store,
            &cx,
            &format!("/relationships/bulk?pick={one}&act=class&to=client&until=2025-01-01&why=x"),
        )
        .unwrap();
        assert!(wrong.body.contains("that day is over, today is 2025-10-14"), "{}", wrong.body);
        let address =
            format!("/relationships/bulk?line=Shop&pick={one}&pick={two}&act=class&to=client&why=looked+at");
        let page = get(store, &cx, &address).unwrap().body;
        let field = |name: &str| {
            let rest = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
            rest.split('"').next().unwrap().to_owned()
        };
        let (ids, digest) = (field("ids"), field("digest"));
        insta::assert_snapshot!("bulk_preview", lines(&page.replace(&digest, "digest")));
        let fields = [
            ("ids", ids.as_str()),
            ("act", "class"),
            ("to", "client"),
            ("why", "looked at"),
            ("digest", digest.as_str()),
        ];
        let Ok(Reply::Go(place)) = post(store, &cx, "/relationships/bulks", &fields) else {
            panic!("it is done")
        };
        let done = get(store, &cx, &place).unwrap().body;
        assert!(
            done.contains("Set the class to client by hand") && done.contains("2 relationships"),
            "{done}"
        );
        // The same form sent again finds that things are otherwise now.
        let Ok(Reply::Page { body, .. }) = post(store, &cx, "/relationships/bulks", &fields) else {
            panic!("refused")
        };
        assert!(body.into_string().contains("some of them changed since the preview"));
        let Ok(Reply::Go(back)) = post(store, &cx, &format!("{place}/undoing"), &[]) else {
            panic!("undone")
        };
        assert!(get(store, &cx, &back).unwrap().body.contains("Taken back by"), "{back}");
        assert!(get(store, &cx, "/relationships/bulks").unwrap().body.contains("Taken back"));
        let every = get(
            store,
            &cx,
            "/relationships/bulk?line=Shop&all=1&pick=x&act=preference&says=no_relationship&how=letter",
        )
        .unwrap();
        assert!(
            every.body.contains("All that match: service line Shop; strongest evidence first."),
            "{}",
            every.body
        );
        assert!(every.body.contains("6 change."), "{}", every.body);
    });
}
