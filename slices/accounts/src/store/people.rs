//! Which people are meant: by the ids that sources know them by, by email address, by name.

use std::collections::HashMap;

use ::store::{Tx, Value, dialect};
use kernel::{Context, Result};
use timeline::AccountId;

use super::VISIBLE;

/// The contacts that are known by these ids (numbering and id there; sorted, each once), whoever may see them: 1 where
/// the viewer may, so that nobody else's is taken for a new one.
///
/// # Errors
/// `store.statement`.
pub fn by_key(
    cx: &Context,
    tx: &mut Tx<'_>,
    places: &[(&str, &str)],
) -> Result<HashMap<(String, String), i64>> {
    let mut found = HashMap::new();
    for group in places.chunk_by(|a, b| a.0 == b.0).flat_map(|group| group.chunks(256)) {
        let fixed = [cx.actor.number().into(), group[0].0.into()];
        let (marks, values) = dialect::list(&fixed, group.iter().map(|(_, key)| *key));
        let sql = format!(
            "SELECT contact_key.key, contact_key.contact, CASE WHEN {VISIBLE} THEN 1 ELSE 0 END
             FROM contact_key JOIN contact ON contact.id = contact_key.contact
             JOIN account ON account.id = contact.account
             WHERE contact_key.space = ?2 AND contact_key.key IN ({marks})"
        );
        let rows =
            tx.query(&sql, &values, |row| Ok(((group[0].0.to_owned(), row.string(0)?), row.int(1)?)))?;
        found.extend(rows);
    }
    Ok(found)
}

/// The contacts of these accounts with one of these email addresses, by account and address: of several the first.
///
/// # Errors
/// `store.statement`.
pub fn by_email(
    cx: &Context,
    tx: &mut Tx<'_>,
    wanted: &[(i64, &str)],
) -> Result<HashMap<(i64, String), i64>> {
    among(cx, tx, wanted, |emails, accounts| {
        format!(
            "SELECT contact.account, contact_point.key, MIN(contact.id)
             FROM contact_point JOIN contact ON contact.id = contact_point.contact
             JOIN account ON account.id = contact.account
             WHERE {VISIBLE} AND contact_point.kind = 'email' AND contact_point.key IN ({emails})
               AND contact.account IN ({accounts}) GROUP BY contact.account, contact_point.key"
        )
    })
}

/// The contacts of these accounts with one of these names, by account and name: of several the first.
///
/// # Errors
/// `store.statement`.
pub fn by_name(cx: &Context, tx: &mut Tx<'_>, wanted: &[(i64, &str)]) -> Result<HashMap<(i64, String), i64>> {
    among(cx, tx, wanted, |names, accounts| {
        format!(
            "SELECT contact.account, contact.name_key, MIN(contact.id)
             FROM contact JOIN account ON account.id = contact.account
             WHERE {VISIBLE} AND contact.name_key IN ({names}) AND contact.account IN ({accounts})
             GROUP BY contact.account, contact.name_key"
        )
    })
}

fn among(
    cx: &Context,
    tx: &mut Tx<'_>,
    wanted: &[(i64, &str)],
    sql: impl Fn(&str, &str) -> String,
) -> Result<HashMap<(i64, String), i64>> {
    let mut found = HashMap::new();
    for group in wanted.chunks(256) {
        let (names, values) = dialect::list(&[cx.actor.number().into()], group.iter().map(|(_, name)| *name));
        let (accounts, values) = dialect::list(&values, group.iter().map(|(account, _)| *account));
        found.extend(tx.query(&sql(&names, &accounts), &values, |row| {
            Ok(((row.int(0)?, row.string(1)?), row.int(2)?))
        })?);
    }
    Ok(found)
}

/// Who acts for an account and has one of these addresses or numbers (kind and key, sorted), or a name that begins with
/// this word (of these at most so many).
///
/// # Errors
/// `store.statement`.
pub fn like(
    cx: &Context,
    tx: &mut Tx<'_>,
    account: AccountId,
    word: &str,
    points: &[(&str, &str)],
    limit: i64,
) -> Result<Vec<i64>> {
    let viewer = cx.actor.number();
    let mut found = Vec::new();
    if !word.is_empty() {
        let sql = format!(
            "SELECT contact.id FROM contact JOIN account ON account.id = contact.account
             WHERE {VISIBLE} AND contact.account = ?2 AND contact.name_key >= ?3
               AND contact.name_key < CAST(?3 AS TEXT) || CAST('\u{10FFFF}' AS TEXT)
             ORDER BY contact.name_key, contact.id LIMIT ?4"
        );
        found =
            tx.query(&sql, &[viewer.into(), account.into(), word.into(), limit.into()], |row| row.int(0))?;
    }
    // By kind, because they are found by kind and key: without it every address of the house would be gone through.
    for same in points.chunk_by(|a, b| a.0 == b.0) {
        for group in same.chunks(256) {
            let first: [Value<'_>; 3] = [viewer.into(), account.into(), group[0].0.into()];
            let (marks, values) = dialect::list(&first, group.iter().map(|(_, key)| *key));
            let sql = format!(
                "SELECT DISTINCT contact.id FROM contact_point JOIN contact ON contact.id = contact_point.contact
                 JOIN account ON account.id = contact.account
                 WHERE {VISIBLE} AND contact.account = ?2 AND contact_point.kind = ?3
                   AND contact_point.key IN ({marks})"
            );
            found.extend(tx.query(&sql, &values, |row| row.int(0))?);
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}
