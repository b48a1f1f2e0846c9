//! What can be done with accounts.

mod accounts;
mod audit;
pub mod duplicates;
mod facts;
mod lines;
pub mod merge;
pub mod merges;
pub mod merging;
pub mod resolve;
pub mod searching;
pub mod sourced;
pub mod sourced_taken;
pub mod taken;
pub mod threshold;

pub use self::{
    accounts::{Add, Known, Named, Shown, Wall, add, set_wall, view},
    audit::{AuditPage, concerned, list_audit},
    facts::{History, Record, RecordedFacts, ShownFact, Source, Withdraw, history, record, shown, withdraw},
    lines::{Nothing, ShownLine, lines},
};

use slice::{Operation, op};

/// The operation table.
pub fn table() -> Vec<Operation> {
    vec![
        op(accounts::ADD, add),
        op(accounts::VIEW, view),
        op(accounts::WALL, set_wall),
        op(facts::HISTORY, history),
        op(facts::RECORD, record),
        op(facts::WITHDRAW, withdraw),
        op(lines::LINES, lines),
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
