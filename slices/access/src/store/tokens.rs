//! API tokens, as rows.

use kernel::{Result, Role};
use store::{Row, Tx};

use super::{API_TOKEN, people};
use crate::{
    person::PersonId,
    secret::Hash,
    token::{Token, TokenId},
};

const COLUMNS: &str = "id, name, person, role, created_at, expires_at, used_at, revoked_at";

/// What one look tells of a token that was sent.
#[derive(Debug)]
pub struct Found {
    /// The token.
    pub token: Token,
    /// The role of its person, as of now.
    pub person_role: Role,
}

/// Writes a token down.
///
/// # Errors
/// `store.statement`.
pub fn insert(tx: &mut Tx<'_>, token: &Token, hash: &Hash) -> Result<()> {
    let row = [
        token.id.into(),
        hash.as_slice().into(),
        (&token.name).into(),
        token.person.into(),
        token.role.as_str().into(),
        token.created.into(),
        token.expires.into(),
        token.used.into(),
        token.revoked.into(),
    ];
    tx.insert_all(&API_TOKEN, [row]).map(drop)
}

/// The token with this hash, of a person who is with us.
///
/// # Errors
/// `store.statement`.
pub fn find(tx: &mut Tx<'_>, hash: &Hash) -> Result<Option<Found>> {
    let sql = "SELECT t.id, t.name, t.person, t.role, t.created_at, t.expires_at, t.used_at, t.revoked_at, person.role
               FROM api_token t JOIN person ON person.id = t.person
               WHERE t.hash = ?1 AND person.active = 1";
    tx.first(sql, &[hash.as_slice().into()], |row| {
        Ok(Found { token: token(row)?, person_role: people::role(row, 8)? })
    })
}

/// The tokens of a person, or of everybody, newest first; those revoked included.
///
/// # Errors
/// `store.statement`.
pub fn list(tx: &mut Tx<'_>, person: Option<PersonId>) -> Result<Vec<Token>> {
    match person {
        Some(person) => {
            let sql = format!("SELECT {COLUMNS} FROM api_token WHERE person = ?1 ORDER BY id DESC");
            tx.query(&sql, &[person.into()], token)
        }
        None => tx.query(&format!("SELECT {COLUMNS} FROM api_token ORDER BY id DESC"), &[], token),
    }
}

/// A token by its id.
///
/// # Errors
/// `store.statement`.
pub fn named(tx: &mut Tx<'_>, id: TokenId) -> Result<Option<Token>> {
    tx.first(&format!("SELECT {COLUMNS} FROM api_token WHERE id = ?1"), &[id.into()], token)
}

/// Writes down that a token was used.
///
/// # Errors
/// `store.statement`.
pub fn touch(tx: &mut Tx<'_>, id: TokenId, now: i64) -> Result<()> {
    tx.execute("UPDATE api_token SET used_at = ?2 WHERE id = ?1", &[id.into(), now.into()]).map(drop)
}

/// Revokes a token; one that is revoked keeps its first time.
///
/// # Errors
/// `store.statement`.
pub fn revoke(tx: &mut Tx<'_>, id: TokenId, now: i64) -> Result<()> {
    let sql = "UPDATE api_token SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL";
    tx.execute(sql, &[id.into(), now.into()]).map(drop)
}

/// Revokes all tokens of a person.
///
/// # Errors
/// `store.statement`.
pub fn revoke_all(tx: &mut Tx<'_>, person: PersonId, now: i64) -> Result<()> {
    let sql = "UPDATE api_token SET revoked_at = ?2 WHERE person = ?1 AND revoked_at IS NULL";
    tx.execute(sql, &[person.into(), now.into()]).map(drop)
}

fn token(row: &Row<'_>) -> Result<Token> {
    Ok(Token {
        id: row.id(0)?,
        name: row.string(1)?,
        person: row.id(2)?,
        role: people::role(row, 3)?,
        created: row.int(4)?,
        expires: row.int(5)?,
        used: row.opt_int(6)?,
        revoked: row.opt_int(7)?,
    })
}
