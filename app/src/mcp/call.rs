//! A tool is called: who calls, whether it is a rehearsal or needs a person first, and then what REST does.

use axum::http::StatusCode;
use kernel::{Problem, Result};
use serde_json::{Map, Value, json};
use slice::{Act, Operation};

use super::{
    Speaker, confirmation,
    tool::{CONFIRM, DRY_RUN, Seat, name},
};
use crate::{
    api::{self, shape},
    serve::{Deed, Running, caller::Caller, refusal::Refusal},
    worker,
};

/// Why nothing was done, and what a program needs besides to go on.
pub(super) struct Stopped {
    pub(super) refusal: Refusal,
    pub(super) more: Map<String, Value>,
}

impl From<Problem> for Stopped {
    fn from(problem: Problem) -> Stopped {
        Stopped { refusal: problem.into(), more: Map::new() }
    }
}

/// What a call comes to.
///
/// # Errors
/// As the operation answers over REST; `mcp.confirm` for what a person has to agree to first.
pub(super) fn answer(
    running: &Running,
    seat: Seat,
    speaker: &Speaker,
    mut given: Map<String, Value>,
) -> std::result::Result<Value, Stopped> {
    let operation = seat.operation(&running.open.slices);
    let caller = speaker.caller(running)?;
    if operation.is_read() {
        if matches!(speaker, Speaker::House { .. }) {
            worker::catch_up(&running.open, operation)?;
        }
        let store = &running.open.house.store;
        return Ok(store.read(&caller.cx, |tx| operation.run(&caller.cx, tx, Value::Object(given)))?);
    }
    if speaker.only_reads() {
        return Err(only_reads(operation).into());
    }
    let rehearsed = given.remove(DRY_RUN);
    let is_danger = operation.head.act == Act::Danger;
    let confirm = if is_danger { given.remove(CONFIRM) } else { None };
    let input = Value::Object(given);
    let deed = deed(operation, &input);
    if let Err(problem) = caller.cx.require(deed.permission, deed.operation) {
        running.refused(&caller.cx, deed, &problem);
        return Err(problem.into());
    }
    if truth(rehearsed)? {
        let would = rehearse(running, operation, &caller, deed)?;
        return Ok(json!({ DRY_RUN: true, "would_answer": would }));
    }
    match confirm.filter(|said| !said.is_null()) {
        Some(said) => {
            if let Err(problem) = confirmation::require(running, &caller, deed, &said) {
                running.refused(&caller.cx, deed, &problem);
                return Err(problem.into());
            }
        }
        None if is_danger => return Err(ask_first(running, operation, &caller, deed)?),
        None => (),
    }
    let answer = api::write(running, operation, &caller, deed)?;
    if matches!(speaker, Speaker::House { .. }) {
        // No server may be running that would do what waits now.
        if let Err(problem) = worker::run_due(&running.open) {
            tracing::warn!(code = problem.code, "what waits could not be done: {problem}");
        }
    }
    Ok(answer)
}

fn deed<'a>(operation: &'a Operation, input: &'a Value) -> Deed<'a> {
    let first = shape::parts(operation.head.path).into_iter().next();
    let subject = first.and_then(|part| input.get(part)).and_then(Value::as_str).unwrap_or_default();
    let (name, permission) = (operation.head.name, operation.head.permission);
    Deed { via: "mcp", operation: name, permission, subject, input }
}

fn rehearse(running: &Running, operation: &Operation, caller: &Caller, deed: Deed<'_>) -> Result<Value> {
    running.open.house.store.rehearse(&caller.cx, |tx| operation.run(&caller.cx, tx, deed.input.clone()))
}

/// What would be done, and the words by which a person agrees to exactly this.
fn ask_first(running: &Running, operation: &Operation, caller: &Caller, deed: Deed<'_>) -> Result<Stopped> {
    let would = rehearse(running, operation, caller, deed)?;
    let confirm = confirmation::give(running, caller, deed)?;
    let tool = name(operation.head.name);
    let text = format!(
        "{tool} has not been done: it is hard to undo, or the other side sees it; show a person what it would do, and \
         when they agree call it again within {} minutes with the same arguments and this `{CONFIRM}`",
        confirmation::MINUTES
    );
    let refusal = Refusal::new(StatusCode::PRECONDITION_REQUIRED, Problem::conflict("mcp.confirm", text));
    let more = [("would_answer".to_owned(), would), (CONFIRM.to_owned(), confirm.into())];
    Ok(Stopped { refusal, more: more.into_iter().collect() })
}

fn truth(said: Option<Value>) -> Result<bool> {
    match said {
        None | Some(Value::Null) => Ok(false),
        Some(Value::Bool(said)) => Ok(said),
        Some(other) => {
            let text = format!("{DRY_RUN} is true or false, not {other}");
            Err(Problem::invalid(DRY_RUN, "input.shape", text))
        }
    }
}

fn only_reads(operation: &Operation) -> Problem {
    let text = format!(
        "{} writes, and these tools were opened for reading only; `mainstay mcp` without --read-only opens the others",
        operation.head.name
    );
    Problem::forbidden("access.forbidden", text)
}
