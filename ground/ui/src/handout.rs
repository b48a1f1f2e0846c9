//! Handout: a text to be passed on, such as an address: marked whole when its field is entered, and taken along by a button.

use maud::{Markup, Render};
use speech::{html, say};

use crate::Text;

/// A text to be passed on.
#[derive(Clone, Debug)]
pub struct Handout<'a> {
    /// The id of its field.
    pub id: &'static str,
    /// What it is.
    pub label: Text<'a>,
    /// The text.
    pub value: Text<'a>,
}

impl Render for Handout<'_> {
    fn render(&self) -> Markup {
        html! {
            div .field {
                label for=(self.id) { (self.label) }
                input .in #(self.id) type="text" readonly value=(self.value) data-handout;
                div .acts {
                    button .btn type="button" hidden aria-live="polite" data-copy=(self.id) data-copied=(say!("Copied")) { "Copy" }
                }
            }
        }
    }
}
