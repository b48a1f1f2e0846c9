//! Clause: conditions that hold together, all of them or any, with clauses within; and a filter said in words.

use maud::{Markup, Render};
use speech::html;

use crate::Text;

/// Conditions that hold together.
#[derive(Clone, Debug)]
pub struct Clause<'a> {
    /// What it is, read but not seen: `Conditions`, `Conditions 2`.
    pub legend: Text<'a>,
    /// How they hold together, and what takes the clause away.
    pub head: Markup,
    /// The conditions and the clauses within.
    pub parts: Vec<Markup>,
    /// What can be added.
    pub acts: Markup,
}

/// One condition while it is being made.
#[derive(Clone, Debug)]
pub struct Condition<'a> {
    /// What is compared.
    pub what: Text<'a>,
    /// The comparison, as a control.
    pub comparison: Markup,
    /// The value, as one control or two.
    pub value: Markup,
    /// What takes it away.
    pub act: Markup,
    /// The id of the sentence that says what is wrong with it, and the sentence.
    pub error: Option<(String, String)>,
}

impl Render for Clause<'_> {
    fn render(&self) -> Markup {
        html! {
            fieldset .clause {
                legend .sr { (self.legend) }
                div .clause-head { (self.head) }
                @if !self.parts.is_empty() { ul { @for part in &self.parts { li { (part) } } } }
                div .acts { (self.acts) }
            }
        }
    }
}

impl Render for Condition<'_> {
    fn render(&self) -> Markup {
        html! {
            div .condition {
                span .what { (self.what) }
                (self.comparison)
                span .value { (self.value) }
                (self.act)
                @if let Some((id, words)) = &self.error { p .err id=(id) { (words) } }
            }
        }
    }
}

/// A filter in words, each condition with a link that drops it.
#[derive(Clone, Debug, Default)]
pub struct Worded<'a> {
    /// How it begins: `Shown are those with`.
    pub lead: Text<'a>,
    /// Its words.
    pub words: Vec<Word<'a>>,
}

/// A word of it.
#[derive(Clone, Debug)]
pub enum Word<'a> {
    /// `and`, `or`, `not`, a bracket.
    Between(Text<'a>),
    /// A condition and the address that does without it.
    Holds(Text<'a>, Text<'a>),
}

impl Render for Worded<'_> {
    fn render(&self) -> Markup {
        html! {
            p .worded {
                (self.lead)
                @for word in &self.words {
                    " "
                    @match word {
                        Word::Between(text) => { (text) },
                        Word::Holds(text, without) => {
                            span { (text) a href=(without) aria-label={ "Without " (text) } { "×" } }
                        },
                    }
                }
            }
        }
    }
}
