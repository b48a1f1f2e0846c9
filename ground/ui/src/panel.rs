//! Panel: one line with every answer, opening to the verdict and its reasons.

use maud::{Markup, Render};
use speech::html;

use crate::{Mark, Scale, Text, WideScale};

/// A panel.
#[derive(Clone, Debug)]
pub struct Panel<'a> {
    /// The name that a link leads to.
    pub id: Text<'a>,
    /// Of what: the service line.
    pub heading: Text<'a>,
    /// The class.
    pub mark: Mark<'a>,
    /// The strength.
    pub scale: Scale,
    /// The value, with its kind.
    pub figure: Option<Markup>,
    /// How it is served.
    pub fit: Option<Markup>,
    /// Whether it is open at first.
    pub open: bool,
    /// What it opens to.
    pub body: Markup,
}

impl Render for Panel<'_> {
    fn render(&self) -> Markup {
        html! {
            details .rel id=(self.id) open[self.open] {
                summary {
                    h2 { (self.heading) }
                    (self.mark)
                    span .opt { (self.scale) }
                    span .opt { @if let Some(figure) = &self.figure { (figure) } }
                    span .opt { @if let Some(fit) = &self.fit { (fit) } }
                    span .chev {}
                }
                div { (self.body) }
            }
        }
    }
}

/// The verdict: a sentence, what supports it, the wide scale.
#[derive(Clone, Debug)]
pub struct Verdict<'a> {
    /// The answer and since when.
    pub sentence: Markup,
    /// What it rests on.
    pub support: Markup,
    /// Where it stands, when there is a strength to show.
    pub scale: Option<WideScale<'a>>,
}

impl Render for Verdict<'_> {
    fn render(&self) -> Markup {
        html! {
            div .verdict {
                div { p { (self.sentence) } p .soft .small { (self.support) } }
                @if let Some(scale) = &self.scale { div { (scale) } }
            }
        }
    }
}

/// Short sections side by side: what would change it, what they want, how it is served.
#[derive(Clone, Debug, Default)]
pub struct Trio<'a> {
    /// Each with its heading; the bodies are paragraphs.
    pub sections: Vec<(Text<'a>, Markup)>,
    /// One more below them, of the whole width: what would be long in a column.
    pub whole: Option<(Text<'a>, Markup)>,
}

impl Render for Trio<'_> {
    fn render(&self) -> Markup {
        html! {
            div .trio {
                @for (heading, body) in &self.sections { section { h3 { (heading) } (body) } }
                @if let Some((heading, body)) = &self.whole { section .whole { h3 { (heading) } (body) } }
            }
        }
    }
}
