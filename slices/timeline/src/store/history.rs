//! The history of an account, page by page.

use ::store::Tx;
use kernel::Result;

use super::facts::{ENTRY, entry};
use crate::{AccountId, Entry};

/// A page of an account's history, newest first, beginning before the given moment and id.
///
/// # Errors
/// As [`facts`].
pub fn history(
    tx: &mut Tx<'_>,
    account: AccountId,
    before: Option<(i64, i64)>,
    limit: i64,
) -> Result<Vec<Entry>> {
    history_of(tx, account, &[], before, limit)
}

/// The same of some kinds of facts only; of every kind where none is named.
///
/// # Errors
/// As [`facts`].
pub fn history_of(
    tx: &mut Tx<'_>,
    account: AccountId,
    kinds: &[&'static str],
    before: Option<(i64, i64)>,
    limit: i64,
) -> Result<Vec<Entry>> {
    let (at, id) = before.unwrap_or((i64::MAX, i64::MAX));
    let words: Vec<_> = kinds.iter().map(|kind| format!("'{kind}'")).collect();
    let of_kinds =
        if words.is_empty() { String::new() } else { format!("AND kind IN ({})", words.join(", ")) };
    let sql = format!(
        "SELECT {ENTRY} FROM fact
         WHERE account = ?1 {of_kinds} AND (occurred_at < ?2 OR (occurred_at = ?2 AND id < ?3))
         ORDER BY occurred_at DESC, id DESC LIMIT ?4"
    );
    tx.query(&sql, &[account.into(), at.into(), id.into(), limit.into()], entry)
}
