//! People who act for accounts: changed and removed.

use ::store::Tx;
use kernel::{Context, Problem, ProblemKind, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use timeline::said::Sheet;

use super::people::{ShownContact, head, points, roles, seen};
use crate::{
    account,
    contact::{self, Contact, ContactId},
    store::{self, contacts as kept},
};

pub(super) const CHANGE: Head = Head {
    sentence: "Changes what is known of somebody who acts for an account. What is given takes the place of what was \
               there; the rest stays.",
    examples: &["mainstay contact cnt_p0Zq1 change --title Bookkeeper --roles payer,buyer"],
    ..head("contact.change", Method::Put, "/contacts/{id}", "contact {id} change")
};

/// What is to be known of somebody from now on.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeContact {
    /// The id of the contact.
    pub id: String,
    /// Their name.
    #[serde(default)]
    pub name: Option<String>,
    /// What they do there; blank takes it away.
    #[serde(default)]
    pub title: Option<String>,
    /// Their email addresses, all of them.
    #[serde(default)]
    pub emails: Option<Vec<String>>,
    /// Their telephone numbers, all of them.
    #[serde(default)]
    pub phones: Option<Vec<String>>,
    /// Their roles, all of them: buyer, payer, user, beneficiary, named_caller.
    #[serde(default)]
    pub roles: Option<Vec<String>>,
    /// What they allowed us to do, when and where they said so; blank takes it away.
    #[serde(default)]
    pub consent: Option<String>,
}

/// Changes what is known of somebody.
///
/// # Errors
/// `contacts.none`, `contacts.role`, `contacts.email`, `contacts.phone`, `accounts.name`.
pub fn change(cx: &Context, tx: &mut Tx<'_>, input: ChangeContact) -> Result<ShownContact> {
    let (id, mut sheet) = visible(cx, tx, &input.id)?;
    let account = Contact::of(id, &sheet).account;
    let country = store::visible(cx, tx, account)?.country;
    if let Some(name) = &input.name {
        sheet.insert("name".to_owned(), account::name(name)?);
    }
    for (field, text) in [("title", &input.title), ("consent", &input.consent)] {
        if let Some(text) = text {
            sheet.insert(field.to_owned(), account::tidied(text));
        }
    }
    for (prefix, given) in [("email:", &input.emails), ("phone:", &input.phones)] {
        let Some(given) = given else { continue };
        sheet.retain(|field, _| !field.starts_with(prefix));
        let none = Vec::new();
        let (emails, phones) = if prefix == "email:" { (given, &none) } else { (&none, given) };
        sheet.extend(points(&filled(emails), &filled(phones), &country)?);
    }
    if let Some(words) = &input.roles {
        sheet.retain(|field, _| !field.starts_with("role:"));
        sheet.extend(roles(words)?.into_iter().map(contact::role_field));
    }
    kept::rewrite(tx, &[(id.0, sheet.clone())])?;
    seen(cx, tx, vec![Contact::of(id, &sheet)])?.pop().ok_or_else(nobody)
}

fn filled(texts: &[String]) -> Vec<String> {
    texts.iter().filter(|text| !text.trim().is_empty()).cloned().collect()
}

pub(super) const REMOVE: Head = Head {
    act: Act::Write,
    sentence: "Removes somebody who does not act for an account any more, with everything known of them.",
    examples: &["mainstay contact cnt_p0Zq1 remove --account acc_x7Kq2"],
    ..head("contact.remove", Method::Delete, "/contacts/{id}", "contact {id} remove")
};

/// Who is removed from where.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveContact {
    /// The id of the contact.
    pub id: String,
    /// The id of the account that they act for: what is gone cannot tell the audit any more.
    pub account: String,
}

/// Who was removed.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Removed {
    /// The id of the contact.
    pub id: String,
}

/// Removes somebody.
///
/// # Errors
/// `contacts.none`, also where they act for another account.
pub fn remove(cx: &Context, tx: &mut Tx<'_>, input: RemoveContact) -> Result<Removed> {
    let (id, sheet) = visible(cx, tx, &input.id)?;
    if Contact::of(id, &sheet).account != cx.codes.read(&input.account)? {
        return Err(nobody());
    }
    kept::remove(tx, &[id.0])?;
    Ok(Removed { id: input.id })
}

/// Somebody whom the viewer may see.
pub(crate) fn visible(cx: &Context, tx: &mut Tx<'_>, id: &str) -> Result<(ContactId, Sheet)> {
    let id: ContactId = cx.codes.read(id)?;
    let held = kept::sheets(cx, tx, &[id.0])?.remove(&id.0).filter(|held| held.is_visible);
    held.map(|held| (id, held.sheet)).ok_or_else(nobody)
}

pub(crate) fn nobody() -> Problem {
    Problem::not_found("contacts.none", "there is no such contact")
}

/// Somebody as they are shown; nobody where the viewer may see nobody of that id.
///
/// # Errors
/// `store.statement`.
pub fn of_id(cx: &Context, tx: &mut Tx<'_>, id: &str) -> Result<Option<ShownContact>> {
    match visible(cx, tx, id) {
        Ok((id, sheet)) => Ok(seen(cx, tx, vec![Contact::of(id, &sheet)])?.pop()),
        Err(problem) if matches!(problem.kind, ProblemKind::NotFound | ProblemKind::Invalid) => Ok(None),
        Err(problem) => Err(problem),
    }
}
