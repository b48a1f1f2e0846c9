//! What can be done with accounts.

mod accounts;
mod audit;
mod change;
pub(crate) mod changed;
pub mod contacts;
pub mod contacts_taken;
pub mod duplicates;
mod facts;
pub mod find;
mod found;
pub mod indexing;
pub mod likely;
mod lines;
pub mod links;
mod listed;
pub mod many;
mod matching;
mod meant;
pub mod merge;
pub mod merges;
pub mod merging;
pub mod people;
pub mod people_change;
pub mod people_like;
pub mod record;
pub mod resolve;
pub mod searching;
pub mod sourced;
pub mod sourced_taken;
mod spelling;
pub mod taken;
pub mod threshold;
mod words;

pub(crate) use self::change::planned;
pub use self::{
    accounts::{Known, Named, Shown, ShownGuess, Wall, add, glance, set_wall, view},
    audit::{AuditPage, concerned, list_audit},
    change::{Hangs, ShownEarlier, ShownLink, change, hang},
    facts::{History, Record, RecordedFacts, ShownFact, Source, Withdraw, history, record, shown, withdraw},
    lines::{Nothing, ShownLine, lines},
    words::{Add, Change},
};

use slice::{Operation, op};

/// The operation table.
pub fn table() -> Vec<Operation> {
    vec![
        op(accounts::ADD, add),
        op(accounts::VIEW, view).brief(),
        op(change::CHANGE, change),
        op(change::LINK, hang),
        op(accounts::WALL, set_wall),
        op(people::RECORD, people::record),
        op(people::LIST, people::list).brief(),
        op(people_change::CHANGE, people_change::change),
        op(people_change::REMOVE, people_change::remove),
        op(facts::HISTORY, history),
        op(facts::RECORD, record),
        op(facts::WITHDRAW, withdraw),
        op(lines::LINES, lines),
        op(find::FIND, find::find).brief(),
        op(duplicates::LIST, duplicates::list),
        op(duplicates::DECIDE, duplicates::decide),
        op(duplicates::MERGE, duplicates::merge),
        op(duplicates::SEARCH, duplicates::search),
        op(threshold::AUTO, threshold::auto),
        op(merge::ADD, merge::add),
        op(merges::LIST, merges::list),
        op(merge::VIEW, merge::view),
        op(merge::UNDO_HEAD, merge::undo),
        op(audit::LIST, list_audit),
    ]
}
