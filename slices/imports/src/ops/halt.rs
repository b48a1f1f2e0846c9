//! Stopping a step that is under way: to go on later, or to take back what is in.

use ::store::{Tx, queue};
use kernel::{Context, Problem, Result};
use slice::{Act, Head, Method};
use speech::say;

use super::{
    change::{find_open, forget_dry_run},
    head,
    run::RUN_JOB,
    turn,
    undo::take_back,
    view::{Named, ShownImport, view},
};
use crate::{
    bundle::in_order,
    run::{Run, State},
    store as kept,
};

pub(super) const PAUSE: Head = Head {
    sentence: "Pauses an import that is running: what is in stays, and others may have their turn.",
    examples: &["mainstay import imp_x7Kq2 pause"],
    ..head("import.pause", Act::Write, Method::Post, "/imports/{id}/pause", "import {id} pause")
};

/// Pauses an import between two batches.
///
/// # Errors
/// `imports.none`, `imports.not_open`, `imports.state` for one that is not running.
pub fn pause(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<ShownImport> {
    let parts = in_state(cx, tx, &input.id, &[State::Running], |name| {
        say!("import of {name} is not running, so it cannot be paused")
    })?;
    set(tx, &parts, State::Paused)?;
    turn::pass_on(cx, tx, parts[0].lead())?;
    view(cx, tx, input)
}

pub(super) const RESUME: Head = Head {
    sentence: "Resumes an import that was paused, behind those that were started meanwhile.",
    examples: &["mainstay import imp_x7Kq2 resume"],
    ..head("import.resume", Act::Write, Method::Post, "/imports/{id}/resume", "import {id} resume")
};

/// Resumes an import.
///
/// # Errors
/// `imports.none`, `imports.not_open`, `imports.state` for one that is not paused.
pub fn resume(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<ShownImport> {
    let parts = in_state(cx, tx, &input.id, &[State::Paused], |name| {
        say!("import of {name} is not paused, so it cannot be resumed")
    })?;
    set(tx, &parts, State::Running)?;
    kept::start(tx, &parts)?;
    queue::put(tx, RUN_JOB, &parts[0].lead().0.to_string(), cx.now.micros)?;
    view(cx, tx, input)
}

pub(super) const CANCEL: Head = Head {
    sentence: "Cancels a dry run, or an import that is running or paused: what is in is taken back.",
    examples: &["mainstay import imp_x7Kq2 cancel"],
    ..head("import.cancel", Act::Danger, Method::Post, "/imports/{id}/cancel", "import {id} cancel")
};

/// Cancels what is under way; what is in is taken back in the background.
///
/// # Errors
/// `imports.none`, `imports.not_open`, `imports.state` where nothing is under way that can be cancelled.
pub fn cancel(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<ShownImport> {
    let states = [State::Planning, State::Running, State::Paused];
    let parts = in_state(cx, tx, &input.id, &states, |name| {
        say!("import of {name} is not under way; an import that is done can be taken back")
    })?;
    let lead = parts[0].lead();
    // What wrote nothing yet is as it was before it was started.
    for part in &parts {
        let state = match part.planned.is_empty() {
            true => State::Received,
            false => State::Planned,
        };
        kept::update(tx, part.id, &[("state", state.as_str().into()), ("done", 0.into())])?;
    }
    if parts[0].state == State::Planning {
        forget_dry_run(tx, lead)?;
    }
    let mut wrote: Vec<Run> = parts.into_iter().filter(|part| part.has_written()).collect();
    wrote.reverse();
    take_back(cx, tx, &wrote)?;
    turn::pass_on(cx, tx, lead)?;
    view(cx, tx, input)
}

/// Those that came together and are in one of the states; `why` says by their name that none is.
fn in_state(
    cx: &Context,
    tx: &mut Tx<'_>,
    id: &str,
    states: &[State],
    why: fn(String) -> String,
) -> Result<Vec<Run>> {
    let run = find_open(cx, tx, id)?;
    let mut parts = in_order(kept::parts(tx, run.lead())?);
    parts.retain(|part| states.contains(&part.state));
    match parts.is_empty() {
        true => Err(Problem::conflict("imports.state", why(run.called()))),
        false => Ok(parts),
    }
}

fn set(tx: &mut Tx<'_>, parts: &[Run], state: State) -> Result<()> {
    parts.iter().try_for_each(|part| kept::update(tx, part.id, &[("state", state.as_str().into())]))
}
