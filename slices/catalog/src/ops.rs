//! What can be done with products.

mod batch;
mod latest;
mod list;
mod record;
pub mod taken;

pub use self::{
    batch::{Foreseen, Planned, Tally, apply, plan, plan_after},
    list::{List, Named, ShownProduct, list, view},
    record::{NewProduct, Record, Recorded, record},
};
pub(crate) use self::{
    latest::{Latest, latest},
    record::meanwhile,
};

use slice::{Operation, op};

/// The operation table.
pub fn table() -> Vec<Operation> {
    vec![op(record::RECORD, record), op(list::LIST, list), op(list::VIEW, view)]
}
