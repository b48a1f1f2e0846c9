//! Service lines, classes set by hand and decisions made again, on their pages.

use kernel::{Actor, Context, Role};
use serde_json::json;
use slice::Reply;
use store::Store;

use super::world::{TODAY, account, get, in_the_world, of_each, orders, post, shop};

/// The id of the line of that name.
fn line(store: &Store, cx: &Context, name: &str) -> String {
    let lines = store.read(cx, |tx| accounts::ops::lines(cx, tx, accounts::ops::Nothing {})).unwrap();
    lines.into_iter().find(|line| line.name == name).unwrap().id
}

/// Where a form leads, or the page that refuses it.
fn sent(store: &Store, cx: &Context, path: &str, fields: &[(&str, &str)]) -> Result<String, String> {
    match post(store, cx, path, fields).unwrap() {
        Reply::Go(to) => Ok(to),
        Reply::Page { body, .. } => Err(body.into_string()),
        _ => panic!("neither a page nor a way on"),
    }
}

#[test]
fn the_now_of_a_line_is_turned_after_a_look_at_who_would_change() {
    in_the_world(|store| {
        of_each(store);
        let cx = testkit::owner(TODAY);
        let id = line(store, &cx, "Shop");
        let list = get(store, &cx, "/lines").unwrap().body;
        assert!(
            list.contains(&format!("/lines/{id}")) && list.contains("the last day of its data"),
            "{list}"
        );
        let reader = Context { actor: Actor::User { id: 9, role: Role::Reader }, ..testkit::at(TODAY) };
        let plain = get(store, &reader, "/lines").unwrap().body;
        assert!(!plain.contains(&format!("/lines/{id}")), "a reader turns nothing: {plain}");

        let page = get(store, &cx, &format!("/lines/{id}")).unwrap().body;
        assert!(page.contains("See who would change") && page.contains("value=\"clock\""), "{page}");
        let ahead = get(store, &cx, &format!("/lines/{id}?now_is=clock")).unwrap().body;
        assert!(ahead.contains("would change") && ahead.contains("Let the clock count"), "{ahead}");
        let now = format!("/lines/{id}/now");
        let refused = sent(store, &cx, &now, &[("now_is", "clock"), ("reason", " ")]).unwrap_err();
        assert!(
            refused.contains("the reason is blank") && refused.contains("Let the clock count"),
            "{refused}"
        );
        let form = [("now_is", "clock"), ("reason", "the till reports every night")];
        assert_eq!(sent(store, &cx, &now, &form).unwrap(), format!("/lines/{id}"));
        let turned = get(store, &cx, &format!("/lines/{id}")).unwrap().body;
        assert!(turned.contains("the day it is") && turned.contains("value=\"end of data\""), "{turned}");

        let to = sent(store, &cx, &format!("/lines/{id}/baseline"), &[]).unwrap();
        assert!(get(store, &cx, &to).unwrap().body.contains("were taken anew from"), "{to}");
    });
}

#[test]
fn classes_set_by_hand_stand_in_one_list() {
    in_the_world(|store| {
        let cx = testkit::owner(TODAY);
        let none = get(store, &cx, "/service-models/overrides").unwrap().body;
        assert!(none.contains("No class that was set by hand counts today"), "{none}");
        let set = |name: &str| {
            let id = store
                .write(&cx, |tx| {
                    let line = shop(tx)?;
                    let id = account(&cx, tx, name)?;
                    orders(&cx, tx, &id, "EUR", &[("2025-09-01", 120)])?;
                    relationship::jobs::decide(&cx, tx, &[(cx.codes.read(&id)?, line)])?;
                    Ok(id)
                })
                .unwrap();
            let rows = store
                .read(&cx, |tx| {
                    let input = serde_json::from_value(json!({ "name": name })).unwrap();
                    relationship::ops::list(&cx, tx, input)
                })
                .unwrap()
                .rows;
            let found = rows.iter().find(|row| row.account == id).unwrap();
            let form = [("class", "client"), ("reason", "they call first"), ("until", "2026-01-31")];
            sent(store, &cx, &format!("/relationships/{}/override", found.id), &form).unwrap();
            found.id.clone()
        };
        let first = set("Rook & <b>Daughters</b>");
        let one = get(store, &cx, "/service-models/overrides").unwrap();
        assert!(one.body.contains(&first) && one.body.contains("they call first"), "{}", one.body);
        assert!(one.body.contains("Rook &amp; &lt;b&gt;Daughters"), "{}", one.body);
        for n in 0..49 {
            set(&format!("Buyer {n}"));
        }
        let fifty = get(store, &cx, "/service-models/overrides").unwrap();
        assert_eq!(fifty.statements, one.statements, "rows cost no statements of their own");
        let other = get(store, &cx, "/service-models/overrides?show=disagreeing").unwrap().body;
        assert!(other.contains("Say otherwise than the evidence"), "{other}");
    });
}

#[test]
fn decisions_are_made_again_and_facts_leave_as_a_file() {
    in_the_world(|store| {
        of_each(store);
        let cx = testkit::owner(TODAY);
        let ask = get(store, &cx, "/decisions").unwrap().body;
        assert!(ask.contains("Make them again") && ask.contains("value=\"200\""), "{ask}");
        let again = get(store, &cx, "/decisions?sample=50").unwrap().body;
        assert!(again.contains("came out the same, to the last digit; none came out otherwise"), "{again}");
        let refused = get(store, &cx, "/decisions?sample=many").unwrap().body;
        assert!(refused.contains("is no whole number") && refused.contains("value=\"many\""), "{refused}");

        let rows = store
            .read(&cx, |tx| relationship::ops::list(&cx, tx, serde_json::from_value(json!({})).unwrap()))
            .unwrap()
            .rows;
        let id = &rows[0].id;
        let came = get(store, &cx, &format!("/relationships/{id}/history")).unwrap().body;
        assert!(came.contains(&format!("href=\"/relationships/{id}/case\"")), "{came}");
        let wanted = get(store, &cx, &format!("/relationships/{id}/preference")).unwrap().body;
        assert!(
            wanted.contains("What we may contact them for") && wanted.contains("The same words to many"),
            "{wanted}"
        );
    });
}
