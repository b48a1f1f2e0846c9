//! Section: a group under its heading, the column of context beside the main one, terms and values.

use maud::{Markup, Render};
use speech::html;

use crate::Text;

/// A group of the main column.
#[derive(Clone, Debug)]
pub struct Group<'a> {
    heading: Text<'a>,
    note: Option<Markup>,
    body: Markup,
    class: &'static str,
}

impl<'a> Group<'a> {
    /// A group with its heading.
    pub fn new(heading: impl Into<Text<'a>>, body: impl Render) -> Group<'a> {
        Group { heading: heading.into(), note: None, body: body.render(), class: "group" }
    }

    /// What stands small at the end of the heading: a count, a link.
    #[must_use]
    pub fn note(self, note: impl Render) -> Group<'a> {
        Group { note: Some(note.render()), ..self }
    }

    /// As wide as a narrow page.
    #[must_use]
    pub fn narrow(self) -> Group<'a> {
        Group { class: "group narrow", ..self }
    }
}

impl Render for Group<'_> {
    fn render(&self) -> Markup {
        html! {
            section class=(self.class) {
                h2 { (self.heading) @if let Some(note) = &self.note { " " span { (note) } } }
                (self.body)
            }
        }
    }
}

/// The main column with its context beside it, below it where the window is narrow.
#[derive(Clone, Debug)]
pub struct Columns<'a> {
    /// The main column.
    pub main: Markup,
    /// The sections of the context, each with its heading.
    pub side: Vec<(Text<'a>, Markup)>,
}

impl Render for Columns<'_> {
    fn render(&self) -> Markup {
        html! {
            div .cols {
                div { (self.main) }
                aside .side aria-label="Context" {
                    @for (heading, body) in &self.side { section { h2 { (heading) } (body) } }
                }
            }
        }
    }
}

/// A line of the context: what, what at its end, what below.
#[derive(Clone, Debug)]
pub struct SideLine {
    /// What.
    pub what: Markup,
    /// At the end of the line.
    pub end: Markup,
    /// Below it.
    pub below: Option<Markup>,
}

/// Lines of the context.
pub fn side_lines(lines: &[SideLine]) -> Markup {
    html! {
        ul {
            @for line in lines {
                li {
                    div .split { span { (line.what) } span .soft { (line.end) } }
                    @if let Some(below) = &line.below { p { (below) } }
                }
            }
        }
    }
}

/// Terms and their values.
pub fn terms(terms: &[(&str, Markup)]) -> Markup {
    html! { dl .dl { @for (term, value) in terms { dt { (term) } dd { (value) } } } }
}
