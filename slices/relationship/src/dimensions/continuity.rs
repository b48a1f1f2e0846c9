//! Continuity: a series or one-off?

use speech::say;

use timeline::FactId;

use crate::{Dimension, DimensionName, History, history::Group};

/// Months covered of the last so many, this one included.
pub struct Continuity;

impl Dimension for Continuity {
    fn name(&self) -> DimensionName {
        DimensionName::Continuity
    }

    fn measure(&self, history: &History) -> Option<i64> {
        let worked = history.of(Group::Work);
        if worked.is_empty() && history.purchases().next().is_none() {
            return None;
        }
        let now = history.month();
        let bought = history.kept().map(|one| one.months(now));
        let worked = worked.iter().map(|seen| (seen.day.month(), seen.day.month()));
        let months = bought.chain(worked).fold(0, |months, covered| months | bits(history, covered));
        Some(i64::from(months.count_ones()))
    }

    fn version(&self, history: &History) -> i64 {
        i64::from(history.month()) + history.committed()
    }

    fn facts(&self, history: &History) -> Vec<FactId> {
        let counts = |covered: (i32, i32)| bits(history, covered) != 0;
        let bought = history.kept().filter(|one| counts(one.months(history.month()))).map(|one| one.id);
        let worked =
            history.of(Group::Work).iter().filter(|seen| counts((seen.day.month(), seen.day.month())));
        let found: Vec<FactId> = bought.chain(worked.map(|seen| seen.entry.id)).collect();
        if found.is_empty() { gone(history) } else { found }
    }

    fn evidence(&self, history: &History) -> String {
        match self.measure(history) {
            None => say!("No evidence: nothing bought and no work").into_owned(),
            Some(0) if history.kept().next().is_none() && history.of(Group::Work).is_empty() => {
                say!("All they bought went back").into_owned()
            }
            Some(x) => {
                let last = window(history);
                say!("{n} month of the last {last}" | "{n} months of the last {last}" % x)
            }
        }
    }
}

fn window(history: &History) -> i32 {
    i32::try_from(history.policy().windows.continuity_months).unwrap_or(120).clamp(1, 120)
}

/// The months covered, one bit each, this month being the lowest.
fn bits(history: &History, (start, end): (i32, i32)) -> u128 {
    let oldest = window(history) - 1;
    let (from, to) =
        (history.month().saturating_sub(end).max(0), history.month().saturating_sub(start).min(oldest));
    if to < from {
        return 0;
    }
    ((1 << (to - from + 1)) - 1) << from
}

/// What lies too far back, or left nothing after refunds.
fn gone(history: &History) -> Vec<FactId> {
    let bought = history.purchases().map(|one| one.id);
    let others = history.of(Group::Refund).iter().chain(history.of(Group::Work));
    bought.chain(super::ids(others)).collect()
}
