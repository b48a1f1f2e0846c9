//! Decision basis: reputation and advice, or price and place?

use speech::say;

use timeline::{Fact, FactId};

use crate::{
    Dimension, DimensionName, History,
    history::{Group, Seen},
    phrase,
};

/// Reasons of a relationship.
const RELATION: [&str; 5] = ["reputation", "advice", "expertise", "recommendation", "trust"];
/// Reasons of a market.
const MARKET: [&str; 5] = ["price", "location", "convenience", "offer", "availability"];

/// Permille of reasons that are reputation or advice, with one imagined reason, half of each.
pub struct DecisionBasis;

impl Dimension for DecisionBasis {
    fn name(&self) -> DimensionName {
        DimensionName::DecisionBasis
    }

    fn measure(&self, history: &History) -> Option<i64> {
        let (mut good, mut plain) = (0, 0);
        for reason in facts(history).flat_map(reasons) {
            good += i64::from(RELATION.contains(&reason.as_str()));
            plain += i64::from(MARKET.contains(&reason.as_str()));
        }
        (0 < good + plain).then(|| (1000 * good + 500) / (good + plain + 1))
    }

    fn version(&self, history: &History) -> i64 {
        history.seen(&[Group::Basis]) + history.left(Group::Basis, history.policy().windows.breadth)
    }

    fn facts(&self, history: &History) -> Vec<FactId> {
        super::ids(facts(history))
    }

    fn evidence(&self, history: &History) -> String {
        if self.measure(history).is_none() {
            return say!("No evidence: why they chose us is not on record").into_owned();
        }
        let mut said: Vec<&str> = facts(history).flat_map(reasons).map(String::as_str).collect();
        said.sort_unstable();
        said.dedup();
        let said: Vec<String> = said.into_iter().map(|reason| speech::word!(reason)).collect();
        say!("Chose us for {}", phrase::list(&said))
    }
}

fn facts<'h, 'a>(history: &'h History<'a>) -> impl Iterator<Item = &'h Seen<'a>> {
    history.recent(Group::Basis, history.policy().windows.breadth).iter()
}

fn reasons<'a>(seen: &Seen<'a>) -> &'a [String] {
    match &seen.entry.fact {
        Fact::Basis(basis) => &basis.reasons,
        _ => &[],
    }
}
