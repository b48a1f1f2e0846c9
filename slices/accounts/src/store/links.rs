//! How accounts hang on each other, as far as the viewer may see.

use std::collections::HashMap;

use ::store::{Tx, dialect};
use kernel::{Context, Result};
use timeline::{AccountId, said::Sheet};

use super::{ACCOUNT_LINK, VISIBLE};
use crate::link::{self, Link};

/// Adds to the fields of these accounts what they hang on.
///
/// # Errors
/// `store.statement`.
pub fn add(cx: &Context, tx: &mut Tx<'_>, sheets: &mut HashMap<i64, Sheet>) -> Result<()> {
    let mut ids: Vec<i64> = sheets.keys().copied().collect();
    ids.sort_unstable();
    for group in ids.chunks(256) {
        let (marks, values) = dialect::list(&[cx.actor.number().into()], group.iter().copied());
        let sql = format!(
            "SELECT account_link.account, account_link.kind, account_link.other, account_link.since
             FROM account_link JOIN account ON account.id = account_link.account
             WHERE {VISIBLE} AND account_link.account IN ({marks})"
        );
        tx.for_each(&sql, &values, |row| {
            if let Some(sheet) = sheets.get_mut(&row.int(0)?) {
                let (field, since) = (link::field(row.text(1)?, row.int(2)?), link::written(row.text(3)?));
                sheet.insert(field, since.to_owned());
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// Writes what these accounts hang on anew, by their fields.
///
/// # Errors
/// `store.statement`.
pub fn rewrite(tx: &mut Tx<'_>, accounts: &[(i64, Sheet)]) -> Result<()> {
    for group in accounts.chunks(256) {
        let (marks, values) = dialect::list(&[], group.iter().map(|(id, _)| *id));
        tx.execute(&format!("DELETE FROM account_link WHERE account IN ({marks})"), &values)?;
        let rows = group.iter().flat_map(|(id, sheet)| {
            link::of(sheet)
                .map(|(kind, other, since)| [(*id).into(), kind.as_str().into(), other.into(), since.into()])
        });
        tx.insert_all(&ACCOUNT_LINK, rows)?;
    }
    Ok(())
}

/// What an account hangs on and what hangs on it; accounts that the viewer may not see are not there.
///
/// # Errors
/// `store.statement`.
pub fn around(cx: &Context, tx: &mut Tx<'_>, id: AccountId) -> Result<Vec<Link>> {
    let mut links = Vec::new();
    for (mine, others) in [("account", "other"), ("other", "account")] {
        let sql = format!(
            "SELECT account_link.kind, account.id, account.name, account_link.since
             FROM account_link JOIN account ON account.id = account_link.{others}
             WHERE {VISIBLE} AND account_link.{mine} = ?2 ORDER BY account_link.kind, account.name_key, account.id"
        );
        let found = tx.query(&sql, &[cx.actor.number().into(), id.into()], |row| {
            Ok(link::stored(row.text(0)?, row.id(1)?, row.string(2)?, row.string(3)?, mine == "account"))
        })?;
        links.extend(found.into_iter().flatten());
    }
    Ok(links)
}

/// Who hangs on these accounts: the account that does, the kind of link, the account it hangs on; at most 256. Whoever
/// calls decides by it whether an account may go, and shows none of it.
///
/// # Errors
/// `store.statement`.
pub fn hanging(cx: &Context, tx: &mut Tx<'_>, ids: &[AccountId]) -> Result<Vec<(i64, String, i64)>> {
    let (marks, values) = dialect::list(&[cx.actor.number().into()], ids.iter().copied());
    let sql = format!(
        "SELECT account_link.account, account_link.kind, account_link.other
         FROM account_link JOIN account ON account.id = account_link.other
         WHERE {VISIBLE} AND account_link.other IN ({marks})"
    );
    tx.query(&sql, &values, |row| Ok((row.int(0)?, row.string(1)?, row.int(2)?)))
}

/// Where a page of links begins: the name, the number and the kind of the last one before it.
pub type After = (String, i64, String);

/// A page of what an account hangs on (`hangs`), or of what hangs on it, by name, as far as the viewer may see; each with
/// the place where the next page begins after it.
///
/// # Errors
/// `store.statement`.
pub fn page(
    cx: &Context,
    tx: &mut Tx<'_>,
    id: AccountId,
    hangs: bool,
    after: &After,
    limit: i64,
) -> Result<Vec<(Link, After)>> {
    let (mine, others) = if hangs { ("account", "other") } else { ("other", "account") };
    let sql = format!(
        "SELECT account_link.kind, account.id, account.name, account_link.since, account.name_key
         FROM account_link JOIN account ON account.id = account_link.{others}
         WHERE {VISIBLE} AND account_link.{mine} = ?2
           AND (account.name_key > ?3 OR (account.name_key = ?3
             AND (account.id > ?4 OR (account.id = ?4 AND account_link.kind > ?5))))
         ORDER BY account.name_key, account.id, account_link.kind LIMIT ?6"
    );
    let (name, number, kind) = after;
    let values =
        [cx.actor.number().into(), id.into(), name.into(), (*number).into(), kind.into(), limit.into()];
    let found = tx.query(&sql, &values, |row| {
        let place = (row.string(4)?, row.int(1)?, row.string(0)?);
        let link = link::stored(row.text(0)?, row.id(1)?, row.string(2)?, row.string(3)?, hangs);
        Ok(link.map(|link| (link, place)))
    })?;
    Ok(found.into_iter().flatten().collect())
}
