//! Tabs: the views of a list as links with their counts.

use maud::{Markup, Render};
use speech::html;

use crate::{Text, count};

/// A row of views.
#[derive(Clone, Debug, Default)]
pub struct Tabs<'a> {
    /// What they are, read but not seen: "Views".
    pub label: Text<'a>,
    /// The views.
    pub tabs: Vec<Tab<'a>>,
}

/// One view.
#[derive(Clone, Debug, Default)]
pub struct Tab<'a> {
    /// Its name.
    pub text: Text<'a>,
    /// Its address.
    pub href: Text<'a>,
    /// How many are in it; 0 stays.
    pub count: Option<i64>,
    /// Whether it is shown now.
    pub current: bool,
}

impl Render for Tabs<'_> {
    fn render(&self) -> Markup {
        html! {
            nav .tabs aria-label=(self.label) {
                @for tab in &self.tabs {
                    a href=(tab.href) aria-current=[tab.current.then_some("page")] {
                        (tab.text)
                        @if let Some(n) = tab.count { " " span { (count(n)) } }
                    }
                }
            }
        }
    }
}
