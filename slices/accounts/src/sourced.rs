//! A fact as the row of a file tells it, and what a batch of them would do.
//!
//! A row is the same one when its cells are the same; where the file numbers its records, a row of a known number whose
//! cells differ says anew what that record tells. So a file that comes twice changes nothing, and a later file adds what
//! it has more and corrects what it has otherwise.

use std::collections::{HashMap, HashSet, VecDeque};

use kernel::{Currency, Moment};
use timeline::Fact;

use crate::{Party, Resolution};

/// A fact as the row of a file tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct FactInput<'a> {
    /// The record in the file, the first after the header being 1.
    pub row: i64,
    /// What makes the record the same one in another copy of the file.
    pub identity: i64,
    /// In whose numbering `key` is: tickets of one system, entries of another.
    pub space: &'a str,
    /// The number of the record there; empty where the file numbers none, then its cells alone make it the same.
    pub key: &'a str,
    /// The row is counted by it; false for what it tells besides, such as the rating of a conversation.
    pub main: bool,
    /// Whom it is about.
    pub party: Party<'a>,
    /// When it happened.
    pub occurred: Moment,
    /// The currency of its amounts.
    pub currency: Option<Currency>,
    /// What happened.
    pub fact: Fact,
}

/// What a batch of facts would do.
#[derive(Debug)]
pub struct Planned<'a> {
    pub(crate) told: Vec<Told<'a>>,
    /// The accounts it found and those it would make.
    pub resolution: Resolution,
    /// What it comes to.
    pub counts: Counts,
    /// Rows about an account that the viewer may not see; they are no part of the rest.
    pub walled: Vec<FactInput<'a>>,
}

/// What the rows of a batch come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows that are new.
    pub create: i64,
    /// Rows that say anew what a known record tells.
    pub update: i64,
    /// Rows that are stored already.
    pub skip: i64,
}

/// A record that told a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its number.
    pub id: i64,
    /// What makes it the same one in another copy of its file.
    pub identity: i64,
    /// Whom it is about.
    pub account: i64,
    /// The fact it told.
    pub fact: i64,
    /// The import that brought it.
    pub run: i64,
    /// The import that changed it last; 0 for none.
    pub changed: i64,
}

/// Something to be written.
#[derive(Debug)]
pub(crate) struct Told<'a> {
    pub(crate) input: FactInput<'a>,
    /// Whom it is about; below zero for an account that would be new.
    pub(crate) account: i64,
    /// As it is stored, where the record is known and says something else.
    pub(crate) stored: Option<Stored>,
}

/// What the timeline told of a record before an import changed it, as it is written down to be taken back.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Before {
    pub(crate) identity: i64,
    pub(crate) account: i64,
    pub(crate) changed: i64,
    pub(crate) line: i64,
    pub(crate) occurred: i64,
    pub(crate) date_only: bool,
    pub(crate) currency: Option<String>,
    pub(crate) run: i64,
    pub(crate) row: i64,
    /// Nothing where somebody had withdrawn it.
    pub(crate) fact: Option<Fact>,
}

/// Sorts a batch into what is new, what says something anew and what is stored already; `accounts` are those of the
/// inputs, in their order, and `hidden` those that the viewer may not see.
pub(crate) fn sorted<'a>(
    inputs: &[FactInput<'a>],
    accounts: &[i64],
    hidden: &HashSet<i64>,
    known: HashMap<(String, String), Vec<Stored>>,
    run: i64,
) -> (Vec<Told<'a>>, Counts, Vec<FactInput<'a>>) {
    let own = |by: i64| by == run && run != 0;
    let mut known: HashMap<_, VecDeque<Stored>> =
        known.into_iter().map(|(place, stored)| (place, stored.into())).collect();
    let place = |input: &FactInput<'_>| (input.space.to_owned(), place_key(input));
    let (mut told, mut counts, mut walled) = (Vec::new(), Counts::default(), Vec::new());
    let mut open = Vec::new();
    for (input, account) in inputs.iter().zip(accounts) {
        let stored = known.get_mut(&place(input));
        let same = stored.and_then(|all| {
            let at = all.iter().position(|stored| stored.identity == input.identity)?;
            all.remove(at)
        });
        let out =
            hidden.contains(account) || same.as_ref().is_some_and(|same| hidden.contains(&same.account));
        match same {
            _ if out => walled.push(input.clone()),
            Some(same) => counts.stored(input.main, own(same.run), own(same.changed)),
            None => open.push((input, *account)),
        }
    }
    for (input, account) in open {
        let stored = known.get_mut(&place(input)).and_then(VecDeque::pop_front);
        if stored.as_ref().is_some_and(|stored| hidden.contains(&stored.account)) {
            walled.push(input.clone());
            continue;
        }
        match (&stored, input.main) {
            (Some(stored), true) if own(stored.run) => counts.create += 1,
            (Some(_), true) => counts.update += 1,
            (None, true) => counts.create += 1,
            (_, false) => (),
        }
        told.push(Told { input: input.clone(), account, stored });
    }
    (told, counts, walled)
}

/// Under which key a row is kept: its number, else its cells.
pub(crate) fn place_key(input: &FactInput<'_>) -> String {
    if input.key.is_empty() {
        format!("{:016x}", input.identity.cast_unsigned())
    } else {
        input.key.to_owned()
    }
}

impl Counts {
    fn stored(&mut self, main: bool, made: bool, changed: bool) {
        let count = match () {
            () if made => &mut self.create,
            () if changed => &mut self.update,
            () => &mut self.skip,
        };
        *count += i64::from(main);
    }
}
