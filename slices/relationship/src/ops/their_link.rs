//! The link with which a party says itself how it wants to be dealt with, and what the link does.
//!
//! It names the account and the service line and not the number of the relationship, because those outlive a merge:
//! who was merged into another party is asked about that one.

use ::store::{DataClass, Tx};
use kernel::{Actor, Context, Day, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use slice::{Act, Head, Method};
use speech::say;
use timeline::{
    AccountId, LineId,
    fact::{Dealing, Hand},
    store as facts,
};

use super::{
    explanation::Named,
    preference::{on_line, said},
    stating,
};
use crate::{preference::Preferences, store::current};

/// The path before the token of a link. Opening it changes nothing (mail scanners open links): only its buttons do.
pub const PATH: &str = "/preferences/";

/// What the links are for.
const PURPOSE: &str = "preference";

pub(super) const LINK: Head = Head {
    name: "preference.link",
    act: Act::Write,
    method: Method::Post,
    path: "/relationships/{id}/preference/links",
    command: "preference {id} link",
    permission: Permission::Write,
    class: DataClass::Secret,
    sentence: "Gives the link with which a party says by one click how it wants to be dealt with, without signing in. It \
               holds as long as we know them, and is theirs alone: who asked for it is on record.",
    examples: &["mainstay preference rel_x7Kq2 link"],
};

/// Where a party says how it wants to be dealt with.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TheirLink {
    /// The id of the relationship.
    pub relationship: String,
    /// The path of the page, behind the address of this house.
    pub path: String,
}

/// Gives the link of a relationship.
///
/// # Errors
/// `relationship.none`, `access.chance`.
pub fn link(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<TheirLink> {
    let (account, line) = current::place(cx, tx, cx.codes.read(&input.id)?)?;
    let payload = format!("{}-{}", cx.codes.write(account), cx.codes.write(line));
    let token = access::sign(cx, tx, PURPOSE, &payload)?;
    Ok(TheirLink { relationship: input.id, path: format!("{PATH}{token}") })
}

/// Whom a link is about, and what they said so far.
#[derive(Debug)]
pub struct Asked {
    /// The name of the account.
    pub name: String,
    /// The service line.
    pub line: String,
    /// How we deal with them now, since when, and whether they said so themselves; nothing where nobody said anything.
    pub now: Option<(Dealing, Day, bool)>,
}

/// Opens a link: changes nothing.
///
/// # Errors
/// `preference.link` for one that is not ours as it stands, `preference.gone` where nothing is left of whom it was about.
pub fn open(cx: &Context, tx: &mut Tx<'_>, token: &str) -> Result<Asked> {
    let house = house(cx);
    let (place, name, line) = read(&house, tx, token)?;
    let entries = said(&house, tx, place.0)?;
    let stated = Preferences::of(on_line(&entries, place.1));
    let now = stated.in_force().map(|word| (word.said.dealing(), word.day, word.said.hand == Hand::Theirs));
    Ok(Asked { name, line, now })
}

/// What a party says by its link.
#[derive(Debug)]
pub struct Say<'a> {
    /// The token of the link.
    pub token: &'a str,
    /// What they want.
    pub says: &'a str,
    /// For everything they do with us.
    pub everywhere: bool,
}

/// Puts down what a party says. Somebody signed in is one of us, and does not speak for them.
///
/// # Errors
/// As [`open`]; `preference.word`, `preference.not_theirs`.
pub fn say(cx: &Context, tx: &mut Tx<'_>, input: Say<'_>) -> Result<()> {
    let (place, ..) = read(&house(cx), tx, input.token)?;
    if matches!(cx.actor, Actor::User { .. }) {
        return Err(Problem::conflict(
            "preference.not_theirs",
            say!(
                "this page is for them, and you are signed in as one of us; send them the link, or note what they told you on \
                 the page of the relationship"
            ),
        ));
    }
    stating::put_down(cx, tx, place, stating::dealing("says", input.says)?, input.everywhere)
}

/// The account whose link a call came by, whoever may see that account.
///
/// # Errors
/// `store.statement`.
pub(super) fn came_by(cx: &Context, tx: &mut Tx<'_>, input: &Value) -> Result<Option<i64>> {
    let Some(token) = input.get("token").and_then(Value::as_str) else { return Ok(None) };
    Ok(named(cx, tx, token)?.map(|(account, _)| account.0))
}

/// The house asks on behalf of whoever holds a link: they need not be one of us to be somebody behind a wall.
fn house(cx: &Context) -> Context {
    Context { actor: Actor::System, ..cx.clone() }
}

/// The account and the line that a token names, if it is ours.
fn named(cx: &Context, tx: &mut Tx<'_>, token: &str) -> Result<Option<(AccountId, LineId)>> {
    let payload = access::signed_payload(tx, PURPOSE, token)?;
    let parts = payload.and_then(|payload| payload.split_once('-'));
    Ok(parts.and_then(|(account, line)| Some((cx.codes.read(account).ok()?, cx.codes.read(line).ok()?))))
}

/// Whom a token is about now: place, name of the account, name of the line.
fn read(house: &Context, tx: &mut Tx<'_>, token: &str) -> Result<((AccountId, LineId), String, String)> {
    let Some((account, line)) = named(house, tx, token)? else {
        return Err(Problem::not_found(
            "preference.link",
            say!(
                "this link does not work: it was cut short or changed on its way; open it once more from our message, as a \
                 whole, or ask us for another"
            ),
        ));
    };
    let gone = |_| {
        Problem::not_found(
            "preference.gone",
            say!("what this link was about is not with us any more, so there is nothing left to choose"),
        )
    };
    let account = accounts::store::visible(house, tx, account).map_err(gone)?;
    let line = facts::line(tx, line).map_err(gone)?;
    Ok(((account.id, line.id), account.name, line.name))
}
