//! A text with holes: `It ends on {day}.`

#[path = "../../speech-macros/src/pieces.rs"]
#[expect(dead_code, reason = "how a hole is written is read by the macros alone")]
mod pieces;

use std::fmt::{self, Write};

use maud::{Render, html};

/// A text, in pieces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Template(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// By its name, or by its place counted from nought.
    Hole(String),
}

impl Template {
    /// Of a text as `format!` reads it; how a hole is written is the affair of whoever fills it.
    pub(crate) fn read(text: &str) -> Template {
        let piece = |piece| match piece {
            pieces::Piece::Text(words) => Piece::Text(words),
            pieces::Piece::Hole { name, .. } => Piece::Hole(name),
        };
        Template(pieces::pieces(text).into_iter().map(piece).collect())
    }

    /// A text without holes, as it stands.
    pub(crate) fn whole(text: &str) -> Template {
        Template(vec![Piece::Text(text.to_owned())])
    }

    /// The same text with each piece of words changed.
    pub(crate) fn changed(&self, change: impl Fn(&str) -> String) -> Template {
        let change = |piece: &Piece| match piece {
            Piece::Text(words) => Piece::Text(change(words)),
            hole @ Piece::Hole(_) => hole.clone(),
        };
        Template(self.0.iter().map(change).collect())
    }

    /// The names of its holes, in their order.
    pub(crate) fn holes(&self) -> Vec<&str> {
        let name = |piece| match piece {
            &Piece::Text(_) => None,
            Piece::Hole(name) => Some(name.as_str()),
        };
        self.0.iter().filter_map(name).collect()
    }

    /// Its words alone.
    pub(crate) fn bare(&self) -> String {
        self.filled(&[])
    }

    /// With its holes filled; one that nothing fills stays empty.
    pub(crate) fn filled(&self, holes: &[(&str, fmt::Arguments<'_>)]) -> String {
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(words) => text.push_str(words),
                Piece::Hole(name) => {
                    if let Some((_, value)) = holes.iter().find(|(hole, _)| hole == name) {
                        // A text takes whatever is written to it; only a value's own `Display` could refuse.
                        let _written = text.write_fmt(*value);
                    }
                }
            }
        }
        text
    }

    /// With markup in its holes.
    pub(crate) fn marked_up(&self, holes: &[(&str, &dyn Render)]) -> String {
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(words) => text.push_str(&html! { (words) }.into_string()),
                Piece::Hole(name) => {
                    if let Some((_, value)) = holes.iter().find(|(hole, _)| hole == name) {
                        text.push_str(&value.render().into_string());
                    }
                }
            }
        }
        text
    }
}
