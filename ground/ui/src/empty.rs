//! What a page says when it has nothing to show: no rows, nothing begun, or no page.

use kernel::{Problem, ProblemKind};
use maud::{Markup, Render};
use speech::{html, say};

use crate::{Head, Text};

/// Nothing here: one sentence and the way on.
#[derive(Clone, Debug)]
pub struct Nothing<'a> {
    /// Why nothing stands here: "No client has Ines as owner."
    pub sentence: Text<'a>,
    /// The way on: the filter to drop, the first file to bring.
    pub act: Option<Markup>,
}

impl Render for Nothing<'_> {
    fn render(&self) -> Markup {
        html! {
            div .nothing {
                p { (self.sentence) }
                @if let Some(act) = &self.act { p .acts { (act) } }
            }
        }
    }
}

/// The ways to begin, when nothing is begun.
#[derive(Clone, Debug, Default)]
pub struct Doors<'a> {
    /// The ways.
    pub doors: Vec<Door<'a>>,
}

/// One way to begin.
#[derive(Clone, Debug)]
pub struct Door<'a> {
    /// What one does: "Bring a file".
    pub heading: Text<'a>,
    /// What comes of it.
    pub sentence: Text<'a>,
    /// The form or link.
    pub act: Markup,
}

impl Render for Doors<'_> {
    fn render(&self) -> Markup {
        html! {
            ul .doors .narrow {
                @for door in &self.doors {
                    li {
                        div { h2 { (door.heading) } p { (door.sentence) } }
                        (door.act)
                    }
                }
            }
        }
    }
}

/// The body of a page that says why there is no other: the problem, and where to go.
pub fn lost(problem: &Problem, ways: &Markup) -> Markup {
    html! {
        (Head { title: heading(problem), narrow: true, ..Head::default() })
        div .lost data-code=(problem.code) {
            p { (sentence(&problem.message)) }
            p .acts { (ways) }
            // Who went astray has nothing to report.
            @if !matches!(problem.kind, ProblemKind::NotFound | ProblemKind::Forbidden) {
                p .tiny .faint { "Code " code { (problem.code) } }
            }
        }
    }
}

/// What happened, in a few words that blame nobody.
fn heading(problem: &Problem) -> Text<'static> {
    match problem.kind {
        ProblemKind::Forbidden if problem.code == "access.sign_in" => say!("Sign in again"),
        ProblemKind::NotFound => say!("Nothing at this address"),
        ProblemKind::Invalid => say!("This could not be taken"),
        ProblemKind::Conflict => say!("This is already there"),
        ProblemKind::Forbidden => say!("Not open to you"),
        ProblemKind::Stale => say!("It was changed meanwhile"),
        ProblemKind::Busy => say!("Busy for a moment"),
        ProblemKind::Internal => say!("Something failed here"),
    }
}

/// A fragment as a sentence: a capital at the start, a stop at the end. The name of a file at its start stays as it is.
pub fn sentence(fragment: &str) -> String {
    let mut letters = fragment.chars();
    let Some(first) = letters.next() else { return String::new() };
    let word = fragment.split_whitespace().next().unwrap_or_default();
    let is_name = word.trim_end_matches(['.', ',', ':', ';', '!', '?']).contains('.');
    let text: String =
        if is_name { fragment.to_owned() } else { first.to_uppercase().chain(letters).collect() };
    if text.ends_with(['.', '!', '?', '…']) { text } else { text + "." }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fragment_becomes_a_sentence() {
        assert_eq!(sentence("order 7731 has no currency; add one"), "Order 7731 has no currency; add one.");
        assert_eq!(sentence("Really?"), "Really?");
        assert_eq!(sentence(""), "");
        assert_eq!(sentence("photo.csv is a picture"), "photo.csv is a picture.");
        assert_eq!(sentence("\"quid\" is no currency"), "\"quid\" is no currency.");
        assert_eq!(sentence("no."), "No.");
    }
}
