//! Finding: the field, and what was found under its headings. The dialog takes its rows from here.

use maud::{Markup, Render};
use speech::{html, say};

use crate::Text;

/// A field to find with, and what was found.
#[derive(Clone, Debug)]
pub struct Find<'a> {
    /// Where the form asks.
    pub action: Text<'a>,
    /// What the form sends beside what is typed.
    pub hidden: Vec<(&'static str, Text<'a>)>,
    /// What was typed.
    pub typed: Text<'a>,
    /// Sentences before what was found.
    pub notes: Vec<Text<'a>>,
    /// Nothing has what was typed; what is there can only be done.
    pub nothing: bool,
    /// What was found; headings are shown in the order in which they first occur.
    pub found: Vec<Found<'a>>,
}

/// One row.
#[derive(Clone, Debug, Default)]
pub struct Found<'a> {
    /// The heading it stands under.
    pub group: Text<'a>,
    /// What it is called.
    pub title: Text<'a>,
    /// What it is.
    pub about: Option<Text<'a>>,
    /// What stands at its end.
    pub marks: Option<Markup>,
    /// The keys that do the same.
    pub key: Option<Text<'a>>,
    /// Where it leads.
    pub href: Text<'a>,
    /// The fields of the form that does it; none for what is gone to.
    pub sends: Vec<(&'static str, String)>,
}

impl<'a> Found<'a> {
    /// The same, elsewhere.
    #[must_use]
    pub fn at(self, href: impl Into<Text<'a>>) -> Found<'a> {
        Found { href: href.into(), ..self }
    }
}

impl Render for Find<'_> {
    fn render(&self) -> Markup {
        let mut groups: Vec<(&str, Vec<&Found<'_>>)> = Vec::new();
        for row in &self.found {
            match groups.iter_mut().find(|(group, _)| *group == row.group) {
                Some((_, rows)) => rows.push(row),
                None => groups.push((&row.group, vec![row])),
            }
        }
        html! {
            form .filters method="get" action=(self.action) role="search" {
                @for (name, value) in &self.hidden { input type="hidden" name=(name) value=(value); }
                label .sr for="q" { "Find" }
                input .in id="q" name="q" type="search" value=(self.typed) autocomplete="off" autofocus
                    placeholder="Name, email, telephone, number";
                button .btn { "Find" }
            }
            div .found data-found {
                @for note in &self.notes { p .soft data-note { (note) } }
                @if self.nothing {
                    p .soft data-note { (say!("Nothing has “{}”. Fewer letters find more.", self.typed)) }
                }
                @for (group, rows) in &groups {
                    section aria-label=(group) {
                        h2 { (group) }
                        ul { @for row in rows { li { (row) } } }
                    }
                }
            }
        }
    }
}

impl Render for Found<'_> {
    fn render(&self) -> Markup {
        let row = html! {
            span { (self.title) @if let Some(about) = &self.about { " " span .faint { (about) } } }
            @if let Some(marks) = &self.marks { span .marks { (marks) } }
            @if let Some(key) = &self.key { kbd { (key) } }
        };
        html! {
            @if self.sends.is_empty() {
                a href=(self.href) { (row) }
            } @else {
                form method="post" action=(self.href) {
                    @for (name, value) in &self.sends { (crate::hidden(name, value)) }
                    button { (row) }
                }
            }
        }
    }
}
