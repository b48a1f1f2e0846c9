//! What help promises: every document a page, every link one that leads somewhere.

use std::{path::Path, sync::Arc};

use speech::{Language, Listener, speaking};

use super::{
    render::{html, slug, target},
    shelf::{in_file, topic, topic_of, topic_on, topics},
};

/// Does the same in every language.
fn in_every_language(work: impl Fn()) {
    for language in Language::ALL {
        speaking(Arc::new(Listener { language, ..Listener::default() }), &work);
    }
}

#[test]
fn a_document_about_a_screen_is_there_in_german() {
    let begins = || html(topic("today").unwrap()).chars().skip(3).take(10).collect::<String>();
    assert_eq!(begins(), "Today says");
    let german = Arc::new(Listener { language: Language::German, ..Listener::default() });
    assert_eq!(speaking(german, begins), "Diese Seit");
}

#[test]
fn every_document_is_a_page_without_inline_styles_or_scripts() {
    in_every_language(documents_are_plain);
}

fn documents_are_plain() {
    for topic in topics() {
        let page = html(topic);
        assert!(!page.is_empty(), "{}", topic.name);
        for refused in ["style=", "<script", "<h1", "javascript:"] {
            assert!(!page.contains(refused), "{}: {refused}", topic.name);
        }
        let file = topic.document().file;
        assert!(in_file(file).is_some_and(|found| found.name == topic.name), "{file} twice");
    }
}

#[test]
fn links_between_documents_lead_to_their_pages_and_to_a_heading_that_is_there() {
    in_every_language(links_lead_somewhere);
    let cards = topic("learned-policy").unwrap().english.file;
    assert_eq!(target("dimensions.md#tenure", cards).as_deref(), Some("/help/dimensions#tenure"));
    assert_eq!(target("../../GLOSSARY.md", cards).as_deref(), Some("/help/words"));
    assert_eq!(target("../../xtask/src/main.rs", cards), None, "what is not served stays words");
    assert_eq!(target("book.md", "docs/help/de/today.md").as_deref(), Some("/help/book"));
    assert_eq!(slug("How it is decided: `why`?"), "how-it-is-decided-why");
}

fn links_lead_somewhere() {
    for from in topics() {
        let page = html(from);
        for link in page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let Some(rest) = link.strip_prefix("/help/") else { continue };
            let (name, part) = rest.split_once('#').unwrap_or((rest, ""));
            let to = topic(name).unwrap_or_else(|| panic!("{} links to {link}", from.name));
            let id = format!("id=\"{part}\"");
            assert!(part.is_empty() || html(to).contains(&id), "{} links to {link}", from.name);
        }
    }
}

#[test]
fn every_place_of_the_rail_has_help_of_its_own() {
    for place in crate::web::places() {
        assert_ne!(topic_of(place), "/help", "{place} has no help");
    }
    assert_eq!(topic_of("/nowhere"), "/help");
    for (path, topic) in [
        ("/relationships?class=client", "/help/book"),
        ("/relationships/spectrum", "/help/book"),
        ("/relationships/rel_x7Kq2/switch?to=client", "/help/relationship"),
        ("/contracts/con_x7Kq2", "/help/relationship"),
        ("/accounts/acc_x7Kq2", "/help/relationship"),
    ] {
        assert_eq!(topic_on(path, "/relationships"), topic, "{path}");
    }
    assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/help").is_dir());
}
