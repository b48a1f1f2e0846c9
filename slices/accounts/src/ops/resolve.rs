//! Which account a party of a file is: the one known by that id, or a new one.
//!
//! Planning only reads; what it would make new is numbered downwards from -1, so a dry run and a real run walk the
//! same path and give the same counts.

use std::collections::HashMap;

use ::store::Tx;
use kernel::{Context, Result};
use timeline::{
    AccountId,
    said::Said,
    store::{Change, keep_changes, said_place},
};

use crate::{
    party::{Fresh, Party, Resolution, Seen},
    store::{self, NewAccount},
};

/// Finds the account of each party; reads only. An account that the run `run` itself made before it was interrupted
/// counts as new. Those behind a wall that keeps the viewer out are named in the answer and counted nowhere.
///
/// # Errors
/// `store.statement`.
pub fn plan(
    cx: &Context,
    tx: &mut Tx<'_>,
    seen: &Seen,
    parties: &[Party<'_>],
    run: i64,
) -> Result<Resolution> {
    let stored = store::known(tx, &unseen(seen, parties))?;
    let mut known: HashMap<_, _> = stored.iter().map(|(place, (account, _))| (*place, *account)).collect();
    let mut found = Resolution::default();
    let mut next = seen.planned();
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
    // An account that was met before may have been merged into another since.
    let landed = store::pointer::landed(tx, &found.accounts)?;
    for account in &mut found.accounts {
        *account = landed.get(account).copied().unwrap_or(*account);
    }
    // A wall may have gone up since an earlier batch met the account, so all of them are asked about.
    found.hidden = store::hidden(cx, tx, found.accounts.iter().copied())?;
    for ((space, key), (account, by)) in stored {
        if found.hidden.contains(&account) {
            continue;
        }
        if by == run && run != 0 {
            found.again.push(account);
        }
        found.linked.push((space.into(), key.into(), account));
    }
    Ok(found)
}

/// The parties that this run meets for the first time, each once.
fn unseen<'p>(seen: &Seen, parties: &[Party<'p>]) -> Vec<(&'p str, &'p str)> {
    let fresh = parties.iter().filter(|party| seen.get(party).is_none());
    let mut places: Vec<_> = fresh.map(|party| (party.space, party.key)).collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// What a walk begins with whose parties may also be named by the ids of their accounts here: those count as met.
///
/// # Errors
/// `accounts.no_account` for an account that is not there, or that the viewer may not see.
pub fn met<'k>(
    cx: &Context,
    tx: &mut Tx<'_>,
    space: &str,
    keys: impl Iterator<Item = &'k str>,
) -> Result<Seen> {
    let read = |key: &'k str| cx.codes.read(key.trim()).ok().map(|id: AccountId| (key.trim(), id.0));
    let named: Vec<_> = keys.filter_map(read).collect();
    let mut seen = Seen::default();
    if named.is_empty() {
        return Ok(seen);
    }
    let numbers: Vec<_> = named.iter().map(|(_, number)| *number).collect();
    let landed = store::pointer::landed(tx, &numbers)?;
    let kept = |number: i64| landed.get(&number).copied().unwrap_or(number);
    let visible = store::sheets(cx, tx, &numbers.iter().map(|number| kept(*number)).collect::<Vec<_>>())?;
    for (key, number) in named {
        let account = kept(number);
        if !visible.contains_key(&account) {
            return Err(store::no_account());
        }
        seen.put(space, key, account);
    }
    Ok(seen)
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
    let rows: Vec<_> = resolution.fresh.iter().map(row).collect();
    store::insert(cx, tx, &rows, run)?;
    let at = said_place(tx)?;
    let said = |fresh: &Fresh| Said { at, made: true, says: fresh.sheet.clone(), ..Said::default() }.write();
    let made: Vec<_> =
        resolution.fresh.iter().map(|fresh| Change { id: fresh.number, before: said(fresh) }).collect();
    keep_changes(tx, run, super::taken::CHANGE, &made)?;
    super::searching::ask(cx, tx)?;
    Ok(ids)
}

fn row(fresh: &Fresh) -> NewAccount<'_> {
    NewAccount {
        id: AccountId::new(fresh.number),
        sheet: &fresh.sheet,
        key: Some((&fresh.space, &fresh.key)),
    }
}
