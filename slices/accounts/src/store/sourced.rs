//! Which facts which records of which files told.

use std::collections::HashMap;

use ::store::{Column, ColumnKind, DataClass, Row, Table, Tx, dialect};
use kernel::Result;
use timeline::AccountId;

pub use crate::sourced::Stored;

/// The records of files that told a fact.
pub const FACT_SOURCE: Table = Table {
    name: "fact_source",
    columns: &[
        Column { name: "id", kind: ColumnKind::Own("fact_source") },
        Column { name: "space", kind: ColumnKind::Text },
        Column { name: "key", kind: ColumnKind::Text },
        Column { name: "identity", kind: ColumnKind::Int },
        Column { name: "account", kind: ColumnKind::Ref("account") },
        Column { name: "fact", kind: ColumnKind::Ref("fact") },
        Column { name: "run", kind: ColumnKind::Origin },
        Column { name: "changed", kind: ColumnKind::Origin },
    ],
    key: &["space", "key", "identity", "id"],
    account: Some("account"),
    class: DataClass::Personal,
    canonical: true,
};

const STORED: &str = "id, identity, account, fact, run, changed";

/// The stored records at these places (numbering and key there; sorted, each once), in the order of their numbers.
///
/// # Errors
/// `store.statement`.
pub fn known(tx: &mut Tx<'_>, places: &[(String, String)]) -> Result<HashMap<(String, String), Vec<Stored>>> {
    let mut found: HashMap<(String, String), Vec<Stored>> = HashMap::new();
    for group in places.chunk_by(|a, b| a.0 == b.0).flat_map(|group| group.chunks(256)) {
        let space = &group[0].0;
        let (marks, values) = dialect::list(&[space.into()], group.iter().map(|(_, key)| key));
        let sql = format!(
            "SELECT {STORED}, key FROM fact_source WHERE space = ?1 AND key IN ({marks}) ORDER BY id"
        );
        tx.for_each(&sql, &values, |row| {
            found.entry((space.clone(), row.string(6)?)).or_default().push(stored(row)?);
            Ok(())
        })?;
    }
    Ok(found)
}

/// Records by their numbers; at most 256.
///
/// # Errors
/// `store.statement`.
pub fn of_numbers(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<Stored>> {
    let (marks, values) = dialect::list(&[], ids.iter().copied());
    let sql = format!("SELECT {STORED} FROM fact_source WHERE id IN ({marks}) ORDER BY id");
    tx.query(&sql, &values, stored)
}

fn stored(row: &Row<'_>) -> Result<Stored> {
    Ok(Stored {
        id: row.int(0)?,
        identity: row.int(1)?,
        account: row.int(2)?,
        fact: row.int(3)?,
        run: row.int(4)?,
        changed: row.int(5)?,
    })
}

/// Writes down new records: numbering, key there, and the rest.
///
/// # Errors
/// `store.statement`.
pub fn insert(tx: &mut Tx<'_>, records: &[(&str, String, Stored)]) -> Result<()> {
    let rows = records.iter().map(|(space, key, stored)| {
        [
            stored.id.into(),
            (*space).into(),
            key.into(),
            stored.identity.into(),
            stored.account.into(),
            stored.fact.into(),
            stored.run.into(),
            stored.changed.into(),
        ]
    });
    tx.insert_all(&FACT_SOURCE, rows).map(drop)
}

/// Writes records anew: what makes them the same one, whom they are about, who brought and who changed them.
///
/// # Errors
/// `store.statement`.
pub fn update(tx: &mut Tx<'_>, records: &[Stored]) -> Result<()> {
    let sql = "UPDATE fact_source SET identity = ?2, account = ?3, run = ?4, changed = ?5 WHERE id = ?1";
    for stored in records {
        let values = [
            stored.id.into(),
            stored.identity.into(),
            stored.account.into(),
            stored.run.into(),
            stored.changed.into(),
        ];
        tx.execute(sql, &values)?;
    }
    Ok(())
}

/// Forgets records; at most 256.
///
/// # Errors
/// `store.statement`.
pub fn remove(tx: &mut Tx<'_>, ids: &[i64]) -> Result<()> {
    let (marks, values) = dialect::list(&[], ids.iter().copied());
    tx.execute(&format!("DELETE FROM fact_source WHERE id IN ({marks})"), &values).map(drop)
}

/// Which of these accounts are named by a record that this import did not bring, and the first import that brought one;
/// at most 256.
///
/// # Errors
/// `store.statement`.
pub fn who_told(tx: &mut Tx<'_>, run: i64, accounts: &[AccountId]) -> Result<HashMap<AccountId, i64>> {
    let (marks, values) = dialect::list(&[run.into()], accounts.iter().copied());
    let sql = format!(
        "SELECT account, MIN(run) FROM fact_source WHERE run <> ?1 AND account IN ({marks}) GROUP BY account"
    );
    Ok(tx.query(&sql, &values, |row| Ok((row.id(0)?, row.int(1)?)))?.into_iter().collect())
}
