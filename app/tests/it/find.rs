//! Whoever looks for a page or wants to do something finds it by its words, as far as they may, without a script.

use crate::{
    town::{Town, Who},
    world::World,
};

fn found(town: &Town, who: Who, query: &str) -> String {
    let page = town.page(who, &format!("/find?{query}"));
    assert!(page.status.is_success(), "{query}: {}", page.text);
    page.text.split("data-found").nth(1).unwrap().to_owned()
}

#[test]
fn pages_and_acts_are_found_by_the_words_that_people_use_for_them() {
    for town in Town::all() {
        for (asked, href) in [
            ("audit", "/audit"),
            ("connections", "/connections"),
            ("calendar", "/calendars"),
            ("catalogue", "/products"),
            ("language", "/language"),
            ("import", "/imports"),
            ("token", "/connections"),
            ("sign+out", "/sign-out"),
            ("logout", "/sign-out"),
            ("renewals", "/contracts"),
            ("add", "/accounts/new"),
            ("new+order", "/find?for=%2Forders%2Fnew"),
            ("export", "/help/commands"),
            ("words+lang", "/language"),
            ("undo", "/relationships/bulks"),
            ("gamma", "/help/gamma-gamma"),
        ] {
            let rows = found(&town, Who::Owner, &format!("q={asked}"));
            assert!(rows.contains(&format!("=\"{href}\"")), "{asked}: {rows}");
            assert!(!rows.contains("Nothing has"), "{asked}: {rows}");
        }
        let first = found(&town, Who::Owner, "q=audit");
        assert!(first.find("/audit") < first.find("Write down “audit”"), "{first}");
        assert!(found(&town, Who::Owner, "q=%40%40xyzzyx").contains("Nothing has “@@xyzzyx”"));
        let all = found(&town, Who::Owner, "");
        assert!(all.contains("g b</kbd>") && all.contains("\"/samples\""), "{all}");
    }
}

#[test]
fn nothing_is_offered_that_somebody_may_not_do() {
    let town = Town::one();
    let reader = found(&town, Who::Reader, "");
    for shut in ["\"/audit\"", "\"/people\"", "\"/accounts/new\"", "orders%2Fnew", "\"/products/new\""] {
        assert!(!reader.contains(shut), "{shut}: {reader}");
    }
    assert!(reader.contains("\"/figures\"") && reader.contains("\"/sign-out\""), "{reader}");
    let member = found(&town, Who::Member, "");
    assert!(!member.contains("\"/people\"") && member.contains("\"/accounts/new\""), "{member}");
    assert!(found(&town, Who::Owner, "q=maren").contains("Maren of ours"), "people of ours, by name");
    assert!(!found(&town, Who::Member, "q=maren").contains("Maren of ours"));
}

#[test]
fn what_is_begun_asks_for_whom_and_on_a_record_it_is_theirs() {
    let town = Town::one();
    let world = World::build(&town);
    let (account, relationship) = (&world.open.account, &world.open.relationship);
    let whom = town.page(Who::Owner, "/find?for=%2Forders%2Fnew&q=rook").text;
    assert!(whom.contains("Record an order") && whom.contains("value=\"/orders/new\""), "{whom}");
    assert!(whom.contains(&format!("href=\"/accounts/{account}/orders/new\"")), "{whom}");
    let page = town.page(Who::Owner, &format!("/relationships/{relationship}")).text;
    assert!(page.contains(&format!("href=\"/find?at=%2Frelationships%2F{relationship}\"")), "{page}");
    let here = found(&town, Who::Owner, &format!("at=%2Frelationships%2F{relationship}"));
    for href in [
        format!("/relationships/{relationship}/switch?to=client"),
        format!("/relationships/{relationship}/preference"),
        format!("/relationships/{relationship}#o-{relationship}-class"),
        format!("/accounts/{account}/facts/new"),
        format!("/accounts/{account}/facts/new?kind=note"),
        format!("/accounts/{account}/orders/new"),
    ] {
        assert!(here.contains(&format!("\"{href}\"")), "{href}: {here}");
    }
    let walled = found(&town, Who::Owner, &format!("at=%2Faccounts%2F{}", world.walled.account));
    assert_eq!(walled, found(&town, Who::Owner, "at=%2Faccounts%2Facc_x7Kq2"), "as where nobody is");
}

#[test]
fn a_page_is_found_in_the_language_of_whoever_looks_and_in_english() {
    let town = Town::one();
    let chosen = town.form(Who::Owner, "/language", None, "language=de");
    assert!(chosen.status.is_redirection(), "{}", chosen.text);
    for (asked, href) in
        [("protokoll", "/audit"), ("audit", "/audit"), ("feiertage", "/calendars"), ("abmelden", "/sign-out")]
    {
        let rows = found(&town, Who::Owner, &format!("q={asked}"));
        assert!(rows.contains(&format!("=\"{href}\"")), "{asked}: {rows}");
    }
    let english = found(&town, Who::Owner, "q=english");
    assert!(english.contains("name=\"language\" value=\"en\""), "{english}");
}
