//! A product written down by hand, looked at, described anew, on both engines.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use kernel::{Actor, Context, Problem, Role};
use slice::{Method, Reply, Visit};
use store::{Migration, Store};

const DAY: &str = "2025-03-04";

/// A visit that asks for nothing in particular.
fn visit(cx: &Context) -> Visit<'_> {
    Visit {
        cx,
        parts: [].into(),
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

fn ask(
    store: &Store,
    cx: &Context,
    (method, path): (Method, &str),
    id: &str,
    fields: &[(&str, &str)],
) -> Result<Result<String, String>, Problem> {
    let slice = catalog::slice();
    let route = slice.pages.iter().find(|route| route.method == method && route.path == path).unwrap();
    let form = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let parts = [("id".to_owned(), id.to_owned())].into();
    let visit = Visit { parts, form, ..visit(cx) };
    store.write(cx, |tx| {
        Ok(match (route.answer)(&visit, tx)? {
            Reply::Go(path) => Ok(path),
            Reply::Page { body, .. } | Reply::Changed { body, .. } => Err(body.into_string()),
            _ => panic!("neither a page nor a way on"),
        })
    })
}

#[test]
fn a_product_is_written_down_and_described_anew() {
    let slices = [access::slice(), timeline::slice(), catalog::slice()];
    let migrations: Vec<Migration> =
        slices.iter().flat_map(|slice| slice.migrations.iter().copied()).collect();
    testkit::both(&migrations, |store| {
        let cx = testkit::owner(DAY);
        let add = (Method::Post, "/products");
        let fields = |price: &'static str| {
            [
                ("line", "Payroll"),
                ("key", "payroll-50"),
                ("name", "Payroll <b>"),
                ("offer", "managed_service"),
                ("price", price),
                ("currency", "eur"),
            ]
        };
        let refused = ask(store, &cx, add, "", &fields("much")).unwrap().unwrap_err();
        assert!(refused.contains("value=\"much\"") && refused.contains("aria-invalid"), "{refused}");
        assert!(refused.contains("Payroll &lt;b&gt;"), "{refused}");
        assert_eq!(ask(store, &cx, add, "", &fields("480.00")).unwrap().unwrap(), "/products");
        let list = ask(store, &cx, (Method::Get, "/products"), "", &[]).unwrap().unwrap_err();
        let id = list.split("/products/prod_").nth(1).unwrap().split('"').next().unwrap();
        let id = format!("prod_{id}");
        let view = (Method::Get, "/products/{id}");
        let page = ask(store, &cx, view, &id, &[]).unwrap().unwrap_err();
        assert!(page.contains("480.00") && page.contains("managed service"), "{page}");
        let reader = Context { actor: Actor::User { id: 9, role: Role::Reader }, ..testkit::at(DAY) };
        let plain = ask(store, &reader, view, &id, &[]).unwrap().unwrap_err();
        assert!(!plain.contains("<form"), "a reader has nothing to send: {plain}");

        let anew = [("name", "Payroll up to 50"), ("price", "520.00"), ("currency", "EUR")];
        let to = ask(store, &cx, (Method::Post, "/products/{id}"), &id, &anew).unwrap().unwrap();
        assert_eq!(to, format!("/products/{id}"));
        let page = ask(store, &cx, view, &id, &[]).unwrap().unwrap_err();
        assert!(page.contains("520.00") && page.contains("payroll-50"), "{page}");
        assert!(page.contains("managed service"), "what is left empty stays: {page}");
    });
}

/// What stands in a field of a page.
fn value<'p>(page: &'p str, name: &str) -> &'p str {
    page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap().split('"').next().unwrap()
}

#[test]
fn the_catalogue_is_filtered_by_words_kind_and_line_page_by_page() {
    let slices = [access::slice(), timeline::slice(), catalog::slice()];
    let migrations: Vec<Migration> =
        slices.iter().flat_map(|slice| slice.migrations.iter().copied()).collect();
    testkit::both(&migrations, |store| {
        let cx = testkit::owner(DAY);
        for (key, name, offer) in [
            ("PAY-50", "Payroll up to 50", "managed_service"),
            ("PAY-99", "Payroll 100% ours", "managed_service"),
            ("A_1", "Advice", "advice"),
        ] {
            let fields = [("line", "Payroll"), ("key", key), ("name", name), ("offer", offer)];
            ask(store, &cx, (Method::Post, "/products"), "", &fields).unwrap().unwrap();
        }
        let found = |text: &str, offer: Option<&str>, after: Option<String>| {
            let asked = catalog::ops::List {
                text: Some(text.to_owned()),
                offer: offer.map(str::to_owned),
                after,
                limit: Some(1),
                ..Default::default()
            };
            let page = store.read(&cx, |tx| catalog::ops::list(&cx, tx, asked.clone())).unwrap();
            (page.rows.into_iter().map(|row| row.key).collect::<Vec<_>>(), page.next)
        };
        let (first, next) = found("payroll", None, None);
        assert_eq!((first, next.is_some()), (vec!["PAY-99".to_owned()], true));
        assert_eq!(found("payroll", None, next), (vec!["PAY-50".to_owned()], None));
        assert_eq!(found("pay-5", None, None).0, ["PAY-50"], "by its number");
        assert_eq!(found("50 ROLL", None, None).0, ["PAY-50"], "by words in any order");
        assert_eq!(found("0%", None, None).0, ["PAY-99"], "no letter stands for others");
        assert_eq!(found("a_1", None, None).0, ["A_1"]);
        assert_eq!(found("pay_5", None, None).0, Vec::<String>::new());
        assert_eq!(found("", Some("advice"), None).0, ["A_1"]);
    });
}

#[test]
fn nobody_describes_over_what_somebody_else_described_meanwhile() {
    let slices = [access::slice(), timeline::slice(), catalog::slice()];
    let migrations: Vec<Migration> =
        slices.iter().flat_map(|slice| slice.migrations.iter().copied()).collect();
    testkit::both(&migrations, |store| {
        let cx = testkit::owner(DAY);
        let new = [("line", "Payroll"), ("key", "payroll-50"), ("name", "Payroll"), ("category", "Staff")];
        ask(store, &cx, (Method::Post, "/products"), "", &new).unwrap().unwrap();
        let list = ask(store, &cx, (Method::Get, "/products"), "", &[]).unwrap().unwrap_err();
        let id = format!("prod_{}", list.split("/products/prod_").nth(1).unwrap().split('"').next().unwrap());
        let view = || ask(store, &cx, (Method::Get, "/products/{id}"), &id, &[]).unwrap().unwrap_err();
        let send =
            |fields: &[(&str, &str)]| ask(store, &cx, (Method::Post, "/products/{id}"), &id, fields).unwrap();

        let opened = view();
        let version = value(&opened, "version").to_owned();
        let form = |name: &'static str, category: &'static str| {
            [
                ("version", version.as_str()),
                ("was.name", "Payroll"),
                ("was.category", "Staff"),
                ("name", name),
                ("category", category),
            ]
        };
        send(&form("Payroll up to 50", "Staff")).unwrap();
        // Another field: both stay, and it is said.
        let kept = send(&form("Payroll", "People")).unwrap();
        assert_eq!(kept, format!("/products/{id}?theirs=name"));
        let page = view();
        assert!(page.contains("Payroll up to 50") && page.contains("People"), "{page}");
        // The same field: nothing is kept, and all three are shown.
        let clash = send(&form("Payroll for 50", "Staff")).unwrap_err();
        for shown in ["Payroll", "Payroll up to 50", "Payroll for 50"] {
            assert!(clash.contains(shown), "{shown}: {clash}");
        }
        assert!(clash.contains("4 March 2025"), "it says by whom and when: {clash}");
        assert!(view().contains("Payroll up to 50"));
        // Whoever says it after having seen it is heard.
        let seen = value(&clash, "version").to_owned();
        send(&[("version", &seen), ("name", "Payroll for 50")]).unwrap();
        assert!(view().contains("Payroll for 50"));
    });
}

#[test]
fn a_product_is_found_by_its_name_by_a_word_in_it_and_by_its_number() {
    let slices = [access::slice(), timeline::slice(), catalog::slice()];
    let migrations: Vec<Migration> =
        slices.iter().flat_map(|slice| slice.migrations.iter().copied()).collect();
    testkit::both(&migrations, |store| {
        let cx = testkit::owner(DAY);
        let add = |key: &str, name: &str| {
            let new = [("line", "Shop"), ("key", key), ("name", name)];
            ask(store, &cx, (Method::Post, "/products"), "", &new).unwrap().unwrap();
        };
        add("85123A", "White hanging heart");
        add("71053", "White metal lantern");
        add("HEART-2", "Heart of wicker");
        add("POST", "");
        let found = |text: &str| -> Vec<String> {
            let finder = &catalog::slice().finders[0];
            let found = store.read(&cx, |tx| (finder.find)(&visit(&cx), tx, text)).unwrap();
            found.rows.into_iter().map(|row| row.title).collect()
        };
        assert_eq!(found("heart"), ["Heart of wicker", "White hanging heart"], "what begins so comes first");
        assert_eq!(found("WHITE  m"), ["White metal lantern"]);
        assert_eq!(found("lantern white"), ["White metal lantern"]);
        assert_eq!(found("851"), ["White hanging heart"], "by its number, told once");
        assert_eq!(found("heart-2"), ["Heart of wicker"]);
        assert_eq!(found("post"), ["POST"], "what has no name, by its number");
        assert_eq!(found("he_rt"), Vec::<String>::new(), "no letter stands for others");
        assert_eq!(found("te"), Vec::<String>::new(), "two letters stand in too many names");
    });
}
