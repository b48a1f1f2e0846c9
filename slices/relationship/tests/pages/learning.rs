//! Learning on pages, and the word probability: it is said only under a policy that was learned.

use kernel::Context;
use relationship::policy::SHIPPED;
use slice::{Reply, Visit};
use store::Store;

use super::world::{TODAY, get, in_the_world, of_each};

fn ask(store: &Store, cx: &Context, labels: &str) -> Result<String, String> {
    let pages = relationship::slice().pages;
    let route = pages
        .iter()
        .find(|route| route.path == "/service-models/learning" && route.method == slice::Method::Post)
        .unwrap();
    let form = vec![("labels".to_owned(), labels.to_owned())];
    let visit = Visit {
        cx,
        parts: Default::default(),
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

/// Every page that shows a class.
fn pages(store: &Store, cx: &Context, accounts: &[(&str, String)]) -> String {
    let own =
        ["/relationships", "/relationships?class=client", "/service-models", "/service-models/learning"];
    let of_accounts = accounts.iter().map(|(_, id)| format!("/accounts/{id}"));
    let all = own.into_iter().map(str::to_owned).chain(of_accounts);
    all.map(|address| get(store, cx, &address).unwrap().body).collect()
}

#[test]
fn no_page_says_probability_unless_the_policy_was_learned() {
    in_the_world(|store| {
        let made = of_each(store);
        let cx = testkit::owner(TODAY);
        for (name, text) in SHIPPED {
            store.write(&cx, |tx| relationship::store::policy::adopt(&cx, tx, text, "a try")).unwrap();
            let shown = pages(store, &cx, &made).to_lowercase();
            assert!(shown.contains("strength"), "{name}");
            assert!(!shown.contains("probabilit"), "{name}: {shown}");
        }
        let note = "\n[learned]\nlabels = 120\nclients = 40\non = \"2025-10-01\"\nfrom = \"default 2.1.0\"\n";
        let text = format!("{}{note}", SHIPPED[0].1);
        store.write(&cx, |tx| relationship::store::policy::adopt(&cx, tx, &text, "learned")).unwrap();
        let page = get(store, &cx, &format!("/accounts/{}", made[0].1)).unwrap().body;
        assert!(page.contains("By 120 labels of ours the strength is a probability of a client."), "{page}");
    });
}

#[test]
fn labels_are_pasted_and_too_few_is_an_answer() {
    in_the_world(|store| {
        of_each(store);
        let cx = testkit::owner(TODAY);
        let form = get(store, &cx, "/service-models/learning").unwrap().body;
        assert!(form.contains("Nothing was learned so far."), "{form}");
        let refused = ask(store, &cx, "who;what\nRook;<client>\n").unwrap_err();
        assert!(
            refused.contains("account and class") && refused.contains("Rook;&lt;client&gt;"),
            "{refused}"
        );
        let path = ask(store, &cx, "account,class\nRook & Daughters,customer\nNobody,client\n").unwrap();
        let page = get(store, &cx, &path).unwrap().body;
        assert!(page.contains("Too few labels") && page.contains("Nothing was learned"), "{page}");
        assert!(page.contains("names no account that you may see"), "{page}");
        assert!(!page.contains("Put in force"), "{page}");
        let listed = get(store, &cx, "/service-models/learning").unwrap().body;
        assert!(listed.contains(&path), "{listed}");
        assert!(get(store, &cx, "/service-models").unwrap().body.contains("Learn from labels"));
    });
}
