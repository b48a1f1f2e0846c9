//! Weighing: contributions, score, coverage, what the unknown could still do, confidence, and what to ask.

use crate::{
    DimensionName, History, IndustryPolicy, Lean,
    dimension::{COUNT, DIMENSIONS},
    dimensions::is_open,
    policy::{Curve, Family},
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

/// Scales on which one history is weighed from day to day: measured anew is only what may have changed since.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scales {
    /// What each dimension stood at when it was measured; nothing where it never was.
    versions: [Option<i64>; COUNT],
    weighing: Weighing,
}

impl Scales {
    /// Weighs what the history holds on its day; it is the same history each time.
    pub(crate) fn weigh(&mut self, history: &History) -> &Weighing {
        let policy = history.policy();
        let mut is_other = false;
        for (name, curve) in policy.policy.curves.iter().filter(|(name, _)| policy.applies(*name)) {
            let at = name as usize;
            let version = Some(DIMENSIONS[at].version(history));
            if self.versions[at] != version {
                let is_first = self.versions[at].is_none();
                self.versions[at] = version;
                is_other |= self.weighing.measure(history, name, curve) || is_first;
            }
        }
        if is_other {
            let all = &mut self.weighing;
            let base = policy.policy.rules.base * 1000 + policy.prior_micro();
            all.score = base + all.micro.iter().sum::<i64>();
            all.coverage = all.coverage(policy.reach);
        }
        &self.weighing
    }
}

/// What the facts weigh, all in millionths of log-odds. An array place is a dimension's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
        let mut scales = Scales::default();
        scales.weigh(history);
        scales.weighing
    }

    /// Measures one dimension; whether it weighs otherwise than before.
    fn measure(&mut self, history: &History, name: DimensionName, curve: &Curve) -> bool {
        let at = name as usize;
        let before = (self.micro[at], self.unknown[at]);
        let x = DIMENSIONS[at].measure(history);
        if x.is_none() || x != self.x[at] {
            self.micro[at] = x.map_or(0, |x| curve.contribution(x));
        }
        self.x[at] = x;
        self.unknown[at] = match x {
            None => Some(curve.bounds()),
            // It counts as it is, but may yet turn out to be more.
            Some(x) if name == DimensionName::NamedPerson && is_open(history, x) => {
                Some((0, curve.bounds().1 - self.micro[at]))
            }
            Some(_) => None,
        };
        before != (self.micro[at], self.unknown[at])
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
