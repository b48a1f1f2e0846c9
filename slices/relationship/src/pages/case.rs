//! The facts of a relationship as a case of the policy: a file from which anybody can recompute the decision.

use ::store::Tx;
use kernel::{Problem, Result};
use slice::{Reply, Visit};

use crate::ops::{OnDay, case};

/// Answers `GET /relationships/{id}/case`, as of the day that the address names.
pub(super) fn file(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let id = visit.part("id")?.to_owned();
    let day = |name: &str| visit.asked(name).map(str::to_owned);
    let written =
        case(visit.cx, tx, OnDay { id: id.clone(), as_of: day("as_of"), known_at: day("known_at") })?;
    let content = serde_json::to_string_pretty(&written).map_err(|cause| {
        Problem::internal("relationship.case", "the case cannot be written").because(cause)
    })?;
    Ok(Reply::File { name: format!("case-{id}.json"), media: "application/json", content })
}
