//! What a decision stands on and what stood before it: the case of the policy, and the log of decisions.

use ::store::{DataClass, Tx};
use kernel::{Context, Permission, Result};
use schemars::JsonSchema;
use serde::Serialize;
use slice::{Act, Head, Method};
use timeline::store as facts;

use super::{explanation::Named, on_day::OnDay};
use crate::{
    case::{self, Heading},
    jobs::Grounds,
    replay::state_before,
    store::{current, log},
};

pub(super) const CASE: Head = Head {
    name: "relationship.case",
    act: Act::Read,
    method: Method::Get,
    path: "/relationships/{id}/case",
    command: "facts {id}",
    permission: Permission::Read,
    class: DataClass::Personal,
    sentence: "Writes the facts of a relationship as a case of the policy, so that anybody can recompute the decision.",
    examples: &["mainstay facts rel_x7Kq2 -o json > case.json"],
};

/// Writes the facts of a relationship as a case.
///
/// # Errors
/// `relationship.none`, `relationship.ahead`, `day.format`.
pub fn case(cx: &Context, tx: &mut Tx<'_>, input: OnDay) -> Result<serde_json::Value> {
    let clocks = input.clocks()?;
    let (account, line) = current::place(cx, tx, cx.codes.read(&input.id)?)?;
    let party = accounts::store::visible(cx, tx, account)?.name;
    let entries = facts::facts(tx, account, line)?;
    Grounds::new(tx)?.look_from(cx, tx, (line, clocks), &entries, |line, vantage| {
        let previous = state_before(&entries, vantage);
        let industry = Some(line.industry.as_str()).filter(|industry| !industry.is_empty());
        let heading = Heading { id: &input.id, party: &party, line: &line.name, industry };
        case::write(&entries, vantage, heading, previous.as_ref(), |fact| cx.codes.write(fact))
    })
}

pub(super) const HISTORY: Head = Head {
    name: "relationship.history",
    act: Act::Read,
    method: Method::Get,
    path: "/relationships/{id}/decisions",
    command: "relationship {id} history",
    permission: Permission::Read,
    class: DataClass::Personal,
    sentence: "Lists the decisions that stood for a relationship, newest first, as they were known then.",
    examples: &["mainstay relationship rel_x7Kq2 history"],
};

/// A decision that stood.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Logged {
    /// The day it was decided for.
    pub as_of: String,
    /// When it was decided.
    pub decided_at: String,
    /// The decision, in the form of the policy.
    pub decision: serde_json::Value,
}

/// Lists the decisions that stood.
///
/// # Errors
/// `relationship.none`.
pub fn history(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<Vec<Logged>> {
    let id = cx.codes.read(&input.id)?;
    current::place(cx, tx, id)?;
    let rows = log::logged(tx, id, i64::MAX, 200)?;
    Ok(rows
        .into_iter()
        .map(|row| Logged {
            as_of: row.as_of.to_string(),
            decided_at: kernel::Moment::at(row.decided_at).iso(),
            decision: serde_json::from_str(&row.decision).unwrap_or_default(),
        })
        .collect())
}
