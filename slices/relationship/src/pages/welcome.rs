//! Welcome: what the book shows before anything was brought in.

use maud::{Markup, Render};
use speech::{html, say, tell};
use ui::{Button, Door, Doors, Drop, Field, Group, Head, Mark, Nothing, Sign, Text, hidden};

use super::wording;

/// The sample businesses, as the app has them: the word, the title, one sentence.
fn samples() -> [(&'static str, Text<'static>, Text<'static>); 3] {
    [
        (
            "practice",
            say!("A practice"),
            say!(
                "Insurance and advice in a harbour town: mostly clients, a few who want to be left alone, and travel policies \
                 bought at night."
            ),
        ),
        (
            "shop",
            say!("A shop"),
            say!(
                "Homeware and gifts: mostly customers, regulars with their seasons, and tea rooms that buy by the dozen among \
                 them."
            ),
        ),
        (
            "saas",
            say!("A software vendor"),
            say!(
                "Payroll software with a services arm: many stand near the line, some get less than they are owed, and three \
                 people look after them all."
            ),
        ),
    ]
}

/// The first page of an empty house.
pub(super) struct Welcome<'a> {
    /// The visitor may bring files in.
    pub(super) may_bring: bool,
    /// The token of their forms.
    pub(super) csrf: &'a str,
}

impl Render for Welcome<'_> {
    fn render(&self) -> Markup {
        let (customer, client) = wording::ends();
        let lead = tell!(
            "Give Mainstay facts and it tells you, for every relationship, whether it is a {customer} or a {client}, and why.",
            customer = Mark::new(Sign::Customer, &*customer),
            client = Mark::new(Sign::Client, &*client)
        );
        html! {
            (Head { title: say!("Who stays, who passes by?"), lead: Some(lead), narrow: true, ..Head::default() })
            @if self.may_bring {
                (Group::new(say!("Bring in your files"), self.file()).narrow())
                (Group::new(say!("Look around first"), self.samples()).narrow())
                (Group::new(say!("Start empty"), empty()).narrow())
                p .small .soft .group .narrow { "Nothing leaves this machine." }
            } @else {
                (Nothing { sentence: say!("Nothing has been brought in yet. Members and owners can bring in a file."), act: None })
            }
        }
    }
}

impl Welcome<'_> {
    fn file(&self) -> Markup {
        let label =
            say!("Orders, invoices, contracts, people, conversations: from any tool, several at once");
        let drop = Drop {
            action: "/imports".into(),
            hidden: hidden("csrf", self.csrf),
            field: Field::file("file", label, "").required().multiple(),
            act: say!("Bring in"),
        };
        html! {
            p .small .soft { "You see a dry run first, and everything can be taken back." }
            div .group { (drop) }
        }
    }

    fn samples(&self) -> Markup {
        let door = |(word, heading, sentence)| Door {
            heading,
            sentence,
            act: html! {
                form .acts method="post" action={ "/samples/" (word) } {
                    (hidden("csrf", self.csrf))
                    (Button::submit(say!("Look around")))
                }
            },
        };
        html! {
            p .small .soft { "Three invented businesses with years of history. They leave without a trace." }
            (Doors { doors: samples().map(door).into() })
        }
    }
}

fn empty() -> Markup {
    let door = Door {
        heading: say!("Write down one relationship"),
        sentence: say!("A name, and what you know. Two facts are often enough for a first answer."),
        act: html! { div .acts { (Button::link(say!("Add an account"), "/accounts/new")) } },
    };
    Doors { doors: vec![door] }.render()
}
