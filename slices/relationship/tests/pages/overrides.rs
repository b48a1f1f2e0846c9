//! A class set by hand on pages: above the evidence, which stays in sight; the form, its refusals, what was said before.

use kernel::Context;
use serde_json::json;
use slice::{Reply, Visit};
use store::Store;

use super::world::{TODAY, get, in_the_world, of_each};

/// Sends a form; gives where it leads, or the page that refuses it.
fn send(store: &Store, cx: &Context, path: &str, id: &str, form: &[(&str, &str)]) -> Result<String, String> {
    let pages = relationship::slice().pages;
    let route = pages.iter().find(|route| route.path == path && route.method == slice::Method::Post).unwrap();
    let form = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let parts = [("id".to_owned(), id.to_owned())].into();
    let visit = Visit {
        cx,
        parts,
        query: Vec::new(),
        form,
        house: "http://localhost:8000".into(),
        csrf: "t0k3n",
        slices: &[],
        panels: &[],
        finders: &[],
        agendas: &[],
        consequences: &[],
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

const SET: &str = "/relationships/{id}/override";
const WITHDRAW: &str = "/relationships/{id}/override/withdrawal";

#[test]
fn a_class_set_by_hand_is_seen_with_the_evidence_wherever_the_class_is() {
    in_the_world(|store| {
        of_each(store);
        let cx = testkit::owner(TODAY);
        let rows = store
            .read(&cx, |tx| {
                let input = serde_json::from_value(json!({ "name": "rook" })).unwrap();
                relationship::ops::list(&cx, tx, input)
            })
            .unwrap()
            .rows;
        let (id, account) = (rows[0].id.as_str(), rows[0].account.as_str());
        let page = get(store, &cx, &format!("/relationships/{id}")).unwrap().body;
        assert!(page.contains("Set the class by hand"), "{page}");
        assert!(page.contains("value=\"2026-10-14\""), "the last day it would get is shown: {page}");

        let refused =
            send(store, &cx, SET, id, &[("class", "client"), ("reason", " "), ("until", "2026-01-31")]);
        let refused = refused.unwrap_err();
        assert!(
            refused.contains("the reason is blank") && refused.contains("value=\"2026-01-31\""),
            "{refused}"
        );

        let form = [("class", "client"), ("reason", "they call <first>"), ("until", "2026-01-31")];
        assert_eq!(send(store, &cx, SET, id, &form).unwrap(), format!("/relationships/{id}"));
        for address in [format!("/relationships/{id}"), format!("/accounts/{account}")] {
            let page = get(store, &cx, &address).unwrap().body;
            assert!(page.contains("Client</span> for Shop"), "the mixture: {page}");
            assert!(page.contains("they call &lt;first&gt;"), "{page}");
            assert!(page.contains("By the evidence: a customer since"), "{page}");
            assert!(page.contains("set by hand; evidence: customer"), "{page}");
            assert!(page.contains("Withdraw what was set by hand"), "{page}");
        }
        for address in
            ["/relationships", "/relationships?override=disagreeing", "/relationships?class=client"]
        {
            let book = get(store, &cx, address).unwrap().body;
            assert!(book.contains("set by hand; evidence: customer"), "{address}: {book}");
        }
        assert!(!get(store, &cx, "/relationships?class=customer").unwrap().body.contains("Rook"));

        let again = send(store, &cx, SET, id, &form).unwrap_err();
        assert!(again.contains("withdraw that first"), "{again}");
        send(store, &cx, WITHDRAW, id, &[("reason", "a slip")]).unwrap();
        let page = get(store, &cx, &format!("/relationships/{id}")).unwrap().body;
        assert!(page.contains("Set by hand before") && page.contains("a slip"), "{page}");
        assert!(!page.contains("evidence: customer"), "{page}");
        let none = send(store, &cx, WITHDRAW, id, &[]).unwrap_err();
        assert!(none.contains("none counts for this relationship today"), "{none}");
    });
}

#[test]
fn who_only_sees_finds_no_form() {
    in_the_world(|store| {
        let made = of_each(store);
        let page = get(store, &testkit::reader(TODAY), &format!("/accounts/{}", made[0].1)).unwrap().body;
        assert!(!page.contains("<form method=\"post\""), "{page}");
    });
}
