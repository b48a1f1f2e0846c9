//! What the slice shows on the page of an account: its bills.

pub(crate) mod bills;

use slice::AccountPanel;

/// The panels.
pub const PANELS: &[AccountPanel] = &[AccountPanel { id: "bills", show: bills::show }];
