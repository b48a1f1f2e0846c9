//! A party as a row of a file says it, and what rows about parties come to.

use timeline::said::Sheet;

use crate::{
    account::{YES, tidied},
    party::{Party, said_of},
    party_kind::{LinkKind, PartyKind},
};

/// A party as a row of a file says it. What is absent or blank was not said.
#[derive(Clone, Debug)]
pub struct AccountInput<'a> {
    /// The record in its file, the first after the header being 1.
    pub row: i64,
    /// Who it is, with name, country and email address.
    pub party: Party<'a>,
    /// What kind of party it is.
    pub kind: Option<PartyKind>,
    /// Whether it buys for its own use.
    pub consumer: Option<bool>,
    /// Its telephone number as written.
    pub phone: Option<&'a str>,
    /// Its website or domain.
    pub website: Option<&'a str>,
    /// Street and number.
    pub street: Option<&'a str>,
    /// The postal code.
    pub postcode: Option<&'a str>,
    /// The town.
    pub city: Option<&'a str>,
    /// Province, state or county.
    pub region: Option<&'a str>,
    /// What it is by the rules of the trade, apart from its class.
    pub regulatory: Option<&'a str>,
    /// What it hangs on: how, on whom, since when (a day as 2025-03-04, or empty).
    pub links: Vec<(LinkKind, Party<'a>, &'a str)>,
}

impl<'a> AccountInput<'a> {
    /// A party of which a row says no more than this.
    pub fn of(row: i64, party: Party<'a>) -> AccountInput<'a> {
        AccountInput {
            row,
            party,
            kind: None,
            consumer: None,
            phone: None,
            website: None,
            street: None,
            postcode: None,
            city: None,
            region: None,
            regulatory: None,
            links: Vec::new(),
        }
    }

    /// The fields it says.
    pub(crate) fn says(&self) -> Sheet {
        let mut sheet = said_of(&self.party);
        let texts = [
            ("phone", self.phone),
            ("website", self.website),
            ("street", self.street),
            ("postcode", self.postcode),
            ("city", self.city),
            ("region", self.region),
            ("regulatory", self.regulatory),
            ("kind", self.kind.map(PartyKind::as_str)),
        ];
        let texts = texts.into_iter().filter_map(|(field, text)| Some((field, tidied(text?))));
        sheet
            .extend(texts.filter(|(_, text)| !text.is_empty()).map(|(field, text)| (field.to_owned(), text)));
        if let Some(consumer) = self.consumer {
            sheet.insert("consumer".to_owned(), if consumer { YES.to_owned() } else { String::new() });
        }
        sheet
    }
}

/// What a batch comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Accounts that are new, those that rows only hang others on among them.
    pub created: i64,
    /// Accounts that were there and that a row changes.
    pub updated: i64,
    /// Accounts that were there and of which rows say nothing new.
    pub linked: i64,
    /// Rows about an account of which an earlier row said something.
    pub repeated: i64,
}

impl Counts {
    /// Adds what another batch came to.
    pub fn add(&mut self, other: Counts) {
        self.created += other.created;
        self.updated += other.updated;
        self.linked += other.linked;
        self.repeated += other.repeated;
    }
}
