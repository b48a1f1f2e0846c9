//! What people do with an account on its pages: something recorded and taken back, a wall, two accounts that are one.

use accounts::ops::History;
use kernel::{Context, Problem};
use serde_json::json;
use slice::{Method, Reply, Visit};
use store::Store;

use super::{DAY, account, on_both, run};

/// Sends a form, or asks for a page where there is none; gives the reply.
pub(crate) fn reply(
    store: &Store,
    cx: &Context,
    (method, path): (Method, &str),
    parts: &[(&str, &str)],
    fields: &[(&str, &str)],
) -> Result<Reply, Problem> {
    let slice = accounts::slice();
    let route = slice.pages.iter().find(|route| route.method == method && route.path == path).unwrap();
    let pairs = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let (query, form) = match method {
        Method::Get => (pairs(fields), Vec::new()),
        _ => (Vec::new(), pairs(fields)),
    };
    let parts = pairs(parts).into_iter().collect();
    let visit = Visit {
        cx,
        parts,
        query,
        form,
        house: "http://localhost:8000".into(),
        csrf: "t0k3n",
        slices: &[],
        panels: &[],
        finders: &[],
        agendas: &[],
        consequences: &[],
    };
    store.write(cx, |tx| (route.answer)(&visit, tx))
}

/// The same; gives where it leads, or the page.
fn ask(
    store: &Store,
    cx: &Context,
    page: (Method, &str),
    parts: &[(&str, &str)],
    fields: &[(&str, &str)],
) -> Result<Result<String, String>, Problem> {
    Ok(match reply(store, cx, page, parts, fields)? {
        Reply::Go(path) => Ok(path),
        Reply::Page { body, .. } => Err(body.into_string()),
        _ => panic!("neither a page nor a way on"),
    })
}

const NEW: (Method, &str) = (Method::Get, "/accounts/{id}/facts/new");
const RECORD: (Method, &str) = (Method::Post, "/accounts/{id}/facts");
const WITHDRAWAL: (Method, &str) = (Method::Get, "/accounts/{id}/facts/{fact}/withdrawal");
const WITHDRAW: (Method, &str) = (Method::Post, "/accounts/{id}/facts/{fact}/withdrawal");

#[test]
fn a_conversation_is_recorded_and_taken_back() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let id = account(store, "Rook & Daughters");
        let of = [("id", id.as_str())];
        let form = ask(store, &cx, NEW, &of, &[]).unwrap().unwrap_err();
        assert!(form.contains("Record a conversation") || form.contains("We talked or wrote"), "{form}");
        assert!(form.contains(&format!("value=\"{DAY}\"")), "today unless they say otherwise: {form}");

        let typed = [
            ("kind", "conversation"),
            ("on", "4 March"),
            ("line", "Advisory"),
            ("started_by", "us"),
            ("topic", "advice"),
            ("person", "Ines <b>"),
            ("held", "on"),
        ];
        let refused = ask(store, &cx, RECORD, &of, &typed).unwrap().unwrap_err();
        assert!(refused.contains("is not a date"), "{refused}");
        assert!(refused.contains("value=\"4 March\"") && refused.contains("Ines &lt;b&gt;"), "{refused}");
        assert!(refused.contains("value=\"Advisory\""), "no line was made, and its name stays: {refused}");
        let facts = |limit| {
            let input = || History { id: id.clone(), after: None, limit };
            store.read(&cx, |tx| accounts::ops::history(&cx, tx, input())).unwrap().rows
        };
        assert!(facts(None).is_empty(), "nothing was written");

        let typed: Vec<_> =
            typed.into_iter().map(|pair| if pair.0 == "on" { ("on", "2025-03-01") } else { pair }).collect();
        let to = ask(store, &cx, RECORD, &of, &typed).unwrap().unwrap();
        let told = facts(None);
        assert_eq!(to, format!("/accounts/{id}#{}", told[0].id));
        let fact = &told[0].fact;
        assert_eq!((&fact["started_by"], &fact["topic"]), (&json!("us"), &json!("advice")));
        assert_eq!((&fact["held"], &fact["continues"]), (&json!(true), &json!(false)));

        let of = [("id", id.as_str()), ("fact", told[0].id.as_str())];
        let form = ask(store, &cx, WITHDRAWAL, &of, &[]).unwrap().unwrap_err();
        assert!(form.contains("it counts no more"), "{form}");
        let refused = ask(store, &cx, WITHDRAW, &of, &[("reason", " ")]).unwrap().unwrap_err();
        assert!(refused.contains("the reason is blank"), "{refused}");
        let to = ask(store, &cx, WITHDRAW, &of, &[("reason", "entered twice")]).unwrap().unwrap();
        assert_eq!(to, format!("/accounts/{id}?withdrawn=1#timeline"));
        assert!(facts(None).is_empty());
        let gone = ask(store, &cx, WITHDRAW, &of, &[("reason", "again")]).unwrap_err();
        assert_eq!(gone.code, "timeline.no_fact");
    });
}

#[test]
fn every_kind_that_is_offered_makes_a_fact() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let id = account(store, "Osterlund Marine");
        let of = [("id", id.as_str())];
        let form = ask(store, &cx, NEW, &of, &[]).unwrap().unwrap_err();
        let offered: Vec<_> = form.split("facts/new?kind=").skip(1).collect();
        let words: Vec<_> = offered.iter().map(|rest| rest.split('"').next().unwrap()).collect();
        assert!(10 < words.len(), "{words:?}");
        let every = [
            ("on", DAY),
            ("reasons", "trust"),
            ("share", "60"),
            ("stakeholders", "3"),
            ("person", "Ines"),
            ("role", "named"),
            ("source", "stated"),
            ("every_days", "90"),
            ("minutes", "45"),
            ("users", "12"),
            ("amount", "12.00"),
            ("currency", "eur"),
            ("reason", "refund"),
            ("in", "demo"),
            ("started_by", "them"),
            ("words", "close payroll in two days"),
        ];
        for word in &words {
            let form = ask(store, &cx, NEW, &of, &[("kind", word)]).unwrap().unwrap_err();
            assert!(form.contains(&format!("value=\"{word}\"")), "{form}");
            let fields: Vec<_> = every.into_iter().chain([("kind", *word)]).collect();
            let to = ask(store, &cx, RECORD, &of, &fields).unwrap();
            assert!(to.is_ok(), "{word}: {}", to.unwrap_err());
        }
        let told = run(&cx, store, "account.history", json!({ "id": id })).unwrap();
        let kinds: std::collections::BTreeSet<_> = told["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["fact"]["kind"].as_str().unwrap())
            .collect();
        assert_eq!(kinds.len(), words.len(), "{kinds:?}");
        for kind in ["goal", "note"] {
            let row =
                told["rows"].as_array().unwrap().iter().find(|row| row["fact"]["kind"] == kind).unwrap();
            assert_eq!(row["fact"]["words"], "close payroll in two days", "{kind}");
            let blank = ask(store, &cx, RECORD, &of, &[("kind", kind), ("on", DAY)]).unwrap();
            assert!(blank.is_err() || kind == "goal", "a note without words is none");
        }
        let share =
            told["rows"].as_array().unwrap().iter().find(|row| row["fact"]["kind"] == "wallet").unwrap();
        assert_eq!(share["fact"]["share"], 600, "of a thousand");
        let fields = [("kind", "work"), ("on", DAY), ("minutes", "an hour")];
        let refused = ask(store, &cx, RECORD, &of, &fields).unwrap().unwrap_err();
        assert!(refused.contains("is no whole number") && refused.contains("value=\"an hour\""), "{refused}");
    });
}

#[test]
fn a_wall_goes_up_and_comes_down_on_the_page() {
    on_both(|store| {
        let at = testkit::at(DAY);
        let link = store.write(&at, |tx| access::owner_link(&at, tx)).unwrap();
        let owner = store.write(&at, |tx| access::sign_in(&at, tx, &link)).unwrap().person;
        let cx = Context { actor: owner.actor(), ..at.clone() };
        let own = cx.codes.write(owner.id);
        let added = json!({ "name": "Ilse", "role": "member" });
        let ilse = store
            .write(&cx, |tx| {
                access::ops::people::add(&cx, tx, serde_json::from_value(added.clone()).unwrap())
            })
            .unwrap();
        let ilse = serde_json::to_value(ilse).unwrap()["id"].as_str().unwrap().to_owned();
        let id = account(store, "Falk Brewery");
        let of = [("id", id.as_str())];
        let wall = (Method::Post, "/accounts/{id}/wall");
        let page = |cx: &Context| ask(store, cx, (Method::Get, "/accounts/{id}/wall"), &of, &[]);
        let open = page(&cx).unwrap().unwrap_err();
        assert!(open.contains("Everybody who may read") && open.contains("Ilse"), "{open}");

        let refused = ask(store, &cx, wall, &of, &[("people", &ilse)]).unwrap().unwrap_err();
        assert!(refused.contains("would not see this account any more"), "{refused}");
        let to = ask(store, &cx, wall, &of, &[("people", &own), ("people", &ilse)]).unwrap().unwrap();
        assert_eq!(to, format!("/accounts/{id}#wall"));
        let outside = super::person(99, kernel::Role::Owner);
        assert_eq!(page(&outside).unwrap_err().code, "accounts.no_account");
        let shut = page(&cx).unwrap().unwrap_err();
        assert_eq!(shut.matches(" checked").count(), 2, "{shut}");
        ask(store, &cx, wall, &of, &[("open", "on"), ("people", &own)]).unwrap().unwrap();
        assert!(page(&outside).is_ok());
    });
}

#[test]
fn two_accounts_that_are_one_are_merged_from_the_page_of_one() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let (kept, gone) = (account(store, "Fenwick Payroll"), account(store, "Fenwyck Payroll"));
        let of = [("id", kept.as_str())];
        let new = (Method::Get, "/accounts/{id}/merges/new");
        let page = ask(store, &cx, new, &of, &[("name", "fen")]).unwrap().unwrap_err();
        assert!(page.contains(&gone) && !page.contains(&format!("value=\"{kept}\"")), "{page}");
        let merge = (Method::Post, "/accounts/{id}/merges");
        let refused = ask(store, &cx, merge, &of, &[("other", &kept), ("name", "fen")]).unwrap();
        assert!(refused.is_err(), "an account is not merged with itself: {refused:?}");
        let to = ask(store, &cx, merge, &of, &[("other", &gone), ("name", "fen")]).unwrap().unwrap();
        assert!(to.starts_with("/merges/"), "{to}");
    });
}
