//! People who act for accounts: recorded by hand or by a program, listed, changed, removed.

use ::store::{DataClass, Tx};
use kernel::{Context, Cursor, Page, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use speech::say;
use timeline::{AccountId, said::Sheet};

use super::{
    contacts,
    meant::{Meant, plan_at},
    people_like,
};
use crate::{
    account,
    contact::{self, Contact, ContactId, ContactRole},
    country, email,
    party::Party,
    phone,
    role_rights::{Right, rights},
    store::{self, contacts as kept},
};

pub(super) const fn head(
    name: &'static str,
    method: Method,
    path: &'static str,
    command: &'static str,
) -> Head {
    Head {
        name,
        act: Act::Write,
        method,
        path,
        command,
        permission: Permission::Write,
        class: DataClass::Personal,
        sentence: "",
        examples: &[],
    }
}

pub(super) const RECORD: Head = Head {
    sentence: "Records people who act for an account, each with roles; somebody who is known there by the same id or \
               email address gets what is new.",
    examples: &["mainstay account acc_x7Kq2 people add --people '[{\"name\": \"Maud Rook\", \"emails\": \
                 [\"maud@rook.example\"], \"roles\": [\"payer\"]}]'"],
    ..head("contacts.record", Method::Post, "/accounts/{id}/contacts", "account {id} people add")
};

/// People who act for an account.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The id of the account.
    pub id: String,
    /// The people.
    pub people: Vec<NewContact>,
    /// Each is somebody new: refused where somebody with the same email address, telephone number or name acts for the
    /// account already.
    #[serde(default)]
    pub only_new: bool,
    /// Each is somebody new, whoever acts for the account already.
    #[serde(default)]
    pub anyway: bool,
}

/// Somebody who acts for an account.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewContact {
    /// The id by which another tool knows them.
    #[serde(default)]
    pub key: Option<String>,
    /// Their name.
    #[serde(default)]
    pub name: Option<String>,
    /// What they do there.
    #[serde(default)]
    pub title: Option<String>,
    /// Their email addresses.
    #[serde(default)]
    pub emails: Vec<String>,
    /// Their telephone numbers.
    #[serde(default)]
    pub phones: Vec<String>,
    /// Their roles: buyer, payer, user, beneficiary, named_caller.
    #[serde(default)]
    pub roles: Vec<String>,
    /// What they allowed us to do, when and where they said so.
    #[serde(default)]
    pub consent: Option<String>,
}

/// What recording people came to.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Recorded {
    /// People who are new.
    pub created: i64,
    /// People who were known and of whom something is new.
    pub updated: i64,
    /// The ids of the people, in the order in which they were given.
    pub ids: Vec<String>,
}

/// Whose numbering the ids of people belong to where a program records them.
const NUMBERING: &str = "contacts";

/// Records people.
///
/// # Errors
/// `accounts.no_account`, `contacts.nobody`, `contacts.role`, `contacts.email`, `contacts.phone`, `accounts.name`,
/// `contacts.duplicate` with the ids of those who are like them, where only new people are wanted; then nobody is
/// recorded.
pub fn record(cx: &Context, tx: &mut Tx<'_>, input: Record) -> Result<Recorded> {
    let account = store::visible(cx, tx, cx.codes.read(&input.id)?)?;
    let inputs = input.people.iter().map(|new| new.input(&account.country)).collect::<Result<Vec<_>>>()?;
    if input.only_new && !input.anyway {
        let says: Vec<_> = inputs.iter().map(|input| input.says(account.id.0).0).collect();
        people_like::refuse(cx, tx, account.id, &says)?;
    }
    let meant = if input.anyway { Meant::SomebodyNew } else { Meant::WhoIsKnown };
    let mut planned = plan_at(cx, tx, account.id, meant, &inputs)?;
    if !planned.walled.is_empty() {
        let text = say!("somebody of that id acts for another account; leave the id out, or look there");
        return Err(Problem::conflict("contacts.elsewhere", text));
    }
    contacts::apply(cx, tx, &mut planned, 0)?;
    let ids = planned.contacts.iter().map(|id| cx.codes.write(ContactId::new(*id))).collect();
    Ok(Recorded { created: planned.counts.created, updated: planned.counts.updated, ids })
}

impl NewContact {
    pub(super) fn input<'a>(&'a self, country: &'a str) -> Result<contacts::ContactInput<'a>> {
        self.check(country)?;
        Ok(contacts::ContactInput {
            row: 0,
            party: Party { space: "", key: "", name: None, country: None, email: None },
            own: None,
            key: self.key.as_deref().map(str::trim).filter(|key| !key.is_empty()).map(|key| (NUMBERING, key)),
            name: self.name.as_deref(),
            title: self.title.as_deref(),
            emails: self.emails.iter().map(String::as_str).collect(),
            phones: self.phones.iter().map(String::as_str).collect(),
            country: Some(country),
            roles: roles(&self.roles)?,
            consent: self.consent.as_deref(),
        })
    }

    fn check(&self, country: &str) -> Result<()> {
        if let Some(name) = &self.name {
            account::name(name)?;
        } else if self.key.is_none() && self.emails.is_empty() && self.phones.is_empty() {
            let text = say!("who is it? Give a name, an email address or a telephone number");
            return Err(Problem::invalid("name", "contacts.nobody", text));
        }
        points(&self.emails, &self.phones, country).map(drop)
    }
}

/// The fields of these addresses and numbers.
pub(super) fn points(emails: &[String], phones: &[String], country: &str) -> Result<Sheet> {
    let mut sheet = Sheet::new();
    for text in emails {
        let key = email::key(text).ok_or_else(|| {
            let text = say!("{text:?} is no email address; write it as maud@rook.example");
            Problem::invalid("emails", "contacts.email", text)
        })?;
        sheet.insert(contact::point_field("email", &key), account::tidied(text));
    }
    for text in phones {
        let key = phone::key(text, country::code(country)).ok_or_else(|| {
            let text = say!("{text:?} is no telephone number; write it as +44 20 7946 0018");
            Problem::invalid("phones", "contacts.phone", text)
        })?;
        sheet.insert(contact::point_field("phone", &key), account::tidied(text));
    }
    Ok(sheet)
}

pub(super) fn roles(words: &[String]) -> Result<Vec<ContactRole>> {
    let role = |word: &String| {
        ContactRole::parse(word.trim()).ok_or_else(|| {
            let known = ContactRole::ALL.map(ContactRole::as_str).join(", ");
            let text = say!("{word:?} is no role; known are {known}");
            Problem::invalid("roles", "contacts.role", text)
        })
    };
    words.iter().filter(|word| !word.trim().is_empty()).map(role).collect()
}

pub(super) const LIST: Head = Head {
    act: Act::Read,
    permission: Permission::Read,
    sentence: "Lists the people who act for an account, with their roles and what each may ask for and see.",
    examples: &["mainstay account acc_x7Kq2 people"],
    ..head("contacts.list", Method::Get, "/accounts/{id}/contacts", "account {id} people")
};

/// A page of the people who act for an account.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfAccount {
    /// The id of the account.
    pub id: String,
    /// Where the page begins: `next` of the page before.
    #[serde(default)]
    pub after: Option<String>,
    /// Rows on a page, at most 200; 50 when absent.
    #[serde(default)]
    pub limit: Option<i64>,
}

/// Somebody who acts for an account, as they are shown.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownContact {
    /// The id of the contact.
    pub id: String,
    /// The id of the account that they act for.
    pub account: String,
    /// Their name; where nobody gave one, the email address.
    pub name: String,
    /// What they do there, where somebody said.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Their roles.
    pub roles: Vec<String>,
    /// What they may ask for and see, by their roles.
    pub may: Vec<String>,
    /// Their email addresses.
    pub emails: Vec<String>,
    /// Their telephone numbers.
    pub phones: Vec<String>,
    /// What they allowed us to do, where somebody noted it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub consent: String,
    /// What is known of them now, to be given as `expected` with a change, so that nothing is overwritten that somebody else
    /// changed.
    pub version: String,
    /// The id of the account that they are as well, where they deal with us themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_account: Option<String>,
}

/// Lists the people who act for an account, by name.
///
/// # Errors
/// `accounts.no_account`.
pub fn list(cx: &Context, tx: &mut Tx<'_>, input: OfAccount) -> Result<Page<ShownContact>> {
    let account = store::visible(cx, tx, cx.codes.read(&input.id)?)?.id;
    let limit = input.limit.unwrap_or(50).clamp(1, 200);
    let after = input.after.as_deref().and_then(after).unwrap_or_default();
    let mut found = kept::of_account(cx, tx, account, &after, limit + 1)?;
    let more = i64::try_from(found.len()).is_ok_and(|found| limit < found);
    found.truncate(usize::try_from(limit).unwrap_or(200));
    let cursor = |(id, sheet): &(i64, Sheet)| {
        let name = account::name_key(timeline::said::blank(sheet, "name"));
        Cursor(vec![name, id.to_string()]).write()
    };
    let next = found.last().filter(|_| more).map(cursor);
    let people = found.iter().map(|(id, sheet)| Contact::of(ContactId::new(*id), sheet)).collect();
    Ok(Page { rows: seen(cx, tx, people)?, next })
}

/// These people as the viewer may see them: an account of their own behind a wall is not there.
pub(super) fn seen(cx: &Context, tx: &mut Tx<'_>, people: Vec<Contact>) -> Result<Vec<ShownContact>> {
    let own = people.iter().filter_map(|person| person.own_account).map(|own| own.0);
    let hidden = store::hidden(cx, tx, own.collect::<Vec<_>>())?;
    let seen = |mut person: Contact| {
        person.own_account = person.own_account.filter(|own| !hidden.contains(&own.0));
        shown(cx, person)
    };
    Ok(people.into_iter().map(seen).collect())
}

fn after(text: &str) -> Option<(String, i64)> {
    let Cursor(parts) = Cursor::read(text);
    Some((parts.first()?.clone(), parts.get(1)?.parse().ok()?))
}

pub(super) fn shown(cx: &Context, contact: Contact) -> ShownContact {
    ShownContact {
        id: cx.codes.write(contact.id),
        account: cx.codes.write(contact.account),
        version: contact.version().as_str().to_owned(),
        name: contact.name,
        title: contact.title,
        may: rights(&contact.roles).into_iter().map(|right: Right| right.as_str().to_owned()).collect(),
        roles: contact.roles.into_iter().map(|role| role.as_str().to_owned()).collect(),
        emails: contact.emails,
        phones: contact.phones,
        consent: contact.consent,
        own_account: contact.own_account.map(|own: AccountId| cx.codes.write(own)),
    }
}
