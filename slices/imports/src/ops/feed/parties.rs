//! Feed: rows that become accounts, and rows that become people who act for them.

use accounts::{
    ContactRole, PartyKind, Seen,
    contacts::{self, ContactInput},
    record::{self, AccountInput},
};
use kernel::{Context, Result};
use store::Tx;

use super::{Came, Counted, Feed, Learned, walled};
use crate::{Meaning, TypedRow, batch::Batch};

impl Feed<'_> {
    pub(super) fn accounts<'b>(
        &self,
        write: Option<&Context>,
        tx: &mut Tx<'_>,
        seen: &Seen,
        batch: &'b Batch,
    ) -> Result<Came<'b>> {
        let inputs: Vec<_> = batch.typed.iter().filter_map(account).collect();
        let mut planned = record::plan(self.bringer, tx, seen, &inputs, self.run)?;
        if let Some(cx) = write {
            record::apply(cx, tx, &mut planned, self.run)?;
        }
        let counts = planned.counts;
        let counted = Counted {
            create: counts.created,
            update: counts.updated,
            link: counts.linked,
            skip: counts.repeated,
            ..Counted::default()
        };
        let set_aside = planned.walled.iter();
        let set_aside =
            set_aside.map(|input| walled("accounts of", input.row, Some(input.party.key.to_owned())));
        Ok(Came {
            walled: set_aside.collect(),
            counted: counted.naming(&planned.resolution),
            learned: Learned::Accounts(planned),
            ..Came::default()
        })
    }

    pub(super) fn contacts<'b>(
        &'b self,
        write: Option<&Context>,
        tx: &mut Tx<'_>,
        seen: &Seen,
        batch: &'b Batch,
    ) -> Result<Came<'b>> {
        let inputs: Vec<_> = batch.typed.iter().filter_map(|row| contact(row, &self.space)).collect();
        let mut planned = contacts::plan(self.bringer, tx, seen, &inputs, self.run)?;
        if let Some(cx) = write {
            contacts::apply(cx, tx, &mut planned, self.run)?;
        }
        let counts = planned.counts;
        let counted = Counted {
            create: counts.created,
            update: counts.updated,
            link: counts.linked,
            skip: counts.repeated + counts.blank,
            accounts_create: counts.accounts_created,
            accounts_link: counts.accounts_linked,
        };
        let set_aside = planned.walled.iter();
        let set_aside =
            set_aside.map(|input| walled("contacts of", input.row, Some(input.party.key.to_owned())));
        Ok(Came {
            walled: set_aside.collect(),
            counted,
            learned: Learned::Contacts(planned),
            ..Came::default()
        })
    }
}

/// A person as the row says them; one of whom the row names nobody else acts for themselves.
fn contact<'r>(row: &'r TypedRow, space: &'r str) -> Option<ContactInput<'r>> {
    let party = row.party.as_ref()?.borrowed();
    let key = row.key();
    let acts_alone = row.text(Meaning::PartyId).is_none() && row.text(Meaning::PartyName).is_none();
    Some(ContactInput {
        row: row.row,
        party,
        own: acts_alone.then_some(party),
        key: (!key.is_empty()).then_some((space, key)),
        name: row.text(Meaning::ContactName),
        title: row.text(Meaning::JobTitle),
        emails: row.texts(Meaning::Email).collect(),
        phones: row.texts(Meaning::Phone).collect(),
        country: row.text(Meaning::Country),
        roles: row.text(Meaning::Role).map(roles).unwrap_or_default(),
        consent: row.text(Meaning::Consent),
    })
}

fn roles(words: &str) -> Vec<ContactRole> {
    words.split([',', ';', '|']).filter_map(|word| ContactRole::parse(&word.trim().to_lowercase())).collect()
}

/// An account as the row says it.
fn account(row: &TypedRow) -> Option<AccountInput<'_>> {
    let party = row.party.as_ref()?.borrowed();
    Some(AccountInput {
        kind: row.text(Meaning::PartyKind).and_then(kind),
        phone: row.text(Meaning::Phone),
        website: row.text(Meaning::Website),
        street: row.text(Meaning::Street),
        postcode: row.text(Meaning::Postcode),
        city: row.text(Meaning::City),
        region: row.text(Meaning::Region),
        ..AccountInput::of(row.row, party)
    })
}

/// The kind of party in the words of files.
fn kind(word: &str) -> Option<PartyKind> {
    let word = word.to_lowercase();
    let known = match word.as_str() {
        "company" | "business" | "organisation" | "firm" => "organization",
        "individual" | "consumer" | "private" => "person",
        "family" => "household",
        other => other,
    };
    PartyKind::parse(known)
}
