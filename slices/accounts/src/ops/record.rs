//! Accounts as the rows of a file say them, many at once: a plan that only reads, then exactly that plan written.
//!
//! A row says some fields of a party and leaves others open; what it leaves open stays. What an import said of an
//! account is kept as its statement, so that it can be taken back without what others said (see `timeline::said`).

use std::collections::HashMap;

use ::store::Tx;
use kernel::{Context, Result};
use timeline::{
    AccountId,
    said::{self, Said, Sheet},
    store::{Change, rewrite_changes, said_of, said_place},
};

use super::{listed, resolve, taken};
pub use crate::account_input::{AccountInput, Counts};
use crate::{
    account::tidied,
    link,
    party::{Party, Resolution, Seen},
    party_kind::LinkKind,
    store::{self, links},
};

/// What a batch of rows would do.
#[derive(Debug)]
pub struct Planned<'a> {
    records: Vec<Record>,
    /// The accounts it found and those it would make.
    pub resolution: Resolution,
    /// What it comes to.
    pub counts: Counts,
    /// Rows about an account that the viewer may not see; they are no part of the rest.
    pub walled: Vec<AccountInput<'a>>,
    /// The account of each row that is no part of `walled`, in their order: below zero for one that would be new.
    pub accounts: Vec<i64>,
}

/// An account and what the rows of a batch say of it.
#[derive(Debug)]
struct Record {
    account: i64,
    says: Sheet,
    links: Vec<(LinkKind, i64, String)>,
    /// As it is stored; none for one that would be new.
    current: Option<Sheet>,
    /// What this import said of it so far.
    own: Option<Said>,
    /// Rows about it so far.
    rows: usize,
    /// A row changes what was there before the import.
    updated: bool,
}

impl Planned<'_> {
    /// Has later batches of the walk know what this one found out, once it is written (or, in a dry run, counted).
    pub fn learn(&self, seen: &mut Seen) {
        seen.learn(&self.resolution);
        for record in &self.records {
            *seen.stated.entry(record.account).or_default() |= record.updated;
        }
    }
}

/// Works out what a batch does; reads only. `run` is the import that asks: what that same import wrote before it was
/// interrupted counts as new. Rows about an account behind a wall that keeps the viewer out, or that would hang one on
/// such an account, are set aside.
///
/// # Errors
/// `store.statement`.
pub fn plan<'a>(
    cx: &Context,
    tx: &mut Tx<'_>,
    seen: &Seen,
    inputs: &[AccountInput<'a>],
    run: i64,
) -> Result<Planned<'a>> {
    let named = |input: &AccountInput<'a>| {
        std::iter::once(input.party).chain(input.links.iter().map(|(_, party, _)| *party)).collect::<Vec<_>>()
    };
    let parties: Vec<Party<'a>> = inputs.iter().flat_map(named).collect();
    let resolution = resolve::plan(cx, tx, seen, &parties, run)?;
    let mut planned = Planned {
        records: Vec::new(),
        counts: Counts::default(),
        walled: Vec::new(),
        accounts: Vec::with_capacity(inputs.len()),
        resolution,
    };
    let stored = Stored::read(cx, tx, &planned.resolution, run)?;
    planned.counts.created = count(planned.resolution.created());
    let (mut places, mut at) = (HashMap::new(), 0);
    for input in inputs {
        let accounts = &planned.resolution.accounts[at..=at + input.links.len()];
        at += accounts.len();
        if accounts.iter().any(|account| planned.resolution.hidden.contains(account)) {
            planned.walled.push(input.clone());
            continue;
        }
        let account = accounts[0];
        let links = input.links.iter().zip(&accounts[1..]);
        let links: Vec<_> = links.map(|((kind, _, since), other)| (*kind, *other, tidied(since))).collect();
        planned.accounts.push(account);
        let place = *places.entry(account).or_insert_with(|| {
            planned.records.push(stored.record(account));
            planned.records.len() - 1
        });
        let is_old = !seen.made.contains(&account) && stored.is_old(account, &planned.resolution);
        let before = seen.stated.get(&account).copied();
        planned.records[place].say(input.says(), links);
        planned.counts.met(&mut planned.records[place], before, is_old);
    }
    planned.enrich();
    Ok(planned)
}

/// What is stored of the accounts of a batch.
struct Stored {
    sheets: HashMap<i64, Sheet>,
    own: HashMap<i64, Said>,
}

impl Stored {
    fn read(cx: &Context, tx: &mut Tx<'_>, resolution: &Resolution, run: i64) -> Result<Stored> {
        let mut ids: Vec<i64> = resolution.accounts.iter().copied().filter(|id| 0 < *id).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut sheets = store::sheets(cx, tx, &ids)?;
        links::add(cx, tx, &mut sheets)?;
        let mut own = HashMap::new();
        for (id, all) in said_of(tx, taken::CHANGE, &ids)? {
            own.extend(all.into_iter().find(|(by, _)| *by == run && run != 0).map(|(_, said)| (id, said)));
        }
        Ok(Stored { sheets, own })
    }

    fn record(&self, account: i64) -> Record {
        Record {
            account,
            says: Sheet::new(),
            links: Vec::new(),
            current: self.sheets.get(&account).cloned(),
            own: self.own.get(&account).cloned(),
            rows: 0,
            updated: false,
        }
    }

    /// It was there before this import.
    fn is_old(&self, account: i64, resolution: &Resolution) -> bool {
        0 < account && !resolution.again.contains(&account)
    }
}

impl Counts {
    /// Counts a row about an account. `before` says whether an earlier batch met it, and changed it.
    fn met(&mut self, record: &mut Record, before: Option<bool>, is_old: bool) {
        let is_first = record.rows == 1 && before.is_none();
        self.repeated += i64::from(!is_first);
        self.linked += i64::from(is_first && is_old);
        if is_old && before != Some(true) && !record.updated && record.changes() {
            record.updated = true;
            self.updated += 1;
            self.linked -= 1;
        }
    }
}

impl Record {
    fn say(&mut self, says: Sheet, links: Vec<(LinkKind, i64, String)>) {
        self.rows += 1;
        self.says.extend(says);
        self.links.extend(links);
    }

    /// Everything it says, links among it.
    fn all(&self) -> Sheet {
        let mut all = self.says.clone();
        for (kind, other, since) in &self.links {
            let field = link::field(kind.as_str(), *other);
            let known = self.current.as_ref().map_or("", |current| said::blank(current, &field));
            // Who only says that it hangs there does not unsay since when.
            let since = if since.is_empty() && !known.is_empty() { known } else { link::written(since) };
            all.insert(field, since.to_owned());
        }
        all
    }

    fn changes(&self) -> bool {
        let nothing = Sheet::new();
        said::differs(self.current.as_ref().unwrap_or(&nothing), self.own.as_ref(), &self.all())
    }
}

impl Planned<'_> {
    /// What the rows say of accounts that this batch makes belongs to their making.
    fn enrich(&mut self) {
        let by_number: HashMap<i64, &Sheet> =
            self.records.iter().map(|record| (record.account, &record.says)).collect();
        for fresh in &mut self.resolution.fresh {
            if let Some(says) = by_number.get(&fresh.number) {
                fresh.sheet.extend((*says).clone());
            }
        }
    }
}

/// Writes a plan in the transaction that made it.
///
/// # Errors
/// `store.conflict` when another import wrote the same meanwhile: plan again.
pub fn apply(cx: &Context, tx: &mut Tx<'_>, planned: &mut Planned<'_>, run: i64) -> Result<()> {
    let ids = resolve::apply(cx, tx, &mut planned.resolution, run)?;
    let named = |account: i64| ids.get(&account).copied().unwrap_or(account);
    planned.accounts.iter_mut().for_each(|account| *account = named(*account));
    let made: HashMap<i64, &Sheet> =
        planned.resolution.fresh.iter().map(|fresh| (fresh.number, &fresh.sheet)).collect();
    let at = if run == 0 { 0 } else { said_place(tx)? };
    let (mut fields, mut hangs, mut changes, mut otherwise) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for record in &mut planned.records {
        record.account = named(record.account);
        record.links.iter_mut().for_each(|(_, other, _)| *other = named(*other));
        let is_new = made.contains_key(&record.account);
        if is_new && record.links.is_empty() {
            continue;
        }
        let all = record.all();
        let nothing = Sheet::new();
        let current = made.get(&record.account).copied().or(record.current.as_ref()).unwrap_or(&nothing);
        let after = said::with(current.clone(), &all);
        let own = record.own.take();
        let mut said = own.unwrap_or_else(|| Said { at, made: is_new, ..Said::default() });
        if is_new {
            said.say(&nothing, current);
        }
        said.say(current, &all);
        if link::differ(current, &after) {
            hangs.push((record.account, after.clone()));
        }
        if !is_new && listed::is_otherwise(current, &after) {
            otherwise.push(AccountId::new(record.account));
        }
        if !is_new && *current != after {
            fields.push((record.account, after));
        }
        changes.push(Change { id: record.account, before: said.write() });
    }
    store::rewrite(tx, &fields)?;
    links::rewrite(tx, &hangs)?;
    listed::anew(cx, tx, &otherwise)?;
    rewrite_changes(tx, run, taken::CHANGE, &changes)
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
