//! What can be done with orders.

mod batch;
mod figures;
mod lines;
mod record;
mod taken;

pub use self::{
    batch::{apply, plan, plan_after},
    figures::{Which, WhichArticles, articles, figures},
    lines::{OfFact, ShownLine, ShownOrder, lines},
    record::{NewLine, NewOrder, Record, record_orders},
    taken::{CHANGE, KeptOrder, Taken, is_used, take_back, who_ordered},
};

use slice::{Operation, op};

/// The operation table.
pub fn table() -> Vec<Operation> {
    vec![
        op(figures::FIGURES, figures),
        op(figures::ARTICLES, articles),
        op(record::RECORD, record_orders),
        op(lines::LINES, lines),
    ]
}
