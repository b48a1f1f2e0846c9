//! The audit, as rows.

use kernel::Result;
use store::{Row, Tx, Value};

use super::{AUDIT, AUDIT_ACCOUNT};
use crate::{
    audit::{Chain, Kept},
    checkpoint::Checkpoint,
    secret::Hash,
};

/// The columns of an entry, as [`entry`] reads them.
pub const COLUMNS: &str =
    "audit.serial, audit.at, audit.actor, audit.via, audit.operation, audit.subject, audit.input,
     audit.salt, audit.input_hash, audit.outcome";

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
    tx.insert_all(&AUDIT, [row])?;
    let concerned = entry.accounts.iter().map(|account| [entry.serial.into(), (*account).into()]);
    tx.insert_all(&AUDIT_ACCOUNT, concerned).map(drop)
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
    let sql = format!(
        "SELECT {COLUMNS}, audit.hash, audit_account.account
         FROM audit LEFT JOIN audit_account ON audit_account.serial = audit.serial
         ORDER BY audit.serial, audit_account.account"
    );
    let mut open: Option<(Kept, Vec<u8>)> = None;
    tx.for_each(&sql, &[], |row| {
        let same = open.as_mut().filter(|(entry, _)| row.int(0).is_ok_and(|serial| serial == entry.serial));
        match (same, row.opt_int(11)?) {
            (Some((entry, _)), Some(account)) => entry.accounts.push(account),
            (_, account) => {
                let mut next = entry(row)?;
                next.accounts.extend(account);
                if let Some((entry, hash)) = open.replace((next, row.bytes(10)?.to_vec())) {
                    chain.follow(&entry, &hash);
                }
            }
        }
        Ok(())
    })?;
    open.iter().for_each(|(entry, hash)| chain.follow(entry, hash));
    Ok(())
}

/// Forgets what was asked for in the entries about a subject; gives how many there were.
///
/// # Errors
/// `store.statement`.
pub fn forget(tx: &mut Tx<'_>, subject: &str) -> Result<u64> {
    let sql = "UPDATE audit SET input = NULL, salt = ?2 WHERE subject = ?1 AND input IS NOT NULL";
    tx.execute(sql, &[subject.into(), Value::Bytes(&[])])
}

/// An entry from its columns, without the accounts it concerns.
///
/// # Errors
/// `store.column`.
pub fn entry(row: &Row<'_>) -> Result<Kept> {
    Ok(Kept {
        serial: row.int(0)?,
        at: row.int(1)?,
        actor: row.int(2)?,
        via: row.string(3)?,
        operation: row.string(4)?,
        subject: row.string(5)?,
        accounts: Vec::new(),
        input: row.opt_string(6)?,
        salt: row.bytes(7)?.to_vec(),
        input_hash: row.bytes(8)?.to_vec(),
        outcome: row.string(9)?,
    })
}
