//! A panel: what a slice shows of an account on the page of the account.

use kernel::Result;
use maud::Markup;
use store::Tx;

use crate::Visit;

/// A panel on the page of an account.
pub struct AccountPanel {
    /// The name that a link leads to: `people`.
    pub id: &'static str,
    /// Draws it for the account of that id. It reads at most so many rows, by a number of statements that does not grow
    /// with them, and nothing that the viewer may not see.
    pub show: fn(&Visit<'_>, &mut Tx<'_>, &str) -> Result<Markup>,
}
