//! A party by the words of a file, and what a run has found out about parties: which account each of them is.

use std::collections::{HashMap, HashSet};

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

/// What is known of parties from earlier batches of the same run.
#[derive(Debug, Default)]
pub struct Seen {
    spaces: HashMap<String, HashMap<String, i64>>,
    /// The lowest number that was planned.
    planned: i64,
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
    /// How many of those this same run had made before it was interrupted.
    pub(crate) again: usize,
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
    pub(crate) name: String,
    pub(crate) country: String,
    pub(crate) email: String,
}

impl Fresh {
    /// What becomes of a party that nobody knows.
    pub(crate) fn of(party: &Party<'_>, number: i64) -> Fresh {
        let text = |value: Option<&str>| value.unwrap_or_default().trim().to_owned();
        let name = party.name.and_then(|name| account::name(name).ok());
        Fresh {
            number,
            space: party.space.to_owned(),
            key: party.key.to_owned(),
            name: name.unwrap_or_else(|| party.key.to_owned()),
            country: text(party.country),
            email: text(party.email),
        }
    }
}

impl Resolution {
    /// How many accounts this batch makes.
    pub fn created(&self) -> usize {
        self.fresh.len() + self.again
    }

    /// How many accounts this batch found that were there before the run.
    pub fn linked(&self) -> usize {
        self.linked.len() - self.again
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

    fn put(&mut self, space: &str, key: &str, account: i64) {
        self.spaces.entry(space.to_owned()).or_default().insert(key.to_owned(), account);
    }

    /// Takes over what a batch found out, once it is written (or, in a dry run, once it is counted).
    pub fn learn(&mut self, resolution: &Resolution) {
        for fresh in &resolution.fresh {
            self.put(&fresh.space, &fresh.key, fresh.number);
            self.planned = self.planned.min(fresh.number.min(0));
        }
        for (space, key, account) in &resolution.linked {
            self.put(space, key, *account);
        }
    }
}
