//! Parties by the ids that files and tools know them by.

use std::collections::{BTreeSet, HashMap};

use ::store::{Tx, dialect};
use kernel::{Context, Result};
use timeline::AccountId;

use super::VISIBLE;

/// By numbering and id there: the account and the import that made it.
pub type Known<'p> = HashMap<(&'p str, &'p str), (i64, i64)>;

/// Of the parties at these places (numbering and id there; sorted, each once) those that are known: their account and
/// the import that made it, 0 for none.
///
/// # Errors
/// `store.statement`.
pub fn known<'p>(tx: &mut Tx<'_>, places: &[(&'p str, &'p str)]) -> Result<Known<'p>> {
    let mut known = HashMap::new();
    for group in places.chunk_by(|a, b| a.0 == b.0).flat_map(|group| group.chunks(256)) {
        let (marks, values) = dialect::list(&[group[0].0.into()], group.iter().map(|(_, key)| *key));
        let sql = format!(
            "SELECT account_key.key, account.id, account.run FROM account_key
             JOIN account ON account.id = account_key.account
             WHERE account_key.space = ?1 AND account_key.key IN ({marks})"
        );
        tx.for_each(&sql, &values, |row| {
            let (key, account) = (row.text(0)?, (row.int(1)?, row.int(2)?));
            if let Ok(place) = group.binary_search_by(|(_, wanted)| (*wanted).cmp(key)) {
                known.insert(group[place], account);
            }
            Ok(())
        })?;
    }
    Ok(known)
}

/// Of the parties at these places (numbering and id there), those that this viewer may not see.
///
/// # Errors
/// `store.statement`.
pub fn hidden_keys(
    cx: &Context,
    tx: &mut Tx<'_>,
    places: &BTreeSet<(String, String)>,
) -> Result<BTreeSet<(String, String)>> {
    let mut hidden = BTreeSet::new();
    let places: Vec<_> = places.iter().collect();
    for group in places.chunk_by(|a, b| a.0 == b.0).flat_map(|group| group.chunks(256)) {
        let fixed = [cx.actor.number().into(), (&group[0].0).into()];
        let (marks, values) = dialect::list(&fixed, group.iter().map(|(_, key)| key));
        let sql = format!(
            "SELECT account_key.key FROM account_key JOIN account ON account.id = account_key.account
             WHERE account_key.space = ?2 AND account_key.key IN ({marks}) AND NOT {VISIBLE}"
        );
        let found = tx.query(&sql, &values, |row| row.string(0))?;
        hidden.extend(found.into_iter().map(|key| (group[0].0.clone(), key)));
    }
    Ok(hidden)
}

/// The ids by which others know an account.
///
/// # Errors
/// `store.statement`.
pub fn keys(tx: &mut Tx<'_>, id: AccountId) -> Result<Vec<(String, String)>> {
    let sql = "SELECT space, key FROM account_key WHERE account = ?1 ORDER BY space, key";
    tx.query(sql, &[id.into()], |row| Ok((row.string(0)?, row.string(1)?)))
}
