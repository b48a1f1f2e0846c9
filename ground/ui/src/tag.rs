//! Tag: an exception worth a word; what fits is plain text.

use maud::{Markup, Render};
use speech::html;

use crate::Text;

/// A tag.
#[derive(Clone, Debug)]
pub struct Tag<'a> {
    word: Text<'a>,
    class: &'static str,
}

impl<'a> Tag<'a> {
    /// A word worth a frame.
    pub fn new(word: impl Into<Text<'a>>) -> Tag<'a> {
        Tag { word: word.into(), class: "tag" }
    }

    /// An exception: "gets less than owed".
    pub fn firm(word: impl Into<Text<'a>>) -> Tag<'a> {
        Tag { word: word.into(), class: "tag firm" }
    }

    /// Late or wrong, never a class.
    pub fn hot(word: impl Into<Text<'a>>) -> Tag<'a> {
        Tag { word: word.into(), class: "tag hot" }
    }
}

impl Render for Tag<'_> {
    fn render(&self) -> Markup {
        html! { span class=(self.class) { (self.word) } }
    }
}
