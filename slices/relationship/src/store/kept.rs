//! Decisions as they are kept, current ones and the log, for being made again and compared.

use std::collections::HashMap;

use ::store::{Row, Tx, dialect};
use kernel::{Context, Day, Result};
use timeline::{AccountId, LineId};

use super::{
    current::{RelationshipId, Texts, day},
    log::{self, Logged},
};
use crate::Decision;

/// A current decision as it is kept.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The relationship.
    pub id: RelationshipId,
    /// Whose.
    pub account: AccountId,
    /// On which line.
    pub line: LineId,
    /// The name of the account.
    pub name: String,
    /// The day it was decided for.
    pub as_of: Day,
    /// When, in microseconds.
    pub decided_at: i64,
    /// It waits to be decided again: what it stood on has changed.
    pub waits: bool,
    /// What it says, part by part.
    pub parts: Vec<String>,
}

/// The parts of a current decision, as [`parts`] tells them and as the columns are called.
pub const PARTS: [&str; 16] = [
    "computed",
    "standing",
    "lean",
    "why",
    "since",
    "entered",
    "score",
    "strength",
    "coverage",
    "confidence",
    "fit",
    "contributions",
    "ask",
    "policy",
    "policy_version",
    "baseline",
];

/// What a decision says, part by part, as it would be kept.
pub fn parts(decision: &Decision) -> Vec<String> {
    let texts = Texts::of(decision);
    let or_null = |number: Option<i64>| number.map_or_else(String::new, |number| number.to_string());
    vec![
        decision.class().as_str().to_owned(),
        decision.standing.as_str().to_owned(),
        decision.lean.as_str().to_owned(),
        texts.why,
        decision.since.0.to_string(),
        decision.entered.as_str().to_owned(),
        or_null(decision.score),
        decision.strength().unwrap_or(-1).to_string(),
        decision.coverage.to_string(),
        decision.confidence.map_or("", |confidence| confidence.as_str()).to_owned(),
        decision.fit.as_str().to_owned(),
        texts.contributions,
        texts.ask,
        decision.policy.to_string(),
        decision.policy_version.to_string(),
        decision.baseline.unwrap_or(0).to_string(),
    ]
}

/// The next current decisions that the viewer may see, by the ids of their relationships; every so-many-th one.
///
/// # Errors
/// `store.statement`.
pub fn current(
    cx: &Context,
    tx: &mut Tx<'_>,
    every: i64,
    after: Option<RelationshipId>,
    limit: i64,
) -> Result<Vec<Kept>> {
    let columns = PARTS.map(|part| format!("relationship.{part}")).join(", ");
    let sql = format!(
        "SELECT relationship.id, relationship.account, relationship.line, account.name, relationship.as_of,
           relationship.decided_at,
           (SELECT COUNT(*) FROM stale WHERE stale.account = relationship.account
              AND stale.line IN (0, relationship.line)), {columns}
         FROM relationship JOIN account ON account.id = relationship.account
         WHERE {} AND relationship.id > ?2 AND relationship.id % ?3 = 0 ORDER BY relationship.id LIMIT ?4",
        accounts::VISIBLE
    );
    let after = after.map_or(i64::MIN, |id| id.0);
    tx.query(&sql, &[cx.actor.number().into(), after.into(), every.into(), limit.into()], |row| {
        Ok(Kept {
            id: row.id(0)?,
            account: row.id(1)?,
            line: row.id(2)?,
            name: row.string(3)?,
            as_of: day(row, 4)?,
            decided_at: row.int(5)?,
            waits: row.int(6)? != 0,
            parts: (0..PARTS.len()).map(|n| part(row, n)).collect::<Result<_>>()?,
        })
    })
}

/// A part as text, whatever its column holds.
fn part(row: &Row<'_>, n: usize) -> Result<String> {
    match PARTS[n] {
        "since" | "score" | "strength" | "coverage" | "baseline" => {
            Ok(row.opt_int(n + 7)?.map_or_else(String::new, |number| number.to_string()))
        }
        _ => row.string(n + 7),
    }
}

/// The logs of these relationships as far as the viewer may see them, each the oldest first.
///
/// # Errors
/// `store.statement`.
pub fn logs(
    cx: &Context,
    tx: &mut Tx<'_>,
    ids: &[RelationshipId],
) -> Result<HashMap<RelationshipId, Vec<Logged>>> {
    let (marks, values) = dialect::list(&[cx.actor.number().into()], ids.iter().copied());
    let sql = format!(
        "SELECT {}, decision_log.relationship FROM decision_log
         JOIN relationship ON relationship.id = decision_log.relationship
         JOIN account ON account.id = relationship.account
         WHERE {} AND decision_log.relationship IN ({marks})
         ORDER BY decision_log.relationship, decision_log.serial",
        log::ROW,
        accounts::VISIBLE
    );
    let mut found: HashMap<RelationshipId, Vec<Logged>> = HashMap::new();
    for (id, row) in tx.query(&sql, &values, |row| Ok((row.id(9)?, log::logged_row(row)?)))? {
        found.entry(id).or_default().push(row);
    }
    Ok(found)
}
