//! How far deciding many relationships again has come.

use ::store::{DataClass, Tx};
use kernel::{Context, Moment, Permission, Result};
use schemars::JsonSchema;
use serde::Serialize;
use slice::{Act, Head, Method};
use timeline::store as facts;

use super::NothingToSay;
use crate::store::aged;

pub(super) const PROGRESS: Head = Head {
    name: "decisions.progress",
    act: Act::Read,
    method: Method::Get,
    path: "/decisions/progress",
    command: "decisions progress",
    permission: Permission::Read,
    class: DataClass::Internal,
    sentence: "Says whether decisions wait to be made again, and how far that has come where they are many.",
    examples: &["mainstay decisions progress"],
};

/// How far it has come.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Deciding {
    /// Some relationship waits to be decided again.
    pub waits: bool,
    /// How many have been decided since it began.
    pub decided: i64,
    /// Of so many that were marked at once; 0 where only a few wait, which is over in a moment.
    pub of: i64,
    /// When it began; absent where only a few wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
}

/// Whether a day has passed for somebody since they were decided.
/// Says how far it has come. It reads two rows and one a line, however many wait.
///
/// # Errors
/// `store.statement`.
pub fn progress(cx: &Context, tx: &mut Tx<'_>, _: NothingToSay) -> Result<Deciding> {
    if !facts::is_any_stale(tx)? {
        return Ok(Deciding { waits: aged::have_aged(cx, tx)?, ..Deciding::default() });
    }
    let known = facts::deciding(tx)?;
    Ok(Deciding {
        waits: true,
        decided: known.map_or(0, |known| known.decided),
        of: known.map_or(0, |known| known.of),
        since: known.map(|known| Moment::at(known.since).iso()),
    })
}
