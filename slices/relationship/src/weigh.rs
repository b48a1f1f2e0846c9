//! Weighing: contributions, score, coverage, what the unknown could still do, confidence, and what to ask.

use crate::{
    DimensionName, History, IndustryPolicy, Lean,
    dimension::{COUNT, DIMENSIONS},
    dimensions::is_open,
    policy::Family,
    word::words,
};

words! {
    /// Would the unknown turn the answer? (policy.md §6.8)
    Confidence {
        /// It well could.
        Low = "low",
        /// Hardly.
        Medium = "medium",
        /// Not in likelihood.
        High = "high",
    }
}

/// Below this margin to the threshold, millionths of log-odds, confidence is low.
const LEAST_MARGIN: i64 = 100_000;

/// What the facts weigh, all in millionths of log-odds. An array place is a dimension's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighing {
    /// Measured values; nothing where there is no evidence.
    pub x: [Option<i64>; COUNT],
    /// Contributions; exactly 0 where there is no evidence.
    pub micro: [i64; COUNT],
    /// How far down and up what is unknown could still move the score.
    pub unknown: [Option<(i64, i64)>; COUNT],
    /// Their sum with base and industry.
    pub score: i64,
    /// Permille of the reach of what can be measured in this trade.
    pub coverage: i64,
}

impl Weighing {
    /// Weighs what the history holds.
    pub fn of(history: &History) -> Weighing {
        let policy = history.policy();
        let base = policy.policy.rules.base * 1000 + policy.prior_micro();
        let mut all = Weighing {
            x: [None; COUNT],
            micro: [0; COUNT],
            unknown: [None; COUNT],
            score: base,
            coverage: 0,
        };
        for (name, curve) in policy.policy.curves.iter().filter(|(name, _)| policy.applies(*name)) {
            let at = name as usize;
            all.x[at] = DIMENSIONS[at].measure(history);
            match all.x[at] {
                Some(x) => all.micro[at] = curve.contribution(x),
                None => all.unknown[at] = Some(curve.bounds()),
            }
        }
        if let Some(x) = all.x[DimensionName::NamedPerson as usize].filter(|x| is_open(history, *x)) {
            all.open(policy, DimensionName::NamedPerson, x);
        }
        all.score += all.micro.iter().sum::<i64>();
        all.coverage = all.coverage(policy.reach);
        all
    }

    /// It counts as it is, but may yet turn out to be more.
    fn open(&mut self, policy: &IndustryPolicy, name: DimensionName, x: i64) {
        let curve = policy.policy.curves.of(name);
        self.unknown[name as usize] = Some((0, curve.bounds().1 - curve.contribution(x)));
    }

    fn coverage(&self, reach: i64) -> i64 {
        let width: i64 = self.widths().map(|(_, width)| width).sum();
        if reach <= 0 { 0 } else { (1000 * (reach - width)).div_euclid(reach) }
    }

    /// What is unknown, with how far it could move the score.
    pub fn widths(&self) -> impl Iterator<Item = (DimensionName, i64)> {
        let unknown = DimensionName::ALL.iter().zip(&self.unknown);
        unknown.filter_map(|(name, unknown)| unknown.map(|(down, up)| (*name, up - down)))
    }

    /// The contribution of a dimension.
    pub fn contribution(&self, name: DimensionName) -> i64 {
        self.micro[name as usize]
    }

    /// A decisive dimension that is unknown and whose range reaches across the threshold.
    pub fn undecided(&self, policy: &IndustryPolicy) -> Option<DimensionName> {
        let becomes = policy.policy.rules.becomes;
        let reaches = |(down, up): (i64, i64)| self.score + down < becomes && becomes <= self.score + up;
        let decides = |name: &DimensionName| {
            policy.policy.curves.of(*name).decisive && self.unknown[*name as usize].is_some_and(reaches)
        };
        DimensionName::ALL.iter().copied().find(decides)
    }

    /// Whether a decisive dimension is unknown and its range ends so near to the threshold, millionths of log-odds.
    pub(crate) fn nearly_undecided(&self, policy: &IndustryPolicy, near: i64) -> bool {
        let becomes = policy.policy.rules.becomes;
        DimensionName::ALL.iter().filter(|name| policy.policy.curves.of(**name).decisive).any(|name| {
            self.unknown[*name as usize].is_some_and(|(down, up)| {
                [down, up].iter().any(|end| (self.score + end - becomes).abs() < near)
            })
        })
    }

    /// Would the unknown turn it? Evenly spread over each width, together within a family.
    pub fn confidence(&self, policy: &IndustryPolicy, lean: Lean) -> Confidence {
        let becomes = policy.policy.rules.becomes;
        let margin = if lean == Lean::Client { self.score - becomes } else { becomes - self.score };
        let mut families = [0i128; Family::ALL.len()];
        for (name, width) in self.widths() {
            families[policy.policy.curves.of(name).family as usize] += i128::from(width);
        }
        let spread: i128 = families.iter().map(|width| width * width).sum();
        let square = 12 * i128::from(margin) * i128::from(margin);
        match margin {
            ..LEAST_MARGIN => Confidence::Low,
            _ if 4 * spread <= square => Confidence::High,
            _ if spread <= square => Confidence::Medium,
            _ => Confidence::Low,
        }
    }

    /// The two that would settle it: decisive ones first, then by width, then in the fixed order.
    pub fn ask(&self, policy: &IndustryPolicy) -> Vec<DimensionName> {
        let mut open: Vec<(DimensionName, i64)> = self.widths().collect();
        open.sort_by_key(|(name, width)| (!policy.policy.curves.of(*name).decisive, -width));
        open.into_iter().take(2).map(|(name, _)| name).collect()
    }
}
