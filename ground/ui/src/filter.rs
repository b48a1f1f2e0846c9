//! Filter: disclosures in one GET form, so that the address holds the state.

use maud::{Markup, Render};
use speech::{html, say};

use crate::{Button, Field, Text, count, hidden};

/// The filters of a list.
#[derive(Clone, Debug, Default)]
pub struct Filters<'a> {
    /// The list's address.
    pub action: Text<'a>,
    /// What else the address holds: the view, the order.
    pub keep: Vec<(Text<'a>, Text<'a>)>,
    /// The search field, as its name, label and value.
    pub search: Option<(Text<'a>, Text<'a>, Text<'a>)>,
    /// The filters.
    pub picks: Vec<Pick<'a>>,
    /// The address without filters, when there are some.
    pub clear: Option<Text<'a>>,
    /// What stands at the end: save as view, download.
    pub end: Option<Markup>,
}

/// One filter.
#[derive(Clone, Debug)]
pub struct Pick<'a> {
    label: Text<'a>,
    chosen: Option<Text<'a>>,
    body: Markup,
}

/// One answer of a filter.
#[derive(Clone, Debug, Default)]
pub struct Answer<'a> {
    /// What the address holds.
    pub value: Text<'a>,
    /// What is read.
    pub text: Text<'a>,
    /// How many have it, where that is known.
    pub count: Option<i64>,
    /// Whether it is chosen.
    pub on: bool,
}

impl<'a> Pick<'a> {
    /// Any of several answers.
    pub fn any(name: &str, label: impl Into<Text<'a>>, answers: &[Answer<'_>]) -> Pick<'a> {
        Pick { label: label.into(), chosen: chosen(answers), body: answered(name, "checkbox", answers) }
    }

    /// Any of several answers, of which `chosen` tells in fewer words than their own.
    pub fn several(
        name: &str,
        label: impl Into<Text<'a>>,
        chosen: Option<impl Into<Text<'a>>>,
        answers: &[Answer<'_>],
    ) -> Pick<'a> {
        Pick {
            label: label.into(),
            chosen: chosen.map(Into::into),
            body: answered(name, "checkbox", answers),
        }
    }

    /// One of several answers.
    pub fn one(name: &str, label: impl Into<Text<'a>>, answers: &[Answer<'_>]) -> Pick<'a> {
        Pick { label: label.into(), chosen: chosen(answers), body: answered(name, "radio", answers) }
    }

    /// Fields of its own, such as two dates; `chosen` says in words what they hold.
    pub fn fields(
        label: impl Into<Text<'a>>,
        chosen: Option<impl Into<Text<'a>>>,
        fields: &[Field<'_>],
    ) -> Pick<'a> {
        let body = html! { @for field in fields { (field) } };
        Pick { label: label.into(), chosen: chosen.map(Into::into), body }
    }
}

impl Pick<'_> {
    /// With a sentence below the answers.
    #[must_use]
    pub fn note(mut self, note: &str) -> Self {
        self.body = html! { (self.body) p .tiny .faint { (note) } };
        self
    }
}

/// The chosen answers in words.
fn chosen(answers: &[Answer<'_>]) -> Option<Text<'static>> {
    let words: Vec<&str> = answers.iter().filter(|answer| answer.on).map(|answer| &*answer.text).collect();
    (!words.is_empty()).then(|| words.join(", ").into())
}

fn answered(name: &str, kind: &str, answers: &[Answer<'_>]) -> Markup {
    html! {
        @for answer in answers {
            label {
                input type=(kind) name=(name) value=(answer.value) checked[answer.on];
                span { (answer.text) }
                @if let Some(n) = answer.count { span { (count(n)) } }
            }
        }
    }
}

impl Render for Pick<'_> {
    fn render(&self) -> Markup {
        html! {
            details .pick .on[self.chosen.is_some()] name="pick" {
                summary {
                    @match &self.chosen {
                        Some(chosen) => { span { (self.label) ": " b { (chosen) } } },
                        None => { (self.label) },
                    }
                }
                div { (self.body) (Button::submit(say!("Apply"))) }
            }
        }
    }
}

impl Render for Filters<'_> {
    fn render(&self) -> Markup {
        html! {
            form .filters method="get" action=(self.action) {
                @for (name, value) in &self.keep { (hidden(name, value)) }
                @if let Some((name, label, value)) = &self.search {
                    (Field::input("search", &**name, &**label).placeholder(&**label).value(&**value).bare())
                }
                @for pick in &self.picks { (pick) }
                @if let Some(clear) = &self.clear { (Button::link(say!("Clear"), &**clear).quiet()) }
                @if let Some(end) = &self.end { span .end { (end) } }
            }
        }
    }
}
