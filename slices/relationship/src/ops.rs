//! What can be asked of the judgement.

mod book;
mod explanation;
mod policy;

pub use self::{
    book::{Book, BookRow, Filter, Total, list},
    explanation::{ExplainedFact, ExplainedLine, Explanation, Logged, Named, explain, history, view},
    policy::{Adopt, ShownPolicy, adopt},
};

use slice::{Operation, op};

/// The operation table.
pub fn table() -> Vec<Operation> {
    vec![
        op(book::LIST, list),
        op(explanation::VIEW, view),
        op(explanation::CASE, explanation::case),
        op(explanation::HISTORY, history),
        op(policy::VIEW, policy::view),
        op(policy::ADOPT, adopt),
        op(policy::BASELINE, policy::baseline),
    ]
}
