//! What is said, in the language of whoever it is said to.

use std::{collections::BTreeMap, sync::Arc};

use maud::html as plain_html;

use speech::*;

const GERMAN: &str = r#"
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

msgid "It ends on {day}."
msgstr "Am {day} endet er."

msgid "{} of {}"
msgstr "von {1} {0}"

msgid "Nothing waits."
msgstr "Nichts wartet."

msgid "Judged {on}, by {policy}"
msgstr "Nach {policy} beurteilt {on}"

msgid "one file of {place}"
msgid_plural "{n} files of {place}"
msgstr[0] "eine Datei von {place}"
msgstr[1] "{n} Dateien von {place}"

msgid "row"
msgid_plural "rows"
msgstr[0] "Zeile"
msgstr[1] "Zeilen"

msgid "client"
msgstr "Klient"
"#;

fn german() -> Arc<Listener> {
    install(|| Catalogue::read(&[("said", GERMAN)]));
    Arc::new(Listener { language: Language::German, ..Listener::default() })
}

fn all() -> Vec<String> {
    let (day, part, policy) = ("4 May", 3, "<ours>");
    let class = "client".to_owned();
    vec![
        say!("It ends on {day}."),
        say!("{} of {}", part, 12),
        say!("Nothing waits.").into_owned(),
        say!("one file of {place}" | "{n} files of {place}" % 1, place = "X"),
        say!("one file of {place}" | "{n} files of {place}" % 12_000, place = "X"),
        noun(2, "row", "rows"),
        word!(class),
        tell!("Judged {on}, by {policy}", on = plain_html! { b { "x" } }).into_string(),
        html! { p class="client" title="Nothing waits." { " Nothing waits. " @if class == "client" { "client" } } }
            .into_string(),
        html! { @match part { 3 => "client", _ => { "Nothing waits." } } @let x = "client"; (x) }.into_string(),
    ]
}

#[test]
fn english_is_said_as_it_stands() {
    assert_eq!(
        all(),
        [
            "It ends on 4 May.",
            "3 of 12",
            "Nothing waits.",
            "one file of X",
            "12,000 files of X",
            "2 rows",
            "client",
            "Judged <b>x</b>, by &lt;ours&gt;",
            r#"<p class="client" title="Nothing waits."> Nothing waits. client</p>"#,
            "clientclient",
        ]
    );
}

#[test]
fn another_language_is_looked_up_by_the_english() {
    assert_eq!(
        speaking(german(), all),
        [
            "Am 4 May endet er.",
            "von 12 3",
            "Nichts wartet.",
            "eine Datei von X",
            "12.000 Dateien von X",
            "2 Zeilen",
            "Klient",
            "Nach &lt;ours&gt; beurteilt <b>x</b>",
            r#"<p class="client" title="Nichts wartet."> Nichts wartet. Klient</p>"#,
            "Klientclient",
        ]
    );
    assert!(is_plain(), "whoever was spoken to before is again");
}

#[test]
fn a_house_has_its_own_words() {
    let word = |our_one: &str, our_many: &str, one: &str, many: &str| DisplayWord {
        our_one: our_one.into(),
        our_many: our_many.into(),
        one: one.into(),
        many: many.into(),
    };
    let words = vec![
        word("client", "clients", "account holder", "account holders"),
        word("party", "parties", "member", "members"),
    ];
    let words = DisplayWords(BTreeMap::from([(Language::English, words)]));
    let listener = Arc::new(Listener { words, ..Listener::default() });
    let said = speaking(listener, || {
        [
            say!("A client, and clients; a Client of a party."),
            say!("Clienteling is no word of ours."),
            say!("A party"),
        ]
    });
    assert_eq!(
        said,
        [
            "An account holder, and account holders; an Account holder of a member.",
            "Clienteling is no word of ours.",
            "A member"
        ]
    );
}

#[test]
fn a_browser_says_what_its_reader_prefers() {
    let found = |header| Language::preferred(header);
    assert_eq!(found("de-AT,de;q=0.9,en;q=0.8"), Some(Language::German));
    assert_eq!(found("fr, en;q=0.3, de;q=0.4"), Some(Language::German));
    assert_eq!(found("en, de"), Some(Language::English));
    assert_eq!(found("fr"), None);
    assert_eq!(found("de;q=0"), None);
    assert_eq!(found(";;,=,q"), None);
}

#[test]
fn a_hole_that_the_english_does_not_have_is_refused() {
    let head = "msgid \"\"\nmsgstr \"Plural-Forms: nplurals=2; plural=(n != 1);\\n\"\n\n";
    let text = format!("{head}msgid \"A {{day}}\"\nmsgstr \"Ein {{tag}}\"\n");
    let refused = Catalogue::read(&[("x", &text)]).unwrap_err();
    assert_eq!(refused.to_string(), "the catalogue of x: \"A {day}\" has no hole tag");
}
