//! People who act for accounts: changed and removed.

use ::store::Tx;
use kernel::{Context, Outcome, Problem, ProblemKind, Result, Version};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use speech::say;
use timeline::said::Sheet;

use super::{
    changed,
    people::{ShownContact, head, points, roles, seen},
};
use crate::{
    account,
    contact::{self, Contact, ContactId, WORDS},
    store::{self, contacts as kept},
};

pub(super) const CHANGE: Head = Head {
    sentence: "Changes what is known of somebody who acts for an account. What is given takes the place of what was \
               there; the rest stays. With the version that was read, what somebody else changed since is not overwritten.",
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
    /// The `version` that you read: what somebody else changed since is not overwritten.
    #[serde(default)]
    pub expected: Option<String>,
}

impl ChangeContact {
    /// What it says of each of [`WORDS`]: whether something.
    fn says(&self) -> [bool; WORDS.len()] {
        [
            self.name.is_some(),
            self.title.is_some(),
            self.emails.is_some(),
            self.phones.is_some(),
            self.roles.is_some(),
            self.consent.is_some(),
        ]
    }

    /// The same without what it says of that.
    fn without(mut self, word: &str) -> ChangeContact {
        match word {
            "name" => self.name = None,
            "title" => self.title = None,
            "emails" => self.emails = None,
            "phones" => self.phones = None,
            "roles" => self.roles = None,
            _ => self.consent = None,
        }
        self
    }
}

/// Changes what is known of somebody.
///
/// # Errors
/// `contacts.none`, `contacts.role`, `contacts.email`, `contacts.phone`, `accounts.name`; `contacts.changed` where somebody
/// else changed since the expected version what this would overwrite, `version.unknown`.
pub fn change(cx: &Context, tx: &mut Tx<'_>, input: ChangeContact) -> Result<ShownContact> {
    let Planned { id, after, .. } = planned(cx, tx, input)?;
    kept::rewrite(tx, &[(id.0, after.clone())])?;
    seen(cx, tx, vec![Contact::of(id, &after)])?.pop().ok_or_else(nobody)
}

/// What a change comes to, before it is written.
pub(crate) struct Planned {
    id: ContactId,
    after: Sheet,
    /// What the caller left as it was and somebody else changed: it stays as it is.
    pub(crate) theirs: Vec<&'static str>,
}

/// What a change comes to. It writes nothing.
///
/// # Errors
/// Those of [`change`].
pub(crate) fn planned(cx: &Context, tx: &mut Tx<'_>, mut input: ChangeContact) -> Result<Planned> {
    let (id, sheet) = visible(cx, tx, &input.id)?;
    let before = Contact::of(id, &sheet);
    let country = store::visible(cx, tx, before.account)?.country;
    let after = applied(sheet.clone(), &input, &country)?;
    let Some(expected) = &input.expected else { return Ok(Planned { id, after, theirs: Vec::new() }) };
    let version = Version::read(expected, WORDS.len())?;
    let (is, mine, says) = (before.words(), Contact::of(id, &after).words(), input.says());
    let (mut theirs, mut differ) = (Vec::new(), Vec::new());
    for (at, word) in WORDS.into_iter().enumerate().filter(|(at, _)| says[*at]) {
        match version.outcome(at, &is[at], &mine[at]) {
            Outcome::Same | Outcome::Mine => (),
            Outcome::Theirs => theirs.push(word),
            Outcome::Differs => differ.push(at),
        }
    }
    if !differ.is_empty() {
        return Err(changed::contact(cx, tx, &input.id, &is, &differ)?);
    }
    for word in &theirs {
        input = input.without(word);
    }
    Ok(Planned { id, after: applied(sheet, &input, &country)?, theirs })
}

/// The fields of somebody after a change, whoever changed them before.
fn applied(mut sheet: Sheet, input: &ChangeContact, country: &str) -> Result<Sheet> {
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
        sheet.extend(points(&filled(emails), &filled(phones), country)?);
    }
    if let Some(words) = &input.roles {
        sheet.retain(|field, _| !field.starts_with("role:"));
        sheet.extend(roles(words)?.into_iter().map(contact::role_field));
    }
    Ok(sheet)
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
    Problem::not_found("contacts.none", say!("there is no such contact"))
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
