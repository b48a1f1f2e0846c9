//! What a walk has found out about bills: which it met, whose they are, what rows about them come to.

use std::collections::HashMap;

use timeline::said::blank;

use super::{BillInput, BillKind};

/// What a walk has found out about bills.
#[derive(Debug, Default)]
pub struct SeenBills {
    pub(crate) met: HashMap<(BillKind, String), Met>,
    pub(crate) planned: i64,
}

/// A bill that a row has named.
#[derive(Clone, Debug)]
pub(crate) struct Met {
    pub(crate) number: i64,
    /// The walk made it, or would.
    pub(crate) made: bool,
    /// A row changes what was there before the walk.
    pub(crate) updated: bool,
    /// Whose it is and in which currency: what one key names twice is one bill only where these agree.
    pub(crate) whose: String,
}

/// What a batch comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BillCounts {
    /// Bills that are new.
    pub created: i64,
    /// Bills that were there and that a row changes.
    pub updated: i64,
    /// Bills that were there and of which rows say nothing new.
    pub linked: i64,
    /// Rows about a bill of which an earlier row said something.
    pub repeated: i64,
    /// Accounts that are new because a bill names them.
    pub accounts_created: i64,
    /// Accounts that were there and are met for the first time.
    pub accounts_linked: i64,
}

impl BillCounts {
    /// Adds what another batch came to.
    pub fn add(&mut self, other: BillCounts) {
        self.created += other.created;
        self.updated += other.updated;
        self.linked += other.linked;
        self.repeated += other.repeated;
        self.accounts_created += other.accounts_created;
        self.accounts_linked += other.accounts_linked;
    }
}

/// The rows that give each key to one party in one currency, and those that give a key to another.
pub(crate) fn sorted<'i, 'a>(
    met: &SeenBills,
    kind: BillKind,
    inputs: &'i [BillInput<'a>],
) -> (Vec<&'i BillInput<'a>>, Vec<BillInput<'a>>) {
    let mut first: HashMap<&str, String> = HashMap::new();
    let (mut fitting, mut clashing) = (Vec::with_capacity(inputs.len()), Vec::new());
    for input in inputs {
        let before = || met.met.get(&(kind, input.key.clone())).map(|met| met.whose.clone());
        let known = first.entry(&input.key).or_insert_with(|| before().unwrap_or_else(|| whose(input)));
        match *known == whose(input) {
            true => fitting.push(input),
            false => clashing.push(input.clone()),
        }
    }
    (fitting, clashing)
}

/// Whose a bill is, and in which currency.
pub(crate) fn whose(input: &BillInput<'_>) -> String {
    let (space, key) = input.party.map(|party| (party.space, party.key)).unwrap_or_default();
    format!("{space}\u{1f}{key}\u{1f}{}", blank(&input.says, "currency"))
}
