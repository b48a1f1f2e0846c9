//! Timeline: a dot for what happened, a bar for what began to last, the source below.

use maud::{Markup, Render};
use speech::html;

/// What happened, the newest first.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    /// The entries.
    pub entries: Vec<Entry>,
}

/// One entry.
#[derive(Clone, Debug)]
pub struct Entry {
    /// When: a `time` element.
    pub when: Markup,
    /// What, as a sentence.
    pub what: Markup,
    /// Where it is known from.
    pub source: Markup,
    /// Whether it began to last.
    pub lasts: bool,
    /// The name that a link on this page goes to.
    pub id: Option<String>,
}

impl Entry {
    /// Something that happened.
    pub fn new(when: impl Render, what: impl Render, source: impl Render) -> Entry {
        let (when, what, source) = (when.render(), what.render(), source.render());
        Entry { when, what, source, lasts: false, id: None }
    }

    /// Something that began to last.
    #[must_use]
    pub fn lasting(self) -> Entry {
        Entry { lasts: true, ..self }
    }
}

impl Render for Timeline {
    fn render(&self) -> Markup {
        html! {
            ol .time data-rows {
                @for entry in &self.entries {
                    li class=[entry.lasts.then_some("span")] id=[&entry.id] {
                        (entry.when)
                        div { p { (entry.what) } p .src { (entry.source) } }
                    }
                }
            }
        }
    }
}
