//! The policy in force, read once per version.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use ::store::Tx;
use kernel::{Context, Result};

use crate::{Policy, policy::SHIPPED};

/// The policy in force, and its place among those adopted (0: the one that ships).
///
/// # Errors
/// `store.statement`, or `policy.*` for a stored text that this version cannot read.
pub fn in_force(tx: &mut Tx<'_>) -> Result<(Arc<Policy>, i64)> {
    let sql = "SELECT serial, text FROM policy ORDER BY serial DESC LIMIT 1";
    let stored = tx.first(sql, &[], |row| Ok((row.int(0)?, row.string(1)?)))?;
    let (serial, text) = stored.unwrap_or_else(|| (0, SHIPPED[0].1.to_owned()));
    Ok((parsed(&text)?, serial))
}

/// The policy that was in force at a moment, in microseconds: the last one that was adopted by then.
///
/// # Errors
/// As [`in_force`].
pub fn in_force_at(tx: &mut Tx<'_>, moment: i64) -> Result<(Arc<Policy>, i64)> {
    let sql = "SELECT serial, text FROM policy WHERE adopted_at <= ?1 ORDER BY serial DESC LIMIT 1";
    let stored = tx.first(sql, &[moment.into()], |row| Ok((row.int(0)?, row.string(1)?)))?;
    let (serial, text) = stored.unwrap_or_else(|| (0, SHIPPED[0].1.to_owned()));
    Ok((parsed(&text)?, serial))
}

/// The policy with that place among those adopted, 0 for the one that ships; nothing where there is none.
///
/// # Errors
/// As [`in_force`].
pub fn numbered(tx: &mut Tx<'_>, serial: i64) -> Result<Option<Arc<Policy>>> {
    if serial == 0 {
        return parsed(SHIPPED[0].1).map(Some);
    }
    let sql = "SELECT text FROM policy WHERE serial = ?1";
    tx.first(sql, &[serial.into()], |row| row.string(0))?.map(|text| parsed(&text)).transpose()
}

/// Puts a policy in force; the earlier ones stay on record.
///
/// # Errors
/// `store.statement`.
pub fn adopt(cx: &Context, tx: &mut Tx<'_>, text: &str, reason: &str) -> Result<()> {
    let serial = tx.allocate("policy", 1)?.first();
    let row = [serial.into(), text.into(), reason.into(), cx.actor.number().into(), cx.now.micros.into()];
    tx.insert_all(&super::POLICY, [row]).map(drop)
}

/// A policy that was adopted.
#[derive(Clone, Debug)]
pub struct Adopted {
    /// Its place among those adopted, from 1.
    pub serial: i64,
    /// Its text.
    pub text: String,
    /// Why.
    pub reason: String,
    /// The number of the person who adopted it; 0 for the house.
    pub by: i64,
    /// When, in microseconds.
    pub at: i64,
}

/// The policies that were adopted, newest first, those before `before`.
///
/// # Errors
/// `store.statement`.
pub fn adopted(tx: &mut Tx<'_>, before: i64, limit: i64) -> Result<Vec<Adopted>> {
    let sql = "SELECT serial, text, reason, adopted_by, adopted_at FROM policy WHERE serial < ?1
               ORDER BY serial DESC LIMIT ?2";
    tx.query(sql, &[before.into(), limit.into()], |row| {
        Ok(Adopted {
            serial: row.int(0)?,
            text: row.string(1)?,
            reason: row.string(2)?,
            by: row.int(3)?,
            at: row.int(4)?,
        })
    })
}

/// Reading a policy costs more than a decision, so each text is read once.
fn parsed(text: &str) -> Result<Arc<Policy>> {
    static KNOWN: OnceLock<Mutex<HashMap<String, Arc<Policy>>>> = OnceLock::new();
    let mut known = KNOWN.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(policy) = known.get(text) {
        return Ok(Arc::clone(policy));
    }
    let policy = Arc::new(Policy::parse(text)?);
    if 16 <= known.len() {
        known.clear();
    }
    known.insert(text.to_owned(), Arc::clone(&policy));
    Ok(policy)
}

/// The text of the policy in force.
///
/// # Errors
/// `store.statement`.
pub fn text(tx: &mut Tx<'_>) -> Result<String> {
    let sql = "SELECT text FROM policy ORDER BY serial DESC LIMIT 1";
    let stored = tx.first(sql, &[], |row| row.string(0))?;
    Ok(stored.unwrap_or_else(|| SHIPPED[0].1.to_owned()))
}
