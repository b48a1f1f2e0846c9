//! Every page with an address of its own has a way, and every way leads to a page that asks the same.

use std::collections::BTreeSet;

use slice::{Method, PageRoute};

use super::way::{BEGUN, DEEDS, PAGES, Way};

/// Pages that are reached by what was done before, and by nothing else.
const WITHOUT: [&str; 4] = ["/find", "/relationships/bulk", "/relationships/deciding", "/imports/new"];

fn routes() -> Vec<&'static PageRoute> {
    let slices = crate::slices::all();
    slices.iter().flat_map(|slice| slice.pages).filter(|page| page.method == Method::Get).collect()
}

fn bare(href: &str) -> &str {
    href.split('?').next().unwrap_or_default()
}

#[test]
fn every_page_with_an_address_of_its_own_is_found() {
    let ways: BTreeSet<&str> = PAGES.iter().chain(BEGUN).map(|way| bare(way.href)).collect();
    let all = routes();
    let own = all.iter().map(|page| page.path).filter(|path| !path.contains('{'));
    let shut: Vec<&str> = own.filter(|path| !ways.contains(path) && !WITHOUT.contains(path)).collect();
    assert!(shut.is_empty(), "no way leads to {shut:?}");
}

#[test]
fn every_way_leads_to_a_page_and_asks_at_least_what_the_page_asks() {
    let all = routes();
    let led = |way: &Way, before: &str| {
        let path = format!("{before}{}", bare(way.href));
        let page = all
            .iter()
            .find(|page| page.path == path || (path.starts_with("/help/") && page.path == "/help/{topic}"));
        let page = page.unwrap_or_else(|| panic!("{path} is no page"));

        for role in kernel::Role::ALL {
            assert!(role.may(page.permission) || !role.may(way.asks), "{path} is shown to a {role:?}");
        }
    };
    PAGES.iter().chain(BEGUN).for_each(|way| led(way, ""));
    DEEDS.iter().for_each(|way| led(way, "/accounts/{id}"));
}

#[test]
fn every_way_has_its_name_in_german() {
    let known = include_str!("../../words/de.po").replace("\"\n\"", "");
    for way in PAGES.iter().chain(BEGUN).chain(DEEDS) {
        for text in [way.title, way.also] {
            assert!(known.contains(&format!("msgid \"{text}\"\n")), "{text}");
        }
    }
}
