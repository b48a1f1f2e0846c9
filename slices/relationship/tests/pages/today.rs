//! Today: whose class crossed waits for a word, with the reason, until somebody gives one.

use kernel::{Context, Moment};
use maud::Render;
use serde_json::{Value, json};
use slice::{Due, News, Reply, Visit};
use store::Store;

use super::{came::osterlund, world::in_the_world};

const NOON: &str = "2025-06-02";

fn visit<'v>(cx: &'v Context) -> Visit<'v> {
    Visit {
        cx,
        parts: Default::default(),
        query: Vec::new(),
        form: Vec::new(),
        house: "http://localhost:8000".into(),
        csrf: "t0k3n",
        slices: &[],
        panels: &[],
        finders: &[],
        agendas: &[],
        consequences: &[],
    }
}

fn due(store: &Store, cx: &Context) -> Due {
    let agenda = &relationship::slice().agendas[0];
    store.read(cx, |tx| (agenda.due)(&visit(cx), tx)).unwrap()
}

fn news(store: &Store, cx: &Context, since: &str) -> News {
    let agenda = &relationship::slice().agendas[0];
    let since = kernel::Day::parse(since).unwrap().moment();
    store.read(cx, |tx| (agenda.news)(&visit(cx), tx, Moment::at(since.micros))).unwrap()
}

fn run(store: &Store, cx: &Context, name: &str, input: Value) -> kernel::Result<Value> {
    let operations = relationship::slice().operations;
    let operation = operations.iter().find(|operation| operation.head.name == name).unwrap();
    match operation.is_read() {
        true => store.read(cx, |tx| operation.run(cx, tx, input.clone())),
        false => store.write(cx, |tx| operation.run(cx, tx, input.clone())),
    }
}

#[test]
fn who_became_a_client_waits_for_a_word_with_what_moved_it() {
    in_the_world(|store| {
        let id = osterlund(store);
        let cx = testkit::owner(NOON);
        let waits = due(store, &cx);
        assert_eq!(waits.matters.len(), 1);
        let matter = &waits.matters[0];
        assert_eq!(
            matter.what,
            "Say whether you agree: the evidence makes this a client, no longer a customer."
        );
        let why = matter.why.render().into_string();
        assert!(why.contains("came to be known"), "{why}");
        assert_eq!(matter.whose.as_deref(), Some("Tomas Berg"), "who serves them by name");
        assert!(matter.presses);
        let changed = news(store, &cx, "2025-05-31");
        let told: Vec<String> =
            changed.changes.iter().map(|change| change.what.render().into_string()).collect();
        assert!(told[0].starts_with("Customer → client."), "{told:?}");
        assert!(news(store, &cx, "2025-06-02").changes.is_empty());

        // Put off, it comes back after two weeks; agreed to, it does not.
        let answer =
            |cx: &Context, word: &str| run(store, cx, "crossing.answer", json!({ "id": id, "answer": word }));
        answer(&cx, "not_now").unwrap();
        assert!(due(store, &cx).matters.is_empty());
        let later = testkit::owner("2025-06-16");
        assert_eq!(due(store, &later).matters.len(), 1);
        assert_eq!(answer(&later, "perhaps").unwrap_err().code, "crossing.answer");
        assert_eq!(answer(&later, "accept").unwrap()["state"], "accepted");
        assert!(due(store, &later).matters.is_empty());
        assert_eq!(answer(&later, "accept").unwrap_err().code, "crossing.none");
        assert_eq!(run(store, &later, "crossings.list", json!({})).unwrap()["rows"], json!([]));
    });
}

#[test]
fn what_was_answered_is_taken_back_and_waits_again() {
    in_the_world(|store| {
        let id = osterlund(store);
        let cx = testkit::owner(NOON);
        let answer = |word: &str, more: Value| {
            let mut input = json!({ "id": id, "answer": word });
            input.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
            run(store, &cx, "crossing.answer", input)
        };
        assert_eq!(answer("take_back", json!({})).unwrap_err().code, "crossing.unanswered");
        for (word, more) in
            [("accept", json!({})), ("not_now", json!({})), ("decline", json!({ "reason": "one project" }))]
        {
            answer(word, more).unwrap();
            assert!(due(store, &cx).matters.is_empty(), "{word}");
            let other = answer("take_back", json!({ "crossing": -1 })).unwrap_err();
            assert_eq!(other.code, "crossing.unanswered", "{word}");
            assert_eq!(answer("take_back", json!({})).unwrap()["state"], "waits", "{word}");
            assert_eq!(due(store, &cx).matters.len(), 1, "{word}");
            assert_eq!(answer("take_back", json!({})).unwrap_err().code, "crossing.unanswered", "{word}");
        }
        let view = run(store, &cx, "relationship.view", json!({ "id": id })).unwrap();
        assert_eq!((&view["class"], &view["computed"]), (&json!("client"), &json!("client")));
    });
}

#[test]
fn what_somebody_else_set_by_hand_is_not_taken_back_with_an_answer() {
    in_the_world(|store| {
        let id = osterlund(store);
        let cx = testkit::owner(NOON);
        let run = |name: &str, input: Value| run(store, &cx, name, input);
        run("crossing.answer", json!({ "id": id, "answer": "decline", "reason": "one project" })).unwrap();
        run("override.withdraw", json!({ "id": id })).unwrap();
        run("override.set", json!({ "id": id, "class": "client", "reason": "they call first" })).unwrap();
        let refused = run("crossing.answer", json!({ "id": id, "answer": "take_back" })).unwrap_err();
        assert_eq!(refused.code, "crossing.set_by_hand");
        let kept = &run("relationship.view", json!({ "id": id })).unwrap()["override"];
        assert_eq!(kept["reason"], "they call first");
        // Where nothing is set by hand any more, there is nothing to withdraw.
        run("override.withdraw", json!({ "id": id })).unwrap();
        let again = run("crossing.answer", json!({ "id": id, "answer": "take_back" })).unwrap();
        assert_eq!(again["state"], "waits");
    });
}

#[test]
fn where_nothing_waits_what_was_put_off_says_when_it_comes_back() {
    in_the_world(|store| {
        let id = osterlund(store);
        let cx = testkit::owner(NOON);
        assert!(due(store, &cx).next.is_none(), "it waits now");
        run(store, &cx, "crossing.answer", json!({ "id": id, "answer": "not_now" })).unwrap();
        let next = due(store, &cx).next.unwrap();
        assert_eq!(next.on.to_string(), "2025-06-16");
        let what = next.what.into_string();
        assert!(what.starts_with("You are asked again about <a href=\"/relationships/"), "{what}");
    });
}

#[test]
fn who_disagrees_says_why_and_the_class_stays_what_it_was() {
    in_the_world(|store| {
        let id = osterlund(store);
        let cx = testkit::owner(NOON);
        let decline = |reason: &str| json!({ "id": id, "answer": "decline", "reason": reason });
        let nameless = run(store, &cx, "crossing.answer", decline(" ")).unwrap_err();
        assert_eq!(nameless.code, "override.reason");
        assert_eq!(due(store, &cx).matters.len(), 1, "nothing was written");
        let mut other = decline("one project");
        other["crossing"] = json!(-1);
        assert_eq!(run(store, &cx, "crossing.answer", other).unwrap_err().code, "crossing.none");
        let told = run(store, &cx, "crossing.answer", decline("one project, no second need")).unwrap();
        assert_eq!(told["state"], "declined");
        let view = run(store, &cx, "relationship.view", json!({ "id": id })).unwrap();
        assert_eq!((&view["class"], &view["computed"]), (&json!("customer"), &json!("client")));
        assert!(due(store, &cx).matters.is_empty());
    });
}

#[test]
fn a_class_that_is_set_by_hand_elsewhere_answers_what_waits() {
    in_the_world(|store| {
        let id = osterlund(store);
        let cx = testkit::owner(NOON);
        let set = json!({ "id": id, "class": "customer", "reason": "one project" });
        run(store, &cx, "override.set", set).unwrap();
        assert!(due(store, &cx).matters.is_empty());
        assert_eq!(run(store, &cx, "crossings.list", json!({})).unwrap()["rows"], json!([]));
    });
}

#[test]
fn what_was_answered_is_told_with_the_way_back_where_there_is_one() {
    in_the_world(|store| {
        let id = osterlund(store);
        let cx = testkit::owner(NOON);
        let address = format!("/relationships/{id}/crossing");
        let answered = |fields: &[(&str, &str)]| {
            let Reply::Go(to) = super::world::post(store, &cx, &address, fields).unwrap() else {
                panic!("it was not answered")
            };
            let query =
                to.strip_prefix("/today?").unwrap().split('&').filter_map(|pair| pair.split_once('='));
            let query = query.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            let agenda = &relationship::slice().agendas[0];
            let visit = Visit { query, ..visit(&cx) };
            store.read(&cx, |tx| (agenda.due)(&visit, tx)).unwrap().told.unwrap().into_string()
        };
        let put_off = answered(&[("answer", "not_now")]);
        assert!(put_off.contains("Put off") && put_off.contains("in 14 days"), "{put_off}");
        assert!(put_off.contains("take_back") && put_off.contains("Undo"), "{put_off}");
        let again = answered(&[("answer", "take_back")]);
        assert!(again.contains("waits for your word again") && !again.contains("Undo"), "{again}");
        let kept = answered(&[("answer", "decline"), ("reason", "one project")]);
        assert!(kept.contains("set by hand now") && kept.contains("Undo"), "{kept}");
        assert!(kept.contains("take_back"), "{kept}");
    });
}
