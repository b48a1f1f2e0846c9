//! Spend: how much, compared?

use speech::say;

use timeline::{Fact, FactId};

use crate::{Dimension, DimensionName, History, history::Group, phrase};

/// Permille rank in the base, net of refunds.
pub struct Spend;

impl Dimension for Spend {
    fn name(&self) -> DimensionName {
        DimensionName::Spend
    }

    fn measure(&self, history: &History) -> Option<i64> {
        recorded(history).map(|(_, permille)| permille).or_else(|| ranked(history))
    }

    fn version(&self, history: &History) -> i64 {
        history.committed()
            + history.currencies_seen()
            + history.seen(&[Group::SpendRank])
            + history.left(Group::SpendRank, history.policy().windows.contact)
    }

    fn facts(&self, history: &History) -> Vec<FactId> {
        match recorded(history) {
            Some((id, _)) => vec![id],
            None if self.measure(history).is_some() => {
                let bought = history.purchases().map(|one| one.id);
                bought.chain(super::ids(history.of(Group::Refund))).collect()
            }
            None => Vec::new(),
        }
    }

    fn evidence(&self, history: &History) -> String {
        match self.measure(history) {
            None if history.mixed_currencies().is_some() => phrase::two_currencies(),
            None => say!("No evidence: their spend is not compared with others").into_owned(),
            Some(x) => {
                say!("{} percentile of this line, net of refunds", phrase::ordinal(x.div_euclid(10)))
            }
        }
    }
}

/// The latest rank on record.
fn recorded(history: &History) -> Option<(FactId, i64)> {
    let latest = history.recent(Group::SpendRank, history.policy().windows.contact).last()?;
    match &latest.entry.fact {
        Fact::SpendRank(rank) => Some((latest.entry.id, rank.permille)),
        _ => None,
    }
}

/// The rank among the frozen ones, for who ever bought; never across currencies.
pub(crate) fn ranked(history: &History) -> Option<i64> {
    if history.mixed_currencies().is_some() || history.purchases().next().is_none() {
        return None;
    }
    history.baseline().map(|baseline| baseline.rank(history.net_spend()))
}
