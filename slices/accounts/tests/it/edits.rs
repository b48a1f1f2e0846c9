//! Two people correct the same: nobody is overwritten, what only one changed is kept, and who changed what is said.

use kernel::{Context, ProblemKind};
use serde_json::{Value, json};
use slice::{Method, Reply};
use store::Store;

use super::{DAY, account, code, on_both, pages::reply, run};

/// Somebody of ours by name, to see who is told to have changed something.
fn ines(store: &Store) -> Context {
    let at = testkit::at(DAY);
    let link = store.write(&at, |tx| access::owner_link(&at, tx)).unwrap();
    let owner = store.write(&at, |tx| access::sign_in(&at, tx, &link)).unwrap().person;
    Context { actor: owner.actor(), ..at }
}

fn text<'v>(value: &'v Value, field: &str) -> &'v str {
    value[field].as_str().unwrap_or_default()
}

#[test]
fn a_change_on_an_old_version_overwrites_nobody_and_keeps_what_only_one_side_changed() {
    on_both(|store| {
        let (cx, ines) = (testkit::owner(DAY), ines(store));
        let id = account(store, "Osterlund Marine");
        let read = run(&cx, store, "account.view", json!({ "id": id })).unwrap();
        let version = text(&read, "version");
        let theirs = json!({ "id": id, "email": "info@example.com", "city": "Ghent", "expected": version });
        let changed = run(&ines, store, "account.change", theirs).unwrap();
        assert_ne!(text(&changed, "version"), version);

        let mine = json!({ "id": id, "phone": "+32 9 225", "city": "", "expected": version });
        let merged = run(&cx, store, "account.change", mine).unwrap();
        assert_eq!((text(&merged, "phone"), text(&merged, "email")), ("+32 9 225", "info@example.com"));
        assert_eq!(text(&merged, "city"), "Ghent", "the caller left it blank as it was; it stays theirs");

        let mine =
            json!({ "id": id, "email": "office@example.com", "country": "Belgium", "expected": version });
        let refused = run(&cx, store, "account.change", mine).unwrap_err();
        assert_eq!((refused.code, refused.kind), ("accounts.changed", ProblemKind::Stale));
        assert_eq!(refused.field.as_deref(), Some("email"));
        for words in
            ["email is now \"info@example.com\"", "2025-03-04T", "nothing was written", "read it again"]
        {
            assert!(refused.message.contains(words), "{words}: {refused}");
        }
        let now = run(&cx, store, "account.view", json!({ "id": id })).unwrap();
        assert_eq!((text(&now, "email"), text(&now, "country")), ("info@example.com", ""), "all or nothing");
        let agreed = json!({ "id": id, "email": "info@example.com", "expected": version });
        assert!(run(&cx, store, "account.change", agreed).is_ok(), "both want the same");
        let again = json!({ "id": id, "email": "office@example.com", "expected": text(&now, "version") });
        assert_eq!(text(&run(&cx, store, "account.change", again).unwrap(), "email"), "office@example.com");
        let unasked = json!({ "id": id, "email": "x@example.com" });
        assert!(
            run(&cx, store, "account.change", unasked).is_ok(),
            "who names no version is not held to one"
        );
        let none = json!({ "id": id, "email": "y@example.com", "expected": "7" });
        assert_eq!(code(run(&cx, store, "account.change", none)), "version.unknown");
    });
}

#[test]
fn people_who_act_for_an_account_are_held_to_their_version_too() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let id = account(store, "Rook & Daughters");
        let people = json!([{ "name": "Maud Rook", "emails": ["maud@rook.example"], "roles": ["payer"] }]);
        let made = run(&cx, store, "contacts.record", json!({ "id": id, "people": people })).unwrap();
        let maud = made["ids"][0].as_str().unwrap();
        let listed = run(&cx, store, "contacts.list", json!({ "id": id })).unwrap();
        let version = text(&listed["rows"][0], "version");
        let change = |more: Value| {
            let mut input = json!({ "id": maud, "expected": version });
            input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            run(&cx, store, "contact.change", input)
        };
        change(json!({ "emails": ["m@rook.example"], "title": "Bookkeeper" })).unwrap();
        let merged = change(json!({ "title": "", "roles": ["payer", "buyer"] })).unwrap();
        assert_eq!((text(&merged, "title"), &merged["roles"]), ("Bookkeeper", &json!(["buyer", "payer"])));
        let refused = change(json!({ "emails": ["maud.rook@rook.example"], "name": "Maud R." })).unwrap_err();
        assert_eq!((refused.code, refused.kind), ("contacts.changed", ProblemKind::Stale));
        assert!(refused.message.contains("emails is now \"m@rook.example\""), "{refused}");
        let now = run(&cx, store, "contacts.list", json!({ "id": id })).unwrap();
        assert_eq!(text(&now["rows"][0], "name"), "Maud Rook", "all or nothing");
    });
}

/// Sends a form; gives where it leads, or the page with whether it is a clash.
fn send(
    store: &Store,
    page: (Method, &str),
    id: &str,
    fields: &[(&str, &str)],
) -> Result<String, (bool, String)> {
    match reply(store, &testkit::owner(DAY), page, &[("id", id)], fields).unwrap() {
        Reply::Go(path) => Ok(path),
        Reply::Page { body, .. } => Err((false, body.into_string())),
        Reply::Changed { body, .. } => Err((true, body.into_string())),
        _ => panic!("neither a page nor a way on"),
    }
}

/// The value of a hidden field of a page.
fn carried<'p>(page: &'p str, name: &str) -> &'p str {
    let field =
        page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("{name}: {page}"));
    field.split('"').next().unwrap()
}

#[test]
fn the_page_shows_both_and_writes_what_is_picked() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let id = account(store, "Wick Textiles");
        run(&cx, store, "account.change", json!({ "id": id, "email": "a@wick.example" })).unwrap();
        let change = (Method::Post, "/accounts/{id}/change");
        let (_, form) = send(store, (Method::Get, "/accounts/{id}/change"), &id, &[]).unwrap_err();
        let version = carried(&form, "version").to_owned();
        assert_eq!(carried(&form, "was.email"), "a@wick.example");
        let theirs = json!({ "id": id, "email": "b@wick.example", "city": "Ghent <1>" });
        run(&cx, store, "account.change", theirs).unwrap();

        let mine =
            [("version", version.as_str()), ("was.email", "a@wick.example"), ("was.name", "Wick Textiles")];
        let typed = [("name", "Wick Textiles"), ("email", "c@wick.example"), ("phone", "+32 9 1")];
        let all: Vec<_> = mine.into_iter().chain(typed).collect();
        let (clash, page) = send(store, change, &id, &all).unwrap_err();
        assert!(clash, "{page}");
        for words in [
            "When you opened it: a@wick.example",
            "Keep theirs: <strong>b@wick.example",
            "Take yours: <strong>c@wick.example",
            "on 4 March 2025",
            "Only they changed Town: <strong>Ghent &lt;1&gt;",
            "value=\"+32 9 1\"",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let now = run(&cx, store, "account.view", json!({ "id": id })).unwrap();
        assert_eq!((text(&now, "email"), text(&now, "phone")), ("b@wick.example", ""), "nothing was written");

        let version = carried(&page, "version").to_owned();
        assert_eq!(version, text(&now, "version"));
        let again = [
            ("version", version.as_str()),
            ("name", "Wick Textiles"),
            ("was.name", "Wick Textiles"),
            ("differs.email", "on"),
            ("was.email", "b@wick.example"),
            ("email", "c@wick.example"),
            ("pick.email", "mine"),
            ("was.city", "Ghent <1>"),
            ("city", "Ghent <1>"),
            ("phone", "+32 9 1"),
        ];
        let to = send(store, change, &id, &again).unwrap();
        assert!(to.starts_with(&format!("/accounts/{id}?kept=all")), "{to}");
        let now = run(&cx, store, "account.view", json!({ "id": id })).unwrap();
        assert_eq!((text(&now, "email"), text(&now, "phone")), ("c@wick.example", "+32 9 1"));
        assert_eq!(text(&now, "city"), "Ghent <1>");

        let blank = [("version", text(&now, "version")), ("name", " "), ("email", "d@wick.example")];
        let (clash, page) = send(store, change, &id, &blank).unwrap_err();
        assert!(
            !clash && page.contains("An account needs a name") && page.contains("value=\"d@wick.example\"")
        );
    });
}
