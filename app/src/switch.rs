//! Switches with the consequences of every slice: what can be asked of the house about them.

use std::sync::LazyLock;

use relationship::ops::switch::{APPLY, Apply, PREVIEW, Preview, UNDO, Undo, apply, preview, undo};
use slice::{Consequences, Operation, op};

use crate::slices;

/// The consequences of all slices, in their order.
static SOCKETS: LazyLock<Vec<&'static Consequences>> =
    LazyLock::new(|| slices::all().iter().flat_map(|slice| slice.consequences).collect());

/// The operations: no slice knows what the others have to say.
pub fn operations() -> [Operation; 3] {
    [
        op(PREVIEW, |cx, tx, input: Preview| preview(cx, tx, &SOCKETS, input)),
        op(APPLY, |cx, tx, input: Apply| apply(cx, tx, &SOCKETS, input)),
        op(UNDO, |cx, tx, input: Undo| undo(cx, tx, &SOCKETS, &input)),
    ]
}
