//! A switch: everything that follows is shown, exactly that is done, and undone as if it had not been.

use kernel::{Context, Problem, Result};
use serde_json::{Value, json};
use slice::{Consequence, Consequences, Deeds, Reply, Switching, Visit};
use store::{Store, Tx, dump};

use super::{
    came::osterlund,
    world::{TODAY, get, in_the_world, of_each},
};
use relationship::ops::switch::{ShownPreview, Switched, Undo, apply, preview, undo};

/// The judgement, and a slice that counts how often it was asked to do something.
static SOCKETS: [&Consequences; 2] = [&relationship::CONSEQUENCES, &DESK];

const DESK: Consequences = Consequences {
    of: "desk",
    foresee: queue,
    deeds: Some(Deeds { carry_out: move_on, take_back: move_back }),
};

fn queue(_: &Context, tx: &mut Tx<'_>, switching: &Switching) -> Result<Vec<Consequence>> {
    let now = tx.setting("desk.queue")?.unwrap_or_else(|| "everybody".to_owned());
    let then = if switching.from == switching.to { now.clone() } else { format!("{}s", switching.to) };
    Ok(vec![Consequence { what: "Queue".into(), now, then, why: "Each has a queue".into() }])
}

fn move_on(_: &Context, tx: &mut Tx<'_>, switching: &Switching) -> Result<Value> {
    let before = tx.setting("desk.queue")?.unwrap_or_else(|| "everybody".to_owned());
    tx.set("desk.queue", &format!("{}s", switching.to))?;
    Ok(json!(before))
}

fn move_back(_: &Context, tx: &mut Tx<'_>, _: &Switching, done: &Value) -> Result<()> {
    tx.set("desk.queue", done.as_str().unwrap_or_default())
}

fn look(store: &Store, cx: &Context, id: &str, to: &str) -> Result<ShownPreview> {
    let input = || serde_json::from_value(json!({ "id": id, "to": to })).unwrap();
    store.read(cx, |tx| preview(cx, tx, &SOCKETS, input()))
}

fn go(store: &Store, cx: &Context, input: &Value) -> Result<Switched> {
    store.write(cx, |tx| apply(cx, tx, &SOCKETS, serde_json::from_value(input.clone()).unwrap()))
}

fn back(store: &Store, cx: &Context, switch: &str) -> Result<Switched> {
    store.write(cx, |tx| undo(cx, tx, &SOCKETS, &Undo { id: switch.to_owned() }))
}

/// Switches to a class as the preview shows it now.
fn switched(store: &Store, cx: &Context, id: &str, to: &str, reason: &str) -> Switched {
    let digest = look(store, cx, id, to).unwrap().digest;
    go(store, cx, &json!({ "id": id, "to": to, "reason": reason, "digest": digest })).unwrap()
}

fn run(store: &Store, cx: &Context, name: &str, input: Value) -> Result<Value> {
    let operations =
        [accounts::slice(), relationship::slice()].into_iter().flat_map(|slice| slice.operations);
    let operation = operations.into_iter().find(|operation| operation.head.name == name).unwrap();
    match operation.is_read() {
        true => store.read(cx, |tx| operation.run(cx, tx, input.clone())),
        false => store.write(cx, |tx| operation.run(cx, tx, input.clone())),
    }
}

/// Whoever the tests act as is one of our people, so that what they do names somebody.
fn of_ours(store: &Store) {
    let cx = testkit::owner(TODAY);
    let one = store
        .write(&cx, |tx| access::store::people::insert(tx, "Maren", None, kernel::Role::Owner, 0))
        .unwrap();
    assert_eq!(one.id.0, cx.actor.number());
}

/// What the business knows, as one number.
fn knowledge(store: &Store) -> String {
    let slices = [access::slice(), timeline::slice(), accounts::slice(), relationship::slice()];
    let tables: Vec<_> = slices.iter().flat_map(|slice| slice.tables.iter().copied()).collect();
    let cx = testkit::owner(TODAY);
    store.read(&cx, |tx| dump::canonical(tx, &tables, &mut std::io::sink())).unwrap().sha256
}

/// The relationship of that name, as the list has it.
fn named(store: &Store, cx: &Context, name: &str) -> Value {
    run(store, cx, "relationships.list", json!({ "name": name })).unwrap()["rows"][0].clone()
}

fn code<T>(answer: Result<T>) -> &'static str {
    answer.err().map_or("done", |problem: Problem| problem.code)
}

#[test]
fn exactly_what_is_shown_is_done_and_undone_as_if_it_had_not_been() {
    in_the_world(|store| {
        of_ours(store);
        of_each(store);
        let cx = testkit::owner(TODAY);
        let row = named(store, &cx, "rook");
        let id = row["id"].as_str().unwrap();
        let before = knowledge(store);
        let shown = look(store, &cx, id, "client").unwrap();
        insta::assert_snapshot!("switch_preview", without_ids(&shown));
        assert_eq!(knowledge(store), before, "looking writes nothing");

        let done = switched(store, &cx, id, "client", "they call before they decide");
        assert_eq!(done.changes, shown.changes, "what was shown");
        for change in &shown.changes {
            let now = look(store, &cx, id, "customer").unwrap().changes;
            let same = now.iter().find(|one| one.what == change.what);
            assert!(same.is_some_and(|one| one.now.starts_with(&change.then)), "{change:?} among {now:?}");
        }
        let view = run(store, &cx, "relationship.view", json!({ "id": id })).unwrap();
        assert_eq!((&view["class"], &view["computed"]), (&json!("client"), &json!("customer")));
        assert_eq!(view["fit"], row["fit"]);
        assert_ne!(knowledge(store), before);

        let undone = back(store, &cx, &done.switch).unwrap();
        assert!(undone.undone.is_some());
        assert_eq!(knowledge(store), before, "as if it had not been done");
        assert_eq!(named(store, &cx, "rook"), row);
        assert_eq!(look(store, &cx, id, "client").unwrap().digest, shown.digest);
        assert_eq!(code(back(store, &cx, &done.switch)), "switch.undone");
    });
}

fn without_ids(shown: &ShownPreview) -> String {
    let mut told = serde_json::to_value(shown).unwrap();
    for name in ["id", "account", "digest"] {
        told[name] = json!("…");
    }
    serde_json::to_string_pretty(&told).unwrap()
}

#[test]
fn a_list_that_has_changed_since_is_not_done() {
    in_the_world(|store| {
        of_ours(store);
        of_each(store);
        let cx = testkit::owner(TODAY);
        let id = named(store, &cx, "rook")["id"].as_str().unwrap().to_owned();
        let seen = look(store, &cx, &id, "client").unwrap().digest;
        let input =
            |digest: &str| json!({ "id": id, "to": "client", "reason": "they call", "digest": digest });
        let before = knowledge(store);
        assert_eq!(code(go(store, &cx, &input(""))), "switch.changed");
        assert_eq!(
            code(go(store, &cx, &input(&look(store, &cx, &id, "customer").unwrap().digest))),
            "switch.changed"
        );
        // Somebody notes a wish between looking and doing.
        let wish = json!({ "id": id, "says": "just transactions", "how": "telephone" });
        run(store, &cx, "preference.state", wish).unwrap();
        let noted = knowledge(store);
        assert_eq!(code(go(store, &cx, &input(&seen))), "switch.changed");
        assert_eq!(knowledge(store), noted, "nothing of it was done");
        assert_ne!(noted, before);
        let now = look(store, &cx, &id, "client").unwrap();
        let closed = now.stays.iter().find(|one| one.what == "Not to be contacted for").unwrap();
        assert!(closed.now.contains("campaign") && closed.why.starts_with("Just transactions"), "{closed:?}");
        let done = go(store, &cx, &input(&now.digest)).unwrap();
        assert_eq!(look(store, &cx, &id, "client").unwrap().changes, []);
        let same = look(store, &cx, &id, "client").unwrap().digest;
        assert_eq!(code(go(store, &cx, &input(&same))), "switch.nothing");
        assert_eq!(done.by.as_deref(), Some("Maren"));
    });
}

#[test]
fn one_word_takes_the_place_of_another_and_comes_back_with_the_undo() {
    in_the_world(|store| {
        of_ours(store);
        of_each(store);
        let cx = testkit::owner(TODAY);
        let id = named(store, &cx, "rook")["id"].as_str().unwrap().to_owned();
        let set = json!({ "id": id, "class": "former", "reason": "they moved", "until": "2026-01-31" });
        run(store, &cx, "override.set", set).unwrap();
        let before = knowledge(store);
        // To client: the word that stands goes, another is set.
        let done = switched(store, &cx, &id, "client", "they are back");
        let row = named(store, &cx, "rook");
        assert_eq!((&row["class"], &row["override"]["reason"]), (&json!("client"), &json!("they are back")));
        back(store, &cx, &done.switch).unwrap();
        assert_eq!(knowledge(store), before);
        assert_eq!(named(store, &cx, "rook")["override"]["reason"], "they moved");
        // To customer, which the evidence says by itself: the word goes, and no reason is asked for.
        let shown = look(store, &cx, &id, "customer").unwrap();
        assert!(!shown.by_hand);
        let done = switched(store, &cx, &id, "customer", "");
        let row = named(store, &cx, "rook");
        assert_eq!((&row["class"], row.get("override")), (&json!("customer"), None));
        back(store, &cx, &done.switch).unwrap();
        assert_eq!(knowledge(store), before);
    });
}

#[test]
fn what_waits_today_is_answered_and_waits_again_after_the_undo() {
    in_the_world(|store| {
        of_ours(store);
        let id = osterlund(store);
        let cx = testkit::owner("2025-06-01");
        let waits = |store: &Store| {
            run(store, &cx, "crossings.list", json!({})).unwrap()["rows"].as_array().unwrap().len()
        };
        for (to, then) in [("client", "agreed to"), ("customer", "answered otherwise")] {
            let before = (knowledge(store), waits(store));
            let shown = look(store, &cx, &id, to).unwrap();
            let today = shown.changes.iter().find(|one| one.what == "Today").unwrap();
            assert_eq!(
                (today.now.as_str(), today.then.as_str()),
                ("customer → client, waits for a person", then)
            );
            let done = switched(store, &cx, &id, to, "as we spoke of it");
            assert_eq!((waits(store), done.became.as_str()), (0, to));
            back(store, &cx, &done.switch).unwrap();
            assert_eq!((knowledge(store), waits(store)), before, "{to}");
        }
    });
}

#[test]
fn nothing_is_undone_over_what_was_said_since() {
    in_the_world(|store| {
        of_ours(store);
        of_each(store);
        let cx = testkit::owner(TODAY);
        let id = named(store, &cx, "rook")["id"].as_str().unwrap().to_owned();
        let first = switched(store, &cx, &id, "client", "they call");
        run(store, &cx, "override.withdraw", json!({ "id": id })).unwrap();
        assert_eq!(code(back(store, &cx, &first.switch)), "switch.moved");
        let second = switched(store, &cx, &id, "client", "they call again");
        assert_eq!(code(back(store, &cx, &first.switch)), "switch.moved");
        // A year later what was set has run out.
        let later = testkit::owner("2026-10-20");
        assert_eq!(code(back(store, &later, &second.switch)), "switch.moved");
        back(store, &cx, &second.switch).unwrap();
        assert_eq!(code(back(store, &cx, "swi_x7Kq2")), "id.unknown");
    });
}

#[test]
fn a_wrong_field_is_named_and_a_wall_hides_the_switch_too() {
    in_the_world(|store| {
        of_ours(store);
        of_each(store);
        let cx = testkit::owner(TODAY);
        let row = named(store, &cx, "rook");
        let id = row["id"].as_str().unwrap().to_owned();
        assert_eq!(code(look(store, &cx, &id, "vip")), "switch.to");
        let digest = look(store, &cx, &id, "client").unwrap().digest;
        let input = |reason: &str, until: &str| json!({ "id": id, "to": "client", "reason": reason, "until": until, "digest": digest });
        assert_eq!(code(go(store, &cx, &input(" ", ""))), "override.reason");
        assert_eq!(code(go(store, &cx, &input("they call", "2025-01-01"))), "override.until");
        assert_eq!(code(go(store, &cx, &input("they call", "soon"))), "day.format");
        let done = switched(store, &cx, &id, "client", "they call");
        let wall = json!({ "id": row["account"], "people": [cx.codes.write(access::PersonId::new(1))] });
        run(store, &cx, "account.wall", wall).unwrap();
        let other =
            Context { actor: kernel::Actor::User { id: 2, role: kernel::Role::Owner }, ..testkit::at(TODAY) };
        assert_eq!(code(look(store, &other, &id, "customer")), "relationship.none");
        assert_eq!(code(back(store, &other, &done.switch)), "switch.none");
    });
}

/// Sends a form; gives where it leads, or the page that refuses it.
fn send(
    store: &Store,
    cx: &Context,
    path: &str,
    id: &str,
    form: &[(&str, &str)],
) -> std::result::Result<String, String> {
    let pages = relationship::slice().pages;
    let route = pages.iter().find(|route| route.path == path && route.method == slice::Method::Post).unwrap();
    let visit = Visit {
        cx,
        parts: [("id".to_owned(), id.to_owned())].into(),
        query: Vec::new(),
        form: form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        house: "http://localhost:8000".into(),
        csrf: "t0k3n",
        slices: &[],
        panels: &[],
        finders: &[],
        agendas: &[],
        consequences: &[&relationship::CONSEQUENCES],
    };
    let reply = store.write(cx, |tx| {
        Ok(match (route.answer)(&visit, tx)? {
            Reply::Go(path) => Ok(path),
            Reply::Page { body, .. } => Err(body.into_string()),
            _ => panic!("neither a page nor a way on"),
        })
    });
    reply.unwrap()
}

#[test]
fn the_page_shows_the_list_takes_the_reason_and_offers_the_way_back() {
    in_the_world(|store| {
        of_ours(store);
        of_each(store);
        let cx = testkit::owner(TODAY);
        let id = named(store, &cx, "rook")["id"].as_str().unwrap().to_owned();
        let account = get(store, &cx, &format!("/relationships/{id}")).unwrap().body;
        assert!(account.contains(&format!("href=\"/relationships/{id}/switch?to=client\"")), "{account}");
        let page = get(store, &cx, &format!("/relationships/{id}/switch?to=client")).unwrap();
        assert_eq!(page.title, "Serve as client");
        insta::assert_snapshot!("switch", super::world::lines(&page.body));
        let digest = page.body.split("name=\"digest\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let form = |reason: &'static str| {
            vec![("to", "client"), ("reason", reason), ("until", "2026-01-31"), ("digest", digest)]
        };
        const SWITCH: &str = "/relationships/{id}/switch";
        let refused = send(store, &cx, SWITCH, &id, &form(" ")).unwrap_err();
        assert!(
            refused.contains("the reason is blank") && refused.contains("value=\"2026-01-31\""),
            "{refused}"
        );
        let stale = [("to", "client"), ("reason", "<they> call"), ("digest", "0")];
        let refused = send(store, &cx, SWITCH, &id, &stale).unwrap_err();
        assert!(
            refused.contains("The list has changed") || refused.contains("the list has changed"),
            "{refused}"
        );
        assert!(
            refused.contains("&lt;they&gt; call") && refused.contains(digest),
            "what was typed stays: {refused}"
        );
        let told = send(store, &cx, SWITCH, &id, &form("they call")).unwrap();
        assert!(told.starts_with(&format!("/relationships/{id}?switched=swi_")), "{told}");
        let page = get(store, &cx, &told).unwrap().body;
        assert!(page.contains("Served as client on Shop now."), "{page}");
        assert_eq!(page.matches(">Undo</button>").count(), 1, "at the head, and not again below: {page}");
        let account = get(store, &cx, &format!("/relationships/{id}")).unwrap().body;
        assert!(!account.contains("Served as client on"), "{account}");
        assert!(account.contains("Customer → client, ") && account.contains(">Undo</button>"), "{account}");
        let switch =
            account.split("action=\"/switches/").nth(1).unwrap().split('/').next().unwrap().to_owned();
        let back = send(store, &cx, "/switches/{id}/reversal", &switch, &[]).unwrap();
        assert_eq!(back, format!("/relationships/{id}?undone={switch}"));
        let page = get(store, &cx, &back).unwrap().body;
        assert!(page.contains("Undone: served as customer on Shop again."), "{page}");
        let page = get(store, &cx, &told).unwrap().body;
        assert!(!page.contains("Served as client on"), "it is not so any more: {page}");
        let account = get(store, &cx, &format!("/relationships/{id}")).unwrap().body;
        assert!(!account.contains(">Undo</button>") && !account.contains("set by hand;"), "{account}");
        let nothing = get(store, &cx, &format!("/relationships/{id}/switch?to=customer")).unwrap().body;
        assert!(nothing.contains("Nothing changes") && !nothing.contains("<form"), "{nothing}");
    });
}
