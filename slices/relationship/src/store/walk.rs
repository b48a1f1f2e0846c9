//! Every relationship that a viewer may see, one after another: what previews walk over.

use ::store::{Tx, Value};
use kernel::{Context, Result};
use timeline::{AccountId, LineId};

use super::current::RelationshipId;

/// A relationship and the class that the evidence gives it.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Its id.
    pub id: RelationshipId,
    /// Whose.
    pub account: AccountId,
    /// On which line.
    pub line: LineId,
    /// What the evidence says.
    pub class: String,
    /// The name of the account.
    pub name: String,
    /// A person says what counts.
    pub said: bool,
    /// Whether it is served as what it is.
    pub fit: String,
}

/// How many relationships the viewer may see, on a line or on all.
///
/// # Errors
/// `store.statement`.
pub fn count(cx: &Context, tx: &mut Tx<'_>, line: Option<LineId>) -> Result<i64> {
    let sql = format!("SELECT COUNT(*) FROM {}", seen());
    Ok(tx.first(&sql, &[cx.actor.number().into(), on(line)], |row| row.int(0))?.unwrap_or(0))
}

/// The next relationships that the viewer may see, by id; every so-many-th one.
///
/// # Errors
/// `store.statement`.
pub fn standing(
    cx: &Context,
    tx: &mut Tx<'_>,
    line: Option<LineId>,
    every: i64,
    after: Option<RelationshipId>,
) -> Result<Vec<Standing>> {
    let sql = format!(
        "SELECT relationship.id, relationship.account, relationship.line, relationship.computed, account.name,
           relationship.override, relationship.fit
         FROM {} AND relationship.id > ?3 AND relationship.id % ?4 = 0 ORDER BY relationship.id LIMIT 256",
        seen()
    );
    let after = after.map_or(i64::MIN, |id| id.0);
    tx.query(&sql, &[cx.actor.number().into(), on(line), after.into(), every.into()], |row| {
        Ok(Standing {
            id: row.id(0)?,
            account: row.id(1)?,
            line: row.id(2)?,
            class: row.string(3)?,
            name: row.string(4)?,
            said: row.int(5)? != 0,
            fit: row.string(6)?,
        })
    })
}

/// What the viewer ?1 may see of line ?2; line -1 stands for all.
fn seen() -> String {
    format!(
        "relationship JOIN account ON account.id = relationship.account
         WHERE {} AND (CAST(?2 AS BIGINT) = -1 OR relationship.line = ?2)",
        accounts::VISIBLE
    )
}

fn on(line: Option<LineId>) -> Value<'static> {
    line.map_or(-1, |line| line.0).into()
}
