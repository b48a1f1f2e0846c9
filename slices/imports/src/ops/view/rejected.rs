//! The rows of an import that could not be read.

use ::store::{DataClass, Tx};
use kernel::{Context, Page, Permission, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};

use super::{
    super::{head, sight::Sight},
    Named,
};
use crate::{Rejection, run::MOST_REJECTIONS, store};

pub(in super::super) const REJECTIONS: Head = Head {
    sentence: "Lists the rows of an import that could not be read, each with its column, its value and the reason.",
    examples: &["mainstay import imp_x7Kq2 rejections"],
    class: DataClass::Personal,
    permission: Permission::Write,
    ..head("import.rejections", Act::Read, Method::Get, "/imports/{id}/rejections", "import {id} rejections")
};

/// A page of rejected rows.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rejections {
    /// The id of the import.
    pub id: String,
    /// Where the page begins: `next` of the page before.
    #[serde(default)]
    pub after: Option<i64>,
    /// Rows on a page, at most 1000; 100 when absent.
    #[serde(default)]
    pub limit: Option<i64>,
}

/// A rejected row.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownRejection {
    /// The record in the file, the first after the header being 1.
    pub row: i64,
    /// The column at fault, where it is one.
    pub column: Option<String>,
    /// What stands there.
    pub value: String,
    /// Why it cannot be read.
    pub reason: String,
}

/// Lists rejected rows.
///
/// # Errors
/// `imports.none`, `access.forbidden` for readers, `imports.not_open` for those whom a wall may keep out.
pub fn rejections(cx: &Context, tx: &mut Tx<'_>, input: Rejections) -> Result<Page<ShownRejection>> {
    let run = store::find(tx, cx.codes.read(&input.id)?)?;
    Sight::of(cx, tx)?.require(&run)?;
    let limit = input.limit.unwrap_or(100).clamp(1, 1000);
    let mut rows = store::rejections(tx, run.id, input.after.unwrap_or(-1), limit + 1)?;
    let more = i64::try_from(rows.len()).is_ok_and(|found| limit < found);
    rows.truncate(usize::try_from(limit).unwrap_or(1000));
    let next = rows.last().filter(|_| more).map(|last| last.row.to_string());
    Ok(Page { rows: rows.into_iter().map(shown_rejection).collect(), next })
}

/// All rejected rows that are listed, for a file.
///
/// # Errors
/// As [`rejections`].
pub fn all_rejections(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<Vec<ShownRejection>> {
    let run = store::find(tx, cx.codes.read(&input.id)?)?;
    Sight::of(cx, tx)?.require(&run)?;
    let most = i64::try_from(MOST_REJECTIONS).unwrap_or(i64::MAX);
    Ok(store::rejections(tx, run.id, -1, most)?.into_iter().map(shown_rejection).collect())
}

fn shown_rejection(rejection: Rejection) -> ShownRejection {
    ShownRejection {
        row: rejection.row,
        column: rejection.column,
        value: rejection.value,
        reason: rejection.reason,
    }
}
