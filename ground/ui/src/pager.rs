//! Pager: the page before and the page after, by key and never by number.

use maud::{Markup, Render};
use speech::{html, say};

use crate::{Button, Text};

/// Where a list continues.
#[derive(Clone, Debug, Default)]
pub struct Pager<'a> {
    /// Pages of what, where a page has several lists; "Pages" if empty.
    pub label: Text<'a>,
    /// Which rows these are, in words: `1–25 of 116 that match`.
    pub range: Text<'a>,
    /// The address of the page before.
    pub previous: Option<Text<'a>>,
    /// The address of the page after.
    pub next: Option<Text<'a>>,
}

impl Render for Pager<'_> {
    fn render(&self) -> Markup {
        let label = if self.label.is_empty() { say!("Pages") } else { Text::from(&*self.label) };
        html! {
            nav .pager aria-label=(label) {
                span { (self.range) }
                span .acts {
                    (turn(say!("Previous"), "prev", '[', self.previous.as_deref()))
                    (turn(say!("Next"), "next", ']', self.next.as_deref()))
                }
            }
        }
    }
}

fn turn<'a>(text: Text<'a>, rel: &'static str, key: char, href: Option<&'a str>) -> Button<'a> {
    let button = Button::link(text, href.unwrap_or_default()).rel(rel).key(key);
    if href.is_some() { button } else { button.off() }
}
