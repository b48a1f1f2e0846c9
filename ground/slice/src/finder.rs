//! A finder: what a slice finds for the words that somebody typed.

use kernel::Result;
use maud::Markup;
use store::Tx;

use crate::Visit;

/// Bytes of the longest number.
const LONGEST: usize = 40;

/// What a slice finds for words.
pub struct Finder {
    /// Finds, by a bounded number of statements, nothing that the viewer may not see.
    pub find: fn(&Visit<'_>, &mut Tx<'_>, &str) -> Result<Findings>,
}

/// The spellings under which a number is looked for: as it was typed, then in capital letters; none for a text that cannot
/// be one, so that no statement is spent on it.
pub fn numbers(text: &str) -> Vec<String> {
    let text = text.trim();
    if !text.chars().any(|c| c.is_ascii_digit()) || LONGEST < text.len() {
        return Vec::new();
    }
    let capital = text.to_uppercase();
    if capital == text { vec![capital] } else { vec![text.to_owned(), capital] }
}

/// What was found.
#[derive(Default)]
pub struct Findings {
    /// A sentence before it: that these are spelled otherwise.
    pub note: Option<String>,
    /// What was found, best first.
    pub rows: Vec<Finding>,
}

/// One thing that was found, or that can be done.
pub struct Finding {
    /// Under which heading it stands: `Accounts`, `Numbers`, `Do`.
    pub group: &'static str,
    /// What it is called.
    pub title: String,
    /// What it is: `Ada Moss, payer`, `order of Rook & Daughters`.
    pub about: Option<String>,
    /// What stands at its end: the marks of classes.
    pub marks: Option<Markup>,
    /// Where it is.
    pub href: String,
}
