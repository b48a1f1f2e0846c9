//! Note: a fact about the whole page, above its content.

use maud::{Markup, Render};
use speech::html;

/// A note.
#[derive(Clone, Debug)]
pub struct Note {
    body: Markup,
    bad: bool,
}

impl Note {
    /// A fact that a reader should know first.
    pub fn new(body: impl Render) -> Note {
        Note { body: body.render(), bad: false }
    }

    /// Something was refused or failed: what was tried, on what, why not, what now.
    pub fn bad(body: impl Render) -> Note {
        Note { body: body.render(), bad: true }
    }
}

impl Render for Note {
    fn render(&self) -> Markup {
        html! { div .note .bad[self.bad] role=[self.bad.then_some("alert")] { (self.body) } }
    }
}
