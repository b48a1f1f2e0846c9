//! Welcome: what the book shows before anything was brought in.

use maud::{Markup, Render, html};
use ui::{Button, Door, Doors, Drop, Field, Head, Mark, Nothing, Sign, hidden};

/// The first page of an empty house.
pub(super) struct Welcome<'a> {
    /// The visitor may bring files in.
    pub(super) may_bring: bool,
    /// The token of their forms.
    pub(super) csrf: &'a str,
}

impl Render for Welcome<'_> {
    fn render(&self) -> Markup {
        let lead = html! {
            "Give Mainstay facts and it tells you, for every relationship, whether it is a "
            (Mark::new(Sign::Customer, "customer")) " or a " (Mark::new(Sign::Client, "client")) ", and why."
        };
        html! {
            (Head { title: "Who stays, who passes by?".into(), lead: Some(lead), narrow: true, ..Head::default() })
            @if self.may_bring {
                div .group .narrow { (self.file()) }
                (doors())
                p .small .soft .group .narrow { "You see a dry run first. Nothing leaves this machine." }
            } @else {
                (Nothing { sentence: "Nothing has been brought in yet. Members and owners can bring in a file.".into(), act: None })
            }
        }
    }
}

impl Welcome<'_> {
    fn file(&self) -> Drop<'static> {
        let label = "A file with orders or invoices, one line of each per row";
        Drop {
            action: "/imports".into(),
            hidden: hidden("csrf", self.csrf),
            field: Field::file("file", label, ".csv,.tsv,.txt,.gz").required(),
            act: "Bring in".into(),
        }
    }
}

fn doors() -> Doors<'static> {
    let door = |heading: &'static str, sentence: &'static str, act: Markup| Door {
        heading: heading.into(),
        sentence: sentence.into(),
        act,
    };
    Doors {
        doors: vec![
            door(
                "From the command line",
                "The same file, the same dry run, the same answers.",
                html! { p { code { "mainstay import orders.csv --dry-run" } } },
            ),
            door(
                "Write down one relationship",
                "A name, and what you know. Two facts are often enough for a first answer.",
                html! { (Button::link("Add an account", "/accounts/new")) },
            ),
        ],
    }
}
