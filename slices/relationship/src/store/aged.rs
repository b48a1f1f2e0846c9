//! Relationships that were decided for an earlier day than their line's now.

use ::store::Tx;
use kernel::{Context, Day, Result};
use timeline::{AccountId, LineId, store as facts};

use super::current::day;
use crate::{Baseline, Entered, Lean, Standing, State, Vantage, replay::Stood};

/// A relationship that was decided for an earlier day.
#[derive(Clone, Debug)]
pub struct Aged {
    /// Whose.
    pub account: AccountId,
    /// On which line.
    pub line: LineId,
    /// What the evidence said, and for which day.
    pub stood: Stood,
    /// The name of the policy that said so.
    pub policy: String,
    /// Its version.
    pub policy_version: String,
    /// The version of the ranks of spend; 0 where there were none.
    pub baseline: i64,
}

impl Aged {
    /// Whether it was decided under the policy and the ranks of spend that are looked from.
    pub(crate) fn is_of(&self, vantage: &Vantage<'_>) -> bool {
        let policy = &vantage.policy.policy;
        *policy.name == *self.policy
            && *policy.version == *self.policy_version
            && vantage.baseline.map_or(0, Baseline::version) == self.baseline
    }
}

/// Relationships of a line that were decided for an earlier day, so many of them.
///
/// # Errors
/// `store.statement`.
pub fn aged(tx: &mut Tx<'_>, line: LineId, today: Day, limit: i64) -> Result<Vec<Aged>> {
    let sql = "SELECT account, line, as_of, standing, lean, since, entered, policy, policy_version, baseline
               FROM relationship WHERE line = ?1 AND as_of < ?2 ORDER BY as_of LIMIT ?3";
    let values = [line.into(), i64::from(today.0).into(), limit.into()];
    tx.query(sql, &values, |row| {
        let state = State {
            standing: Standing::parse(&row.string(3)?).unwrap_or(Standing::Active),
            lean: Lean::parse(&row.string(4)?).unwrap_or(Lean::NotEnough),
            since: day(row, 5)?,
            entered: Entered::parse(&row.string(6)?).unwrap_or(Entered::First),
        };
        Ok(Aged {
            account: row.id(0)?,
            line: row.id(1)?,
            stood: Stood { on: day(row, 2)?, state },
            policy: row.string(7)?,
            policy_version: row.string(8)?,
            baseline: row.int(9)?,
        })
    })
}

/// Whether any relationship was decided for an earlier day than its line's now.
///
/// # Errors
/// `store.statement`.
pub fn have_aged(cx: &Context, tx: &mut Tx<'_>) -> Result<bool> {
    for line in facts::lines(tx)? {
        if !aged(tx, line.id, line.now(cx), 1)?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}
