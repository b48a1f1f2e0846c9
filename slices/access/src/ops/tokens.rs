//! What can be done with API tokens.

use kernel::{Actor, Context, Id, Moment, Permission, Problem, Result, Role};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use speech::say;
use store::{DataClass, Tx};

use super::Nothing;
use crate::{
    PersonId, person, secret,
    store::{people, tokens},
    token::{self, Token},
};

pub(super) const LIST: Head = Head {
    name: "tokens.list",
    act: Act::Read,
    method: Method::Get,
    path: "/tokens",
    command: "tokens",
    permission: Permission::Read,
    class: DataClass::Business,
    sentence: "Lists your API tokens, newest first: what they may do, when they were last used, when they run out.",
    examples: &["mainstay tokens"],
};

/// A token as it is shown; never the token itself.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownToken {
    /// Its id.
    pub id: String,
    /// What it is for.
    pub name: String,
    /// The id of the person it acts for.
    pub person: String,
    /// The most it may do.
    pub role: Role,
    /// When it was made.
    pub created: String,
    /// When it runs out.
    pub expires: String,
    /// When it was last used, to the minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub used: Option<String>,
    /// When it was revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked: Option<String>,
}

/// Lists the caller's tokens; everybody's for the house itself.
///
/// # Errors
/// `store.statement`.
pub fn list(cx: &Context, tx: &mut Tx<'_>, _: Nothing) -> Result<Vec<ShownToken>> {
    Ok(tokens::list(tx, caller(cx))?.into_iter().map(|token| shown(cx, token)).collect())
}

fn caller(cx: &Context) -> Option<PersonId> {
    match cx.actor {
        Actor::System => None,
        _ => Some(Id::new(cx.actor.number())),
    }
}

fn shown(cx: &Context, token: Token) -> ShownToken {
    let iso = |micros| Moment::at(micros).iso();
    ShownToken {
        id: cx.codes.write(token.id),
        name: token.name,
        person: cx.codes.write(token.person),
        role: token.role,
        created: iso(token.created),
        expires: iso(token.expires),
        used: token.used.map(iso),
        revoked: token.revoked.map(iso),
    }
}

pub(super) const ADD: Head = Head {
    name: "token.add",
    act: Act::Write,
    method: Method::Post,
    path: "/tokens",
    command: "token add {name}",
    permission: Permission::Write,
    class: DataClass::Secret,
    sentence: "Makes an API token that acts in your name, with your role or a lesser one; it is shown this once.",
    examples: &["mainstay token add \"Shop export\" --person per_x7Kq2 --role reader --days 30"],
};

/// A new token.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Add {
    /// What it is for.
    pub name: String,
    /// The most it may do; your role when absent.
    #[serde(default)]
    pub role: Option<Role>,
    /// How many days it lasts, at most 365; 90 when absent.
    #[serde(default)]
    pub days: Option<i64>,
    /// The id of the person it acts for; needed on the command line of the house, which is nobody in particular.
    #[serde(default)]
    pub person: Option<String>,
}

/// A token, shown this once.
#[derive(Serialize, JsonSchema)]
pub struct Made {
    /// What is kept of it.
    #[serde(flatten)]
    pub kept: ShownToken,
    /// The token; send it as `Authorization: Bearer …`, never in a URL.
    pub token: String,
}

/// Makes a token.
///
/// # Errors
/// `access.name`, `access.token_person`, `access.token_role`, `access.token_days`, `access.left`.
pub fn add(cx: &Context, tx: &mut Tx<'_>, input: Add) -> Result<Made> {
    let person = people::active(tx, for_whom(cx, input.person.as_deref())?)?;
    // A program with a lesser token must not make itself a greater one.
    let most = match cx.actor {
        Actor::User { role, .. } => role.min(person.role),
        _ => person.role,
    };
    let kept = Token {
        name: person::name(&input.name)?,
        role: token::role(input.role, most)?,
        expires: token::expiry(cx.now.micros, input.days)?,
        id: Id::new(tx.allocate("token", 1)?.first()),
        person: person.id,
        created: cx.now.micros,
        used: None,
        revoked: None,
    };
    let token = token::mint(&secret::fresh()?);
    tokens::insert(tx, &kept, &token::hash(&token))?;
    Ok(Made { kept: shown(cx, kept), token })
}

fn for_whom(cx: &Context, named: Option<&str>) -> Result<PersonId> {
    let named: Option<PersonId> = named.map(|id| cx.codes.read(id)).transpose()?;
    match (caller(cx), named) {
        (None, Some(person)) => Ok(person),
        (Some(own), named) if named.is_none_or(|person| person == own) => Ok(own),
        (own, _) => Err(Problem::invalid(
            "person",
            "access.token_person",
            match own {
                None => {
                    say!(
                        "a token acts for a person; say for whom with --person and an id from `mainstay people`"
                    )
                }
                Some(_) => {
                    say!(
                        "a token acts for whoever makes it; leave the person out, or let that person make it"
                    )
                }
            },
        )),
    }
}

pub(super) const REVOKE: Head = Head {
    name: "token.revoke",
    act: Act::Write,
    method: Method::Delete,
    path: "/tokens/{id}",
    command: "token {id} revoke",
    permission: Permission::Read,
    class: DataClass::Business,
    sentence: "Revokes an API token of yours at once; owners revoke anybody's.",
    examples: &["mainstay token tok_x7Kq2 revoke"],
};

/// A token by its id.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// The id of the token.
    pub id: String,
}

/// Revokes a token.
///
/// # Errors
/// `access.no_token`.
pub fn revoke(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<ShownToken> {
    let found = tokens::named(tx, cx.codes.read(&input.id)?)?;
    let any = cx.actor.may(Permission::Manage);
    let token = found.filter(|token| any || caller(cx) == Some(token.person)).ok_or_else(token::unknown)?;
    tokens::revoke(tx, token.id, cx.now.micros)?;
    let revoked = token.revoked.or(Some(cx.now.micros));
    Ok(shown(cx, Token { revoked, ..token }))
}
