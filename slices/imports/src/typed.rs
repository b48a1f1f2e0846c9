//! One record of a file, read by the meanings of its target, or the reason why it cannot be: what becomes an account,
//! a contract, a fact.

use std::borrow::Cow;

use accounts::Party;
use kernel::{Currency, Moment, SCALE};

use crate::{Identity, Meaning, Target, batch::key};

/// A record whose cells are read. It no longer needs its file.
#[derive(Clone, Debug, PartialEq)]
pub struct TypedRow {
    /// The record in the file, the first after the header being 1.
    pub row: i64,
    /// What makes the record the same one in another export.
    pub identity: Identity,
    /// Whose it is; nothing where it names nobody.
    pub party: Option<OwnedParty>,
    /// The currency of its amounts, where it has one.
    pub currency: Option<Currency>,
    /// Why a rule of the mapping leaves it out, where one does.
    pub excluded: Option<Box<str>>,
    /// What its cells say, by the order of the meanings; blank ones say nothing.
    pub(crate) values: Vec<(Meaning, Value)>,
    /// What further columns of one meaning say: the second phone, the third address.
    pub(crate) more: Vec<(Meaning, Box<str>)>,
}

/// What a cell says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Text(Box<str>),
    /// In ten-thousandths.
    Number(i64),
    At(Moment),
    Flag(bool),
}

/// A party by the words of a file, kept without the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnedParty {
    /// In whose numbering `key` is.
    pub space: String,
    /// Its id there.
    pub key: String,
    /// Its name, where the file says.
    pub name: Option<String>,
    /// Its country, where the file says.
    pub country: Option<String>,
    /// Its email address, where the file says.
    pub email: Option<String>,
}

impl OwnedParty {
    /// As the slices take it.
    pub fn borrowed(&self) -> Party<'_> {
        Party {
            space: &self.space,
            key: &self.key,
            name: self.name.as_deref(),
            country: self.country.as_deref(),
            email: self.email.as_deref(),
        }
    }
}

impl TypedRow {
    fn value(&self, meaning: Meaning) -> Option<&Value> {
        let at = self.values.binary_search_by(|(known, _)| known.cmp(&meaning)).ok()?;
        Some(&self.values[at].1)
    }

    /// What it says in words.
    pub fn text(&self, meaning: Meaning) -> Option<&str> {
        match self.value(meaning)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What all columns of a meaning say, the first of them first.
    pub fn texts(&self, meaning: Meaning) -> impl Iterator<Item = &str> {
        let more = self.more.iter().filter(move |(known, _)| *known == meaning).map(|(_, text)| &**text);
        self.text(meaning).into_iter().chain(more)
    }

    /// A number or an amount, in ten-thousandths.
    pub fn number(&self, meaning: Meaning) -> Option<i64> {
        match self.value(meaning)? {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// A number of things: what is beyond the point is left out.
    pub fn count(&self, meaning: Meaning) -> Option<i64> {
        self.number(meaning).map(|number| number / SCALE)
    }

    /// A moment.
    pub fn at(&self, meaning: Meaning) -> Option<Moment> {
        match self.value(meaning)? {
            Value::At(at) => Some(*at),
            _ => None,
        }
    }

    /// Yes or no.
    pub fn flag(&self, meaning: Meaning) -> Option<bool> {
        match self.value(meaning)? {
            Value::Flag(flag) => Some(*flag),
            _ => None,
        }
    }

    /// The number of its record in its source; empty where the file numbers none.
    pub fn key(&self) -> &str {
        self.text(Meaning::RecordId).unwrap_or_default()
    }

    /// A person's name as one text, from its parts where the file has them apart.
    pub fn person(&self) -> Option<Cow<'_, str>> {
        if let Some(name) = self.text(Meaning::ContactName) {
            return Some(Cow::Borrowed(name));
        }
        whole_name(self.text(Meaning::FirstName), self.text(Meaning::LastName))
    }
}

/// First and last name as one text.
pub(crate) fn whole_name<'n>(first: Option<&'n str>, last: Option<&'n str>) -> Option<Cow<'n, str>> {
    match (first, last) {
        (Some(first), Some(last)) => Some(Cow::Owned(format!("{first} {last}"))),
        (one, other) => one.or(other).map(Cow::Borrowed),
    }
}

impl TypedRow {
    /// The record that the row belongs to: all rows of one are written together.
    pub(crate) fn record(&self, target: Target) -> u64 {
        let party = || self.party.as_ref().map(|party| format!("{}\u{1f}{}", party.space, party.key));
        let text = |meaning| self.text(meaning).map(str::to_owned);
        let named = match target {
            Target::AccountsRecord => party(),
            Target::InvoicesRecord => text(Meaning::OrderNumber),
            Target::ProductsRecord => text(Meaning::Sku).or_else(|| text(Meaning::Description)),
            // What has no number is one by whose it is.
            Target::ContractsRecord | Target::SubscriptionsRecord => {
                text(Meaning::RecordId).or_else(|| self.party.as_ref().map(|party| party.key.clone()))
            }
            Target::LeavingsRecord => text(Meaning::RecordId).or_else(party),
            _ => text(Meaning::RecordId),
        };
        named.map_or_else(|| key(&self.identity.0.to_string()), |named| key(&named))
    }
}
