//! Service lines, each with the day that counts as now.

use ::store::{DataClass, Tx};
use kernel::{Context, Permission, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use timeline::store as facts;

pub(super) const LINES: Head = Head {
    name: "lines.list",
    act: Act::Read,
    method: Method::Get,
    path: "/lines",
    command: "lines",
    permission: Permission::Read,
    class: DataClass::Business,
    sentence: "Lists the service lines of the business, each with its industry and the day that counts as now.",
    examples: &["mainstay lines"],
};

/// Nothing to say.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// A service line as it is shown.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownLine {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its industry; empty where nobody said.
    pub industry: String,
    /// The day on which its relationships are judged.
    pub now: String,
    /// "clock" for a line with a live source, "end of data" otherwise.
    pub now_is: String,
}

/// Lists the service lines.
///
/// # Errors
/// `store.statement`.
pub fn lines(cx: &Context, tx: &mut Tx<'_>, _: Nothing) -> Result<Vec<ShownLine>> {
    let lines = facts::lines(tx)?;
    Ok(lines
        .into_iter()
        .map(|line| ShownLine {
            id: cx.codes.write(line.id),
            now: line.now(cx).to_string(),
            now_is: line.now_is().to_owned(),
            name: line.name,
            industry: line.industry,
        })
        .collect())
}
