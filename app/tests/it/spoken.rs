//! Pages speak to people in their language and in the words of their house; programs are told the same as ever.

use std::collections::{BTreeMap, BTreeSet};

use axum::{body::Body, http::Method};
use mainstay::slices;
use serde_json::json;
use store::dump;

use crate::{
    crawl::Walk,
    town::{Town, Who},
    world::World,
};

/// What German has from English, or from nobody.
const SAME: &[&str] = &[
    "Mainstay", "Name", "Import", "Text", "Code", "Browser", "Link", "Filter", "Status", "CSV", "REST",
    "English", "Deutsch", "Bank", "Online", "Person", "Portal", "Thai", "Website",
];
/// What a test brought with it and the house keeps in other words: columns of files, names of people and days.
const BROUGHT: &[&str] = &[
    "Amount",
    "Country",
    "Currency",
    "Customer ID",
    "Customer name",
    "Date",
    "Description",
    "Order number",
    "of ours",
    "Christmas",
    "they call first",
    "The raft has sunk.",
    "raft",
    "default 2.1.0",
    "c9",
];

/// Elements of which nothing is said.
const HIDDEN: [&str; 6] = ["script", "style", "code", "pre", "kbd", "textarea"];

/// Everything that is said on a page: the texts between tags, without code, scripts and what is marked as not to be
/// translated.
fn said(page: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut hidden: Option<&str> = None;
    for part in page.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        let name = tag.split([' ', '\n', '/']).next().unwrap_or_default();
        if let Some(end) = hidden {
            if tag.starts_with('/') && tag[1..] == *end {
                hidden = None;
            } else {
                continue;
            }
        } else if HIDDEN.contains(&name) {
            hidden = HIDDEN.into_iter().find(|one| *one == name);
            continue;
        }
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let text =
            text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        if text.chars().any(char::is_alphabetic) {
            texts.push(text);
        }
    }
    texts
}

fn choose(town: &Town, language: &str) {
    let chosen = town.form(Who::Owner, "/language", None, &format!("language={language}"));
    assert!(chosen.status.is_redirection(), "{}", chosen.text);
}

/// Whether a text says nothing but what the house knows from others, what programs call things, and what German has as well.
fn is_theirs(text: &str, known: &str) -> bool {
    let pieces = text.split([',', ':', '·', '(', ')', '“', '”']).map(str::trim);
    let is_word = |piece: &&str| piece.chars().any(char::is_alphabetic);
    pieces.filter(is_word).all(|piece| {
        // `person.add`, `orders.csv`, `UTF-8`, `under-served`.
        let is_name = !piece.contains(' ') && piece.contains(['.', '_', '-']);
        let is_model = piece.contains("NBD") || piece.chars().all(|letter| !letter.is_lowercase());
        let is_brought = BROUGHT.iter().any(|brought| piece.ends_with(brought));
        known.contains(piece)
            || SAME.contains(&piece)
            || [is_name, is_model, is_brought, piece.ends_with(" UTC")].contains(&true)
    })
}

/// All that the house knows, as text.
fn known(town: &Town) -> String {
    let tables = slices::tables(&town.running.open.slices);
    let mut text = Vec::new();
    let cx = town.running.own();
    town.running.open.house.store.read(&cx, |tx| dump::canonical(tx, &tables, &mut text)).unwrap();
    String::from_utf8_lossy(&text).into_owned()
}

#[test]
fn a_browser_is_answered_in_the_language_it_prefers_until_somebody_chooses() {
    for town in Town::all() {
        let ask = |who, language: &str| {
            let request =
                town.request(who, Method::GET, if who == Who::Nobody { "/sign-in" } else { "/language" });
            town.send(request.header("accept-language", language).body(Body::empty()).unwrap()).text
        };
        for who in [Who::Nobody, Who::Owner] {
            assert!(ask(who, "de-CH, en;q=0.5").contains("<html lang=\"de\""), "{who:?}");
            assert!(ask(who, "fr").contains("<html lang=\"en\""), "{who:?}");
        }
        assert!(ask(Who::Nobody, "de").contains("Anmelden"));
        choose(&town, "de");
        assert!(ask(Who::Owner, "en").contains("<html lang=\"de\""), "what was chosen goes first");
        assert!(ask(Who::Member, "en").contains("<html lang=\"en\""), "it is theirs alone");
        choose(&town, "");
        assert!(ask(Who::Owner, "en").contains("<html lang=\"en\""));
    }
}

#[test]
fn programs_are_told_the_same_in_every_language() {
    for town in Town::all() {
        let ask = |path: &str| town.call(Who::Owner, Method::GET, path, None).text;
        let refused =
            || town.call(Who::Owner, Method::GET, "/accounts/acc_x7Kq2", None).json()["detail"].clone();
        let before = (["/lines", "/people", "/policy"].map(ask), refused());
        choose(&town, "de");
        let called = json!({"one": "member", "many": "members"});
        assert_eq!(
            town.call(Who::Owner, Method::PUT, "/house/words/en/client", Some(called)).status.as_u16(),
            200
        );
        assert_eq!((["/lines", "/people", "/policy"].map(ask), refused()), before);
    }
}

#[test]
fn the_house_calls_them_as_it_likes() {
    for town in Town::all() {
        let call = |word: &str, one: &str, many: &str| {
            let body = json!({"one": one, "many": many});
            town.call(Who::Owner, Method::PUT, &format!("/house/words/en/{word}"), Some(body))
        };
        let page = |path: &str| town.page(Who::Owner, path).text;
        assert!(page("/service-models").contains("client"));
        assert_eq!(call("client", "account holder", "account holders").status.as_u16(), 200);
        let said = said(&page("/service-models")).join(" ");
        assert!(said.contains("account holder") && !said.contains("client"), "{said}");
        assert_eq!(call("customer", "account holder", "guests").code(), "access.house_word");
        assert_eq!(call("customer", "guest", "").code(), "access.house_word");
        assert_eq!(call("customer", "<b>", "x").code(), "access.house_word");
        assert_eq!(call("client", "", "").status.as_u16(), 200);
        assert!(page("/service-models").contains("client"), "ours again");
    }
}

#[test]
fn no_page_speaks_english_to_a_german() {
    let town = Town::one();
    let world = World::build(&town);
    world.furnish(&town);
    crate::authorization::give_up(&town);
    let walk = Walk::of(&town, Who::Owner);
    let english: BTreeMap<&str, BTreeSet<String>> = walk
        .opened
        .iter()
        .map(|page| (page.as_str(), said(&town.page(Who::Owner, page).text).into_iter().collect()))
        .collect();
    choose(&town, "de");
    let known = known(&town);
    let mut left: BTreeMap<String, &str> = BTreeMap::new();
    for (page, english) in &english {
        let page_text = town.page(Who::Owner, page).text;
        // A document that is there in English only says so, and is marked; one tells the words that programs use, and one page
        // those of each language.
        let is_about_words =
            ["/help", "/help/filters", "/language", "/imports"].contains(page) || page.contains("/reading");
        if is_about_words || page_text.contains("lang=\"en\"") {
            continue;
        }
        for text in said(&page_text) {
            if english.contains(&text) && !is_theirs(&text, &known) {
                left.entry(text).or_insert(page);
            }
        }
    }
    assert!(10 < walk.opened.len());
    // It would see one.
    let planted = said("<p title=\"x\">Nothing <b>waits.</b></p><code>fn</code>");
    assert_eq!(planted, ["Nothing", "waits."]);
    assert!(!is_theirs(&planted[0], &known) && is_theirs("Falk Brewery, Shop", &known));
    assert_eq!(left, BTreeMap::new());
}
