//! The log of decisions: what stood before, never edited.

use std::collections::HashMap;

use ::store::{Row, Tx};
use kernel::{Day, Result};
use timeline::{AccountId, LineId};

use super::crossing;
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
    let serials: Vec<i64> =
        tx.allocate("decision", i64::try_from(changed.len()).unwrap_or(i64::MAX))?.collect();
    let decided: Vec<_> =
        changed.iter().zip(&serials).map(|((id, card, _), serial)| (*serial, *id, *card)).collect();
    crossing::note(tx, &decided, before)?;
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
        || stored.since != decision.since
        || stored.confidence != decision.confidence.map_or("", |confidence| confidence.as_str())
        || stored.fit != decision.fit.as_str()
        || is_other_reason(&stored.why, &decision.why.code())
        || stored.policy != *decision.policy
        || stored.policy_version != *decision.policy_version
        || stored.baseline != decision.baseline.unwrap_or(0)
        || stored.score.is_some() != decision.score.is_some()
}

/// Another reason, and not only another count of days.
fn is_other_reason(one: &str, other: &str) -> bool {
    let words = |code: &'_ str| code.chars().filter(|letter| !letter.is_ascii_digit()).collect::<String>();
    one != other && words(one) != words(other)
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

pub(super) const ROW: &str = "decision_log.serial, decision_log.as_of, decision_log.decided_at,
    decision_log.decision, decision_log.policy, decision_log.policy_name, decision_log.policy_version,
    decision_log.baseline, decision_log.industry";

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

/// Which part of a log is asked for.
#[derive(Clone, Copy, Debug)]
pub enum Part {
    /// Before that place.
    Before(i64),
    /// From that place on.
    From(i64),
    /// What was decided before that moment, in microseconds.
    Until(i64),
}

/// Rows of the log of a relationship: the newest first, or those from a place on with the oldest first.
///
/// # Errors
/// `store.statement`.
pub fn logged(tx: &mut Tx<'_>, id: RelationshipId, part: Part, limit: i64) -> Result<Vec<Logged>> {
    let (condition, way, place) = match part {
        Part::Before(place) => ("serial < ?2", "DESC", place),
        Part::From(place) => ("serial >= ?2", "ASC", place),
        Part::Until(moment) => ("decided_at < ?2", "DESC", moment),
    };
    let sql = format!(
        "SELECT {ROW} FROM decision_log WHERE relationship = ?1 AND {condition} ORDER BY serial {way} LIMIT ?3"
    );
    tx.query(&sql, &[id.into(), place.into(), limit.into()], logged_row)
}
