//! What was said of accounts before somebody corrected it.

use ::store::{Tx, Value};
use kernel::{Context, Result};
use timeline::{
    AccountId,
    said::{Sheet, blank},
};

use super::{EARLIER_WORD, VISIBLE};
use crate::account::FIELDS;

/// An earlier word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// The field.
    pub field: String,
    /// What was said there; empty for nothing.
    pub value: String,
    /// Until when, in microseconds UTC.
    pub until: i64,
}

/// Keeps what the fields of an account were that are others now.
///
/// # Errors
/// `store.statement`.
pub fn keep(cx: &Context, tx: &mut Tx<'_>, id: AccountId, before: &Sheet, after: &Sheet) -> Result<()> {
    let changed: Vec<&str> =
        FIELDS.into_iter().filter(|field| blank(before, field) != blank(after, field)).collect();
    let serials = tx.allocate("earlier_word", i64::try_from(changed.len()).unwrap_or(i64::MAX))?;
    let rows = serials.zip(&changed).map(|(serial, field)| {
        let (field, value) = (*field, blank(before, field));
        let (now, person) = (cx.now.micros, cx.actor.number());
        [serial.into(), id.into(), Value::from(field), value.into(), now.into(), person.into()]
    });
    tx.insert_all(&EARLIER_WORD, rows).map(drop)
}

/// Who last changed fields of an account, and until when something else was said there: field, name (none for the house),
/// microseconds UTC.
///
/// # Errors
/// `store.statement`.
pub fn by_whom(cx: &Context, tx: &mut Tx<'_>, id: AccountId) -> Result<Vec<(String, Option<String>, i64)>> {
    let sql = format!(
        "SELECT earlier_word.field, person.name, earlier_word.until
         FROM earlier_word JOIN account ON account.id = earlier_word.account
         LEFT JOIN person ON person.id = earlier_word.person
         WHERE {VISIBLE} AND earlier_word.account = ?2 ORDER BY earlier_word.serial DESC LIMIT 50"
    );
    tx.query(&sql, &[cx.actor.number().into(), id.into()], |row| {
        Ok((row.string(0)?, row.opt_string(1)?, row.int(2)?))
    })
}

/// What was said of an account before, newest first, at most fifty.
///
/// # Errors
/// `store.statement`.
pub fn of(cx: &Context, tx: &mut Tx<'_>, id: AccountId) -> Result<Vec<Earlier>> {
    let sql = format!(
        "SELECT earlier_word.field, earlier_word.value, earlier_word.until
         FROM earlier_word JOIN account ON account.id = earlier_word.account
         WHERE {VISIBLE} AND earlier_word.account = ?2 ORDER BY earlier_word.serial DESC LIMIT 50"
    );
    tx.query(&sql, &[cx.actor.number().into(), id.into()], |row| {
        Ok(Earlier { field: row.string(0)?, value: row.string(1)?, until: row.int(2)? })
    })
}
