//! Undoing a switch: all it did is taken back as one, as if it had not been done.

use ::store::{DataClass, Tx};
use kernel::{Context, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use slice::{Act, Head, Method, Switching};
use speech::say;

use super::{Sockets, Switched, none, shown};
use crate::store::switches;

/// What is said of undoing one.
pub const UNDO: Head = Head {
    name: "switch.undo",
    act: Act::Write,
    method: Method::Post,
    path: "/switches/{id}/reversal",
    command: "switch {id} undo",
    permission: Permission::Write,
    class: DataClass::Personal,
    sentence: "Undoes a switch as one, as if it had not been done; refused where somebody set or withdrew a class by hand since.",
    examples: &["mainstay switch swi_x7Kq2 undo"],
};

/// A switch to undo.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Undo {
    /// The id of the switch.
    pub id: String,
}

/// Undoes a switch as one.
///
/// # Errors
/// `switch.none` for one that is not there, or not for this caller; `switch.undone` for one that was undone; `switch.moved`
/// where something was said by hand since, or ran out.
pub fn undo(cx: &Context, tx: &mut Tx<'_>, sockets: Sockets<'_>, input: &Undo) -> Result<Switched> {
    let found = switches::one(cx, tx, cx.codes.read(&input.id)?)?.ok_or_else(none)?;
    let held = &found.held;
    if held.undone_at.is_some() {
        return Err(Problem::conflict("switch.undone", say!("undo the switch: it was undone already")));
    }
    let newest = switches::newest(cx, tx, held.account, held.line)?;
    if newest.is_none_or(|newest| newest.held.id != held.id) {
        let text = say!("undo the switch: the relationship was switched again since; undo that one first");
        return Err(Problem::conflict("switch.moved", text));
    }
    let switching = Switching {
        relationship: found.relationship.0,
        account: held.account.0,
        line: held.line.0,
        from: held.was.to_string(),
        to: held.became.to_string(),
        reason: held.reason.clone(),
        until: Some(held.until),
    };
    let deeds: Value = serde_json::from_str(&held.deeds).unwrap_or_default();
    for socket in sockets.iter().rev() {
        if let (Some(own), Some(done)) = (&socket.deeds, deeds.get(socket.of)) {
            (own.take_back)(cx, tx, &switching, done)?;
        }
    }
    switches::undone(tx, held.id, cx.actor.number(), cx.now)?;
    shown(cx, tx, held.id)
}

/// The newest switch of a relationship.
pub(crate) fn newest(
    cx: &Context,
    tx: &mut Tx<'_>,
    (account, line): (timeline::AccountId, timeline::LineId),
) -> Result<Option<Switched>> {
    Ok(switches::newest(cx, tx, account, line)?.map(|found| Switched::of(cx, &found)))
}
