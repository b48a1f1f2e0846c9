//! Whom a page is about: the account and its relationships, by the address of the page.

use ::store::Tx;
use accounts::ops::{Named, glance};
use kernel::{Context, ProblemKind, Result};
use timeline::{AccountId, LineId, store::lines};

use crate::store::{book, current};

/// Whom a page is about.
#[derive(Clone, Debug)]
pub struct About {
    /// The account.
    pub account: String,
    /// Its name.
    pub name: String,
    /// Its relationships, the one that the page is about first.
    pub relationships: Vec<OnLine>,
}

/// A relationship of the account.
#[derive(Clone, Debug)]
pub struct OnLine {
    /// Its id.
    pub id: String,
    /// The name of its service line.
    pub line: String,
    /// Its class.
    pub class: String,
}

/// Whom the page at that address is about; nobody where it is another page, or one of somebody whom the viewer may not see.
///
/// # Errors
/// `store.statement`.
pub fn about(cx: &Context, tx: &mut Tx<'_>, address: &str) -> Result<Option<About>> {
    let address = address.split(['?', '#']).next().unwrap_or_default();
    let mut parts = address.split('/').skip(1);
    let (Some(place), Some(id)) = (parts.next(), parts.next()) else { return Ok(None) };
    let (account, line) = match (place, cx.codes.read(id), cx.codes.read(id)) {
        ("accounts", Ok(account), _) => (account, None),
        ("relationships", _, Ok(relationship)) => match current::place(cx, tx, relationship) {
            Ok((account, line)) => (account, Some(line)),
            Err(problem) if problem.kind == ProblemKind::NotFound => return Ok(None),
            Err(problem) => return Err(problem),
        },
        _ => return Ok(None),
    };
    of_account(cx, tx, account, line)
}

fn of_account(
    cx: &Context,
    tx: &mut Tx<'_>,
    account: AccountId,
    first: Option<LineId>,
) -> Result<Option<About>> {
    let shown = match glance(cx, tx, Named { id: cx.codes.write(account) }) {
        Ok(shown) => shown,
        Err(problem) if problem.kind == ProblemKind::NotFound => return Ok(None),
        Err(problem) => return Err(problem),
    };
    let mut found = book::of_account(tx, cx.actor.number(), account)?;
    found.sort_by_key(|one| Some(one.line) != first);
    let names = lines(tx)?;
    let name = |line: LineId| {
        names.iter().find(|one| one.id == line).map_or_else(String::new, |one| one.name.clone())
    };
    let relationships = found.into_iter().map(|one| OnLine {
        id: cx.codes.write(one.id),
        line: name(one.line),
        class: one.class.to_string(),
    });
    Ok(Some(About { account: shown.id, name: shown.name, relationships: relationships.collect() }))
}
