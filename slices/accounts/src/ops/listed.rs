//! Accounts that lists sort and filter otherwise from now on.

use ::store::Tx;
use kernel::{Context, Result};
use timeline::{
    AccountId, LineId,
    said::{Sheet, blank},
    store as facts,
};

/// What lists know of an account beside its relationships.
const LISTED: [&str; 2] = ["name", "country"];

/// Whether lists show an account otherwise.
pub(super) fn is_otherwise(before: &Sheet, after: &Sheet) -> bool {
    LISTED.iter().any(|field| blank(before, field) != blank(after, field))
}

/// Has the relationships of these accounts gone through again: lists keep name and country beside each decision.
pub(super) fn anew(cx: &Context, tx: &mut Tx<'_>, accounts: &[AccountId]) -> Result<()> {
    let mut lines = Vec::new();
    for group in accounts.chunks(256) {
        lines.extend(facts::lines_of(tx, group)?);
    }
    if lines.is_empty() {
        return Ok(());
    }
    facts::mark_stale(cx, tx, &lines)?;
    facts::ask_judgement(cx, tx, LineId::new(0))
}
