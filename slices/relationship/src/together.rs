//! Together: what many facts do to the score, where they are too many to be left out one by one.

use speech::say;

use std::collections::BTreeMap;

use timeline::{Entry, FactId};

use crate::{
    Decision, History, Source, State, Vantage, Weighing,
    explain::{Effect, effects, effects_of},
    phrase, strength,
};

/// Facts that are each left out once.
const EACH: usize = 400;
/// The work of leaving facts out, counted in facts that are read again; beyond it facts are told together.
const READ_AGAIN: usize = EACH * EACH;
/// However many there are, as many of those that carry most are left out one by one.
const LEAST: usize = 4;

/// What facts do: one by one as far as that can be worked out in time, and by their kinds beyond.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// Of each fact that was left out by itself.
    pub each: Vec<Effect>,
    /// Of all facts of a kind, the strongest first; empty where each was left out by itself.
    pub together: Vec<Together>,
    /// How many facts there are.
    pub facts: usize,
}

/// What all facts of a kind do together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Together {
    /// The kind.
    pub kind: &'static str,
    /// How many they are.
    pub count: usize,
    /// How the score would change without all of them, millionths of log-odds.
    pub change: i64,
    /// The score without them.
    pub score: i64,
}

impl Together {
    /// `1,312 facts of the kind order: without them −0.62 → 0.66`.
    pub fn sentence(&self) -> String {
        let count = phrase::thousands(self.count);
        let kind = speech::word!(self.kind.replace('_', " "));
        let (change, left) = (phrase::log_odds(self.change), strength::shown(self.score));
        say!(
            "{count} fact of the kind {kind}: without them {change} \u{2192} {left}"
                | "{count} facts of the kind {kind}: without them {change} \u{2192} {left}" % self.count
        )
    }
}

impl Effects {
    /// Of the facts behind a decision.
    pub fn of(
        entries: &[Entry],
        vantage: &Vantage,
        (decision, history): (&Decision, &History),
        path: &[State],
    ) -> Effects {
        let facts = history.visible().count();
        if entries.len() <= EACH {
            return Effects { each: effects(entries, vantage, path), together: Vec::new(), facts };
        }
        let most = (READ_AGAIN / entries.len()).max(LEAST);
        let carrying = carrying((decision, path), history, most);
        let each = effects_of(entries, vantage, path, &carrying);
        Effects { each, together: by_kind(entries, vantage, history), facts }
    }

    /// How many were not left out one by one.
    pub fn untried(&self) -> usize {
        self.facts.saturating_sub(self.each.len())
    }

    /// What is told of those that were not left out one by one; nothing where each was.
    pub fn sentence(&self) -> Option<String> {
        let untried = Some(self.untried()).filter(|untried| *untried != 0)?;
        let told: Vec<String> = self.together.iter().map(Together::sentence).collect();
        Some(say!(
            "Of {} facts the {} that carry most were left out one by one; the other {} are told by their kinds. {}.",
            phrase::thousands(self.facts),
            phrase::thousands(self.each.len()),
            phrase::thousands(untried),
            told.join("; ")
        ))
    }
}

/// So many facts at most: those of the day on which the class began, then the newest behind each line of the sum, the heaviest line first, then the next newest.
fn carrying((decision, path): (&Decision, &[State]), history: &History, most: usize) -> Vec<FactId> {
    let mut lines: Vec<_> = decision.contributions.iter().collect();
    lines.sort_by_key(|line| -line.micro.abs());
    let behind = lines.iter().filter_map(|line| match line.source {
        Source::Dimension(name) => Some(name.dimension().facts(history)),
        _ => None,
    });
    let days: BTreeMap<FactId, _> = history.visible().map(|seen| (seen.entry.id, seen.day)).collect();
    let behind: Vec<Vec<FactId>> = behind
        .map(|mut facts| {
            facts.sort_by_key(|fact| std::cmp::Reverse((days.get(fact).copied(), *fact)));
            facts
        })
        .collect();
    let rounds = behind.iter().map(Vec::len).max().unwrap_or(0);
    let began = path.last().map(|state| state.since);
    let of_that_day = history.visible().filter(|seen| Some(seen.day) == began).map(|seen| seen.entry.id);
    let mut chosen: Vec<FactId> = of_that_day.take(most).collect();
    let in_turn = (0..rounds).flat_map(|round| behind.iter().filter_map(move |facts| facts.get(round)));
    for fact in in_turn {
        if most <= chosen.len() {
            break;
        }
        if !chosen.contains(fact) {
            chosen.push(*fact);
        }
    }
    chosen
}

/// What all facts of each kind do together.
fn by_kind(entries: &[Entry], vantage: &Vantage, history: &History) -> Vec<Together> {
    let with = Weighing::of(history).score;
    let mut kinds: BTreeMap<&'static str, usize> = BTreeMap::new();
    for seen in history.visible() {
        *kinds.entry(seen.entry.fact.kind()).or_default() += 1;
    }
    let one = |(kind, count): (&'static str, usize)| {
        let rest: Vec<Entry> = entries.iter().filter(|entry| entry.fact.kind() != kind).cloned().collect();
        let score = Weighing::of(&History::new(&rest, vantage)).score;
        Together { kind, count, change: score - with, score }
    };
    let mut together: Vec<Together> = kinds.into_iter().map(one).collect();
    together.sort_by_key(|one| -one.change.abs());
    together
}
