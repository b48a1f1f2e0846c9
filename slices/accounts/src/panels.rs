//! What the slice shows on the page of an account: who acts for it, and what it hangs together with.

pub(crate) mod links;
pub(crate) mod people;
mod wall;

use slice::AccountPanel;

/// The panels.
pub const PANELS: &[AccountPanel] = &[
    AccountPanel { id: "people", show: people::show },
    AccountPanel { id: "links", show: links::show },
    AccountPanel { id: "wall", show: wall::show },
];

/// Rows of a panel; all of them stand on a page of their own.
const ROWS: i64 = 10;
