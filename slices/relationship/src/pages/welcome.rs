//! Welcome: what the book shows before anything was brought in.

use maud::{Markup, Render};
use speech::html;
use ui::{Button, Door, Doors, Drop, Field, Group, Head, Mark, Nothing, Sign, hidden};

/// The sample businesses, as the app has them: the word, the title, one sentence.
const SAMPLES: [[&str; 3]; 3] = [
    [
        "practice",
        "A practice",
        "Insurance and advice in a harbour town: mostly clients, a few who want to be left alone, and travel policies bought \
         at night.",
    ],
    [
        "shop",
        "A shop",
        "Homeware and gifts: mostly customers, regulars with their seasons, and tea rooms that buy by the dozen among them.",
    ],
    [
        "saas",
        "A software vendor",
        "Payroll software with a services arm: many stand near the line, some get less than they are owed, and three people \
         look after them all.",
    ],
];

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
                (Group::new("Bring in your files", self.file()).narrow())
                (Group::new("Look around first", self.samples()).narrow())
                (Group::new("Start empty", empty()).narrow())
                p .small .soft .group .narrow { "Nothing leaves this machine." }
            } @else {
                (Nothing { sentence: "Nothing has been brought in yet. Members and owners can bring in a file.".into(), act: None })
            }
        }
    }
}

impl Welcome<'_> {
    fn file(&self) -> Markup {
        let label = "Orders, invoices, contracts, people, conversations: from any tool, several at once";
        let drop = Drop {
            action: "/imports".into(),
            hidden: hidden("csrf", self.csrf),
            field: Field::file("file", label, "").required().multiple(),
            act: "Bring in".into(),
        };
        html! {
            p .small .soft { "You see a dry run first, and everything can be taken back." }
            div .group { (drop) }
        }
    }

    fn samples(&self) -> Markup {
        let door = |[word, title, sentence]: [&'static str; 3]| Door {
            heading: title.into(),
            sentence: sentence.into(),
            act: html! {
                form .acts method="post" action={ "/samples/" (word) } {
                    (hidden("csrf", self.csrf))
                    (Button::submit("Look around"))
                }
            },
        };
        html! {
            p .small .soft { "Three invented businesses with years of history. They leave without a trace." }
            (Doors { doors: SAMPLES.map(door).into() })
        }
    }
}

fn empty() -> Markup {
    let door = Door {
        heading: "Write down one relationship".into(),
        sentence: "A name, and what you know. Two facts are often enough for a first answer.".into(),
        act: html! { div .acts { (Button::link("Add an account", "/accounts/new")) } },
    };
    Doors { doors: vec![door] }.render()
}
