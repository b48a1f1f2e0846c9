//! Samples of a group that is edited in its place: opened, refused, and changed by two.

use maud::{Markup, Render, html};

use crate::{Asked, Asks, Edit, Typed, edit_link, hidden, reached, terms};

/// A group as it is read, as its form, and as the form comes back.
pub(super) fn edits() -> Markup {
    let asked = asked();
    let edit = Edit {
        asked: &asked,
        now: ["mette@osterlund.example", "+32 9 225 00 18", "organization"].map(str::to_owned).into(),
        version: "v2".into(),
        typed: None,
        wrong: None,
        clash: false,
        by: vec![Some("Ines Marchetti on 14 October 2025 at 10:02".to_owned()), None, None],
        action: "#".into(),
        hidden: hidden("edit", "reach"),
        back: "#edit-reach".into(),
    };
    let clash = Edit {
        typed: Some(Typed::sent(&sent(), &asked)),
        wrong: Some((None, "Changed.".to_owned())),
        clash: true,
        ..edit
    };
    let one = one();
    let refused = Edit {
        asked: &one,
        now: vec!["Osterlund Marine".to_owned()],
        typed: Some(Typed::sent(&[("name".to_owned(), String::new())], &one)),
        wrong: Some((Some("name".to_owned()), "An account needs a name; it is blank.".to_owned())),
        clash: false,
        by: Vec::new(),
        ..clash.clone()
    };
    html! {
        div .titled { strong { "Osterlund Marine" } (refused) }
        (terms(&[
            ("Country", html! { "Belgium " (edit_link("#", "country", "country")) }),
            ("Telephone", html! { (reached("0032 2 555 01 23", Some("#"))) " " (edit_link("#", "phone", "telephone")) }),
            ("Email", clash.render()),
        ]))
    }
}

/// A field alone.
fn one() -> [Asked; 1] {
    let how = Asks::Line("text");
    [Asked { name: "name", label: "Name".into(), how, hint: "As they write it.".into() }]
}

/// Fields of three kinds.
fn asked() -> [Asked; 3] {
    [
        Asked { name: "email", label: "Email".into(), how: Asks::Line("text"), hint: "".into() },
        Asked { name: "phone", label: "Telephone".into(), how: Asks::Line("tel"), hint: "".into() },
        Asked {
            name: "kind",
            label: "What kind of party".into(),
            how: Asks::One(vec![
                ("", "Not said".into()),
                ("organization", "Organization".into()),
                ("household", "Household".into()),
            ]),
            hint: "".into(),
        },
    ]
}

/// What somebody sent who opened the form before it was changed.
fn sent() -> Vec<(String, String)> {
    let was = [("was.email", "info@osterlund.example"), ("was.phone", ""), ("was.kind", "")];
    let mine =
        [("version", "v1"), ("email", "office@osterlund.example"), ("phone", ""), ("kind", "household")];
    was.iter().chain(&mine).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}
