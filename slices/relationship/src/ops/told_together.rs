//! What many facts do together, as every door shows it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::together::{Effects, Together};

/// Facts that were not left out one by one, told by their kinds.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ToldTogether {
    /// How many facts stand behind the decision.
    pub facts: i64,
    /// How many of them were left out one by one.
    pub one_by_one: i64,
    /// All of it in plain words.
    pub sentence: String,
    /// What all facts of a kind do together, the strongest first.
    pub kinds: Vec<ToldKind>,
}

/// What all facts of a kind do together.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ToldKind {
    /// The kind.
    pub kind: String,
    /// How many they are.
    pub count: i64,
    /// How the whole score would change without all of them, in millionths of log-odds.
    pub without: i64,
    /// "1,312 facts of the kind order: without them −0.62 → 0.66".
    pub sentence: String,
}

/// Nothing where each was left out by itself.
pub(super) fn told_together(effects: &Effects) -> Option<ToldTogether> {
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let kind = |one: &Together| ToldKind {
        kind: one.kind.to_owned(),
        count: count(one.count),
        without: one.change,
        sentence: one.sentence(),
    };
    Some(ToldTogether {
        sentence: effects.sentence()?,
        facts: count(effects.facts),
        one_by_one: count(effects.each.len()),
        kinds: effects.together.iter().map(kind).collect(),
    })
}
