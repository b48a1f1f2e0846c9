//! People of ours, as rows.

use kernel::{Id, Problem, Result, Role};
use speech::Language;
use store::{Row, Tx};

use super::PERSON;
use crate::person::{Person, PersonId, Refusal};

const COLUMNS: &str = "id, name, email, role, since, left_at, signed_in_at";

/// Writes a new person down.
///
/// # Errors
/// `access.email_taken`.
pub fn insert(tx: &mut Tx<'_>, name: &str, email: Option<&str>, role: Role, now: i64) -> Result<Person> {
    let taken = "SELECT id FROM person WHERE email = ?1 AND active = 1";
    if tx.first(taken, &[email.into()], |row| row.int(0))?.is_some() {
        return Err(Refusal::EmailTaken.into());
    }
    let id: PersonId = Id::new(tx.allocate("person", 1)?.first());
    let row = [
        id.into(),
        name.into(),
        email.into(),
        role.as_str().into(),
        true.into(),
        now.into(),
        None::<i64>.into(),
        None::<i64>.into(),
        "".into(),
    ];
    tx.insert_all(&PERSON, [row])?;
    let (name, email) = (name.to_owned(), email.map(str::to_owned));
    Ok(Person { id, name, email, role, since: now, left: None, signed_in: None })
}

/// Everybody, those who left included, in the order in which they were added.
///
/// # Errors
/// `store.statement`.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Person>> {
    tx.query(&format!("SELECT {COLUMNS} FROM person ORDER BY id"), &[], person)
}

/// A person.
///
/// # Errors
/// `access.no_person`.
pub fn named(tx: &mut Tx<'_>, id: PersonId) -> Result<Person> {
    let sql = format!("SELECT {COLUMNS} FROM person WHERE id = ?1");
    tx.first(&sql, &[id.into()], person)?.ok_or_else(|| Refusal::Unknown.into())
}

/// A person who is with us.
///
/// # Errors
/// `access.no_person`, `access.left`.
pub fn active(tx: &mut Tx<'_>, id: PersonId) -> Result<Person> {
    named(tx, id).and_then(|person| if person.is_active() { Ok(person) } else { Err(Refusal::Left.into()) })
}

/// The owner who has been with us longest.
///
/// # Errors
/// `store.statement`.
pub fn first_owner(tx: &mut Tx<'_>) -> Result<Option<Person>> {
    let sql = format!("SELECT {COLUMNS} FROM person WHERE active = 1 AND role = 'owner' ORDER BY id LIMIT 1");
    tx.first(&sql, &[], person)
}

/// Refuses when nobody else is an owner.
///
/// # Errors
/// `access.last_owner`.
pub fn keep_an_owner_besides(tx: &mut Tx<'_>, person: &Person) -> Result<()> {
    if person.role != Role::Owner {
        return Ok(());
    }
    let sql = "SELECT COUNT(*) FROM person WHERE active = 1 AND role = 'owner' AND id <> ?1";
    match tx.first(sql, &[person.id.into()], |row| row.int(0))? {
        Some(0) | None => Err(Refusal::LastOwner.into()),
        Some(_) => Ok(()),
    }
}

/// Gives a person another role.
///
/// # Errors
/// `store.statement`.
pub fn set_role(tx: &mut Tx<'_>, id: PersonId, role: Role) -> Result<()> {
    let sql = "UPDATE person SET role = ?2 WHERE id = ?1";
    tx.execute(sql, &[id.into(), role.as_str().into()]).map(drop)
}

/// The language that a person chose; nothing for whatever their browser prefers.
///
/// # Errors
/// `store.statement`.
pub fn language(tx: &mut Tx<'_>, id: PersonId) -> Result<Option<Language>> {
    let sql = "SELECT language FROM person WHERE id = ?1";
    let code = tx.first(sql, &[id.into()], |row| row.string(0))?;
    Ok(code.and_then(|code| Language::parse(&code)))
}

/// Sets the language of a person.
///
/// # Errors
/// `store.statement`.
pub fn set_language(tx: &mut Tx<'_>, id: PersonId, language: Option<Language>) -> Result<()> {
    let sql = "UPDATE person SET language = ?2 WHERE id = ?1";
    tx.execute(sql, &[id.into(), language.map_or("", Language::code).into()]).map(drop)
}

/// Writes down that a person left.
///
/// # Errors
/// `store.statement`.
pub fn leave(tx: &mut Tx<'_>, id: PersonId, now: i64) -> Result<()> {
    let sql = "UPDATE person SET active = 0, left_at = ?2 WHERE id = ?1";
    tx.execute(sql, &[id.into(), now.into()]).map(drop)
}

/// Writes down that a person signed in.
///
/// # Errors
/// `store.statement`.
pub fn signed_in(tx: &mut Tx<'_>, id: PersonId, now: i64) -> Result<()> {
    let sql = "UPDATE person SET signed_in_at = ?2 WHERE id = ?1";
    tx.execute(sql, &[id.into(), now.into()]).map(drop)
}

/// Whether anybody ever signed in.
///
/// # Errors
/// `store.statement`.
pub fn ever_signed_in(tx: &mut Tx<'_>) -> Result<bool> {
    let sql = "SELECT id FROM person WHERE signed_in_at IS NOT NULL LIMIT 1";
    Ok(tx.first(sql, &[], |row| row.int(0))?.is_some())
}

fn person(row: &Row<'_>) -> Result<Person> {
    Ok(Person {
        id: row.id(0)?,
        name: row.string(1)?,
        email: row.opt_string(2)?,
        role: role(row, 3)?,
        since: row.int(4)?,
        left: row.opt_int(5)?,
        signed_in: row.opt_int(6)?,
    })
}

/// The role in a column.
pub(super) fn role(row: &Row<'_>, column: usize) -> Result<Role> {
    let word = row.text(column)?;
    Role::parse(word).ok_or_else(|| {
        Problem::internal(
            "access.role",
            format!("a row names the role {word:?}, which this version does not know"),
        )
    })
}
