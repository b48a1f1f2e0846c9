//! What can be done with accounts.

mod accounts;
mod audit;
mod facts;
mod lines;
pub mod resolve;
pub mod sourced;
pub mod sourced_taken;
pub mod taken;

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
        op(audit::LIST, list_audit),
    ]
}
