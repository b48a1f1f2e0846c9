//! Facts by their ids.

use ::store::{Tx, dialect};
use kernel::Result;

use super::facts::{ENTRY, entry};
use crate::{AccountId, Entry, FactId};

/// Those of these facts of these accounts that are in the timeline, in the order of their ids.
///
/// # Errors
/// `store.statement`, `timeline.body` for a fact that this version cannot read.
pub fn entries(tx: &mut Tx<'_>, places: &[(AccountId, FactId)]) -> Result<Vec<Entry>> {
    let mut found = Vec::new();
    for group in places.chunks(256) {
        let (accounts, ids, values) = dialect::lists(group);
        let sql =
            format!("SELECT {ENTRY} FROM fact WHERE account IN ({accounts}) AND id IN ({ids}) ORDER BY id");
        found.extend(tx.query(&sql, &values, entry)?);
    }
    Ok(found)
}
