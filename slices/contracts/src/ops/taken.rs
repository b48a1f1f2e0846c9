//! Taking back what an import said of contracts: its statements leave, and contracts and facts are what they would be
//! without it.

use std::collections::{HashMap, HashSet};

use ::store::Tx;
use kernel::{Context, Result};
use timeline::{
    AccountId, FactId, LineId,
    store::{self as timeline_store, Change, hand_over},
};

use super::{batch::count, tell};
use crate::{
    agreement::Agreement,
    contract::{Contract, Version},
    store,
};

/// The kind under which imports write down contracts.
pub const CHANGE: &str = "contract";

/// What taking back a batch of contracts came to.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    /// Contracts that went.
    pub removed: i64,
    /// Contracts that stay as others tell of them.
    pub restored: i64,
    /// Contracts of which everything stays, because something recorded since stands on it.
    pub kept: Vec<KeptContract>,
}

/// A contract that stays.
#[derive(Clone, Debug)]
pub struct KeptContract {
    /// Its number among contracts.
    pub id: i64,
    /// Whose it is.
    pub account: AccountId,
    /// Its key as written.
    pub key: String,
    /// Why it stays, and what to do.
    pub reason: &'static str,
}

const REFERRED: &str =
    "a fact recorded since refers to it; withdraw that fact, then take the import back again";
const WALLED: &str =
    "you may not change contracts of this party; have somebody who deals with them take it back";
const DECIDED: &str = "a renewal or a withdrawal was recorded on it since; it stays, with what was decided";
const AMENDED: &str = "it was amended by hand since; retract those versions, then take the import back again";

const REASON: &str = "its import was taken back";

/// Takes the statements of an import out of these contracts; at most 256, as the import wrote them down. With `write`
/// false it only counts.
///
/// # Errors
/// `store.statement`.
pub fn take_back(cx: &Context, tx: &mut Tx<'_>, run: i64, changes: &[Change], write: bool) -> Result<Taken> {
    let ids: Vec<i64> = changes.iter().map(|change| change.id).collect();
    let contracts = store::whole(tx, &ids)?;
    let holds = Holds::find(cx, tx, run, &ids, &contracts)?;
    let mut taken = Taken::default();
    let (mut remove, mut lost, mut stay, mut heirs) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for before in contracts {
        let mut after = before.clone();
        after.versions = without(&before.versions, run);
        if let Some(reason) = holds.reason(&before, &after, run) {
            let (id, account, key) = (before.id.0, before.account, before.key);
            taken.kept.push(KeptContract { id, account, key, reason });
            continue;
        }
        let heir = after.versions.iter().map(|version| version.run).min();
        match heir {
            None => {
                let facts = before.facts.into_iter().filter(|fact| *fact != 0);
                lost.extend(facts.map(|fact| (before.account, before.line, FactId::new(fact))));
                remove.push(before.id.0);
            }
            Some(heir) => {
                if before.run == run {
                    after.run = heir;
                    heirs.push((before.id.0, heir));
                }
                stay.push((Some(before), after));
            }
        }
    }
    taken.removed = count(remove.len());
    taken.restored = count(stay.len());
    if write {
        timeline_store::take_back(cx, tx, &lost, REASON)?;
        store::remove(tx, &remove)?;
        tell::write(cx, tx, &mut stay, REASON)?;
        hand_over(tx, CHANGE, &heirs)?;
    }
    Ok(taken)
}

/// Without what a run said; a later statement of an import that says nothing new then was never made either.
fn without(versions: &[Version], run: i64) -> Vec<Version> {
    let (mut known, mut stay) = (Agreement::default(), Vec::new());
    for version in versions.iter().filter(|version| version.run != run) {
        let mut after = known.clone();
        after.over(&version.said);
        if stay.is_empty() || version.run == 0 || version.effective.is_some() || after != known {
            known = after;
            stay.push(version.clone());
        }
    }
    stay
}

/// What was recorded on contracts since.
struct Holds {
    hidden: HashSet<i64>,
    referred: HashSet<FactId>,
    decided: HashSet<i64>,
}

impl Holds {
    fn find(cx: &Context, tx: &mut Tx<'_>, run: i64, ids: &[i64], contracts: &[Contract]) -> Result<Holds> {
        let facts = contracts.iter().flat_map(|one| one.facts.map(|fact| (one.account, FactId::new(fact))));
        let places: Vec<_> = facts.filter(|(_, fact)| fact.0 != 0).collect();
        let own: HashSet<FactId> = places.iter().map(|(_, fact)| *fact).collect();
        let by_others = timeline_store::who_refer(tx, &places)?;
        let mut decided = store::steps(tx, ids)?;
        decided.extend(store::linked(tx, run, ids)?);
        Ok(Holds {
            hidden: accounts::hidden(cx, tx, contracts.iter().map(|one| one.account.0))?,
            referred: by_others.into_iter().filter(|(by, _)| !own.contains(by)).map(|(_, to)| to).collect(),
            decided,
        })
    }

    /// Why a contract stays as it is, if it does.
    fn reason(&self, before: &Contract, after: &Contract, run: i64) -> Option<&'static str> {
        let goes = after.versions.is_empty();
        let loses_first = before.versions.first().is_some_and(|first| first.run == run);
        let told = crate::facts::told(after, FactId::new(before.facts[0]));
        let lost =
            before.facts.iter().zip(&told).filter(|(known, told)| **known != 0 && (goes || told.is_none()));
        let is_referred =
            lost.map(|(known, _)| FactId::new(*known)).any(|fact| self.referred.contains(&fact));
        match () {
            () if self.hidden.contains(&before.account.0) => Some(WALLED),
            () if goes && self.decided.contains(&before.id.0) => Some(DECIDED),
            () if loses_first && after.versions.iter().any(|version| version.run == 0) => Some(AMENDED),
            () if is_referred => Some(REFERRED),
            () => None,
        }
    }
}

/// Which of these accounts have a contract, or are said to have left, by something that this import did not bring, and
/// the first import that brought it; 0 for one recorded by hand.
///
/// # Errors
/// `store.statement`.
pub fn who_contracted(tx: &mut Tx<'_>, run: i64, accounts: &[AccountId]) -> Result<HashMap<AccountId, i64>> {
    store::who_contracted(tx, run, accounts)
}

/// Whether a contract stands on a line.
///
/// # Errors
/// `store.statement`.
pub fn is_used(tx: &mut Tx<'_>, line: LineId) -> Result<bool> {
    store::is_used(tx, line)
}
