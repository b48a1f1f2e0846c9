//! How people and programs come in, and how they leave. No operations: the app calls these at its doors.

use kernel::{Context, Result, Role};
use serde_json::Value;
use store::Tx;

use super::audit::record;
use crate::{
    audit::{Entry, Outcome},
    link,
    person::{self, Person},
    secret,
    session::{self, NewSession, Session},
    store::{people, sessions, tokens},
    token::{self, Bearer},
};

/// Makes a one-time link for the owner who has been with us longest, and the first owner when there is none; gives
/// the token of the link. Links of that owner that were not used are void.
///
/// # Errors
/// `access.chance`, `store.statement`.
pub fn owner_link(cx: &Context, tx: &mut Tx<'_>) -> Result<String> {
    let owner = match people::first_owner(tx)? {
        Some(owner) => owner,
        None => people::insert(tx, person::FIRST_OWNER, None, Role::Owner, cx.now.micros)?,
    };
    note(cx, tx, "command", "owner_link", &owner)?;
    new_link(cx, tx, &owner)
}

/// Makes a one-time link for a person; those not used are void.
pub(super) fn new_link(cx: &Context, tx: &mut Tx<'_>, person: &Person) -> Result<String> {
    let token = secret::fresh()?;
    sessions::insert_link(tx, &link::hash(&token), person.id, cx.now.micros)?;
    Ok(token)
}

/// Whether anybody ever signed in; until then the app shows an owner's link at every start.
///
/// # Errors
/// `store.statement`.
pub fn ever_signed_in(tx: &mut Tx<'_>) -> Result<bool> {
    people::ever_signed_in(tx)
}

/// Begins a session for whoever holds a link that was not used.
///
/// # Errors
/// `access.link`, one answer for every link that does not work.
pub fn sign_in(cx: &Context, tx: &mut Tx<'_>, link_token: &str) -> Result<NewSession> {
    let now = cx.now.micros;
    sessions::sweep(tx, now)?;
    let id = sessions::use_link(tx, &link::hash(link_token), now)?.ok_or_else(link::refused)?;
    let person = people::named(tx, id)?;
    if !person.is_active() {
        return Err(link::refused());
    }
    let cookie = secret::fresh()?;
    sessions::insert(tx, &session::hash(&cookie), id, now)?;
    people::signed_in(tx, id, now)?;
    note(&Context { actor: person.actor(), ..cx.clone() }, tx, "page", "sign_in", &person)?;
    Ok(NewSession { cookie, person: Person { signed_in: Some(now), ..person } })
}

/// Who is signed in with this cookie, by one look; nobody when it is wrong, has run out, or the person left.
///
/// # Errors
/// `store.statement`.
pub fn session_actor(tx: &mut Tx<'_>, cookie: &str, now: i64) -> Result<Option<Session>> {
    let found = sessions::find(tx, &session::hash(cookie))?;
    Ok(found.filter(|found| session::holds(found.created, found.seen, now)).map(|found| Session {
        person: found.person,
        name: found.name,
        role: found.role,
        language: found.language,
        csrf: session::csrf(cookie),
        touch_due: session::touch_due(found.seen, now),
    }))
}

/// Writes down that a session is in use; call it when [`Session::touch_due`] says so.
///
/// # Errors
/// `store.statement`.
pub fn touch_session(cx: &Context, tx: &mut Tx<'_>, cookie: &str) -> Result<()> {
    match session_actor(tx, cookie, cx.now.micros)? {
        Some(Session { touch_due: true, .. }) => sessions::touch(tx, &session::hash(cookie), cx.now.micros),
        _ => Ok(()),
    }
}

/// Ends the session with this cookie, if there is one.
///
/// # Errors
/// `store.statement`.
pub fn sign_out(cx: &Context, tx: &mut Tx<'_>, cookie: &str) -> Result<()> {
    let Some(session) = session_actor(tx, cookie, cx.now.micros)? else { return Ok(()) };
    sessions::end(tx, &session::hash(cookie))?;
    let person = people::named(tx, session.person)?;
    note(&Context { actor: session.actor(), ..cx.clone() }, tx, "page", "sign_out", &person)
}

/// Who sent this token, and with how much they may do: never more than the token's person may now. Nobody when it
/// is wrong, has run out, was revoked, or the person left.
///
/// # Errors
/// `store.statement`.
pub fn token_actor(tx: &mut Tx<'_>, token: &str, now: i64) -> Result<Option<Bearer>> {
    if !token::is_well_formed(token) {
        return Ok(None);
    }
    let found = tokens::find(tx, &token::hash(token))?;
    Ok(found.filter(|found| token::holds(found.token.expires, found.token.revoked, now)).map(|found| {
        let role = found.token.role.min(found.person_role);
        Bearer {
            token: found.token.id,
            actor: kernel::Actor::User { id: found.token.person.0, role },
            touch_due: found.token.used.is_none_or(|used| session::touch_due(used, now)),
        }
    }))
}

/// Writes down that a token is in use; call it when [`Bearer::touch_due`] says so.
///
/// # Errors
/// `store.statement`.
pub fn touch_token(cx: &Context, tx: &mut Tx<'_>, bearer: &Bearer) -> Result<()> {
    tokens::touch(tx, bearer.token, cx.now.micros)
}

fn note(cx: &Context, tx: &mut Tx<'_>, via: &str, operation: &str, person: &Person) -> Result<()> {
    let subject = cx.codes.write(person.id);
    let entry = Entry {
        via,
        operation,
        subject: &subject,
        accounts: &[],
        input: &Value::Null,
        outcome: Outcome::Done,
    };
    record(cx, tx, &entry)
}
