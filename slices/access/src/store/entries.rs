//! The audit, as rows.

use kernel::{Result, Role};
use store::{Row, Tx};

use super::{AUDIT, people};
use crate::{
    audit::{Chain, Checkpoint, Kept},
    secret::Hash,
};

const COLUMNS: &str =
    "audit.serial, audit.at, audit.actor, audit.via, audit.operation, audit.subject, audit.input,
                       audit.input_hash, audit.outcome, audit.hash";

/// An entry and who its actor is.
#[derive(Debug)]
pub struct Listed {
    /// The entry.
    pub entry: Kept,
    /// The name and role of the actor now; nothing for the house and for nobody.
    pub person: Option<(String, Role)>,
}

/// Appends an entry behind the end of the chain.
///
/// # Errors
/// `store.statement`.
pub fn append(tx: &mut Tx<'_>, entry: &Kept, hash: &Hash) -> Result<()> {
    let (input, salt) = entry.input.as_ref().map(|(text, salt)| (text.as_str(), salt.as_slice())).unzip();
    let row = [
        entry.serial.into(),
        entry.at.into(),
        entry.actor.into(),
        (&entry.via).into(),
        (&entry.operation).into(),
        (&entry.subject).into(),
        input.into(),
        salt.into(),
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
    let sql = format!("SELECT {COLUMNS}, COALESCE(audit.salt, audit.hash) FROM audit ORDER BY audit.serial");
    tx.for_each(&sql, &[], |row| {
        chain.follow(&entry(row, 10)?, row.bytes(9)?);
        Ok(())
    })
}

/// A page of entries, newest first, those before `before`.
///
/// # Errors
/// `store.statement`.
pub fn list(tx: &mut Tx<'_>, before: i64, limit: i64) -> Result<Vec<Listed>> {
    let sql = format!(
        "SELECT {COLUMNS}, COALESCE(audit.salt, audit.hash), person.name, person.role
         FROM audit LEFT JOIN person ON person.id = audit.actor
         WHERE audit.serial < ?1 ORDER BY audit.serial DESC LIMIT ?2"
    );
    tx.query(&sql, &[before.into(), limit.into()], |row| {
        let name = row.opt_string(11)?;
        let person = name.map(|name| people::role(row, 12).map(|role| (name, role))).transpose()?;
        Ok(Listed { entry: entry(row, 10)?, person })
    })
}

/// Forgets what was asked for in the entries about a subject; gives how many there were.
///
/// # Errors
/// `store.statement`.
pub fn forget(tx: &mut Tx<'_>, subject: &str) -> Result<u64> {
    let sql = "UPDATE audit SET input = NULL, salt = NULL WHERE subject = ?1 AND input IS NOT NULL";
    tx.execute(sql, &[subject.into()])
}

fn entry(row: &Row<'_>, salt: usize) -> Result<Kept> {
    let salt = row.bytes(salt)?.to_vec();
    Ok(Kept {
        serial: row.int(0)?,
        at: row.int(1)?,
        actor: row.int(2)?,
        via: row.string(3)?,
        operation: row.string(4)?,
        subject: row.string(5)?,
        input: row.opt_string(6)?.map(|text| (text, salt)),
        input_hash: row.bytes(7)?.to_vec(),
        outcome: row.string(8)?,
    })
}
