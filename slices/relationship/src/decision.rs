//! The decision: customer or client, why, how sure, and what would settle it (policy.md §6).

use std::sync::Arc;

use kernel::Day;

use crate::{
    Class, Confidence, DimensionName, Entered, Fit, History, Lean, Standing, State, Weighing, Why,
    standing::{Existence, existence},
    strength,
    weigh::Scales,
};

/// What a relationship is on a day, as a policy reads the facts.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The day it is decided for.
    pub as_of: Day,
    /// Prospect, active or former.
    pub standing: Standing,
    /// Customer, client or not enough evidence; a former one keeps the lean it had.
    pub lean: Lean,
    /// The reason.
    pub why: Why,
    /// The day of the first decision of the unbroken run of this class.
    pub since: Day,
    /// How it came into this class.
    pub entered: Entered,
    /// Log-odds of client against customer, millionths; none for prospect and former.
    pub score: Option<i64>,
    /// Permille of what could be known.
    pub coverage: i64,
    /// Would the unknown turn it? Only for customer and client.
    pub confidence: Option<Confidence>,
    /// Base, what can be measured in this trade in the fixed order, industry: they sum to the score.
    pub contributions: Vec<Contribution>,
    /// The one or two dimensions whose facts would settle it.
    pub ask: Vec<DimensionName>,
    /// Is it served as what it is?
    pub fit: Fit,
    /// Name of the policy.
    pub policy: Arc<str>,
    /// Version of the policy.
    pub policy_version: Arc<str>,
    /// Version of the frozen ranks of spend, where there are any.
    pub baseline: Option<i64>,
}

/// One line of the sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contribution {
    /// Where it comes from.
    pub source: Source,
    /// The measured value in the unit that the policy names; the prior for the industry.
    pub x: Option<i64>,
    /// Millionths of log-odds.
    pub micro: i64,
}

/// Where a contribution comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// What holds for one of whom we know only that it bought.
    Base,
    /// Facts about the relationship.
    Dimension(DimensionName),
    /// Our trade on this service line.
    Industry,
}

impl Source {
    /// Its name in policies and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Source::Base => "base",
            Source::Dimension(name) => name.as_str(),
            Source::Industry => "industry",
        }
    }

    /// Its name on pages.
    pub fn word(self) -> &'static str {
        match self {
            Source::Base => "Starting point",
            Source::Dimension(name) => name.word(),
            Source::Industry => "Industry",
        }
    }

    /// The same when people are spoken to.
    pub fn said(self) -> String {
        speech::word!(self.word())
    }
}

impl Decision {
    /// Prospect, customer, client, former or not enough evidence.
    pub fn class(&self) -> Class {
        Class::of(self.standing, self.lean)
    }

    /// What the next decision needs of this one.
    pub fn state(&self) -> State {
        State { standing: self.standing, lean: self.lean, since: self.since, entered: self.entered }
    }

    /// Strength of evidence in parts per million; only for customer and client.
    pub fn strength(&self) -> Option<i64> {
        self.score.filter(|_| self.class().is_judged()).map(strength::per_million)
    }

    /// The contribution of a dimension; nothing where it cannot be measured in this trade.
    pub fn contribution(&self, name: DimensionName) -> Option<&Contribution> {
        self.contributions.iter().find(|one| one.source == Source::Dimension(name))
    }
}

/// Decides from the facts, and from what was decided before.
///
/// Without `previous` the relationship is judged afresh: nothing holds it in a class.
pub fn decide(history: &History, previous: Option<&State>) -> Decision {
    let mut scales = Scales::default();
    let verdict = judge(history, previous, &mut scales);
    let weighing = scales.weigh(history);
    let state = verdict.state(history.now(), previous);
    let policy = history.policy();
    let class = state.class();
    let judged = class.is_judged();
    let confidence = judged.then(|| weighing.confidence(policy, state.lean));
    let silent = matches!(class, Class::Prospect | Class::Former) || confidence == Some(Confidence::High);
    Decision {
        as_of: history.now(),
        standing: state.standing,
        lean: state.lean,
        why: verdict.why,
        since: state.since,
        entered: state.entered,
        score: (judged || class == Class::NotEnough).then_some(weighing.score),
        coverage: weighing.coverage,
        confidence,
        contributions: contributions(history, weighing),
        ask: if silent { Vec::new() } else { weighing.ask(policy) },
        fit: if judged { Fit::of(history, weighing) } else { Fit::NotJudged },
        policy: Arc::clone(&policy.policy.name),
        policy_version: Arc::clone(&policy.policy.version),
        baseline: history.baseline().map(|baseline| baseline.version()),
    }
}

/// The state alone, without what only people read; and whether a few days without a fact may turn it and turn it back.
pub(crate) fn step(history: &History, previous: Option<&State>, scales: &mut Scales) -> (State, bool) {
    let verdict = judge(history, previous, scales);
    (verdict.state(history.now(), previous), verdict.is_near)
}

/// A score so near to what would turn it, millionths of log-odds, may cross it and come back within a month in which
/// nothing is recorded: facts leave their windows while others gain by time. Farther ones do not, in any of the random
/// histories that `tests/replays.rs` decides day by day.
const NEAR: i64 = 500_000;

/// A class with its reason.
struct Verdict {
    standing: Standing,
    lean: Lean,
    why: Why,
    is_near: bool,
}

impl Verdict {
    fn active(lean: Lean, why: Why) -> Verdict {
        Verdict { standing: Standing::Active, lean, why, is_near: false }
    }

    /// Since when, and how it came in.
    fn state(&self, now: Day, previous: Option<&State>) -> State {
        let (standing, lean) = (self.standing, self.lean);
        let class = Class::of(standing, lean);
        match previous {
            Some(before) if before.class() == class => {
                State { standing, lean, since: before.since, entered: before.entered }
            }
            Some(before) if before.class().is_judged() && class.is_judged() => {
                State { standing, lean, since: now, entered: Entered::Change }
            }
            _ => State { standing, lean, since: now, entered: Entered::First },
        }
    }
}

/// The class; weighed is only where there is something to weigh.
fn judge(history: &History, previous: Option<&State>, scales: &mut Scales) -> Verdict {
    match existence(history) {
        Existence::Nothing => Verdict::active(Lean::NotEnough, Why::NothingKnown),
        Existence::Interest => {
            Verdict { standing: Standing::Prospect, ..Verdict::active(Lean::NotEnough, Why::Interest) }
        }
        Existence::Over(why) => {
            let lean = previous.map_or(Lean::NotEnough, |before| before.lean);
            Verdict { standing: Standing::Former, ..Verdict::active(lean, why) }
        }
        Existence::Committed => match history.mixed_currencies() {
            Some((one, other)) => Verdict::active(Lean::NotEnough, Why::Currencies(one, other)),
            None => lean(history, previous, scales.weigh(history)),
        },
    }
}

/// Customer, client or not enough evidence (policy.md §6.3 to §6.6).
fn lean(history: &History, previous: Option<&State>, weighing: &Weighing) -> Verdict {
    let policy = history.policy();
    let rules = &policy.policy.rules;
    if weighing.coverage < rules.min_coverage {
        return Verdict::active(Lean::NotEnough, Why::ThinCoverage);
    }
    if let Some(name) = weighing.undecided(policy) {
        return Verdict { is_near: true, ..Verdict::active(Lean::NotEnough, Why::Undecided(name)) };
    }
    let before = previous.filter(|before| before.class().is_judged());
    let was_client = before.is_some_and(|before| before.lean == Lean::Client);
    let becomes = rules.becomes <= weighing.score;
    let client = becomes || (was_client && rules.stop < weighing.score);
    let target = if client { Lean::Client } else { Lean::Customer };
    let dwells = |before: &&State| {
        let young = history.age(before.since) < rules.dwell_days;
        before.lean != target && before.entered == Entered::Change && young
    };
    if let Some(before) = before.filter(dwells) {
        return Verdict { is_near: true, ..Verdict::active(before.lean, Why::HeldByDwell) };
    }
    let why = if client && !becomes { Why::HeldBetween } else { Why::Score };
    let margin = if client { weighing.score - rules.stop } else { rules.becomes - weighing.score };
    let is_near = margin < NEAR || weighing.nearly_undecided(policy, NEAR);
    Verdict { is_near, ..Verdict::active(target, why) }
}

fn contributions(history: &History, weighing: &Weighing) -> Vec<Contribution> {
    let policy = history.policy();
    let base = Contribution { source: Source::Base, x: None, micro: policy.policy.rules.base * 1000 };
    let (x, micro) = (Some(policy.prior), policy.prior_micro());
    let industry = Contribution { source: Source::Industry, x, micro };
    let measured = DimensionName::ALL.iter().filter(|name| policy.applies(**name)).map(|name| Contribution {
        source: Source::Dimension(*name),
        x: weighing.x[*name as usize],
        micro: weighing.contribution(*name),
    });
    std::iter::once(base).chain(measured).chain([industry]).collect()
}
