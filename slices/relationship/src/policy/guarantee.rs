//! What a policy guarantees by its bounds alone, recomputed for any edited or learned one (policy.md §4).

use speech::say;

use super::{Family, Industries, Policy};
use crate::{DimensionName, phrase};

/// One promise of a policy, with the figure it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Guarantee {
    /// What is promised, as a sentence.
    pub promise: String,
    /// The score in the worst case, millionths.
    pub worst: i64,
    /// The score it must not cross, millionths.
    pub bound: i64,
    /// Whether it holds.
    pub holds: bool,
    /// What it means where it does not hold, as a sentence.
    pub otherwise: String,
}

impl Guarantee {
    /// What no longer holds of a policy with the trades that ship, in words; empty when all holds.
    pub fn broken(policy: &Policy) -> Vec<String> {
        Industries::shipped().map(|industries| policy.broken_guarantees(&industries)).unwrap_or_default()
    }
}

impl Policy {
    /// The table of policy.md §4 for these numbers and the strongest prior of these trades.
    pub fn guarantees(&self, industries: &Industries) -> Vec<Guarantee> {
        let ground = Ground::new(self, industries);
        let mut table: Vec<Guarantee> = Family::ALL.iter().map(|family| ground.one_family(*family)).collect();
        table.push(ground.anonymous_buying());
        table.push(ground.standard_contract());
        table.push(ground.two_families());
        table.extend(ground.decisive());
        table
    }

    /// What no longer holds, in words; empty for the policies that ship.
    pub fn broken_guarantees(&self, industries: &Industries) -> Vec<String> {
        self.guarantees(industries).into_iter().filter(|one| !one.holds).map(|one| one.otherwise).collect()
    }
}

/// A policy, its base and the priors around it, millionths.
struct Ground<'p> {
    policy: &'p Policy,
    base: i64,
    weakest: i64,
    strongest: i64,
}

impl<'p> Ground<'p> {
    fn new(policy: &'p Policy, industries: &Industries) -> Ground<'p> {
        let (weakest, strongest) = industries.priors();
        let weight = policy.rules.industry_weight;
        let (weakest, strongest) = (weakest * weight, strongest * weight);
        Ground { policy, base: policy.rules.base * 1000, weakest, strongest }
    }

    /// The greatest contribution of each member of a family, greatest first.
    fn members(&self, family: Family) -> Vec<(DimensionName, i64)> {
        let members = self.policy.curves.iter().filter(|(_, curve)| curve.family == family);
        let mut members: Vec<_> = members.map(|(name, curve)| (name, curve.range().1)).collect();
        members.sort_by_key(|(name, most)| (-most, *name));
        members
    }

    fn family(&self, family: Family) -> i64 {
        self.members(family).iter().map(|(_, most)| most).sum()
    }

    fn value(&self, name: DimensionName, x: i64) -> i64 {
        self.policy.curves.of(name).contribution(x)
    }

    /// A guarantee that the worst score stays below the threshold to become a client.
    fn below(&self, promise: String, worst: i64, otherwise: String) -> Guarantee {
        let bound = self.policy.rules.becomes;
        Guarantee { promise, worst, bound, holds: worst < bound, otherwise }
    }

    fn one_family(&self, family: Family) -> Guarantee {
        let mut sum = self.base + self.strongest;
        let mut names = Vec::new();
        for (name, most) in self.members(family) {
            if sum < self.policy.rules.becomes {
                sum += most;
                names.push(speech::word!(name.as_str().replace('_', " ")));
            }
        }
        let worst = self.base + self.strongest + self.family(family);
        let family = speech::word!(family.as_str());
        let promise =
            say!("Evidence of the family {family} alone never makes a client, whatever the industry.");
        self.below(promise, worst, say!("With these weights, {} alone could make a client.", listed(&names)))
    }

    fn anonymous_buying(&self) -> Guarantee {
        let goods = self.value(DimensionName::ServiceBought, self.policy.credit.offer.goods);
        let worst = self.base + self.strongest + self.family(Family::Time) + goods.max(0);
        let promise = say!("Buying alone never makes a client, however often, however long and for any sum.")
            .into_owned();
        self.below(
            promise,
            worst,
            say!("With these weights, somebody who only buys goods could become a client.").into_owned(),
        )
    }

    fn standard_contract(&self) -> Guarantee {
        let form = &self.policy.credit.form;
        let clause = &self.policy.credit.clause;
        let points = clause.fees + clause.scope + clause.withdrawal + clause.term;
        let paper = self.value(DimensionName::Contract, points * form.standard / 1000);
        let plain = self.value(DimensionName::ServiceBought, self.policy.credit.offer.subscription);
        let worst = self.base + self.strongest + paper + self.family(Family::Time) + plain;
        let promise = say!("A standard contract with time does not make a client.").into_owned();
        let otherwise =
            say!("With these weights, years under a standard contract could make a client.").into_owned();
        self.below(promise, worst, otherwise)
    }

    fn two_families(&self) -> Guarantee {
        let mut families: Vec<i64> = Family::ALL.iter().map(|family| self.family(*family)).collect();
        families.sort_unstable_by(|a, b| b.cmp(a));
        let worst = self.base + families.iter().take(2).sum::<i64>();
        let bound = self.policy.rules.becomes;
        Guarantee {
            promise: say!("Two whole families of evidence together can make a client.").into_owned(),
            worst,
            bound,
            holds: bound <= worst,
            otherwise: say!("With these weights, even two whole families of evidence make no client.")
                .into_owned(),
        }
    }

    /// Policies with decisive dimensions: all of them make a client, one less does not and ends it.
    fn decisive(&self) -> Vec<Guarantee> {
        let is_decisive = |name: DimensionName| self.policy.curves.of(name).decisive;
        let ranges = || self.policy.curves.iter().map(|(name, curve)| (name, curve.range()));
        let decisive: Vec<_> = ranges().filter(|(name, _)| is_decisive(*name)).collect();
        let Some(least_gain) = decisive.iter().map(|(_, (_, most))| *most).min() else { return Vec::new() };
        let others = || ranges().filter(|(name, _)| !is_decisive(*name)).map(|(_, range)| range);
        let low = self.base + self.weakest + others().map(|(least, _)| least).sum::<i64>();
        let high = self.base + self.strongest + others().map(|(_, most)| most).sum::<i64>();
        let all: i64 = decisive.iter().map(|(_, (_, most))| most).sum();
        let lost = decisive.iter().map(|(_, (least, most))| high + all - most + least).max().unwrap_or(high);
        let names: Vec<_> =
            decisive.iter().map(|(name, _)| speech::word!(name.as_str().replace('_', " "))).collect();
        let names = listed(&names);
        let (becomes, stop) = (self.policy.rules.becomes, self.policy.rules.stop);
        let promise = say!("Without one of {names} nobody becomes a client.");
        let alone = self.below(
            promise,
            high + all - least_gain,
            say!("With these weights, somebody without one of {names} could become a client."),
        );
        vec![
            Guarantee {
                promise: say!("Who has {names} in full is always a client."),
                worst: low + all,
                bound: becomes,
                holds: becomes <= low + all,
                otherwise: say!(
                    "With these weights, somebody who has {names} in full could stay a customer."
                ),
            },
            alone,
            Guarantee {
                promise: say!("Who loses one of {names} stops being a client at once."),
                worst: lost,
                bound: stop,
                holds: lost <= stop,
                otherwise: say!("With these weights, somebody who lost one of {names} could stay a client."),
            },
        ]
    }
}

/// `a, b and c`.
fn listed(names: &[String]) -> String {
    if names.is_empty() { say!("nothing").into_owned() } else { phrase::list(names) }
}
