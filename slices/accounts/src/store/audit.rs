//! The audit as a viewer may see it: an entry that concerns an account behind a wall is not there for others.

use std::collections::{BTreeSet, HashMap};

use access::{
    EntryId,
    audit::Kept,
    store::entries::{COLUMNS, entry},
};
use kernel::{Context, Result};
use store::{Tx, Value, dialect};
use timeline::AccountId;

use super::{VISIBLE, VISIBLE_EVEN_MERGED};
use crate::account::name_key;

/// An entry, and the name that its actor has now; none for the house and for nobody.
pub type Listed = (Kept, Option<String>);

/// A page of the entries that the viewer may see, newest first, those before `before`.
///
/// # Errors
/// `store.statement`.
pub fn entries(cx: &Context, tx: &mut Tx<'_>, before: EntryId, limit: i64) -> Result<Vec<Listed>> {
    let sql = format!(
        "SELECT {COLUMNS}, person.name
         FROM audit LEFT JOIN person ON person.id = audit.actor
         WHERE audit.serial < ?2 AND NOT EXISTS (
           SELECT 1 FROM audit_account JOIN account ON account.id = audit_account.account
           WHERE audit_account.serial = audit.serial AND NOT {VISIBLE_EVEN_MERGED})
         ORDER BY audit.serial DESC LIMIT ?3"
    );
    let values = [cx.actor.number().into(), before.into(), limit.into()];
    tx.query(&sql, &values, |row| Ok((entry(row)?, row.opt_string(10)?)))
}

/// The accounts that an entry concerns, as far as the viewer may see them.
#[derive(Clone, Debug, Default)]
pub struct Whom {
    /// The first of them, with their names.
    pub named: Vec<(AccountId, String)>,
    /// How many there are in all.
    pub count: i64,
}

/// The accounts that each of these entries concerns; of each entry so many are named.
///
/// # Errors
/// `store.statement`.
pub fn of_whom(
    cx: &Context,
    tx: &mut Tx<'_>,
    entries: &[EntryId],
    named: i64,
) -> Result<HashMap<EntryId, Whom>> {
    let mut found: HashMap<EntryId, Whom> = HashMap::new();
    for group in entries.chunks(256) {
        let before = [cx.actor.number().into(), named.into()];
        let (marks, values) = dialect::list(&before, group.iter().copied());
        let sql = format!(
            "SELECT placed.serial, placed.id, account.name, placed.count FROM (
               SELECT audit_account.serial, account.id,
                 ROW_NUMBER() OVER (PARTITION BY audit_account.serial ORDER BY account.id) AS place,
                 COUNT(*) OVER (PARTITION BY audit_account.serial) AS count
               FROM audit_account JOIN account ON account.id = audit_account.account
               WHERE {VISIBLE_EVEN_MERGED} AND audit_account.serial IN ({marks})
             ) AS placed CROSS JOIN account
             WHERE account.id = placed.id AND placed.place <= ?2 ORDER BY placed.serial, placed.id"
        );
        tx.for_each(&sql, &values, |row| {
            let whom = found.entry(row.id(0)?).or_default();
            whom.named.push((row.id(1)?, row.string(2)?));
            whom.count = row.int(3)?;
            Ok(())
        })?;
    }
    Ok(found)
}

/// The names of all people of the house.
///
/// # Errors
/// `store.statement`.
pub fn everybody(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.query("SELECT name FROM person ORDER BY id", &[], |row| row.string(0))
}

/// Those of these accounts that are there and that the viewer may see.
///
/// # Errors
/// `store.statement`.
pub fn seen(cx: &Context, tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<i64>> {
    each(tx, &[cx.actor.number().into()], ids.iter().copied(), |marks| {
        format!("SELECT id FROM account WHERE {VISIBLE_EVEN_MERGED} AND id IN ({marks})")
    })
}

/// The accounts that the viewer may see and that bear one of these names.
///
/// # Errors
/// `store.statement`.
pub fn named(cx: &Context, tx: &mut Tx<'_>, names: &[&str]) -> Result<Vec<i64>> {
    let keys: BTreeSet<String> = names.iter().map(|name| name_key(name)).collect();
    each(tx, &[cx.actor.number().into()], keys.iter().map(String::as_str), |marks| {
        format!("SELECT id FROM account WHERE {VISIBLE} AND name_key IN ({marks})")
    })
}

/// The accounts that the viewer may see and that are known by one of these ids in that numbering.
///
/// # Errors
/// `store.statement`.
pub fn known_as(cx: &Context, tx: &mut Tx<'_>, space: &str, keys: &[&str]) -> Result<Vec<i64>> {
    each(tx, &[cx.actor.number().into(), space.into()], keys.iter().copied(), |marks| {
        format!(
            "SELECT account.id FROM account_key JOIN account ON account.id = account_key.account
             WHERE {VISIBLE} AND account_key.space = ?2 AND account_key.key IN ({marks})"
        )
    })
}

/// Asks for many at once, not too many in one statement.
fn each<'v, V: Into<Value<'v>>>(
    tx: &mut Tx<'_>,
    before: &[Value<'v>],
    wanted: impl Iterator<Item = V>,
    sql: impl Fn(&str) -> String,
) -> Result<Vec<i64>> {
    let (mut found, mut wanted) = (Vec::new(), wanted.peekable());
    while wanted.peek().is_some() {
        let (marks, values) = dialect::list(before, wanted.by_ref().take(256));
        found.extend(tx.query(&sql(&marks), &values, |row| row.int(0))?);
    }
    Ok(found)
}

/// Who last did something with what has that id outside, and when: their name (none for the house), microseconds UTC. None
/// where it concerns an account that the viewer may not see.
///
/// # Errors
/// `store.statement`.
pub fn last_deed(cx: &Context, tx: &mut Tx<'_>, subject: &str) -> Result<Option<(Option<String>, i64)>> {
    let sql = format!(
        "SELECT person.name, audit.at FROM audit LEFT JOIN person ON person.id = audit.actor
         WHERE audit.subject = ?2 AND audit.outcome = 'done' AND NOT EXISTS (
           SELECT 1 FROM audit_account JOIN account ON account.id = audit_account.account
           WHERE audit_account.serial = audit.serial AND NOT {VISIBLE_EVEN_MERGED})
         ORDER BY audit.serial DESC LIMIT 1"
    );
    tx.first(&sql, &[cx.actor.number().into(), subject.into()], |row| Ok((row.opt_string(0)?, row.int(1)?)))
}

/// The names of people of ours, by their number.
///
/// # Errors
/// `store.statement`.
pub fn people(tx: &mut Tx<'_>, numbers: &[i64]) -> Result<HashMap<i64, String>> {
    let (marks, values) = dialect::list(&[], numbers.iter().map(|number| Value::Int(*number)));
    let sql = format!("SELECT id, name FROM person WHERE id IN ({marks})");
    Ok(tx.query(&sql, &values, |row| Ok((row.int(0)?, row.string(1)?)))?.into_iter().collect())
}
