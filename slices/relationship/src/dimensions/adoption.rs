//! Adoption: breadth and depth of use?

use speech::say;

use timeline::{
    Fact, FactId,
    fact::{Register, Usage},
};

use crate::{
    Dimension, DimensionName, History,
    exact::{floor, narrow},
    history::Group,
    phrase,
};

/// Permille of use.
pub struct Adoption;

impl Dimension for Adoption {
    fn name(&self) -> DimensionName {
        DimensionName::Adoption
    }

    fn measure(&self, history: &History) -> Option<i64> {
        let recent = history.recent(Group::Usage, history.policy().windows.usage);
        if recent.is_empty() {
            let ever = !history.of(Group::Usage).is_empty() || history.is_complete(Register::Usage);
            return ever.then_some(0);
        }
        let marks = recent.iter().filter_map(|seen| match &seen.entry.fact {
            Fact::Usage(usage) => mark(usage),
            _ => None,
        });
        let (sum, marks) = marks.fold((0, 0), |(sum, n), mark| (sum + mark, n + 1));
        (marks != 0).then(|| narrow(floor(sum, marks)))
    }

    fn version(&self, history: &History) -> i64 {
        history.seen(&[Group::Usage, Group::RecordKept])
            + history.left(Group::Usage, history.policy().windows.usage)
    }

    fn facts(&self, history: &History) -> Vec<FactId> {
        let recent = history.recent(Group::Usage, history.policy().windows.usage);
        match (recent.is_empty(), history.of(Group::Usage).last()) {
            (false, _) => super::ids(recent),
            (true, Some(last)) => vec![last.entry.id],
            (true, None) => history.register(Register::Usage).into_iter().collect(),
        }
    }

    fn evidence(&self, history: &History) -> String {
        let window = history.policy().windows.usage;
        match self.measure(history) {
            None => say!("No evidence: nothing of this line is measured in use").into_owned(),
            Some(_) if history.recent(Group::Usage, window).is_empty() => {
                say!("No use in {n} day" | "No use in {n} days" % window)
            }
            Some(x) => say!("{} of what they have is in use", phrase::percent(x)),
        }
    }
}

/// The weighted mean of the shares that are known of one fact.
fn mark(usage: &Usage) -> Option<i128> {
    let shares = [
        (2, usage.users, usage.seats),
        (2, usage.features, usage.features_available),
        (1, usage.power_users, usage.seats),
    ];
    let known = shares.into_iter().filter_map(|(weight, part, whole)| {
        let (part, whole) = (part?, whole.filter(|whole| *whole != 0)?);
        Some((weight, floor(i128::from(part) * 1000, i128::from(whole)).min(1000)))
    });
    let (sum, weights) =
        known.fold((0, 0), |(sum, weights), (weight, share)| (sum + weight * share, weights + weight));
    (weights != 0).then(|| floor(sum, weights))
}
