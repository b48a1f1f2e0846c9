//! What somebody else changed meanwhile: who, when, and how a caller is told who would overwrite it.

use ::store::Tx;
use kernel::{Context, Moment, Problem, Result};
use timeline::{
    AccountId,
    said::{Sheet, blank},
};

use crate::{
    contact::WORDS,
    store::{audit, earlier},
};

/// Who changed something, and when; as far as that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    /// Their name; none for the house: the command line, an import, a job.
    pub(crate) who: Option<String>,
    /// When.
    pub(crate) at: Moment,
}

/// Who last changed these fields of an account, in their order; none where no hand did.
///
/// # Errors
/// `store.statement`.
pub(crate) fn of_account(
    cx: &Context,
    tx: &mut Tx<'_>,
    id: AccountId,
    fields: &[&str],
) -> Result<Vec<Option<Change>>> {
    let by = earlier::by_whom(cx, tx, id)?;
    let last = |field: &&str| {
        let found = by.iter().find(|(changed, ..)| changed == field)?;
        Some(Change { who: found.1.clone(), at: Moment::at(found.2) })
    };
    Ok(fields.iter().map(last).collect())
}

/// Who last changed somebody who acts for an account, by the audit.
///
/// # Errors
/// `store.statement`.
pub(crate) fn of_contact(cx: &Context, tx: &mut Tx<'_>, id: &str) -> Result<Option<Change>> {
    Ok(audit::last_deed(cx, tx, id)?.map(|(who, at)| Change { who, at: Moment::at(at) }))
}

/// The refusal of a change that would overwrite these fields of an account (its id as written outside, and its number).
///
/// # Errors
/// `store.statement`.
pub(crate) fn account(
    cx: &Context,
    tx: &mut Tx<'_>,
    (id, number): (&str, AccountId),
    now: &Sheet,
    fields: &[&str],
) -> Result<Problem> {
    let by = of_account(cx, tx, number, fields)?;
    let told = fields.iter().zip(by).map(|(field, by)| told(field, blank(now, field), by.as_ref()));
    Ok(problem("accounts.changed", id, fields, told))
}

/// The refusal of a change that would overwrite these words of a contact.
///
/// # Errors
/// `store.statement`.
pub(crate) fn contact(
    cx: &Context,
    tx: &mut Tx<'_>,
    id: &str,
    now: &[String; WORDS.len()],
    places: &[usize],
) -> Result<Problem> {
    let by = of_contact(cx, tx, id)?;
    let fields: Vec<&str> = places.iter().map(|at| WORDS[*at]).collect();
    let told = places.iter().map(|at| told(WORDS[*at], &now[*at], by.as_ref()));
    Ok(problem("contacts.changed", id, &fields, told))
}

/// `email is now "a@example.com" (Ines Marchetti, 2025-03-04T10:02:00Z)`.
fn told(field: &str, now: &str, by: Option<&Change>) -> String {
    let now = if now.is_empty() { "blank".to_owned() } else { format!("{now:?}") };
    let by = by.map_or_else(String::new, |by| {
        format!(" ({}, {})", by.who.as_deref().unwrap_or("the house"), by.at.iso())
    });
    format!("{field} is now {now}{by}")
}

fn problem(code: &'static str, id: &str, fields: &[&str], told: impl Iterator<Item = String>) -> Problem {
    let told: Vec<String> = told.collect();
    let text = format!(
        "change {id}: it was changed since you read it, and nothing was written: {}; read it again, then send what you \
         want with its new version",
        told.join(", ")
    );
    Problem { field: fields.first().map(|field| (*field).to_owned()), ..Problem::stale(code, text) }
}
