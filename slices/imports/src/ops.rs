//! What can be done with imports.

mod receive;
mod run;
mod view;

pub use self::{
    receive::{Received, receive},
    run::{JOBS, plan, run},
    view::{Progress, ShownColumn, ShownImport, ShownRejection, progress},
};

use slice::{Operation, op};

/// The operation table. Sending the file itself is no operation: it is a stream and comes in at its own door.
pub fn table() -> Vec<Operation> {
    vec![
        op(view::LIST, view::list),
        op(view::VIEW, view::view),
        op(view::REJECTIONS, view::rejections),
        op(view::MAPPING, view::set_mapping),
        op(view::PLAN, view::ask_plan),
        op(view::RUN, view::ask_run),
        op(view::DISCARD, view::discard),
    ]
}
