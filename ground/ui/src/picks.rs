//! Picks: a list whose rows can be picked, and the bar of acts for the picked ones.

use maud::{Markup, Render};
use speech::{html, say};

use crate::{Button, Text};

/// A list as a form; the bar appears once a row is picked.
#[derive(Clone, Debug)]
pub struct Picks<'a> {
    /// Where the form leads.
    pub action: Text<'a>,
    /// It asks and changes nothing: the picked rows stand in the address of the page that it leads to.
    pub asks: bool,
    /// The hidden fields of the session.
    pub hidden: Markup,
    /// The list.
    pub table: Markup,
    /// A sentence below it: what the totals are of.
    pub note: Option<Text<'a>>,
    /// How many match in all, where those of other pages can be meant as well; sent as the field `all`.
    pub all: Option<Text<'a>>,
    /// Why they cannot all be meant, where they cannot.
    pub too_many: Option<Text<'a>>,
    /// What can be done with the picked rows.
    pub acts: Vec<Button<'a>>,
}

impl Render for Picks<'_> {
    fn render(&self) -> Markup {
        html! {
            form .picks method=(if self.asks { "get" } else { "post" }) action=(self.action) {
                (self.hidden)
                (self.table)
                @if let Some(note) = &self.note { p .tiny .faint { (note) } }
                div .bulk role="group" aria-label="With the selected rows" {
                    span .n { "selected" }
                    @if let Some(all) = &self.all {
                        label { input type="checkbox" name="all" value="1" disabled[self.too_many.is_some()]; (all) }
                        @if let Some(reason) = &self.too_many { span .tiny { (reason) } }
                    }
                    @for act in &self.acts { (act) }
                    (Button::reset(say!("Clear")))
                }
            }
        }
    }
}
