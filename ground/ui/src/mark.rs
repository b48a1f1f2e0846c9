//! Class mark: a dot is a moment, a bar is a stay; always with its word.

use maud::{Markup, Render};
use speech::html;

use crate::Text;

/// The five signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A filled dot.
    Customer,
    /// A filled bar.
    Client,
    /// An open dot.
    Prospect,
    /// An open bar.
    Former,
    /// A dotted line: not enough evidence.
    Unsure,
}

impl Sign {
    /// All signs.
    pub const ALL: [Sign; 5] = [Sign::Customer, Sign::Client, Sign::Prospect, Sign::Former, Sign::Unsure];

    /// The sign of a class as it is called in addresses and in the database; dotted for any other word.
    pub fn of(class: &str) -> Sign {
        Sign::ALL.into_iter().find(|sign| sign.as_str() == class).unwrap_or(Sign::Unsure)
    }

    /// The name of its CSS class.
    pub fn as_str(self) -> &'static str {
        match self {
            Sign::Customer => "customer",
            Sign::Client => "client",
            Sign::Prospect => "prospect",
            Sign::Former => "former",
            Sign::Unsure => "unsure",
        }
    }

    /// Whether it is drawn as a bar.
    pub(crate) fn lasts(self) -> bool {
        matches!(self, Sign::Client | Sign::Former)
    }

    /// The class that paints its shape in a chart.
    pub(crate) fn fill(self) -> &'static str {
        match self {
            Sign::Customer => "f-customer",
            Sign::Client => "f-client",
            Sign::Prospect | Sign::Former | Sign::Unsure => "ghost",
        }
    }
}

/// A class mark with its word: the word is what the business calls the class.
#[derive(Clone, Debug)]
pub struct Mark<'a> {
    /// Which sign.
    pub sign: Sign,
    /// The word beside it.
    pub word: Text<'a>,
}

impl<'a> Mark<'a> {
    /// A sign and its word.
    pub fn new(sign: Sign, word: impl Into<Text<'a>>) -> Mark<'a> {
        Mark { sign, word: word.into() }
    }
}

impl Render for Mark<'_> {
    fn render(&self) -> Markup {
        html! { span .cls .(self.sign.as_str()) { (self.word) } }
    }
}
