//! Compare: a field that two people changed, as it was, as it is and as somebody wants it; they say which it is to be.

use maud::{Markup, Render};
use speech::html;

use crate::{Text, hidden};

/// A field that two people changed.
#[derive(Clone, Debug)]
pub struct Compare<'a> {
    /// The name of the field in its form.
    pub name: &'a str,
    /// What people call it.
    pub label: &'a str,
    /// As it was when the form was opened, in words.
    pub was: Text<'a>,
    /// As it is: what is sent, and the words.
    pub theirs: (Text<'a>, Text<'a>),
    /// As it was typed: what is sent, and the words.
    pub mine: (Text<'a>, Text<'a>),
    /// Who changed it, and when, where that is known.
    pub by: Option<Text<'a>>,
    /// The kind of line in which something else can be written; none where one of the two has to do.
    pub anew: Option<&'static str>,
    /// The page opens here.
    pub opens: bool,
}

/// What was chosen for a field, where the form that was sent asked: theirs where nobody said. None where it did not ask.
pub(crate) fn chosen<'f>(form: &'f [(String, String)], name: &str) -> Option<&'f str> {
    let first = |prefix: &str| {
        let found = form.iter().find(|(key, _)| key.strip_prefix(prefix) == Some(name));
        found.map(|(_, value)| value.trim())
    };
    first("differs.")?;
    Some(match first("pick.") {
        Some("mine") => first("").unwrap_or_default(),
        Some("anew") => first("anew.").unwrap_or_default(),
        _ => first("was.").unwrap_or_default(),
    })
}

impl Compare<'_> {
    fn answer(&self, value: &str, first: bool, words: &Markup) -> Markup {
        html! {
            label .check {
                input autofocus[first && self.opens] id=[first.then(|| format!("e-{}", self.name))] type="radio" name={ "pick." (self.name) } value=(value) required;
                span { (words) }
            }
        }
    }
}

impl Render for Compare<'_> {
    fn render(&self) -> Markup {
        let theirs = html! {
            "Keep theirs: " strong { (self.theirs.1) }
            @if let Some(by) = &self.by { small { (by) } }
        };
        html! {
            fieldset .checks .compare {
                legend { (self.label) }
                p .small .soft { "When you opened it: " (self.was) }
                (self.answer("theirs", true, &theirs))
                (self.answer("mine", false, &html! { "Take yours: " strong { (self.mine.1) } }))
                @if let Some(kind) = self.anew {
                    (self.answer("anew", false, &html! { "Write it anew" }))
                    input .in type=(kind) name={ "anew." (self.name) } aria-label={ (self.label) ", written anew" };
                }
                (hidden(&format!("differs.{}", self.name), "on"))
                (hidden(&format!("was.{}", self.name), &self.theirs.0))
                (hidden(self.name, &self.mine.0))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_picked_is_taken_and_theirs_where_nobody_picks() {
        let sent = |more: &[(&str, &str)]| {
            let form =
                [("differs.email", "on"), ("was.email", "t@x"), ("email", "m@x"), ("anew.email", " n@x ")];
            let all = form.iter().chain(more);
            all.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Vec<_>>()
        };
        for (pick, value) in [("theirs", "t@x"), ("mine", "m@x"), ("anew", "n@x"), ("else", "t@x")] {
            assert_eq!(chosen(&sent(&[("pick.email", pick)]), "email"), Some(value));
        }
        assert_eq!(chosen(&sent(&[]), "email"), Some("t@x"));
        assert_eq!(chosen(&sent(&[]), "phone"), None, "it was not asked for");
    }
}
