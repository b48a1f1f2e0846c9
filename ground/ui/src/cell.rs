//! Cell: one value of a row, and where it goes when the row folds on a phone.

use maud::{Markup, Render};
use speech::html;

use crate::Text;

/// One cell.
#[derive(Clone, Debug)]
pub struct Cell<'a> {
    body: Markup,
    class: &'static str,
    head: bool,
    span: Option<usize>,
    label: Option<Text<'a>>,
}

/// Where a cell of a list goes when the row folds to three lines on a phone.
macro_rules! places {
    ($($(#[$doc:meta])* $name:ident = $class:literal;)*) => {
        impl<'a> Cell<'a> {
            $($(#[$doc])*
            pub fn $name(body: impl Render) -> Cell<'a> {
                Cell { class: $class, ..Cell::new(body) }
            })*
        }
    };
}

places! {
    /// A figure.
    num = "num";
    /// First line, first: the name, made with [`who`].
    who = "a-who";
    /// First line, last: a figure.
    figure = "num a-val";
    /// Second line, first: the class mark.
    mark = "a-cls";
    /// Second line, last: the scale.
    scale = "a-prob";
    /// Third line, first.
    line = "a-line";
    /// Third line, last.
    fit = "a-fit";
    /// Not on a phone.
    more = "a-more";
    /// A line of its own on a phone, with its label before it.
    extra = "a-extra";
    /// The same for a figure.
    extra_num = "num a-extra";
    /// Only in a wide window.
    wide_only = "a-more opt";
    /// Supporting text.
    soft = "soft";
    /// A note.
    faint = "faint";
}

impl<'a> Cell<'a> {
    /// A cell.
    pub fn new(body: impl Render) -> Cell<'a> {
        Cell { body: body.render(), class: "", head: false, span: None, label: None }
    }

    /// The cell that names its row.
    pub fn head(body: impl Render) -> Cell<'a> {
        Cell { head: true, ..Cell::new(body) }
    }

    /// The box that picks the row; `label` says which row.
    pub fn pick(value: &str, label: &str) -> Cell<'a> {
        Cell {
            class: "a-pick",
            ..Cell::new(
                html! { label { input type="checkbox" name="pick" value=(value) aria-label=(label); } },
            )
        }
    }

    /// Nothing.
    pub fn empty() -> Cell<'a> {
        Cell::new("")
    }

    /// Over so many columns.
    #[must_use]
    pub fn span(mut self, columns: usize) -> Cell<'a> {
        self.span = Some(columns);
        self
    }

    /// The word before it when the row is stacked: "Now", "Then".
    #[must_use]
    pub fn label(mut self, label: impl Into<Text<'a>>) -> Cell<'a> {
        self.label = Some(label.into());
        self
    }

    /// The cell, its role said aloud where the table is laid out as a grid.
    pub(crate) fn at(&self, says: bool) -> Markup {
        let class = (!self.class.is_empty()).then_some(self.class);
        let role = says.then_some(if self.head { "rowheader" } else { "cell" });
        html! {
            @if self.head {
                th scope="row" role=[role] class=[class] colspan=[self.span] { (self.body) }
            } @else {
                td role=[role] class=[class] colspan=[self.span] data-l=[&self.label] { (self.body) }
            }
        }
    }
}

/// The link that names a row; in a list on a phone it covers the whole row.
pub fn who(name: &str, href: &str) -> Markup {
    html! { a .who href=(href) { (name) } }
}
