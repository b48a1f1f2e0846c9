//! What the pages of access promise, on both engines.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use access::pages::PAGES;
use kernel::{Actor, Context, Result, Role};
use slice::{Method, Reply, Visit};
use store::Store;
use testkit::{at, both};

/// The first owner, and the context in which they act.
fn owner(store: &Store) -> (Context, String) {
    let cx = at("2025-03-04");
    let link = store.write(&cx, |tx| access::owner_link(&cx, tx)).unwrap();
    let owner = store.write(&cx, |tx| access::sign_in(&cx, tx, &link)).unwrap().person;
    (Context { actor: owner.actor(), ..cx.clone() }, cx.codes.write(owner.id))
}

fn ask(
    store: &Store,
    cx: &Context,
    (method, path): (Method, &str),
    part: &str,
    form: &[(&str, &str)],
) -> Result<Reply> {
    let route = PAGES.iter().find(|route| route.method == method && route.path == path).unwrap();
    let visit = Visit {
        cx,
        parts: [("id".to_owned(), part.to_owned()), ("language".to_owned(), part.to_owned())].into(),
        query: Vec::new(),
        form: form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
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

fn text(reply: Result<Reply>) -> String {
    match reply.unwrap() {
        Reply::Page { body, .. } | Reply::Once { body, .. } => body.into_string(),
        _ => panic!("not a page"),
    }
}

#[test]
fn a_person_is_added_with_a_link_that_no_later_page_shows() {
    both(access::slice().migrations, |store| {
        let (cx, _) = owner(store);
        let form =
            [("name", "Maren <b>Osterlund</b>"), ("email", "maren@osterlund.example"), ("role", "reader")];
        let once = text(ask(store, &cx, (Method::Post, "/people"), "", &form));
        let address = once.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let path = address.strip_prefix("http://localhost:8000").unwrap().to_owned();
        assert!(path.starts_with("/sign-in/") && !once.contains("<b>"), "whole, to be sent as it is: {once}");
        let page = text(ask(store, &cx, (Method::Get, "/people"), "", &[]));
        assert!(page.contains("Maren &lt;b&gt;Osterlund&lt;/b&gt;") && !page.contains(&path), "{page}");
        assert!(page.contains("2 people sign in"), "{page}");
        let wrong =
            text(ask(store, &cx, (Method::Post, "/people"), "", &[("name", "Rook"), ("email", "nowhere")]));
        assert!(
            wrong.contains("value=\"nowhere\"") && wrong.contains("aria-invalid"),
            "what was typed stays: {wrong}"
        );
    });
}

#[test]
fn the_last_owner_stays_one_and_is_told_why() {
    both(access::slice().migrations, |store| {
        let (cx, id) = owner(store);
        for (path, form) in
            [("/people/{id}/role", &[("role", "reader")][..]), ("/people/{id}/departure", &[])]
        {
            let page = text(ask(store, &cx, (Method::Post, path), &id, form));
            assert!(page.contains("role=\"alert\""), "{page}");
        }
        let unknown = ask(store, &cx, (Method::Post, "/people/{id}/role"), &id, &[("role", "king")]);
        assert_eq!(unknown.err().unwrap().code, "access.role");
    });
}

#[test]
fn a_token_is_shown_once_and_taken_back_by_whom_it_acts_for() {
    both(access::slice().migrations, |store| {
        let (cx, _) = owner(store);
        let once = text(ask(
            store,
            &cx,
            (Method::Post, "/connections"),
            "",
            &[("name", "Shop export"), ("days", "30")],
        ));
        assert!(once.contains("mst_"), "{once}");
        let page = text(ask(store, &cx, (Method::Get, "/connections"), "", &[]));
        assert!(page.contains("Shop export") && !page.contains("mst_"), "{page}");
        let id = page.split("/connections/").nth(1).unwrap().split('/').next().unwrap().to_owned();
        let stranger = Context { actor: Actor::User { id: 99, role: Role::Member }, ..cx.clone() };
        let theirs = text(ask(store, &stranger, (Method::Get, "/connections"), "", &[]));
        assert!(theirs.contains("No program acts in your name"), "{theirs}");
        let refused = ask(store, &stranger, (Method::Post, "/connections/{id}/revocation"), &id, &[]);
        assert_eq!(refused.err().unwrap().code, "access.no_token");
        ask(store, &cx, (Method::Post, "/connections/{id}/revocation"), &id, &[]).unwrap();
        let page = text(ask(store, &cx, (Method::Get, "/connections"), "", &[]));
        assert!(page.contains("taken back") && !page.contains("/revocation"), "{page}");
        let wrong =
            text(ask(store, &cx, (Method::Post, "/connections"), "", &[("name", "X"), ("days", "soon")]));
        assert!(wrong.contains("is no number of days"), "{wrong}");
    });
}

#[test]
fn the_words_of_a_language_are_set_all_of_them_or_none() {
    both(access::slice().migrations, |store| {
        let (cx, _) = owner(store);
        let send =
            |fields: &[(&str, &str)]| ask(store, &cx, (Method::Post, "/language/{language}"), "en", fields);
        let words = || store.read(&cx, access::display_words).unwrap();
        let ours = words();
        // The second is refused: the first is not written either.
        let refused =
            text(send(&[("party.one", "member"), ("party.many", "members"), ("client.one", "<b>")]));
        assert!(refused.contains("value=\"member\"") && refused.contains("aria-invalid"), "{refused}");
        assert_eq!(words(), ours);
        // Nobody is called what somebody else is called, in our words or in theirs.
        let same = text(send(&[("client.one", "Customer"), ("client.many", "guests")]));
        assert!(same.contains("what a customer is called already"), "{same}");
        assert_eq!(words(), ours);
        // Two may change places.
        let swapped = [
            ("client.one", "customer"),
            ("client.many", "customers"),
            ("customer.one", "client"),
            ("customer.many", "clients"),
        ];
        assert!(matches!(send(&swapped), Ok(Reply::Go(_))));
        assert_ne!(words(), ours);
        assert!(matches!(send(&[]), Ok(Reply::Go(_))));
        assert_eq!(words(), ours, "ours again");
    });
}
