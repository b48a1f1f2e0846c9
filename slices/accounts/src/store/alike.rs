//! The keys by which accounts that may be one party are found, and which accounts are to be compared.

use std::collections::{HashMap, HashSet};

use ::store::{Column, ColumnKind, DataClass, Table, Tx, dialect};
use kernel::{Context, Result};

use super::VISIBLE;
use crate::duplicate::Traits;

/// The keys of accounts.
pub const DUPLICATE_KEY: Table = Table {
    name: "duplicate_key",
    columns: &[
        Column { name: "hash", kind: ColumnKind::Int },
        Column { name: "account", kind: ColumnKind::Int },
    ],
    key: &["hash", "account"],
    account: None,
    class: DataClass::Internal,
    canonical: false,
};

/// Accounts that are to be compared.
pub const DUPLICATE_DUE: Table = Table {
    name: "duplicate_due",
    columns: &[Column { name: "account", kind: ColumnKind::Int }],
    key: &["account"],
    account: None,
    class: DataClass::Internal,
    canonical: false,
};

/// Keys that too many accounts have to tell anything.
pub const DUPLICATE_WIDE: Table = Table {
    name: "duplicate_wide",
    columns: &[Column { name: "hash", kind: ColumnKind::Int }],
    key: &["hash"],
    account: None,
    class: DataClass::Internal,
    canonical: false,
};

/// The columns of an account that are compared.
pub const COMPARED: [&str; 8] =
    ["name", "email", "country", "phone", "website", "street", "postcode", "city"];
/// A key of more accounts than this tells nothing.
const WIDE: usize = 50;

/// Puts the keys of accounts beside them, and has them compared.
///
/// # Errors
/// `store.statement`.
pub fn note(tx: &mut Tx<'_>, accounts: &[(i64, Traits)]) -> Result<()> {
    let keys: Vec<(i64, i64)> =
        accounts.iter().flat_map(|(id, traits)| traits.keys().into_iter().map(|key| (key, *id))).collect();
    pairs(tx, "INSERT INTO duplicate_key (hash, account)", &keys)?;
    due(tx, &accounts.iter().map(|(id, _)| *id).collect::<Vec<_>>())
}

/// Writes rows of two numbers, those that are there already left as they are.
fn pairs(tx: &mut Tx<'_>, insert: &str, rows: &[(i64, i64)]) -> Result<()> {
    for group in rows.chunks(256) {
        let (_, first) = dialect::list(&[], group.iter().map(|(first, _)| *first));
        let width = first.len();
        let (_, values) = dialect::list(&first, group.iter().map(|(_, second)| *second));
        let marks: Vec<_> = (1..=width).map(|n| format!("(?{n}, ?{})", n + width)).collect();
        tx.execute(&format!("{insert} VALUES {} ON CONFLICT DO NOTHING", marks.join(", ")), &values)?;
    }
    Ok(())
}

/// Has accounts compared.
fn due(tx: &mut Tx<'_>, ids: &[i64]) -> Result<()> {
    for group in ids.chunks(256) {
        let (_, values) = dialect::list(&[], group.iter().copied());
        let marks: Vec<_> = (1..=values.len()).map(|n| format!("(?{n})")).collect();
        let sql =
            format!("INSERT INTO duplicate_due (account) VALUES {} ON CONFLICT DO NOTHING", marks.join(", "));
        tx.execute(&sql, &values)?;
    }
    Ok(())
}

/// Those of these accounts that are still to be compared.
///
/// # Errors
/// `store.statement`.
pub fn waiting(tx: &mut Tx<'_>, ids: &[i64]) -> Result<HashSet<i64>> {
    let mut found = HashSet::new();
    for group in ids.chunks(256) {
        let (marks, values) = dialect::list(&[], group.iter().copied());
        let sql = format!("SELECT account FROM duplicate_due WHERE account IN ({marks})");
        found.extend(tx.query(&sql, &values, |row| row.int(0))?);
    }
    Ok(found)
}

/// Has every account compared.
///
/// # Errors
/// `store.statement`.
pub fn all_due(tx: &mut Tx<'_>) -> Result<()> {
    let sql =
        "INSERT INTO duplicate_due (account) SELECT id FROM account WHERE merged = 0 ON CONFLICT DO NOTHING";
    tx.execute(sql, &[]).map(drop)
}

/// The next accounts to compare.
///
/// # Errors
/// `store.statement`.
pub fn next_due(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<i64>> {
    tx.query("SELECT account FROM duplicate_due ORDER BY account LIMIT ?1", &[limit.into()], |row| row.int(0))
}

/// They are compared: what was found of them before, and nobody has looked at, is found anew.
///
/// # Errors
/// `store.statement`.
pub fn compared(tx: &mut Tx<'_>, ids: &[i64]) -> Result<()> {
    let (marks, values) = dialect::list(&[], ids.iter().copied());
    for (table, column) in [("duplicate_due", "account"), ("duplicate", "first"), ("duplicate", "second")] {
        let open = if table == "duplicate" { " AND state = 'open'" } else { "" };
        tx.execute(&format!("DELETE FROM {table} WHERE {column} IN ({marks}){open}"), &values)?;
    }
    Ok(())
}

/// Accounts that are counted one by one; of more than that, those that were merged into others are counted as well.
const COUNTED: i64 = 1_000;

/// About how many accounts there are: counting a million of them would cost more than looking through them for one.
///
/// # Errors
/// `store.statement`.
pub fn count(tx: &mut Tx<'_>) -> Result<i64> {
    let sql = "SELECT COUNT(*), (SELECT COALESCE(MAX(id), 0) FROM account)
               FROM (SELECT 1 AS one FROM account WHERE merged = 0 LIMIT ?1) AS few";
    let told = tx.first(sql, &[COUNTED.into()], |row| Ok((row.int(0)?, row.int(1)?)))?;
    Ok(told.map_or(0, |(count, all)| if count < COUNTED { count } else { all }))
}

/// The traits of those of these accounts that the viewer may see.
///
/// # Errors
/// `store.statement`.
pub fn traits(cx: &Context, tx: &mut Tx<'_>, ids: &[i64]) -> Result<HashMap<i64, Traits>> {
    let mut found = HashMap::new();
    for group in ids.chunks(256) {
        let (marks, values) = dialect::list(&[cx.actor.number().into()], group.iter().copied());
        let columns = COMPARED.join(", ");
        let sql = format!("SELECT id, {columns} FROM account WHERE {VISIBLE} AND id IN ({marks})");
        tx.for_each(&sql, &values, |row| {
            let mut texts = [""; COMPARED.len()];
            for (n, text) in texts.iter_mut().enumerate() {
                *text = row.text(n + 1)?;
            }
            let field =
                |wanted: &str| COMPARED.iter().position(|name| *name == wanted).map_or("", |n| texts[n]);
            found.insert(row.int(0)?, Traits::of(field));
            Ok(())
        })?;
    }
    Ok(found)
}

/// The accounts with each of these keys, of keys that not too many have. A key that turns out to be one of those is
/// marked where `mark` says so, and not gone through again.
///
/// # Errors
/// `store.statement`.
pub fn with_keys(tx: &mut Tx<'_>, keys: &[i64], mark: bool) -> Result<HashMap<i64, Vec<i64>>> {
    let mut found: HashMap<i64, Vec<i64>> = HashMap::new();
    let mut wide: HashSet<i64> = HashSet::new();
    for group in keys.chunks(256) {
        let (marks, values) = dialect::list(&[], group.iter().copied());
        let known = format!("SELECT hash FROM duplicate_wide WHERE hash IN ({marks})");
        let known: HashSet<i64> = tx.query(&known, &values, |row| row.int(0))?.into_iter().collect();
        let narrow: Vec<i64> = group.iter().copied().filter(|key| !known.contains(key)).collect();
        let (marks, values) = dialect::list(&[], narrow);
        tx.for_each(
            &format!("SELECT hash, account FROM duplicate_key WHERE hash IN ({marks})"),
            &values,
            |row| {
                let (hash, account) = (row.int(0)?, row.int(1)?);
                let block = found.entry(hash).or_default();
                match block.len() < WIDE {
                    true => block.push(account),
                    false => drop(wide.insert(hash)),
                }
                Ok(())
            },
        )?;
    }
    found.retain(|hash, _| !wide.contains(hash));
    if mark {
        for hash in wide {
            tx.execute(
                "INSERT INTO duplicate_wide (hash) VALUES (?1) ON CONFLICT DO NOTHING",
                &[hash.into()],
            )?;
        }
    }
    Ok(found)
}

/// Accounts that share a key with another: a sample to learn from, beginning at a key.
///
/// # Errors
/// `store.statement`.
pub fn sample(tx: &mut Tx<'_>, from: i64, limit: i64) -> Result<Vec<i64>> {
    let sql = "SELECT hash, account FROM duplicate_key WHERE hash >= ?1 ORDER BY hash, account LIMIT ?2";
    let rows = tx.query(sql, &[from.into(), limit.into()], |row| Ok((row.int(0)?, row.int(1)?)))?;
    let blocks = rows.chunk_by(|a, b| a.0 == b.0).filter(|block| (2..=WIDE).contains(&block.len()));
    let mut ids: Vec<i64> = blocks.flatten().map(|(_, account)| *account).collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}
