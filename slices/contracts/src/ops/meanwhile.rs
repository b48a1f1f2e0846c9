//! What somebody else changed of a contract since it was read: never overwritten without a word.

use kernel::{Outcome, Problem, Result, Version as Read};
use speech::say;

use crate::{
    agreement::{Agreement, FIELDS},
    contract::Contract,
};

/// A field that two sides changed, each to something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Clash {
    /// What the field is called, in English: a word of the catalogue.
    pub(crate) field: &'static str,
    /// What it said when the one side read it; nothing where that version is not known any more.
    pub(crate) was: Vec<String>,
    /// What it says now.
    pub(crate) theirs: Vec<String>,
    /// What the one side wants it to say.
    pub(crate) mine: Vec<String>,
}

/// The version of what is agreed in all: a mark for each field.
pub(super) fn version(terms: &Agreement) -> Read {
    let marks = speech::plainly(|| marks(terms));
    Read::of(marks.iter().map(String::as_str))
}

/// What is said in each field, in English.
fn marks(terms: &Agreement) -> Vec<String> {
    terms.words().into_iter().map(|said| said.map(|said| said.join("\n")).unwrap_or_default()).collect()
}

/// Takes out of what is said whatever the caller left as it was and somebody else changed since.
///
/// # Errors
/// `contracts.changed` where both changed a field to something else, `version.unknown`.
pub(super) fn settle(before: &Contract, said: &mut Agreement, expected: &str) -> Result<()> {
    let read = Read::read(expected, FIELDS.len())?;
    let (now, mine) = speech::plainly(|| (marks(&before.terms()), marks(said)));
    let says = said.words();
    let mut differ = Vec::new();
    for (at, (field, label)) in FIELDS.iter().enumerate().filter(|(at, _)| says[*at].is_some()) {
        match read.outcome(at, &now[at], &mine[at]) {
            Outcome::Same | Outcome::Mine => (),
            Outcome::Theirs => said.withdraw(field),
            Outcome::Differs => differ.push(speech::word!(*label)),
        }
    }
    if differ.is_empty() {
        return Ok(());
    }
    let (kind, key, fields) = (before.kind.spoken(), &before.key, differ.join(", "));
    let why = say!(
        "change {kind} {key:?}: somebody else changed this since it was read ({fields}), and nothing was written; read it again and say \
         which is right"
    );
    Err(Problem::stale("contracts.changed", why))
}

/// The fields that both changed, as a page shows them.
pub(crate) fn clashes(contract: &Contract, said: &Agreement, expected: &str) -> Vec<Clash> {
    let Ok(read) = Read::read(expected, FIELDS.len()) else { return Vec::new() };
    let (now, mine) = speech::plainly(|| (marks(&contract.terms()), marks(said)));
    let (theirs, wanted, base) = (contract.terms().words(), said.words(), base(contract, &read));
    let base = base.map(|base| base.words());
    let differs =
        |at: &usize| wanted[*at].is_some() && read.outcome(*at, &now[*at], &mine[*at]) == Outcome::Differs;
    let words = |all: &[Option<Vec<String>>], at: usize| all.get(at).cloned().flatten().unwrap_or_default();
    (0..FIELDS.len())
        .filter(differs)
        .map(|at| Clash {
            field: FIELDS[at].1,
            was: base.as_deref().map(|base| words(base, at)).unwrap_or_default(),
            theirs: words(&theirs, at),
            mine: words(&wanted, at),
        })
        .collect()
}

/// What was agreed in the version that somebody read: after as many of its versions as give the same marks.
fn base(contract: &Contract, read: &Read) -> Option<Agreement> {
    let mut earlier = contract.clone();
    while !earlier.versions.is_empty() {
        if version(&earlier.terms()) == *read {
            return Some(earlier.terms());
        }
        earlier.versions.pop();
    }
    None
}
