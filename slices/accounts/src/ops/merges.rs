//! The list of merges.

use ::store::Tx;
use kernel::{Context, Cursor, Page, Permission, Result};
use schemars::JsonSchema;
use serde::Deserialize;
use slice::{Act, Head, Method};

use super::merge::{ADD, ShownMerge, shown};
use crate::{merge::MergeId, store::merge};

pub(super) const LIST: Head = Head {
    name: "merges.list",
    act: Act::Read,
    method: Method::Get,
    path: "/merges",
    command: "merges",
    permission: Permission::Read,
    sentence: "Lists merges of accounts, newest first.",
    examples: &["mainstay merges"],
    ..ADD
};

/// A page of merges.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MergePage {
    /// Where the page begins: `next` of the page before.
    #[serde(default)]
    pub after: Option<String>,
    /// Rows on a page, at most 200; 50 when absent.
    #[serde(default)]
    pub limit: Option<i64>,
}

/// Lists merges.
///
/// # Errors
/// `store.statement`.
pub fn list(cx: &Context, tx: &mut Tx<'_>, input: MergePage) -> Result<Page<ShownMerge>> {
    let limit = input.limit.unwrap_or(50).clamp(1, 200);
    let after = input.after.as_deref().and_then(|text| cx.codes.read(Cursor::read(text).0.first()?).ok());
    let merges = merge::list(tx, after.map_or(i64::MAX, |id: MergeId| id.0), limit)?;
    let last = merges.last().map(|merge| merge.id);
    let full = i64::try_from(merges.len()).is_ok_and(|found| found == limit);
    let next = last.filter(|_| full).map(|id| Cursor(vec![cx.codes.write(id)]).write());
    Ok(Page { rows: shown(cx, tx, merges)?, next })
}
