//! Taking back the facts that the rows of an import told.

use std::collections::{HashMap, HashSet};

use ::store::Tx;
use kernel::{Context, Currency, Moment, Result};
use timeline::{
    AccountId, Entry, FactId, LineId, SourceRow,
    store::{self as timeline_store, Change, NewFact},
};

use crate::{
    sourced::{Before, Stored},
    store::{self, sourced as kept},
};

/// The kind under which imports write down the records that told facts.
pub const CHANGE: &str = "fact";

/// What taking back a batch of records came to.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    /// Facts that went.
    pub removed: i64,
    /// Facts that say again what they said before.
    pub restored: i64,
    /// Records that stay.
    pub kept: Vec<KeptFact>,
}

/// A fact that stays.
#[derive(Clone, Debug)]
pub struct KeptFact {
    /// The number of its record.
    pub id: i64,
    /// Whom it is about.
    pub account: AccountId,
    /// Why it stays, and what to do.
    pub reason: &'static str,
}

const REASON: &str = "its import was taken back";
const REFERRED: &str =
    "a fact recorded since refers to it; withdraw that fact, then take the import back again";
const WALLED: &str =
    "you may not change facts about this party; have somebody who deals with them take it back";
const CHANGED: &str = "another import changed it since; take that one back first";

/// Takes the facts of these records back, as the import wrote them down; at most 256. With `write` false it only counts.
///
/// # Errors
/// `store.statement`.
pub fn take_back(cx: &Context, tx: &mut Tx<'_>, run: i64, changes: &[Change], write: bool) -> Result<Taken> {
    let ids: Vec<i64> = changes.iter().map(|change| change.id).collect();
    let records = kept::of_numbers(tx, &ids)?;
    let before: HashMap<i64, &str> =
        changes.iter().map(|change| (change.id, change.before.as_str())).collect();
    let hidden = store::hidden(cx, tx, records.iter().map(|stored| stored.account))?;
    let places: Vec<_> = records.iter().map(Stored::place).collect();
    let referred: HashSet<FactId> =
        timeline_store::who_refer(tx, &places)?.into_iter().map(|(_, to)| to).collect();
    let entries = timeline_store::entries(tx, &places)?;
    let entries: HashMap<i64, Entry> = entries.into_iter().map(|entry| (entry.id.0, entry)).collect();
    let (mut remove, mut restore, mut heirs) = (Vec::new(), Vec::new(), Vec::new());
    let mut taken = Taken::default();
    for stored in records {
        let old: Option<Before> = before.get(&stored.id).and_then(|text| serde_json::from_str(text).ok());
        let later = stored.changed != 0 && stored.changed != run;
        let reason = match &old {
            _ if hidden.contains(&stored.account) => Some(WALLED),
            Some(_) if later => Some(CHANGED),
            None if later => None,
            None if referred.contains(&FactId::new(stored.fact)) => Some(REFERRED),
            _ => None,
        };
        match (reason, old) {
            (Some(reason), _) => {
                taken.kept.push(KeptFact { id: stored.id, account: AccountId::new(stored.account), reason });
            }
            (None, Some(old)) => restore.push((stored, old)),
            (None, None) if later => heirs.push((stored.id, stored.changed)),
            (None, None) => remove.push(stored),
        }
    }
    taken.removed = i64::try_from(remove.len()).unwrap_or(0);
    taken.restored = i64::try_from(restore.len()).unwrap_or(0);
    if write {
        let mut gone: Vec<_> = remove.iter().filter_map(|stored| place_of(&entries, stored)).collect();
        gone.extend(restore.iter().filter_map(|(stored, _)| place_of(&entries, stored)));
        timeline_store::take_back(cx, tx, &gone, REASON)?;
        kept::remove(tx, &remove.iter().map(|stored| stored.id).collect::<Vec<_>>())?;
        put_back(cx, tx, &entries, &restore)?;
        inherit(tx, &heirs)?;
    }
    Ok(taken)
}

impl Stored {
    fn place(&self) -> (AccountId, FactId) {
        (AccountId::new(self.account), FactId::new(self.fact))
    }
}

/// Where the fact of a record stands, unless somebody withdrew it.
fn place_of(entries: &HashMap<i64, Entry>, stored: &Stored) -> Option<(AccountId, LineId, FactId)> {
    entries.get(&stored.fact).map(|entry| (entry.account, entry.line, entry.id))
}

/// Says again what records told before; what somebody withdrew since stays withdrawn.
fn put_back(
    cx: &Context,
    tx: &mut Tx<'_>,
    entries: &HashMap<i64, Entry>,
    restore: &[(Stored, Before)],
) -> Result<()> {
    let rows = restore.iter().map(|(stored, old)| Stored {
        identity: old.identity,
        account: old.account,
        changed: old.changed,
        ..stored.clone()
    });
    kept::update(tx, &rows.collect::<Vec<_>>())?;
    let mut facts = Vec::new();
    for (stored, old) in restore {
        let there = entries.contains_key(&stored.fact);
        facts.extend(old.fact_again(stored.fact).filter(|_| there));
    }
    timeline_store::append(cx, tx, &facts)
}

/// What another import changed since is that one's from now on.
fn inherit(tx: &mut Tx<'_>, heirs: &[(i64, i64)]) -> Result<()> {
    let numbers: Vec<i64> = heirs.iter().map(|(id, _)| *id).collect();
    let records = kept::of_numbers(tx, &numbers)?;
    let rows = records.into_iter().map(|stored| Stored { run: stored.changed, changed: 0, ..stored });
    kept::update(tx, &rows.collect::<Vec<_>>())?;
    timeline_store::hand_over(tx, CHANGE, heirs)
}

impl Before {
    /// What a record told, as it stands in the timeline now.
    pub(crate) fn of(stored: &Stored, entry: Option<&Entry>) -> Before {
        let source = entry.and_then(|entry| entry.source).unwrap_or(SourceRow { run: 0, row: 0 });
        Before {
            identity: stored.identity,
            account: stored.account,
            changed: stored.changed,
            line: entry.map_or(0, |entry| entry.line.0),
            occurred: entry.map_or(0, |entry| entry.occurred.micros),
            date_only: entry.is_some_and(|entry| entry.occurred.date_only),
            currency: entry.and_then(|entry| entry.currency).map(|currency| currency.code().to_owned()),
            run: source.run,
            row: source.row,
            fact: entry.map(|entry| entry.fact.clone()),
        }
    }

    /// The fact as it was.
    fn fact_again(&self, id: i64) -> Option<NewFact> {
        Some(NewFact {
            id: FactId::new(id),
            account: AccountId::new(self.account),
            line: LineId::new(self.line),
            occurred: Moment { micros: self.occurred, date_only: self.date_only },
            currency: self.currency.as_deref().and_then(|code| Currency::parse(code).ok()),
            source: (self.run != 0).then_some(SourceRow { run: self.run, row: self.row }),
            fact: self.fact.clone()?,
        })
    }
}
