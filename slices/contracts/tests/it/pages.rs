//! Contracts changed by hand on their page, and business calendars.

use kernel::{Context, Problem};
use serde_json::json;
use slice::{Method, Reply, Visit};
use store::Store;

use super::{DAY, on_both};

/// Sends a form, or asks for a page; gives where it leads, or the page.
fn ask(
    store: &Store,
    cx: &Context,
    (method, path): (Method, &str),
    id: &str,
    fields: &[(&str, &str)],
) -> Result<Result<String, String>, Problem> {
    let slice = contracts::slice();
    let route = slice.pages.iter().find(|route| route.method == method && route.path == path).unwrap();
    let pairs = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let (query, form) = if method == Method::Get { (pairs, Vec::new()) } else { (Vec::new(), pairs) };
    let parts = [("id".to_owned(), id.to_owned())].into();
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
    store.write(cx, |tx| {
        Ok(match (route.answer)(&visit, tx)? {
            Reply::Go(path) => Ok(path),
            Reply::Page { body, .. } | Reply::Changed { body, .. } => Err(body.into_string()),
            _ => panic!("neither a page nor a way on"),
        })
    })
}

/// A contract or a subscription of somebody; gives its id.
fn agreed(store: &Store, cx: &Context, kind: &str) -> String {
    let name = json!({ "name": format!("Rook of {kind}"), "anyway": true });
    let add =
        |tx: &mut store::Tx<'_>| accounts::ops::add(cx, tx, serde_json::from_value(name.clone()).unwrap());
    let account = store.write(cx, add).unwrap().id;
    let new = (Method::Post, "/accounts/{id}/contracts/new");
    let fields = [
        ("kind", kind),
        ("line", "Payroll"),
        ("key", "2025-17"),
        ("start", "2025-01-01"),
        ("last_day", if kind == "contract" { "2026-12-31" } else { "" }),
        ("fee", "480.00"),
        ("currency", "EUR"),
        ("every", "1 month"),
    ];
    ask(store, cx, new, &account, &fields).unwrap().unwrap().replace("/contracts/", "")
}

const VIEW: (Method, &str) = (Method::Get, "/contracts/{id}");
const CHANGE: (Method, &str) = (Method::Get, "/contracts/{id}/change");

#[test]
fn a_contract_is_changed_with_a_reason_and_the_change_taken_back() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let id = agreed(store, &cx, "contract");
        let form = ask(store, &cx, CHANGE, &id, &[]).unwrap().unwrap_err();
        assert!(form.contains("What is agreed now") && form.contains("480.00"), "{form}");
        assert!(form.contains("value=\"EUR\""), "its currency stands there already: {form}");

        let amend = (Method::Post, "/contracts/{id}/versions");
        let fields = |reason: &'static str, fee: &'static str| {
            [
                ("fee", fee),
                ("currency", "EUR"),
                ("every", "1 month"),
                ("effective", "2025-11-01"),
                ("reason", reason),
            ]
        };
        let refused = ask(store, &cx, amend, &id, &fields("", "520.00")).unwrap().unwrap_err();
        assert!(refused.contains("the reason is blank") && refused.contains("value=\"520.00\""), "{refused}");
        let refused = ask(store, &cx, amend, &id, &fields("ten more people", "lots")).unwrap().unwrap_err();
        assert!(refused.contains("value=\"lots\""), "{refused}");
        let to = ask(store, &cx, amend, &id, &fields("ten more people", "520.00")).unwrap().unwrap();
        assert_eq!(to, format!("/contracts/{id}"));
        let page = ask(store, &cx, VIEW, &id, &[]).unwrap().unwrap_err();
        assert!(page.contains("ten more people") && page.contains("Take this version back"), "{page}");

        let retract = (Method::Post, "/contracts/{id}/retraction");
        ask(store, &cx, retract, &id, &[]).unwrap().unwrap();
        let page = ask(store, &cx, VIEW, &id, &[]).unwrap().unwrap_err();
        assert!(!page.contains("ten more people") && !page.contains("Take this version back"), "{page}");
        assert_eq!(ask(store, &cx, retract, &id, &[]).unwrap_err().code, "contracts.first");
    });
}

#[test]
fn a_subscription_gets_another_price_and_rests() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let id = agreed(store, &cx, "subscription");
        let form = ask(store, &cx, CHANGE, &id, &[]).unwrap().unwrap_err();
        assert!(form.contains("It rests from") && form.contains("/changes"), "{form}");
        let change = (Method::Post, "/contracts/{id}/changes");
        let refused = ask(store, &cx, change, &id, &[("pause_from", "August"), ("reason", "holidays")]);
        let refused = refused.unwrap().unwrap_err();
        assert!(refused.contains("value=\"August\"") && refused.contains("aria-invalid"), "{refused}");
        let fields = [("fee", "59.00"), ("effective", "2025-11-01"), ("reason", "more seats")];
        ask(store, &cx, change, &id, &fields).unwrap().unwrap();
        let page = ask(store, &cx, VIEW, &id, &[]).unwrap().unwrap_err();
        assert!(page.contains("more seats") && page.contains("59.00"), "{page}");
    });
}

#[test]
fn a_calendar_is_written_opened_and_changed() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let (view, set) = ((Method::Get, "/calendars"), (Method::Post, "/calendars"));
        let none = ask(store, &cx, view, "", &[]).unwrap().unwrap_err();
        assert!(none.contains("No calendar is written down yet"), "{none}");
        let fields = |holidays: &'static str| {
            [("name", "Cape Town"), ("weekend", "sat"), ("weekend", "sun"), ("holidays", holidays)]
        };
        let refused = ask(store, &cx, set, "", &fields("Christmas")).unwrap().unwrap_err();
        assert!(refused.contains("begins with no day") && refused.contains("Cape Town"), "{refused}");
        let to =
            ask(store, &cx, set, "", &fields("2026-12-25 Christmas\n2027-01-01 New Year")).unwrap().unwrap();
        assert_eq!(to, "/calendars?name=Cape+Town");
        let again = ask(store, &cx, set, "", &fields("")).unwrap().unwrap_err();
        assert!(again.contains("already"), "a new one does not take the place of one that is there: {again}");
        let open = ask(store, &cx, view, "", &[("name", "Cape Town")]).unwrap().unwrap_err();
        assert!(open.contains("Christmas") && open.contains("2027-01-01 New Year"), "{open}");
        let change: Vec<_> =
            fields("2026-12-25 Christmas").into_iter().chain([("open", "Cape Town")]).collect();
        ask(store, &cx, set, "", &change).unwrap().unwrap();
        let open = ask(store, &cx, view, "", &[("name", "Cape Town")]).unwrap().unwrap_err();
        assert!(!open.contains("New Year"), "{open}");
        let gone = ask(store, &cx, view, "", &[("name", "Mars")]).unwrap_err();
        assert_eq!(gone.code, "contracts.no_calendar");
    });
}

#[test]
fn nobody_agrees_over_what_somebody_else_agreed_meanwhile() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let id = agreed(store, &cx, "contract");
        let amend = (Method::Post, "/contracts/{id}/versions");
        let version = |page: &str| {
            page.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
        };
        let opened = version(&ask(store, &cx, CHANGE, &id, &[]).unwrap().unwrap_err());
        let fee = |version: &str, fee: &'static str| {
            let fields = [
                ("version", version.to_owned()),
                ("fee", fee.to_owned()),
                ("currency", "EUR".to_owned()),
                ("every", "1 month".to_owned()),
                ("reason", "ten more people".to_owned()),
            ];
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            ask(store, &cx, amend, &id, &fields).unwrap()
        };
        fee(&opened, "520.00").unwrap();
        // Another field: both are agreed.
        let name = [("version", opened.as_str()), ("name", "Payroll, all of it"), ("reason", "its name")];
        ask(store, &cx, amend, &id, &name).unwrap().unwrap();
        let page = ask(store, &cx, VIEW, &id, &[]).unwrap().unwrap_err();
        assert!(page.contains("Payroll, all of it") && page.contains("520.00"), "{page}");
        // The same field: nothing is written, and what was, theirs and mine are shown.
        let clash = fee(&opened, "540.00").unwrap_err();
        for shown in ["Somebody else changed the same", "480.00", "520.00", "540.00"] {
            assert!(clash.contains(shown), "{shown}: {clash}");
        }
        assert!(!ask(store, &cx, VIEW, &id, &[]).unwrap().unwrap_err().contains("540.00"));
        // Whoever sends it again after having seen it is heard.
        fee(&version(&clash), "540.00").unwrap();
        assert!(ask(store, &cx, VIEW, &id, &[]).unwrap().unwrap_err().contains("540.00"));
    });
}
