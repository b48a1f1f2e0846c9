//! What a slice shows on the page of an account.

use kernel::{Context, Result};
use maud::Markup;
use store::Tx;

/// A card on the page of an account.
pub struct Panel {
    /// Its heading.
    pub title: &'static str,
    /// Its content for each of the accounts (by number), asked once for all; none where there is nothing to show.
    pub show: Show,
}

/// Shows something for each of the accounts, or nothing.
pub type Show = fn(&Context, &mut Tx<'_>, &[i64]) -> Result<Vec<Option<Markup>>>;
