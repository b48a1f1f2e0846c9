//! Checks: several answers to one question, of which one or any number holds.

use maud::{Markup, Render};
use speech::html;

use crate::Text;

/// A question with boxes to tick, or with one answer to pick.
#[derive(Clone, Debug)]
pub struct Checks<'a> {
    name: Text<'a>,
    label: Text<'a>,
    answers: Vec<Ticked<'a>>,
    error: Option<Text<'a>>,
    one: bool,
}

#[derive(Clone, Debug)]
struct Ticked<'a> {
    value: Text<'a>,
    text: Text<'a>,
    about: Markup,
    on: bool,
}

impl<'a> Checks<'a> {
    /// Boxes that are sent under this name, each that is ticked.
    pub fn any(name: impl Into<Text<'a>>, label: impl Into<Text<'a>>) -> Checks<'a> {
        Checks { name: name.into(), label: label.into(), answers: Vec::new(), error: None, one: false }
    }

    /// Answers of which one has to be picked.
    pub fn one(name: impl Into<Text<'a>>, label: impl Into<Text<'a>>) -> Checks<'a> {
        Checks { one: true, ..Checks::any(name, label) }
    }

    /// One more answer: what is sent, what is read, what it means, whether it is ticked.
    #[must_use]
    pub fn answer(
        mut self,
        value: impl Into<Text<'a>>,
        text: impl Into<Text<'a>>,
        about: impl Render,
        on: bool,
    ) -> Checks<'a> {
        self.answers.push(Ticked { value: value.into(), text: text.into(), about: about.render(), on });
        self
    }

    /// Why it was refused, if it was.
    #[must_use]
    pub fn error(self, error: Option<impl Into<Text<'a>>>) -> Checks<'a> {
        Checks { error: error.map(Into::into), ..self }
    }
}

impl Render for Checks<'_> {
    fn render(&self) -> Markup {
        let kind = if self.one { "radio" } else { "checkbox" };
        html! {
            fieldset .checks {
                legend { (self.label) }
                @if let Some(error) = &self.error { p .err { (error) } }
                @for answer in &self.answers {
                    label .check {
                        input type=(kind) name=(self.name) value=(answer.value) checked[answer.on] required[self.one];
                        span {
                            (answer.text)
                            @if !answer.about.0.is_empty() { small { (answer.about) } }
                        }
                    }
                }
            }
        }
    }
}
