//! Tenure: how long, gaps left out?

use speech::say;

use timeline::FactId;

use crate::{Dimension, DimensionName, History, history::Group};

/// Days in the engaged stretches.
pub struct Tenure;

impl Dimension for Tenure {
    fn name(&self) -> DimensionName {
        DimensionName::Tenure
    }

    fn measure(&self, history: &History) -> Option<i64> {
        history.engaged_days().or_else(|| history.purchases().next().map(|_| 0))
    }

    fn facts(&self, history: &History) -> Vec<FactId> {
        let bought = history.purchases().map(|one| (one.day, one.id));
        let worked = history.of(Group::Work).iter().map(|seen| (seen.day, seen.entry.id));
        let signed = history.contracts().iter().filter(|one| one.binds()).map(|one| (one.from, one.id));
        let all = || bought.clone().chain(worked.clone()).chain(signed.clone());
        let ends = [all().min(), all().max()];
        let mut ids: Vec<FactId> = ends.into_iter().flatten().map(|(_, id)| id).collect();
        ids.dedup();
        ids
    }

    fn evidence(&self, history: &History) -> String {
        match self.measure(history) {
            None => say!("No evidence: nothing bought, signed or worked").into_owned(),
            Some(x @ ..365) => {
                say!("{n} day with us, gaps left out" | "{n} days with us, gaps left out" % x)
            }
            Some(x) => {
                let years = speech::decimal(&format!("{}.{}", x / 365, x % 365 * 10 / 365));
                say!("{years} years with us, gaps left out")
            }
        }
    }
}
