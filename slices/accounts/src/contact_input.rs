//! A person as a row of a file says them, and what rows about people come to.

use timeline::said::Sheet;

use crate::{
    account::{self, tidied},
    contact::{self, ContactRole},
    country, email,
    party::{Party, PersonName},
    phone,
};

/// A person as a row of a file says them. What is absent or blank was not said.
#[derive(Clone, Debug)]
pub struct ContactInput<'a> {
    /// The record in its file, the first after the header being 1.
    pub row: i64,
    /// For whom the person acts.
    pub party: Party<'a>,
    /// The party that the person is as well, such as a consumer who is a customer of their own.
    pub own: Option<Party<'a>>,
    /// The numbering and the id by which the file knows the person.
    pub key: Option<(&'a str, &'a str)>,
    /// The person's name.
    pub name: Option<&'a str>,
    /// What the person does there.
    pub title: Option<&'a str>,
    /// Email addresses; those that are none are left out.
    pub emails: Vec<&'a str>,
    /// Telephone numbers; those that are none are left out.
    pub phones: Vec<&'a str>,
    /// The country whose notation the telephone numbers follow, by name or code.
    pub country: Option<&'a str>,
    /// The roles.
    pub roles: Vec<ContactRole>,
    /// What the person allowed us to do, when and where, as the file tells it.
    pub consent: Option<&'a str>,
}

/// What a batch comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// People who are new.
    pub created: i64,
    /// People who were there and whom a row changes.
    pub updated: i64,
    /// People who were there and of whom rows say nothing new.
    pub linked: i64,
    /// Rows about somebody of whom an earlier row said something.
    pub repeated: i64,
    /// Rows that name nobody: no name, no address, no number, no id.
    pub blank: i64,
    /// Accounts that are new because somebody acts for them.
    pub accounts_created: i64,
    /// Accounts that were there and are met for the first time.
    pub accounts_linked: i64,
}

impl Counts {
    /// Adds what another batch came to.
    pub fn add(&mut self, other: Counts) {
        self.created += other.created;
        self.updated += other.updated;
        self.linked += other.linked;
        self.repeated += other.repeated;
        self.blank += other.blank;
        self.accounts_created += other.accounts_created;
        self.accounts_linked += other.accounts_linked;
    }
}

impl ContactInput<'_> {
    /// The fields it says, and what tells the person apart, strongest first.
    pub(crate) fn says(&self, account: i64) -> (Sheet, Vec<PersonName>) {
        let mut sheet = Sheet::new();
        let mut names = Vec::new();
        if let Some((space, key)) = self.key.filter(|(_, key)| !key.trim().is_empty()) {
            sheet.extend([contact::key_field(space, key)]);
            names.push(PersonName::Key(space.to_owned(), key.to_owned()));
        }
        for (key, value) in self.emails.iter().filter_map(|text| Some((email::key(text)?, tidied(text)))) {
            names.push(PersonName::Email(account, key.clone()));
            sheet.insert(contact::point_field("email", &key), value);
        }
        let region = self.country.and_then(country::code);
        for text in &self.phones {
            if let Some(key) = phone::key(text, region) {
                sheet.insert(contact::point_field("phone", &key), tidied(text));
            }
        }
        let name = self.name.and_then(|name| account::name(name).ok());
        let called = name.clone().unwrap_or_else(|| contact::called(&sheet));
        if !called.is_empty() {
            names.push(PersonName::Name(account, account::name_key(&called)));
        }
        let texts =
            [("name", name), ("title", self.title.map(tidied)), ("consent", self.consent.map(tidied))];
        let texts = texts.into_iter().filter_map(|(field, text)| Some((field, text?)));
        sheet
            .extend(texts.filter(|(_, text)| !text.is_empty()).map(|(field, text)| (field.to_owned(), text)));
        sheet.extend(self.roles.iter().map(|role| contact::role_field(*role)));
        (sheet, names)
    }
}
