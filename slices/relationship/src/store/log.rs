//! The log of decisions: what stood before, never edited.

use std::collections::HashMap;

use ::store::Tx;
use kernel::{Context, Day, Result};
use timeline::{AccountId, LineId};

use super::current::{Card, RelationshipId, Stored, day};
use crate::case;

/// Writes down the decisions that are news.
///
/// # Errors
/// `store.statement`.
pub(super) fn write(
    cx: &Context,
    tx: &mut Tx<'_>,
    cards: &[(i64, &Card)],
    before: &HashMap<(AccountId, LineId), Stored>,
) -> Result<()> {
    let changed: Vec<_> = cards
        .iter()
        .filter(|(_, card)| before.get(&(card.account, card.line)).is_none_or(|stored| is_news(stored, card)))
        .map(|(id, card)| (*id, &card.decision, case::written(&card.decision)))
        .collect();
    let serials = tx.allocate("decision", i64::try_from(changed.len()).unwrap_or(i64::MAX))?;
    let rows = changed.iter().zip(serials).map(|((id, decision, written), serial)| {
        [
            serial.into(),
            (*id).into(),
            i64::from(decision.as_of.0).into(),
            decision.class().as_str().into(),
            decision.score.into(),
            written.into(),
            cx.now.micros.into(),
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
    /// The day it was decided for.
    pub as_of: Day,
    /// When it was decided, in microseconds.
    pub decided_at: i64,
    /// The decision in the form of `reference.py`.
    pub decision: String,
}

/// The log of a relationship, newest first.
///
/// # Errors
/// `store.statement`.
pub fn logged(tx: &mut Tx<'_>, id: RelationshipId, limit: i64) -> Result<Vec<Logged>> {
    let sql = "SELECT as_of, decided_at, decision FROM decision_log WHERE relationship = ?1
               ORDER BY serial DESC LIMIT ?2";
    tx.query(sql, &[id.into(), limit.into()], |row| {
        Ok(Logged { as_of: day(row, 0)?, decided_at: row.int(1)?, decision: row.string(2)? })
    })
}
