//! A product written down by hand, looked at, described anew, on both engines.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use kernel::{Actor, Context, Problem, Role};
use slice::{Method, Reply, Visit};
use store::{Migration, Store};

const DAY: &str = "2025-03-04";

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
    let visit = Visit {
        cx,
        parts,
        query: Vec::new(),
        form,
        csrf: "t0k3n",
        panels: &[],
        finders: &[],
        agendas: &[],
        consequences: &[],
    };
    store.write(cx, |tx| {
        Ok(match (route.answer)(&visit, tx)? {
            Reply::Go(path) => Ok(path),
            Reply::Page { body, .. } => Err(body.into_string()),
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
