//! The policies that were in force: who put them there, when, why, and what each changed.

use ::store::{DataClass, Tx};
use kernel::{Context, Cursor, Moment, Page, Permission, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};

use crate::{
    Policy,
    policy::{SHIPPED, differences},
    store::policy as stored,
};

pub(super) const HISTORY: Head = Head {
    name: "policy.history",
    act: Act::Read,
    method: Method::Get,
    path: "/policy/history",
    command: "policy history",
    permission: Permission::Read,
    class: DataClass::Business,
    sentence: "Lists the policies that were adopted, newest first: by whom, when, why, and what each changed.",
    examples: &["mainstay policy history"],
};

/// A page of the policies.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyPage {
    /// Where the page begins: `next` of the page before.
    #[serde(default)]
    pub after: Option<String>,
    /// Rows on a page, at most 50; 10 when absent.
    #[serde(default)]
    pub limit: Option<i64>,
}

/// A policy that was adopted, as it is shown.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AdoptedPolicy {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// When it was adopted.
    pub at: String,
    /// By whom; absent for the house itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Why.
    pub reason: String,
    /// What it changed in the one before.
    pub changed: Vec<ChangedNumber>,
}

/// A number or a text that one policy changed in another.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ChangedNumber {
    /// Where it stands: `dimension.tenure.weight`.
    pub key: String,
    /// What it was; absent where there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What it is; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// Lists the policies that were adopted.
///
/// # Errors
/// `policy.*` for a stored text that this version cannot read.
pub fn history(_: &Context, tx: &mut Tx<'_>, input: PolicyPage) -> Result<Page<AdoptedPolicy>> {
    let limit = input.limit.unwrap_or(10).clamp(1, 50);
    let before = input.after.as_deref().and_then(|text| Cursor::read(text).0.first()?.parse().ok());
    // One more than is shown: the last of the page is compared with it.
    let mut found = stored::adopted(tx, before.unwrap_or(i64::MAX), limit + 1)?;
    let earlier =
        usize::try_from(limit).ok().filter(|limit| *limit < found.len()).map(|limit| found.remove(limit));
    let more = earlier.is_some();
    let first = earlier.map_or_else(|| SHIPPED[0].1.to_owned(), |earlier| earlier.text);
    let people: Vec<_> = found.iter().map(|adopted| adopted.by).collect();
    let names = accounts::store::audit::people(tx, &people)?;
    let texts: Vec<_> = found.iter().skip(1).map(|adopted| adopted.text.clone()).chain([first]).collect();
    let next = found.last().filter(|_| more).map(|last| Cursor(vec![last.serial.to_string()]).write());
    let rows = found.into_iter().zip(texts).map(|(adopted, before)| {
        let policy = Policy::parse(&adopted.text)?;
        Ok(AdoptedPolicy {
            name: policy.name.to_string(),
            version: policy.version.to_string(),
            at: Moment::at(adopted.at).iso(),
            by: names.get(&adopted.by).cloned(),
            reason: adopted.reason,
            changed: changed(&before, &adopted.text)?,
        })
    });
    Ok(Page { rows: rows.collect::<Result<_>>()?, next })
}

/// What one text changes in another.
///
/// # Errors
/// `policy.format` for a text that is no TOML.
pub(crate) fn changed(before: &str, after: &str) -> Result<Vec<ChangedNumber>> {
    let differences = differences(before, after)?;
    Ok(differences
        .into_iter()
        .map(|one| ChangedNumber { key: one.key, before: one.before, after: one.after })
        .collect())
}
