//! Imports that came together: each with its own columns, all planned, run and taken back as one.

use ::store::Tx;
use kernel::{Context, Problem, Result};
use schemars::JsonSchema;
use serde::Serialize;
use slice::{Act, Head, Method};
use speech::say;

use super::{
    change::{find_open, forget_dry_run},
    head,
    sight::Sight,
    view::{Named, ShownImport, shown, view},
};
use crate::{
    bundle::in_order,
    overlap::Overlap,
    run::{Run, State},
    store as kept,
};

pub(super) const PARTS: Head = Head {
    sentence: "Lists the tables that came together, each an import of its own, and what they have in common.",
    examples: &["mainstay import imp_x7Kq2 parts"],
    ..head("import.parts", Act::Read, Method::Get, "/imports/{id}/parts", "import {id} parts")
};

/// Imports that came together.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Parts {
    /// The id of the first of them, in whose name all are planned, run and taken back.
    pub id: String,
    /// How far they have come.
    pub state: String,
    /// Each of them, in the order in which they came.
    pub parts: Vec<ShownImport>,
    /// What their tables have in common.
    pub overlaps: Vec<Overlap>,
}

/// Lists the imports that came together; one that came alone is the only one.
///
/// # Errors
/// `imports.none`.
pub fn parts(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<Parts> {
    let run = kept::find(tx, cx.codes.read(&input.id)?)?;
    let all = kept::parts(tx, run.lead())?;
    let sight = Sight::of(cx, tx)?;
    let state = common_state(&all);
    // What is in common says what stands in the files, so it is for those to whom they are open.
    let overlaps = match all.iter().all(|part| sight.opens(part)) {
        true => kept::bundle::overlaps(tx, run.lead())?,
        false => Vec::new(),
    };
    let overlaps = overlaps.iter().filter_map(|overlap| serde_json::from_str(overlap).ok()).collect();
    let parts = all.into_iter().map(|part| shown(cx, part, None, sight)).collect();
    Ok(Parts { id: cx.codes.write(run.lead()), state: state.as_str().to_owned(), parts, overlaps })
}

/// How far all that are imported have come: what the first of them says, unless one stopped or is busy.
pub(super) fn common_state(all: &[Run]) -> State {
    let states: Vec<State> = in_order(all.to_vec()).iter().map(|part| part.state).collect();
    let telling =
        [State::Failed, State::Undoing, State::Running, State::Planning, State::Paused, State::Received];
    let told = telling.into_iter().find(|state| states.contains(state));
    told.or(states.first().copied()).unwrap_or(State::Received)
}

pub(super) const LEAVE_OUT: Head = Head {
    sentence: "Leaves a table out that came with others; they may still look values up in it.",
    examples: &["mainstay import imp_x7Kq2 leave-out"],
    ..head("import.leave_out", Act::Write, Method::Post, "/imports/{id}/leave-out", "import {id} leave-out")
};

/// Leaves a table out.
///
/// # Errors
/// `imports.none`, `imports.not_open`, `imports.state` while it is under way or when it wrote rows, `imports.alone` for
/// a file that came alone.
pub fn leave_out(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<ShownImport> {
    set(cx, tx, input, true)
}

pub(super) const TAKE_IN: Head = Head {
    sentence: "Takes a table in again that was left out.",
    examples: &["mainstay import imp_x7Kq2 take-in"],
    ..head("import.take_in", Act::Write, Method::Post, "/imports/{id}/take-in", "import {id} take-in")
};

/// Takes a table in again.
///
/// # Errors
/// As [`leave_out`].
pub fn take_in(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<ShownImport> {
    set(cx, tx, input, false)
}

fn set(cx: &Context, tx: &mut Tx<'_>, input: Named, out: bool) -> Result<ShownImport> {
    let run = find_open(cx, tx, &input.id)?;
    if run.bundle == 0 {
        let text = say!("{} came alone: there is nothing to leave out; discard it instead", run.name);
        return Err(Problem::conflict("imports.alone", text));
    }
    for part in kept::parts(tx, run.lead())? {
        part.must_rest()?;
        if part.has_written() {
            let text = say!("import of {} wrote rows; take it back first", part.called());
            return Err(Problem::conflict("imports.state", text));
        }
    }
    kept::update(tx, run.id, &[("left_out", i64::from(out).into())])?;
    forget_dry_run(tx, run.lead())?;
    view(cx, tx, input)
}
