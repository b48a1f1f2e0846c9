//! A finder: what a slice finds for the words that somebody typed.

use kernel::Result;
use maud::Markup;
use store::Tx;

use crate::Visit;

/// What a slice finds for words.
pub struct Finder {
    /// Finds, by a bounded number of statements, nothing that the viewer may not see.
    pub find: fn(&Visit<'_>, &mut Tx<'_>, &str) -> Result<Findings>,
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
