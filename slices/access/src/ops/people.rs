//! What can be done with people of ours.

use kernel::{Context, Moment, Permission, Result, Role};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use store::{DataClass, Tx};

use super::{Nothing, sign_in::new_link};
use crate::{
    link,
    person::{self, Person},
    store::{people, sessions, tokens},
};

pub(super) const LIST: Head = Head {
    name: "people.list",
    act: Act::Read,
    method: Method::Get,
    path: "/people",
    command: "people",
    permission: Permission::Manage,
    class: DataClass::Personal,
    sentence: "Lists the people of ours, those who left included, each with what they may do.",
    examples: &["mainstay people"],
};

/// A person as they are shown.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownPerson {
    /// Their id.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Their email address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// What they may do.
    pub role: Role,
    /// When they were added.
    pub since: String,
    /// When they left; absent while they are with us.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<String>,
    /// When they last signed in; absent for somebody who never did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed_in: Option<String>,
}

/// Lists the people.
///
/// # Errors
/// `store.statement`.
pub fn list(cx: &Context, tx: &mut Tx<'_>, _: Nothing) -> Result<Vec<ShownPerson>> {
    Ok(people::all(tx)?.into_iter().map(|person| shown(cx, person)).collect())
}

fn shown(cx: &Context, person: Person) -> ShownPerson {
    let iso = |micros| Moment::at(micros).iso();
    ShownPerson {
        id: cx.codes.write(person.id),
        since: iso(person.since),
        left: person.left.map(iso),
        signed_in: person.signed_in.map(iso),
        name: person.name,
        email: person.email,
        role: person.role,
    }
}

pub(super) const ADD: Head = Head {
    name: "person.add",
    act: Act::Write,
    method: Method::Post,
    path: "/people",
    command: "person add {name}",
    permission: Permission::Manage,
    class: DataClass::Secret,
    sentence: "Adds a person of ours and gives the link with which they sign in: it works once, for a day.",
    examples: &["mainstay person add \"Maren Osterlund\" --email maren@osterlund.example --role member"],
};

/// A new person.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Add {
    /// Their name.
    pub name: String,
    /// Their email address.
    #[serde(default)]
    pub email: Option<String>,
    /// What they may do; member when absent.
    #[serde(default)]
    pub role: Option<Role>,
}

/// A person and the way in.
#[derive(Serialize, JsonSchema)]
pub struct Invited {
    /// The person.
    #[serde(flatten)]
    pub person: ShownPerson,
    /// The path of their one-time link; it is not shown again.
    pub sign_in_path: String,
}

/// Adds a person.
///
/// # Errors
/// `access.name`, `access.email`, `access.email_taken`.
pub fn add(cx: &Context, tx: &mut Tx<'_>, input: Add) -> Result<Invited> {
    let name = person::name(&input.name)?;
    let email = person::email(input.email.as_deref().unwrap_or_default())?;
    let role = input.role.unwrap_or(Role::Member);
    let person = people::insert(tx, &name, email.as_deref(), role, cx.now.micros)?;
    invite(cx, tx, person)
}

fn invite(cx: &Context, tx: &mut Tx<'_>, person: Person) -> Result<Invited> {
    let sign_in_path = link::path(&new_link(cx, tx, &person)?);
    Ok(Invited { person: shown(cx, person), sign_in_path })
}

pub(super) const LINK: Head = Head {
    name: "person.link",
    act: Act::Write,
    method: Method::Post,
    path: "/people/{id}/sign-in-link",
    command: "person {id} link",
    permission: Permission::Manage,
    class: DataClass::Secret,
    sentence: "Gives a new link with which a person signs in; links they did not use work no more.",
    examples: &["mainstay person per_a1B2c link"],
};

/// A person by their id.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// The id of the person.
    pub id: String,
}

/// Gives a person a new link.
///
/// # Errors
/// `access.no_person`, `access.left`.
pub fn link(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<Invited> {
    let person = people::active(tx, cx.codes.read(&input.id)?)?;
    invite(cx, tx, person)
}

pub(super) const ROLE: Head = Head {
    name: "person.role",
    act: Act::Write,
    method: Method::Put,
    path: "/people/{id}/role",
    command: "person {id} role {role}",
    permission: Permission::Manage,
    class: DataClass::Personal,
    sentence: "Sets what a person may do, from their next click on; the last owner stays one.",
    examples: &["mainstay person per_a1B2c role reader"],
};

/// What a person may do from now on.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetRole {
    /// The id of the person.
    pub id: String,
    /// Their role.
    pub role: Role,
}

/// Sets what a person may do.
///
/// # Errors
/// `access.no_person`, `access.left`, `access.last_owner`.
pub fn role(cx: &Context, tx: &mut Tx<'_>, input: SetRole) -> Result<ShownPerson> {
    let person = people::active(tx, cx.codes.read(&input.id)?)?;
    if input.role < person.role {
        people::keep_an_owner_besides(tx, &person)?;
    }
    people::set_role(tx, person.id, input.role)?;
    Ok(shown(cx, Person { role: input.role, ..person }))
}

pub(super) const LEAVE: Head = Head {
    name: "person.leave",
    act: Act::Danger,
    method: Method::Post,
    path: "/people/{id}/departure",
    command: "person {id} leave",
    permission: Permission::Manage,
    class: DataClass::Personal,
    sentence: "Writes down that a person left: their sessions, links and tokens end at once, what they did stays.",
    examples: &["mainstay person per_a1B2c leave"],
};

/// Writes down that a person left.
///
/// # Errors
/// `access.no_person`, `access.left`, `access.last_owner`.
pub fn leave(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<ShownPerson> {
    let person = people::active(tx, cx.codes.read(&input.id)?)?;
    people::keep_an_owner_besides(tx, &person)?;
    let now = cx.now.micros;
    people::leave(tx, person.id, now)?;
    sessions::end_all(tx, person.id)?;
    sessions::void_links(tx, person.id)?;
    tokens::revoke_all(tx, person.id, now)?;
    Ok(shown(cx, Person { left: Some(now), ..person }))
}
