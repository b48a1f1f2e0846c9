//! Explanations: what each fact does to the score, and the whole decision as sentences.

use std::collections::HashMap;

use kernel::Day;
use speech::say;
use timeline::{Entry, FactId};

use crate::{
    Class, Decision, Lean, Policy, Source, State, Vantage, Weighing, Why, history::History, phrase,
    replay::replayed_without, strength,
};

/// The work of deciding the time before anew, counted in facts: as many as that allows are left out of it.
const REPLAYED: usize = 6_000;
/// However many facts there are, so many of them.
const LEAST: usize = 4;

/// What one fact does: the decision with and without it, everything else the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    /// The fact.
    pub fact: FactId,
    /// How the score would change without it, millionths of log-odds.
    pub change: i64,
    /// The score without it.
    pub score: i64,
    /// The class without it, as if it had never been: the time before is decided anew. Nothing for those that weigh less,
    /// where there are too many for that.
    pub class: Option<Class>,
}

impl Effect {
    /// `without this −0.62 → 0.66`: the change in log-odds and the strength that would be left.
    pub fn sentence(&self) -> String {
        say!("without this {} \u{2192} {}", phrase::log_odds(self.change), strength::shown(self.score))
    }
}

/// The effect of each fact that exists for the decision, in the order of day and id. `path` is that of the decision
/// ([`crate::path`]).
pub fn effects(entries: &[Entry], vantage: &Vantage, path: &[State]) -> Vec<Effect> {
    let whole = History::new(entries, vantage);
    let mut facts: Vec<_> = whole.visible().map(|seen| (seen.day, seen.entry.id)).collect();
    facts.sort_unstable();
    let facts: Vec<FactId> = facts.into_iter().map(|(_, fact)| fact).collect();
    effects_of(entries, vantage, path, &facts)
}

/// The effect of each of these facts, in their order. The class without it is worked out for those of the day on which the
/// class began, which may count by what they made of it alone, and then for those that weigh most.
pub fn effects_of(entries: &[Entry], vantage: &Vantage, path: &[State], facts: &[FactId]) -> Vec<Effect> {
    let whole = History::new(entries, vantage);
    let with = Weighing::of(&whole).score;
    let effect = |fact: FactId| {
        let score = Weighing::of(&History::without(entries, vantage, fact)).score;
        Effect { fact, change: score - with, score, class: None }
    };
    let mut effects: Vec<Effect> = facts.iter().map(|fact| effect(*fact)).collect();
    let days: HashMap<FactId, Day> = whole.visible().map(|seen| (seen.entry.id, seen.day)).collect();
    let began = path.last().map(|state| state.since);
    let mut first: Vec<_> =
        effects.iter_mut().filter_map(|effect| days.get(&effect.fact).map(|day| (*day, effect))).collect();
    first.sort_by_key(|(day, effect)| (Some(*day) != began, -effect.change.abs()));
    let most = REPLAYED / entries.len().max(1);
    for (day, effect) in first.into_iter().take(most.max(LEAST)) {
        effect.class = Some(replayed_without(entries, vantage, (effect.fact, day), path).class());
    }
    effects
}

/// The decision in a few plain sentences: what, since when, how strong the evidence is, why. Every door shows
/// these words; what would settle it and what would change it stand beside them.
pub fn sentence(decision: &Decision, policy: &Policy) -> String {
    let since = phrase::day(decision.since);
    let why = reason(decision, policy);
    match decision.class() {
        Class::Prospect => say!("A prospect since {since}. {why}"),
        Class::Former => match decision.lean {
            Lean::Client => say!("Former since {since}; was a client. {why}"),
            Lean::Customer => say!("Former since {since}; was a customer. {why}"),
            Lean::NotEnough => say!("Former since {since}. {why}"),
        },
        Class::NotEnough => say!("Not enough evidence to call it a client: served as a customer. {why}"),
        Class::Customer | Class::Client => judged(decision, policy, &since, &why),
    }
}

/// The reason of a decision as a whole sentence: [`Why::sentence`], except of a customer between the two bounds, where the
/// evidence alone adds up to neither.
pub fn reason(decision: &Decision, policy: &Policy) -> String {
    let score = decision.score.filter(|_| decision.class() == Class::Customer);
    match (decision.why, score) {
        (Why::Score, Some(score)) if policy.rules.stop < score => {
            say!("A customer stays one until the evidence reaches the upper threshold, and it has not.")
                .into_owned()
        }
        (why, _) => why.sentence(decision.lean),
    }
}

fn judged(decision: &Decision, policy: &Policy, since: &str, why: &str) -> String {
    let score = decision.score.unwrap_or_default();
    let rules = &policy.rules;
    let place = match decision.why {
        Why::HeldBetween => say!(
            "below the {} at which one becomes a client, above the {} at which one stops being one",
            phrase::hundredths(rules.become_permille),
            phrase::hundredths(rules.stop_permille)
        ),
        _ if rules.becomes <= score => {
            say!(
                "at or above the {} at which one becomes a client",
                phrase::hundredths(rules.become_permille)
            )
        }
        _ => say!("below the {} at which one becomes a client", phrase::hundredths(rules.become_permille)),
    };
    let strength = beside(score, &[rules.become_permille, rules.stop_permille]);
    let called = match &policy.learned {
        Some(learned) => say!("the probability of a client, by {} labels of ours,", learned.labels),
        None => say!("the strength of evidence").into_owned(),
    };
    let weights = weightiest(decision);
    match decision.lean {
        Lean::Client => say!("A client since {since}: {called} is {strength}, {place}. {why}{weights}"),
        _ => say!("A customer since {since}: {called} is {strength}, {place}. {why}{weights}"),
    }
}

/// The strength as it is shown; with four decimals where two would make it look like one of these bounds.
fn beside(score: i64, bounds: &[i64]) -> String {
    let shown = strength::shown(score);
    let looks_alike = bounds.iter().any(|bound| phrase::hundredths(*bound) == shown);
    if looks_alike { speech::decimal(&strength::four_decimals(score)) } else { shown }
}

/// Less is written as 0.00, millionths of log-odds.
const SHOWN: i64 = 5_000;

/// The two strongest on each side.
fn weightiest(decision: &Decision) -> String {
    let mut lines: Vec<_> = decision.contributions.iter().filter(|one| one.source != Source::Base).collect();
    lines.sort_by_key(|one| -one.micro.abs());
    let side = |sign: i64| -> Vec<String> {
        // What would be written as 0.00 says nothing.
        let of_side =
            lines.iter().filter(|one| one.micro.signum() == sign && SHOWN <= one.micro.abs()).take(2);
        of_side
            .map(|one| format!("{} ({})", phrase::inside(&one.source.said()), phrase::log_odds(one.micro)))
            .collect()
    };
    match (side(1).as_slice(), side(-1).as_slice()) {
        ([], []) => String::new(),
        (most, []) => say!(" Toward client: {}.", phrase::list(most)),
        ([], least) => say!(" Toward customer: {}.", phrase::list(least)),
        (most, least) => {
            say!(" Toward client: {}; toward customer: {}.", phrase::list(most), phrase::list(least))
        }
    }
}
