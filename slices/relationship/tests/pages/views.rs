//! Saved views on pages: their tabs, the form, what may be done with them, and finding one by its name.

use kernel::Context;
use slice::{Reply, Visit};
use store::Store;

use super::world::{TODAY, get, in_the_world, lines, of_each, post};

fn saved(store: &Store, cx: &Context, name: &str, asks: &str, shared: bool) -> String {
    let mut fields = vec![("name", name), ("asks", asks)];
    if shared {
        fields.push(("shared", "true"));
    }
    match post(store, cx, "/relationships/views", &fields).unwrap() {
        Reply::Go(place) => place,
        _ => panic!("the view is saved and shown"),
    }
}

#[test]
fn a_view_is_a_tab_with_an_address_of_its_own() {
    in_the_world(|store| {
        of_each(store);
        let cx = testkit::owner(TODAY);
        let book = get(store, &cx, "/relationships?class=client&where=net%3E%3D0+EUR").unwrap().body;
        assert!(
            book.contains(
                r#"href="/relationships/views/new?class=client&amp;where=net%3E%3D0+EUR">Save as view…"#
            ),
            "{book}"
        );
        assert!(!book.contains("All views"), "{book}");
        let form =
            get(store, &cx, "/relationships/views/new?class=client&where=net%3E%3D0+EUR&sort=-net").unwrap();
        assert_eq!(form.title, "Save as view");
        insta::assert_snapshot!("save_view", lines(&form.body));
        let place = saved(
            store,
            &cx,
            "Euro clients",
            r#"{"class":"client","where":"net>=0 EUR","sort":"-net"}"#,
            true,
        );
        let page = get(store, &cx, &place).unwrap();
        assert_eq!(page.title, "Euro clients");
        assert!(
            page.body.contains(&format!(r#"<a href="{place}" aria-current="page">Euro clients</a>"#)),
            "{}",
            page.body
        );
        assert!(page.body.contains("Osterlund Marine") && !page.body.contains("Vermeer"), "{}", page.body);
        assert!(!page.body.contains("Save as view…"), "it is one: {}", page.body);
        // The same question in another address is the same view.
        let same =
            get(store, &cx, "/relationships?class=client&where=net%3E%3D0+EUR&sort=-net").unwrap().body;
        assert!(same.contains(r#"aria-current="page">Euro clients"#), "{same}");
        let all = get(store, &cx, "/relationships/views").unwrap().body;
        assert!(all.contains("class client, and net at least €0.00; lowest net first"), "{all}");
    });
}

#[test]
fn a_view_is_renamed_deleted_and_brought_back_by_forms() {
    in_the_world(|store| {
        of_each(store);
        let (cx, reader) = (testkit::owner(TODAY), testkit::reader(TODAY));
        let place = saved(store, &cx, "Clients of ours", r#"{"class":"client"}"#, true);
        let edit = get(store, &cx, &format!("{place}/edit")).unwrap().body;
        insta::assert_snapshot!("change_view", lines(&edit.replace(&place, "/relationships/views/viw_x")));
        assert!(!get(store, &reader, "/relationships/views").unwrap().body.contains("Change…"));
        let refused = post(store, &cx, &place, &[("name", " ")]).unwrap();
        let Reply::Page { body, .. } = refused else { panic!("the form comes back") };
        assert!(body.into_string().contains("it needs a name"));
        assert!(matches!(
            post(store, &cx, &place, &[("name", "Clients now"), ("shared", "true")]),
            Ok(Reply::Go(_))
        ));
        let Ok(Reply::Go(after)) = post(store, &cx, &format!("{place}/deletion"), &[]) else {
            panic!("it goes")
        };
        let list = get(store, &cx, &after).unwrap().body;
        assert!(
            list.contains("The view “Clients now” is deleted.")
                && list.contains(&format!("{place}/restoration")),
            "{list}"
        );
        assert_eq!(get(store, &cx, &place).err().unwrap().code, "views.none");
        post(store, &cx, &format!("{place}/restoration"), &[]).unwrap();
        assert!(get(store, &reader, &place).unwrap().body.contains("Clients now"));
        // What is saved in the place of another keeps its name.
        let id = place.rsplit('/').next().unwrap();
        let fields = [("asks", r#"{"class":"customer"}"#), ("name", ""), ("instead", id)];
        post(store, &cx, "/relationships/views", &fields).unwrap();
        let page = get(store, &cx, &place).unwrap();
        assert!(page.title == "Clients now" && !page.body.contains("Northgate Choir"), "{}", page.body);
    });
}

#[test]
fn a_view_is_found_by_the_beginnings_of_its_words() {
    in_the_world(|store| {
        of_each(store);
        let cx = testkit::owner(TODAY);
        saved(store, &cx, "Quiet for a quarter", r#"{"where":"last<today-90"}"#, false);
        let found = |cx: &Context, text: &str| {
            let visit = Visit {
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
            };
            let finders = relationship::slice().finders;
            store
                .read(cx, |tx| {
                    let mut titles = Vec::new();
                    for finder in finders {
                        titles.extend((finder.find)(&visit, tx, text)?.rows.into_iter().map(|row| row.title));
                    }
                    Ok(titles)
                })
                .unwrap()
        };
        assert_eq!(found(&cx, "quart qui"), ["Quiet for a quarter"]);
        assert!(found(&cx, "uiet").is_empty());
        assert!(found(&testkit::reader(TODAY), "quiet").is_empty(), "it is not shared");
    });
}
