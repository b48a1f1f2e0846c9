//! Which account a party of a file is: the one known by that id, or a new one.
//!
//! Planning only reads; what it would make new is numbered downwards from -1, so a dry run and a real run walk the
//! same path and give the same counts.

use std::collections::HashMap;

use kernel::{Context, Result};
use store::{Tx, dialect};
use timeline::AccountId;

use crate::{account, store::NewAccount};

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
    planned: i64,
}

/// What one batch found out.
#[derive(Debug, Default)]
pub struct Resolution {
    /// The account of each party asked for, in their order; below zero for one that would be new.
    pub accounts: Vec<i64>,
    /// The new ones, in the order in which they first came.
    fresh: Vec<Fresh>,
    /// Known before, found for the first time in this run.
    linked: Vec<(String, String, i64)>,
    /// How many of those this same run had made before it was interrupted.
    again: usize,
}

#[derive(Debug)]
struct Fresh {
    number: i64,
    space: String,
    key: String,
    name: String,
    country: String,
    email: String,
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
    fn get(&self, party: &Party<'_>) -> Option<i64> {
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

/// Finds the account of each party; reads only. An account that the run `run` itself made before it was interrupted
/// counts as new.
///
/// # Errors
/// `store.statement`.
pub fn plan(tx: &mut Tx<'_>, seen: &Seen, parties: &[Party<'_>], run: i64) -> Result<Resolution> {
    let stored = lookup(tx, seen, parties)?;
    let mut known: HashMap<_, _> = stored.iter().map(|(place, (account, _))| (*place, *account)).collect();
    let mut found = Resolution::default();
    let mut next = seen.planned;
    for party in parties {
        let place = (party.space, party.key);
        if let Some(account) = seen.get(party) {
            found.accounts.push(account);
            continue;
        }
        let account = *known.entry(place).or_insert_with(|| {
            next -= 1;
            found.fresh.push(Fresh::of(party, next));
            next
        });
        found.accounts.push(account);
    }
    for ((space, key), (account, by)) in stored {
        found.again += usize::from(by == run);
        found.linked.push((space.into(), key.into(), account));
    }
    Ok(found)
}

impl Fresh {
    fn of(party: &Party<'_>, number: i64) -> Fresh {
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

/// By numbering and id there: the account and the run that made it.
type Known<'p> = HashMap<(&'p str, &'p str), (i64, i64)>;

/// The accounts of those parties that are new to this run but not to the house, with the run that made them.
fn lookup<'p>(tx: &mut Tx<'_>, seen: &Seen, parties: &[Party<'p>]) -> Result<Known<'p>> {
    let mut wanted: Vec<(&str, &str)> = parties
        .iter()
        .filter(|party| seen.get(party).is_none())
        .map(|party| (party.space, party.key))
        .collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut known = HashMap::new();
    for group in wanted.chunk_by(|a, b| a.0 == b.0).flat_map(|group| group.chunks(256)) {
        let width = dialect::padded(group.len());
        let marks = dialect::placeholders(2, width);
        let sql = format!(
            "SELECT account_key.key, account.id, account.run FROM account_key
             JOIN account ON account.id = account_key.account WHERE account_key.space = ?1 AND account_key.key IN ({marks})"
        );
        let last = group[group.len() - 1].1;
        let keys = group.iter().map(|(_, key)| *key).chain(std::iter::repeat(last)).take(width);
        let values: Vec<_> = std::iter::once(group[0].0).chain(keys).map(Into::into).collect();
        tx.for_each(&sql, &values, |row| {
            let (key, account) = (row.text(0)?, (row.int(1)?, row.int(2)?));
            if let Ok(place) = group.binary_search_by(|(_, wanted)| (*wanted).cmp(key)) {
                known.insert(group[place], account);
            }
            Ok(())
        })?;
    }
    Ok(known)
}

/// Writes the new accounts of a batch and puts their ids in place of the planned numbers; gives which became which.
///
/// # Errors
/// `store.conflict` when another import made one of them meanwhile: plan again.
pub fn apply(
    cx: &Context,
    tx: &mut Tx<'_>,
    resolution: &mut Resolution,
    run: i64,
) -> Result<HashMap<i64, i64>> {
    let count = i64::try_from(resolution.fresh.len()).unwrap_or(i64::MAX);
    if count == 0 {
        return Ok(HashMap::new());
    }
    let mut ids: HashMap<i64, i64> = HashMap::new();
    for (fresh, id) in resolution.fresh.iter_mut().zip(tx.allocate("account", count)?) {
        ids.insert(fresh.number, id);
        fresh.number = id;
    }
    for account in &mut resolution.accounts {
        *account = ids.get(account).copied().unwrap_or(*account);
    }
    let rows: Vec<_> = resolution.fresh.iter().map(Fresh::row).collect();
    crate::store::insert(cx, tx, &rows, run)?;
    Ok(ids)
}

impl Fresh {
    fn row(&self) -> NewAccount<'_> {
        NewAccount {
            id: AccountId::new(self.number),
            name: &self.name,
            country: &self.country,
            email: &self.email,
            key: Some((&self.space, &self.key)),
        }
    }
}
