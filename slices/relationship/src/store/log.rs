//! The log of decisions: what stood before, never edited.

use std::collections::HashMap;

use ::store::{Row, Tx};
use kernel::{Day, Result};
use timeline::{AccountId, LineId};

use super::current::{Card, RelationshipId, Stored, day};
use crate::case;

/// Writes down the decisions that are news.
///
/// # Errors
/// `store.statement`.
pub(super) fn write(
    tx: &mut Tx<'_>,
    cards: &[(i64, &Card)],
    before: &HashMap<(AccountId, LineId), Stored>,
) -> Result<()> {
    let changed: Vec<_> = cards
        .iter()
        .filter(|(_, card)| before.get(&(card.account, card.line)).is_none_or(|stored| is_news(stored, card)))
        .map(|(id, card)| (*id, *card, case::written(&card.decision)))
        .collect();
    let serials = tx.allocate("decision", i64::try_from(changed.len()).unwrap_or(i64::MAX))?;
    let rows = changed.iter().zip(serials).map(|((id, card, written), serial)| {
        let decision = &card.decision;
        [
            serial.into(),
            (*id).into(),
            i64::from(decision.as_of.0).into(),
            decision.class().as_str().into(),
            decision.score.into(),
            written.into(),
            card.decided_at.into(),
            card.policy.into(),
            (&*decision.policy).into(),
            (&*decision.policy_version).into(),
            decision.baseline.unwrap_or(0).into(),
            (&card.industry).into(),
        ]
    });
    tx.insert_all(&super::DECISION_LOG, rows).map(drop)
}

/// Worth a row of the log.
fn is_news(stored: &Stored, card: &Card) -> bool {
    const MOVED: i64 = 50_000;
    let decision = &card.decision;
    let moved = match (stored.logged_score, decision.score) {
        (Some(then), Some(now)) => MOVED <= (now - then).abs(),
        (then, now) => then.is_some() != now.is_some(),
    };
    moved
        || stored.computed != decision.class().as_str()
        || stored.policy != *decision.policy
        || stored.policy_version != *decision.policy_version
        || stored.baseline != decision.baseline.unwrap_or(0)
        || stored.score.is_some() != decision.score.is_some()
}

/// A row of the log.
#[derive(Clone, Debug)]
pub struct Logged {
    /// Its place in the log.
    pub serial: i64,
    /// The day it was decided for.
    pub as_of: Day,
    /// When it was decided, in microseconds.
    pub decided_at: i64,
    /// The decision in the form of `reference.py`.
    pub decision: String,
    /// What it stood on besides the facts.
    pub stood: Stood,
}

/// What a decision stood on besides the facts, as it is written down.
#[derive(Clone, Debug)]
pub struct Stood {
    /// The place of the policy among those adopted: 0 for the one that ships, below nothing where it was not written down.
    pub policy: i64,
    /// The name of the policy.
    pub policy_name: String,
    /// Its version.
    pub policy_version: String,
    /// The version of the ranks of spend; nothing where there were none.
    pub baseline: Option<i64>,
    /// Our trade on the line.
    pub industry: String,
}

pub(super) const ROW: &str =
    "serial, as_of, decided_at, decision, policy, policy_name, policy_version, baseline, industry";

pub(super) fn logged_row(row: &Row<'_>) -> Result<Logged> {
    let stood = Stood {
        policy: row.int(4)?,
        policy_name: row.string(5)?,
        policy_version: row.string(6)?,
        baseline: Some(row.int(7)?).filter(|version| *version != 0),
        industry: row.string(8)?,
    };
    let (serial, as_of) = (row.int(0)?, day(row, 1)?);
    Ok(Logged { serial, as_of, decided_at: row.int(2)?, decision: row.string(3)?, stood })
}

/// The log of a relationship before that place, newest first.
///
/// # Errors
/// `store.statement`.
pub fn logged(tx: &mut Tx<'_>, id: RelationshipId, before: i64, limit: i64) -> Result<Vec<Logged>> {
    let sql = format!(
        "SELECT {ROW} FROM decision_log WHERE relationship = ?1 AND serial < ?2 ORDER BY serial DESC LIMIT ?3"
    );
    tx.query(&sql, &[id.into(), before.into(), limit.into()], logged_row)
}

/// The row of a relationship that followed that place, if one did.
///
/// # Errors
/// `store.statement`.
pub fn following(tx: &mut Tx<'_>, id: RelationshipId, place: i64) -> Result<Option<Logged>> {
    let sql = format!(
        "SELECT {ROW} FROM decision_log WHERE relationship = ?1 AND serial >= ?2 ORDER BY serial LIMIT 1"
    );
    tx.first(&sql, &[id.into(), place.into()], logged_row)
}

/// The decision that stood at the end of that day, by the clock: the last one made by then.
///
/// # Errors
/// `store.statement`.
pub fn standing_at(tx: &mut Tx<'_>, id: RelationshipId, moment: i64) -> Result<Option<Logged>> {
    let sql = format!(
        "SELECT {ROW} FROM decision_log WHERE relationship = ?1 AND decided_at < ?2 ORDER BY serial DESC LIMIT 1"
    );
    tx.first(&sql, &[id.into(), moment.into()], logged_row)
}
