//! What can be done with imports.

pub(crate) mod became;
pub(crate) mod change;
mod columns;
mod feed;
pub(crate) mod halt;
pub(crate) mod parts;
mod progress;
pub(crate) mod quality;
pub(crate) mod reading;
mod receive;
pub(crate) mod row;
mod run;
pub(crate) mod sight;
pub(crate) mod turn;
pub(crate) mod undo;
pub(crate) mod unpack;
pub(crate) mod view;
mod walk;

pub use self::{
    change::{SetMapping, ask_run, forget, set_mapping},
    parts::take_in,
    progress::{Progress, progress},
    receive::{Incoming, Received, receive, receive_all},
    row::{ShownCell, ShownRow},
    run::{JOBS, plan, run},
    undo::ask_undo,
    view::{Named, ShownColumn, ShownImport, ShownRejection},
};

use ::store::DataClass;
use kernel::Permission;
use slice::{Act, Head, Method, Operation, op};

/// The operation table. Sending the file itself is no operation: it is a stream and comes in at its own door.
pub fn table() -> Vec<Operation> {
    vec![
        op(view::LIST, view::list),
        op(view::VIEW, view::view),
        op(view::REJECTIONS, view::rejections),
        op(parts::PARTS, parts::parts),
        op(parts::LEAVE_OUT, parts::leave_out),
        op(parts::TAKE_IN, take_in),
        op(row::ROW, row::row),
        op(quality::QUALITY, quality::quality),
        op(quality::ROWS, quality::quality_rows),
        op(reading::READING, reading::set_reading),
        op(change::MAPPING, set_mapping),
        op(change::PLAN, change::ask_plan),
        op(change::RUN, ask_run),
        op(halt::PAUSE, halt::pause),
        op(halt::RESUME, halt::resume),
        op(halt::CANCEL, halt::cancel),
        op(change::DISCARD, change::discard),
        op(undo::PREVIEW, undo::preview),
        op(undo::UNDO, ask_undo),
    ]
}

/// What is common to the operations of this table.
const fn head(
    name: &'static str,
    act: Act,
    method: Method,
    path: &'static str,
    command: &'static str,
) -> Head {
    Head {
        name,
        act,
        method,
        path,
        command,
        permission: match act {
            Act::Read => Permission::Read,
            _ => Permission::Write,
        },
        class: DataClass::Business,
        sentence: "",
        examples: &[],
    }
}
