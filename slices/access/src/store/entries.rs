//! The audit, as rows.

use kernel::Result;
use store::{Row, Tx, Value};

use super::AUDIT;
use crate::{
    audit::{Chain, Checkpoint, Kept},
    secret::Hash,
};

const COLUMNS: &str =
    "audit.serial, audit.at, audit.actor, audit.via, audit.operation, audit.subject, audit.input,
     audit.salt, audit.input_hash, audit.outcome";

/// An entry and who its actor is.
#[derive(Debug)]
pub struct Listed {
    /// The entry.
    pub entry: Kept,
    /// The name of the actor now; nothing for the house and for nobody.
    pub name: Option<String>,
}

/// Appends an entry behind the end of the chain.
///
/// # Errors
/// `store.statement`.
pub fn append(tx: &mut Tx<'_>, entry: &Kept, hash: &Hash) -> Result<()> {
    let row = [
        entry.serial.into(),
        entry.at.into(),
        entry.actor.into(),
        (&entry.via).into(),
        (&entry.operation).into(),
        (&entry.subject).into(),
        (&entry.input).into(),
        entry.salt.as_slice().into(),
        entry.input_hash.as_slice().into(),
        (&entry.outcome).into(),
        hash.as_slice().into(),
    ];
    tx.insert_all(&AUDIT, [row]).map(drop)
}

/// The next number of an entry; taken in the transaction that appends it, so that none is left out.
///
/// # Errors
/// `store.statement`.
pub fn next_serial(tx: &mut Tx<'_>) -> Result<i64> {
    Ok(tx.allocate("audit", 1)?.first())
}

/// The end of the chain.
///
/// # Errors
/// `store.statement`.
pub fn head(tx: &mut Tx<'_>) -> Result<Checkpoint> {
    let sql = "SELECT serial, hash FROM audit ORDER BY serial DESC LIMIT 1";
    let last = tx.first(sql, &[], |row| Ok((row.int(0)?, row.bytes(1)?.to_vec())))?;
    Ok(last.map_or(Checkpoint::BEGIN, |(serial, hash)| Checkpoint {
        serial,
        hash: hash.try_into().unwrap_or(crate::audit::BEGIN),
    }))
}

/// Walks the whole chain.
///
/// # Errors
/// `store.statement`.
pub fn walk(tx: &mut Tx<'_>, chain: &mut Chain) -> Result<()> {
    let sql = format!("SELECT {COLUMNS}, audit.hash FROM audit ORDER BY audit.serial");
    tx.for_each(&sql, &[], |row| {
        chain.follow(&entry(row)?, row.bytes(10)?);
        Ok(())
    })
}

/// A page of entries, newest first, those before `before`.
///
/// # Errors
/// `store.statement`.
pub fn list(tx: &mut Tx<'_>, before: i64, limit: i64) -> Result<Vec<Listed>> {
    let sql = format!(
        "SELECT {COLUMNS}, person.name
         FROM audit LEFT JOIN person ON person.id = audit.actor
         WHERE audit.serial < ?1 ORDER BY audit.serial DESC LIMIT ?2"
    );
    tx.query(&sql, &[before.into(), limit.into()], |row| {
        Ok(Listed { entry: entry(row)?, name: row.opt_string(10)? })
    })
}

/// Forgets what was asked for in the entries about a subject; gives how many there were.
///
/// # Errors
/// `store.statement`.
pub fn forget(tx: &mut Tx<'_>, subject: &str) -> Result<u64> {
    let sql = "UPDATE audit SET input = NULL, salt = ?2 WHERE subject = ?1 AND input IS NOT NULL";
    tx.execute(sql, &[subject.into(), Value::Bytes(&[])])
}

fn entry(row: &Row<'_>) -> Result<Kept> {
    Ok(Kept {
        serial: row.int(0)?,
        at: row.int(1)?,
        actor: row.int(2)?,
        via: row.string(3)?,
        operation: row.string(4)?,
        subject: row.string(5)?,
        input: row.opt_string(6)?,
        salt: row.bytes(7)?.to_vec(),
        input_hash: row.bytes(8)?.to_vec(),
        outcome: row.string(9)?,
    })
}
