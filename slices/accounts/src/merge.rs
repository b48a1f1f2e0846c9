//! Two accounts that are one party: which one is kept, and which becomes a pointer to it.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Problem, Result};
use speech::say;
use timeline::AccountId;

/// Some accounts merged by one call.
pub type MergeId = kernel::Id<MergeKind>;

/// Marks ids of merges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MergeKind;

impl kernel::Kind for MergeKind {
    const PREFIX: &'static str = "mrg";
    const NOUN: &'static str = "a merge";
}

/// How far a merge has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Its pairs are being merged.
    Merging,
    /// All are merged that could be.
    Merged,
    /// It is being undone.
    Undoing,
    /// It is undone.
    Undone,
}

impl State {
    /// The word in the table and on pages.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Merging => "merging",
            State::Merged => "merged",
            State::Undoing => "undoing",
            State::Undone => "undone",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<State> {
        [State::Merging, State::Merged, State::Undoing, State::Undone]
            .into_iter()
            .find(|state| state.as_str() == word)
    }
}

/// One account that is kept, and one that becomes a pointer to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Couple {
    /// Keeps its id and receives what stood on the other.
    pub kept: AccountId,
    /// Its id leads to the other from then on.
    pub gone: AccountId,
}

/// The couples with every chain followed to its end, so that no account that goes is one that another goes to.
///
/// # Errors
/// `accounts.merge_self` for an account merged with itself, also by way of others; `accounts.merge_twice` for one that is
/// to go to two others.
pub fn straightened(couples: &[Couple]) -> Result<Vec<Couple>> {
    let mut goes_to = BTreeMap::new();
    for couple in couples {
        let before = goes_to.insert(couple.gone, couple.kept);
        if before.is_some_and(|kept| kept != couple.kept) {
            let text = say!(
                "merge accounts: one of them is to become part of two others; say which of the two, or merge those first"
            );
            return Err(Problem::invalid("pairs", "accounts.merge_twice", text));
        }
    }
    let ends = goes_to.keys().map(|gone| {
        let (mut at, mut met) = (*gone, BTreeSet::new());
        while let Some(next) = goes_to.get(&at) {
            if !met.insert(at) {
                let text = say!(
                    "merge accounts: one of them is to become part of itself; name two different accounts"
                );
                return Err(Problem::invalid("pairs", "accounts.merge_self", text));
            }
            at = *next;
        }
        Ok(Couple { kept: at, gone: *gone })
    });
    ends.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn couple(kept: i64, gone: i64) -> Couple {
        Couple { kept: AccountId::new(kept), gone: AccountId::new(gone) }
    }

    #[test]
    fn chains_are_followed_and_circles_are_refused() {
        let found = straightened(&[couple(2, 3), couple(1, 2), couple(1, 5)]).unwrap();
        assert_eq!(found, [couple(1, 2), couple(1, 3), couple(1, 5)]);
        assert_eq!(straightened(&[couple(1, 1)]).unwrap_err().code, "accounts.merge_self");
        let circle = [couple(1, 2), couple(2, 3), couple(3, 1)];
        assert_eq!(straightened(&circle).unwrap_err().code, "accounts.merge_self");
        let torn = [couple(1, 3), couple(2, 3)];
        assert_eq!(straightened(&torn).unwrap_err().code, "accounts.merge_twice");
    }
}
