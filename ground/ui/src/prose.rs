//! Prose: a document to read, and shelves of documents to choose from.

use maud::{Markup, Render};
use speech::html;

use crate::Text;

/// A document to read: headings, paragraphs, lists, tables and code as they come.
pub fn prose(document: &Markup) -> Markup {
    html! { div .narrow { div .prose { (document) } } }
}

/// What is said on paper alone, where nothing else tells what was asked for.
pub fn on_paper(sentence: &str) -> Markup {
    html! { p .on-paper { (sentence) } }
}

/// Documents that belong together.
#[derive(Clone, Debug, Default)]
pub struct Shelf<'a> {
    /// Their heading.
    pub name: Text<'a>,
    /// The title of each, its address, and what it is about.
    pub documents: Vec<(Text<'a>, Text<'a>, Text<'a>)>,
}

impl Render for Shelf<'_> {
    fn render(&self) -> Markup {
        html! {
            section .group .narrow {
                h2 { (self.name) }
                ul .helps {
                    @for (title, href, about) in &self.documents {
                        li { a href=(href) { (title) } span .soft { " " (about) } }
                    }
                }
            }
        }
    }
}
