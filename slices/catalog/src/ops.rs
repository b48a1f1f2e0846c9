//! What can be done with products.

mod batch;
mod list;
mod record;
pub mod taken;

pub(crate) use self::record::meanwhile;
pub use self::{
    batch::{Foreseen, Planned, Tally, apply, plan, plan_after},
    list::{List, Named, ShownProduct, list, view},
    record::{NewProduct, Record, Recorded, record},
};

use slice::{Operation, op};

/// The operation table.
pub fn table() -> Vec<Operation> {
    vec![op(record::RECORD, record), op(list::LIST, list), op(list::VIEW, view)]
}
