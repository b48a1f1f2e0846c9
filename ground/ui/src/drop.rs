//! Drop: a plain form for a file, on which a file can also be dropped.

use maud::{Markup, Render};
use speech::html;

use crate::{Button, Field, Text};

/// A form that takes a file.
#[derive(Clone, Debug)]
pub struct Drop<'a> {
    /// Where it posts to.
    pub action: Text<'a>,
    /// The hidden fields of the session.
    pub hidden: Markup,
    /// The file field.
    pub field: Field<'a>,
    /// What the button says.
    pub act: Text<'a>,
}

impl Render for Drop<'_> {
    fn render(&self) -> Markup {
        html! {
            form .drop method="post" action=(self.action) enctype="multipart/form-data" data-drop {
                (self.hidden)
                (self.field)
                div .acts {
                    (Button::submit(&*self.act).main_act())
                    span .small .faint data-script hidden { "or drop a file anywhere on this page" }
                }
            }
        }
    }
}

/// The file that was taken, with what was found out about it and what can be done.
pub fn dropped(name: &str, facts: &str, read: &str, acts: &Markup) -> Markup {
    html! {
        div .drop {
            div {
                p { strong { (name) } " " span .soft { (facts) } }
                p .small .soft { (read) }
            }
            div .acts { (acts) }
        }
    }
}
