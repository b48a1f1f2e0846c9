//! Toast: what happened and how to undo it, shown while the address names it.

use maud::{Markup, Render};
use speech::html;

use crate::Text;

/// A toast; an answer of `303` to `…#id` shows it. Never the only place of a message.
#[derive(Clone, Debug)]
pub struct Toast<'a> {
    /// The fragment that shows it.
    pub id: &'static str,
    /// What happened.
    pub text: Text<'a>,
    /// Undo, as a link or a form.
    pub act: Option<Markup>,
}

impl Render for Toast<'_> {
    fn render(&self) -> Markup {
        html! {
            div .toast id=(self.id) role="status" {
                span { (self.text) }
                @if let Some(act) = &self.act { (act) }
            }
        }
    }
}
