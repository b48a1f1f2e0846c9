//! A service line as the judgement sees it: which day counts as now, and the frozen ranks of spend.

use ::store::{DataClass, Tx};
use kernel::{Context, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use speech::say;
use timeline::{LineId, ServiceLine, store as facts};

use super::foresee::{Foreseen, foresee};
use crate::jobs::{self, Grounds};

pub(super) const BASELINE: Head = Head {
    name: "line.baseline",
    act: Act::Danger,
    method: Method::Post,
    path: "/lines/{id}/baseline",
    command: "line {id} baseline",
    permission: Permission::Manage,
    class: DataClass::Business,
    sentence: "Freezes the ranks of spend of a service line anew, from everybody who has bought by now; its \
               relationships are decided again.",
    examples: &["mainstay line line_x7Kq2 baseline"],
};

/// A service line by its id.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfLine {
    /// The id of the service line.
    pub id: String,
}

/// What a baseline rests on.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Taken {
    /// How many of the buyers it compares the caller may see.
    pub buyers: i64,
}

/// Takes a new baseline.
///
/// # Errors
/// `timeline.no_line`.
pub fn baseline(cx: &Context, tx: &mut Tx<'_>, input: OfLine) -> Result<Taken> {
    let line = facts::line(tx, cx.codes.read(&input.id)?)?;
    let buyers = jobs::take_baseline(cx, tx, line.id)?;
    facts::ask_judgement(cx, tx, LineId::new(0))?;
    Ok(Taken { buyers })
}

pub(super) const NOW: Head = Head {
    name: "line.now",
    act: Act::Danger,
    method: Method::Put,
    path: "/lines/{id}/now",
    command: "line {id} now {now_is}",
    permission: Permission::Manage,
    class: DataClass::Business,
    sentence: "Says which day counts as now on a service line: the clock, or the last day of its data; its \
               relationships are decided again.",
    examples: &[
        "mainstay line line_x7Kq2 now clock --reason \"the till reports every night\"",
        "mainstay line line_x7Kq2 now \"end of data\" --reason \"the shop was closed\"",
    ],
};

/// A service line, and which day is to count as now on it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Turned {
    /// The id of the service line.
    pub id: String,
    /// "clock" where new facts keep coming; "end of data" where a file was brought in once.
    pub now_is: String,
    /// Why.
    pub reason: String,
}

/// A service line after its now was set.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownNow {
    /// The id of the service line.
    pub id: String,
    /// Its name.
    pub name: String,
    /// "clock" or "end of data".
    pub now_is: String,
    /// The day on which its relationships are judged.
    pub now: String,
}

/// Sets which day counts as now.
///
/// # Errors
/// `timeline.no_line`, `line.now` for another word, `line.reason` for a blank reason.
pub fn turn(cx: &Context, tx: &mut Tx<'_>, input: Turned) -> Result<ShownNow> {
    let live = is_live(&input.now_is)?;
    if input.reason.trim().is_empty() {
        let text = say!("say why another day is to count as now; the reason is blank");
        return Err(Problem::invalid("reason", "line.reason", text));
    }
    let line = facts::line(tx, cx.codes.read(&input.id)?)?;
    if line.live != live {
        facts::follow(tx, line.id, live)?;
        facts::mark_line_stale(cx, tx, line.id)?;
        facts::ask_judgement(cx, tx, LineId::new(0))?;
    }
    let line = ServiceLine { live, ..line };
    Ok(ShownNow {
        id: cx.codes.write(line.id),
        now: line.now(cx).to_string(),
        now_is: line.now_is().to_owned(),
        name: line.name,
    })
}

pub(super) const PREVIEW: Head = Head {
    name: "line.preview",
    act: Act::Read,
    method: Method::Get,
    path: "/lines/{id}/preview",
    command: "line {id} preview {now_is}",
    permission: Permission::Manage,
    class: DataClass::Personal,
    sentence: "Says who would become what if another day counted as now on a service line; nothing changes.",
    examples: &["mainstay line line_x7Kq2 preview clock"],
};

/// A service line, and which day might count as now on it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Supposed {
    /// The id of the service line.
    pub id: String,
    /// "clock" or "end of data".
    pub now_is: String,
}

/// Says who would become what.
///
/// # Errors
/// `timeline.no_line`, `line.now` for another word.
pub fn preview(cx: &Context, tx: &mut Tx<'_>, input: Supposed) -> Result<Foreseen> {
    let live = is_live(&input.now_is)?;
    let line = facts::line(tx, cx.codes.read(&input.id)?)?;
    let (id, mut grounds) = (line.id, Grounds::new(tx)?);
    grounds.suppose(tx, ServiceLine { live, ..line })?;
    foresee(cx, tx, grounds, Some(id))
}

fn is_live(word: &str) -> Result<bool> {
    match word.trim() {
        "clock" => Ok(true),
        "end of data" | "end-of-data" => Ok(false),
        other => {
            let text = say!("now is \"clock\" or \"end of data\", not {other:?}");
            Err(Problem::invalid("now_is", "line.now", text))
        }
    }
}
