//! A party by the words of a file, and what a run has found out about parties: which account each of them is.

use std::collections::{HashMap, HashSet};

use timeline::said::Sheet;

use crate::account;

/// Whose numbering the ids of parties belong to where nobody says.
pub const NUMBERING: &str = "customers";

/// A party by the words of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Party<'a> {
    /// In whose numbering `key` is.
    pub space: &'a str,
    /// Its id there.
    pub key: &'a str,
    /// Its name, where the file says.
    pub name: Option<&'a str>,
    /// Its country, where the file says.
    pub country: Option<&'a str>,
    /// Its email address, where the file says.
    pub email: Option<&'a str>,
}

/// What is known of parties and their people from earlier batches of the same walk.
#[derive(Debug, Default)]
pub struct Seen {
    spaces: HashMap<String, HashMap<String, i64>>,
    /// The lowest number that was planned.
    planned: i64,
    /// Accounts that this walk made, or would make.
    pub(crate) made: HashSet<i64>,
    /// Accounts of which a row of this walk said something, and whether it changed one that was there before.
    pub(crate) stated: HashMap<i64, bool>,
    /// People whom this walk has met.
    pub(crate) people: People,
}

/// The people whom a walk has met.
#[derive(Debug, Default)]
pub(crate) struct People {
    /// By what tells them apart.
    pub(crate) known: HashMap<PersonName, i64>,
    /// Those that the walk made, or would make.
    pub(crate) made: HashSet<i64>,
    /// Those of whom a row said something, and whether it changed one who was there before.
    pub(crate) stated: HashMap<i64, bool>,
    /// The lowest number that was planned.
    pub(crate) planned: i64,
}

/// What tells people apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum PersonName {
    /// An id in somebody's numbering.
    Key(String, String),
    /// An email address at an account.
    Email(i64, String),
    /// A name at an account, where there is nothing better.
    Name(i64, String),
}

impl PersonName {
    /// Puts the id of an account in place of its planned number.
    pub(crate) fn name_account(&mut self, named: impl Fn(i64) -> i64) {
        match self {
            PersonName::Key(..) => (),
            PersonName::Email(account, _) | PersonName::Name(account, _) => *account = named(*account),
        }
    }
}

/// What one batch found out.
#[derive(Debug, Default)]
pub struct Resolution {
    /// The account of each party asked for, in their order; below zero for one that would be new.
    pub accounts: Vec<i64>,
    /// The new ones, in the order in which they first came.
    pub(crate) fresh: Vec<Fresh>,
    /// Known before, found for the first time in this run.
    pub(crate) linked: Vec<(String, String, i64)>,
    /// Those of them that this same run had made before it was interrupted.
    pub(crate) again: Vec<i64>,
    /// Those that the viewer may not see: nothing may be recorded on them, and none counts.
    pub hidden: HashSet<i64>,
}

/// An account that is not there yet.
#[derive(Debug)]
pub(crate) struct Fresh {
    /// Its planned number, below zero; its id once it is written.
    pub(crate) number: i64,
    pub(crate) space: String,
    pub(crate) key: String,
    /// Its fields.
    pub(crate) sheet: Sheet,
}

impl Fresh {
    /// What becomes of a party that nobody knows.
    pub(crate) fn of(party: &Party<'_>, number: i64) -> Fresh {
        let mut sheet = said_of(party);
        sheet.entry("name".to_owned()).or_insert_with(|| party.key.to_owned());
        Fresh { number, space: party.space.to_owned(), key: party.key.to_owned(), sheet }
    }
}

/// The fields that the words of a file say of a party.
pub(crate) fn said_of(party: &Party<'_>) -> Sheet {
    let mut sheet = Sheet::new();
    let mut put = |field: &str, value: String| {
        if !value.is_empty() {
            sheet.insert(field.to_owned(), value);
        }
    };
    put("name", party.name.and_then(|name| account::name(name).ok()).unwrap_or_default());
    put("country", party.country.map(account::tidied).unwrap_or_default());
    put("email", party.email.map(account::tidied).unwrap_or_default());
    sheet
}

impl Resolution {
    /// How many accounts this batch makes.
    pub fn created(&self) -> usize {
        self.fresh.len() + self.again.len()
    }

    /// How many accounts this batch found that were there before the run.
    pub fn linked(&self) -> usize {
        self.linked.len() - self.again.len()
    }
}

impl Seen {
    /// The lowest number that was planned; 0 before the first.
    pub(crate) fn planned(&self) -> i64 {
        self.planned
    }

    /// The account of a party that this run has met.
    pub(crate) fn get(&self, party: &Party<'_>) -> Option<i64> {
        self.spaces.get(party.space)?.get(party.key).copied()
    }

    pub(crate) fn put(&mut self, space: &str, key: &str, account: i64) {
        self.spaces.entry(space.to_owned()).or_default().insert(key.to_owned(), account);
    }

    /// Takes over what a batch found out, once it is written (or, in a dry run, once it is counted).
    pub fn learn(&mut self, resolution: &Resolution) {
        for fresh in &resolution.fresh {
            self.put(&fresh.space, &fresh.key, fresh.number);
            self.planned = self.planned.min(fresh.number.min(0));
            self.made.insert(fresh.number);
        }
        for (space, key, account) in &resolution.linked {
            self.put(space, key, *account);
        }
        self.made.extend(&resolution.again);
    }
}
