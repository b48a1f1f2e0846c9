//! Sessions and the links that begin them, as rows.

use kernel::{Result, Role};
use speech::Language;
use store::Tx;

use super::{SESSION, SIGN_IN_LINK, people};
use crate::{link, person::PersonId, secret::Hash, session};

/// What one look tells of a session.
#[derive(Debug)]
pub struct Found {
    /// Whose it is.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
    /// The language they chose; nothing for whatever their browser prefers.
    pub language: Option<Language>,
    /// When it began.
    pub created: i64,
    /// When it was last used.
    pub seen: i64,
}

/// Begins a session.
///
/// # Errors
/// `store.statement`.
pub fn insert(tx: &mut Tx<'_>, hash: &Hash, person: PersonId, now: i64) -> Result<()> {
    let row = [hash.as_slice().into(), person.into(), session::PURPOSE.into(), now.into(), now.into()];
    tx.insert_all(&SESSION, [row]).map(drop)
}

/// The session with this hash, of a person who is with us.
///
/// # Errors
/// `store.statement`.
pub fn find(tx: &mut Tx<'_>, hash: &Hash) -> Result<Option<Found>> {
    let sql = "SELECT person.id, person.name, person.role, session.created_at, session.seen_at,
                      person.language
               FROM session JOIN person ON person.id = session.person
               WHERE session.hash = ?1 AND session.purpose = ?2 AND person.active = 1";
    tx.first(sql, &[hash.as_slice().into(), session::PURPOSE.into()], |row| {
        Ok(Found {
            person: row.id(0)?,
            name: row.string(1)?,
            role: people::role(row, 2)?,
            created: row.int(3)?,
            seen: row.int(4)?,
            language: Language::parse(&row.string(5)?),
        })
    })
}

/// Writes down that a session is in use.
///
/// # Errors
/// `store.statement`.
pub fn touch(tx: &mut Tx<'_>, hash: &Hash, now: i64) -> Result<()> {
    tx.execute("UPDATE session SET seen_at = ?2 WHERE hash = ?1", &[hash.as_slice().into(), now.into()])
        .map(drop)
}

/// Ends a session.
///
/// # Errors
/// `store.statement`.
pub fn end(tx: &mut Tx<'_>, hash: &Hash) -> Result<()> {
    tx.execute("DELETE FROM session WHERE hash = ?1", &[hash.as_slice().into()]).map(drop)
}

/// Ends all sessions of a person.
///
/// # Errors
/// `store.statement`.
pub fn end_all(tx: &mut Tx<'_>, person: PersonId) -> Result<()> {
    tx.execute("DELETE FROM session WHERE person = ?1", &[person.into()]).map(drop)
}

/// Writes a link down; older unused ones of that person are void.
///
/// # Errors
/// `store.statement`.
pub fn insert_link(tx: &mut Tx<'_>, hash: &Hash, person: PersonId, now: i64) -> Result<()> {
    void_links(tx, person)?;
    let expires = now.saturating_add(link::LIFE);
    let row = [hash.as_slice().into(), person.into(), now.into(), expires.into(), None::<i64>.into()];
    tx.insert_all(&SIGN_IN_LINK, [row]).map(drop)
}

/// Makes the unused links of a person void.
///
/// # Errors
/// `store.statement`.
pub fn void_links(tx: &mut Tx<'_>, person: PersonId) -> Result<()> {
    tx.execute("DELETE FROM sign_in_link WHERE person = ?1 AND used_at IS NULL", &[person.into()]).map(drop)
}

/// Uses a link that was not used and has not run out; gives whose it is.
///
/// # Errors
/// `store.statement`.
pub fn use_link(tx: &mut Tx<'_>, hash: &Hash, now: i64) -> Result<Option<PersonId>> {
    let sql = "UPDATE sign_in_link SET used_at = ?2
               WHERE hash = ?1 AND used_at IS NULL AND expires_at > ?2 RETURNING person";
    tx.first(sql, &[hash.as_slice().into(), now.into()], |row| row.id(0))
}

/// Takes away sessions and links that hold no more, long enough after for a clock that ran ahead to be set right.
///
/// # Errors
/// `store.statement`.
pub fn sweep(tx: &mut Tx<'_>, now: i64) -> Result<()> {
    let past = now - session::KEPT;
    tx.execute("DELETE FROM session WHERE created_at <= ?1", &[past.into()])?;
    tx.execute("DELETE FROM sign_in_link WHERE expires_at <= ?1", &[past.into()]).map(drop)
}
