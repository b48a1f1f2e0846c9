//! Bulk: one act on many relationships: what it would do to each, what it did, taken back as one.

use kernel::{Id, Kind, Problem, Result};
use speech::say;
use timeline::{AccountId, LineId};

use crate::word::words;

/// The id of a bulk.
pub type BulkId = Id<BulkKind>;

/// Marks ids of bulks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BulkKind;

impl Kind for BulkKind {
    const PREFIX: &'static str = "blk";
    const NOUN: &'static str = "a bulk";
}

/// Most relationships at once: what one transaction does while others wait.
pub const MOST: usize = 1_000;

words! {
    /// What is done to each of them.
    Deed {
        /// Their class is set by hand.
        Class = "class",
        /// What they told us that they want is noted.
        Preference = "preference",
        /// That they became client or customer is answered.
        Crossing = "crossing",
    }
}

words! {
    /// What becomes of one of them.
    Fate {
        /// It changes.
        Changes = "changes",
        /// It is so already.
        Already = "already",
        /// It cannot be done, and why is said.
        Refused = "refused",
    }
}

/// A part of a bulk that was done, and how it is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The number of the relationship.
    pub relationship: i64,
    /// Whose.
    pub account: AccountId,
    /// On which line; 0 for what was said of everything.
    pub line: LineId,
    /// The override or the fact that was made; 0 for none.
    pub made: i64,
    /// The crossing that was answered by it; 0 for none.
    pub crossing: i64,
    /// Until when that crossing had been put off.
    pub crossing_until: i64,
}

/// What is to be done.
///
/// # Errors
/// `bulk.act` for a word that is none.
pub fn deed(word: &str) -> Result<Deed> {
    Deed::parse(word.trim()).ok_or_else(|| {
        let known: Vec<_> = Deed::ALL.iter().map(|deed| deed.as_str()).collect();
        let text =
            say!("do one thing to many: {word:?} is none that can be done; there are {}", known.join(", "));
        Problem::invalid("act", "bulk.act", text)
    })
}
