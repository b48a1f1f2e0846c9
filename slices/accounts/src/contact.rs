//! A contact: a person who acts for a party, in which roles, and how they can be reached.

use std::collections::BTreeSet;

use kernel::Version;
use timeline::{
    AccountId,
    said::{Sheet, blank},
};

use crate::account::YES;

/// The id of a contact.
pub type ContactId = kernel::Id<ContactKind>;

/// Marks ids of contacts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ContactKind;

impl kernel::Kind for ContactKind {
    const PREFIX: &'static str = "cnt";
    const NOUN: &'static str = "a contact";
}

/// What a person does for a party. Somebody may have several; payer, user and beneficiary stay separate people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ContactRole {
    /// Decides to buy, and orders.
    Buyer,
    /// Gets the bills and pays them.
    Payer,
    /// Uses what was bought.
    User,
    /// Is the one whom it is for.
    Beneficiary,
    /// May call and give instructions, by name.
    NamedCaller,
}

impl ContactRole {
    /// All of them.
    pub const ALL: [ContactRole; 5] = [
        ContactRole::Buyer,
        ContactRole::Payer,
        ContactRole::User,
        ContactRole::Beneficiary,
        ContactRole::NamedCaller,
    ];

    /// The role of that word.
    pub fn parse(word: &str) -> Option<ContactRole> {
        ContactRole::ALL.into_iter().find(|role| role.as_str() == word)
    }

    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            ContactRole::Buyer => "buyer",
            ContactRole::Payer => "payer",
            ContactRole::User => "user",
            ContactRole::Beneficiary => "beneficiary",
            ContactRole::NamedCaller => "named_caller",
        }
    }
}

/// A person who acts for an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Its id.
    pub id: ContactId,
    /// For whom the person acts.
    pub account: AccountId,
    /// The account that the person is as well, such as a consumer who is a client of their own.
    pub own_account: Option<AccountId>,
    /// The name as written; where nobody gave one, the email address.
    pub name: String,
    /// What the person does there; empty where nobody said.
    pub title: String,
    /// What the person allowed us to do, when and where, in the words of whoever noted it; empty where nobody did.
    pub consent: String,
    /// The roles, in the order of [`ContactRole::ALL`].
    pub roles: Vec<ContactRole>,
    /// Email addresses as written.
    pub emails: Vec<String>,
    /// Telephone numbers as written.
    pub phones: Vec<String>,
}

/// The fields of a contact in its table.
pub const FIELDS: [&str; 5] = ["account", "own_account", "name", "title", "consent"];

impl Contact {
    /// The contact of these fields.
    pub fn of(id: ContactId, sheet: &Sheet) -> Contact {
        let number = |field: &str| blank(sheet, field).parse().unwrap_or(0);
        let roles: BTreeSet<ContactRole> = roles(sheet).filter_map(ContactRole::parse).collect();
        let values = |kind: &'static str| points(sheet).filter(move |point| point.0 == kind);
        Contact {
            id,
            account: AccountId::new(number("account")),
            own_account: Some(number("own_account")).filter(|own| *own != 0).map(AccountId::new),
            name: blank(sheet, "name").to_owned(),
            title: blank(sheet, "title").to_owned(),
            consent: blank(sheet, "consent").to_owned(),
            roles: roles.into_iter().collect(),
            emails: values("email").map(|(_, _, value)| value.to_owned()).collect(),
            phones: values("phone").map(|(_, _, value)| value.to_owned()).collect(),
        }
    }
}

/// What can be corrected of a contact, in the order of [`Contact::words`].
pub const WORDS: [&str; 6] = ["name", "title", "emails", "phones", "roles", "consent"];

impl Contact {
    /// What is known of them, a text for each of [`WORDS`].
    pub fn words(&self) -> [String; WORDS.len()] {
        let roles: Vec<&str> = self.roles.iter().map(|role| role.as_str()).collect();
        [
            self.name.clone(),
            self.title.clone(),
            self.emails.join(", "),
            self.phones.join(", "),
            roles.join(", "),
            self.consent.clone(),
        ]
    }

    /// What they were when they were read.
    pub fn version(&self) -> Version {
        Version::of(self.words().iter().map(String::as_str))
    }
}

/// The field of a contact that holds a role.
pub fn role_field(role: ContactRole) -> (String, String) {
    (format!("role:{}", role.as_str()), YES.to_owned())
}

/// The field of a contact that holds a way of reaching them: by its key, so that two notations are one.
pub fn point_field(kind: &str, key: &str) -> String {
    format!("{kind}:{key}")
}

/// The field of a contact that holds the id by which a source knows them.
pub fn key_field(space: &str, key: &str) -> (String, String) {
    (format!("key:{space}\u{1f}{key}"), YES.to_owned())
}

/// The words of the roles among these fields.
pub fn roles(sheet: &Sheet) -> impl Iterator<Item = &str> {
    sheet.keys().filter_map(|field| field.strip_prefix("role:"))
}

/// The ways of reaching somebody among these fields: email or phone, its key, its value.
pub fn points(sheet: &Sheet) -> impl Iterator<Item = (&str, &str, &str)> {
    sheet.iter().filter_map(|(field, value)| {
        let (kind, key) = field.split_once(':')?;
        ["email", "phone"].contains(&kind).then_some((kind, key, value.as_str()))
    })
}

/// The ids by which sources know somebody, among these fields: numbering and id.
pub fn keys(sheet: &Sheet) -> impl Iterator<Item = (&str, &str)> {
    sheet.keys().filter_map(|field| field.strip_prefix("key:")?.split_once('\u{1f}'))
}

/// What somebody is called whom nobody named: the email address, else the telephone number, else the id of a source.
pub fn called(sheet: &Sheet) -> String {
    let first = |kind: &str| points(sheet).find(|point| point.0 == kind).map(|(_, _, value)| value);
    let key = || keys(sheet).next().map(|(_, key)| key);
    first("email").or_else(|| first("phone")).or_else(key).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_read_from_its_fields() {
        let mut sheet: Sheet = [("account", "7"), ("name", "Ann Wick"), ("title", "Bookkeeper")]
            .map(|(field, value)| (field.to_owned(), value.to_owned()))
            .into();
        sheet.extend([
            role_field(ContactRole::Payer),
            role_field(ContactRole::Buyer),
            key_field("crm", "17"),
        ]);
        sheet.insert(point_field("email", "ann@wick.example"), "Ann@Wick.example".into());
        let ann = Contact::of(ContactId::new(3), &sheet);
        assert_eq!((ann.account, ann.own_account), (AccountId::new(7), None));
        assert_eq!(ann.roles, [ContactRole::Buyer, ContactRole::Payer]);
        assert_eq!((ann.emails, ann.phones), (vec!["Ann@Wick.example".to_owned()], Vec::new()));
        assert_eq!(keys(&sheet).collect::<Vec<_>>(), [("crm", "17")]);
    }
}
