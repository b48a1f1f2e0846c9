//! Conditions: the builder, the sentence above the list, and the links that drop one.

use std::fmt::Write;

use super::world::{TODAY, get, in_the_world, lines, of_each};

const WHERE: &str = "class:client or (line:Shop and net>=100 GBP)";

fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' => out.push(char::from(byte)),
            _ => write!(out, "%{byte:02X}").unwrap(),
        }
    }
    out
}

fn asked(text: &str) -> String {
    format!("/relationships?where={}", encoded(text))
}

#[test]
fn the_list_says_its_conditions_in_words_and_each_can_be_dropped() {
    in_the_world(|store| {
        of_each(store);
        let cx = testkit::owner(TODAY);
        let page = get(store, &cx, &(asked(WHERE) + "&confidence=high")).unwrap().body;
        let words = page.split("class=\"worded\"").nth(1).unwrap().split("</p>").next().unwrap();
        insta::assert_snapshot!("worded", lines(words));
        let page = get(store, &cx, &asked(WHERE)).unwrap().body;
        assert!(page.contains("Osterlund Marine") && page.contains("Rook &amp; Daughters"), "{page}");
        assert!(!page.contains("Vermeer household"), "{page}");
        assert!(page.contains("Change conditions…"), "{page}");
        // The filters beside it keep it.
        assert!(page.contains("<input type=\"hidden\" name=\"where\" value=\"class:client or (line:Shop and net&gt;=100 GBP)\">"), "{page}");
    });
}

#[test]
fn where_nothing_matches_each_condition_can_be_dropped() {
    in_the_world(|store| {
        of_each(store);
        let page = get(store, &testkit::owner(TODAY), &asked("class:client and purchases>500")).unwrap().body;
        assert!(page.contains("No relationship matches class is client and purchases over 500."), "{page}");
        assert!(
            page.contains(r#"href="/relationships?where=class%3Aclient">Without purchases over 500"#),
            "{page}"
        );
    });
}

#[test]
fn conditions_are_added_grouped_and_removed_by_buttons_alone() {
    in_the_world(|store| {
        of_each(store);
        let cx = testkit::owner(TODAY);
        let show = |address: &str| get(store, &cx, address).unwrap().body;
        let empty = show("/relationships/filter");
        assert!(empty.contains("No condition yet: all relationships."), "{empty}");
        let one = "join=all&field=class&is==&value=client";
        let added = show(&format!("/relationships/filter?{one}&add=net&do=add%3A"));
        assert!(
            added.contains(r#"id="value-1" name="value" type="text" placeholder="1000.00" autofocus"#),
            "{added}"
        );
        assert!(added.contains("1 relationship matches: class is client."), "{added}");
        let grouped = show(&format!("/relationships/filter?{one}&do=group%3A"));
        assert!(
            grouped.contains(r#"<option value="any" selected>"#) && grouped.contains("Remove group 2"),
            "{grouped}"
        );
        let two = "field=net&is=%3E%3D&value=much&in=GBP";
        let wrong = show(&format!("/relationships/filter?{one}&{two}&do=show"));
        assert!(wrong.contains(r#"aria-invalid="true" aria-describedby="value-1-error""#), "{wrong}");
        assert!(wrong.contains("&quot;much&quot; is not an amount"), "{wrong}");
        let removed = show(&format!("/relationships/filter?{one}&{two}&do=remove%3A1"));
        assert!(!removed.contains("much") && removed.contains("matches: class is client."), "{removed}");
    });
}

#[test]
fn the_builder_shows_the_conditions_it_is_opened_with() {
    in_the_world(|store| {
        of_each(store);
        let cx = testkit::owner(TODAY);
        let address = asked("not (class:former or last<today-90) and (fit:fits or strength>=0.7)");
        let page = get(store, &cx, &address.replace("relationships?", "relationships/filter?class=client&"))
            .unwrap();
        assert_eq!(page.title, "Conditions");
        insta::assert_snapshot!("builder", lines(&page.body));
        let text = get(store, &cx, "/relationships/filter?text=class%3Avip").unwrap().body;
        assert!(text.contains("cannot read the filter: at letter 7, &quot;vip&quot; is no class"), "{text}");
    });
}
