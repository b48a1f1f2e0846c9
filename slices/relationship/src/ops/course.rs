//! The course of a relationship: each class that it had, from the facts, and what happened on the day on which it began;
//! and what the class of now hangs on.

use kernel::Context;
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    behind::{ExplainedFact, listed},
    service_fit::Shown,
};
use crate::{Decision, History, State, standing};

/// Classes that are told, the latest.
const TOLD: usize = 24;

/// A class that it had.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownStretch {
    /// The class.
    pub class: String,
    /// Its first day.
    pub since: String,
    /// The first day of the next one; absent for the one that stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// What happened on its first day, the newest first; nothing where only time passed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<ExplainedFact>,
}

/// The classes it had, the latest last ([`crate::path`]), by the facts, the policy and the ranks of spend that are looked from: as if each day
/// had been decided on that day.
pub(super) fn course(
    cx: &Context,
    states: &[State],
    history: &History<'_>,
    shown: &Shown<'_>,
) -> Vec<ShownStretch> {
    let next = states.iter().skip(1).map(|state| Some(state.since.to_string())).chain([None]);
    let all = states.iter().zip(next).map(|(state, until)| {
        let of_day = history.visible().filter(|seen| seen.day == state.since).map(|seen| seen.entry);
        ShownStretch {
            class: state.class().to_string(),
            since: state.since.to_string(),
            until,
            facts: listed(cx, of_day.collect(), shown.effects, shown.names).0,
        }
    });
    all.skip(states.len().saturating_sub(TOLD)).collect()
}

/// The facts on which the standing of a prospect or former one rests, the newest first.
pub(super) fn rests_on(
    cx: &Context,
    decision: &Decision,
    history: &History<'_>,
    shown: &Shown<'_>,
) -> Vec<ExplainedFact> {
    let ids = standing::rests_on(history, &decision.why);
    let facts = history.visible().map(|seen| seen.entry).filter(|entry| ids.contains(&entry.id));
    listed(cx, facts.collect(), shown.effects, shown.names).0
}

/// Facts without any one of which it would be of another class, as far as that was worked out: those behind a line of the sum, and those that count only
/// by what they once made of it.
pub(super) fn hangs_on(
    cx: &Context,
    decision: &Decision,
    history: &History<'_>,
    shown: &Shown<'_>,
) -> Vec<ExplainedFact> {
    let turns = |id| {
        let effect = shown.effects.iter().find(|effect| effect.fact == id);
        effect.and_then(|effect| effect.class).is_some_and(|class| class != decision.class())
    };
    let facts = history.visible().map(|seen| seen.entry).filter(|entry| turns(entry.id));
    listed(cx, facts.collect(), shown.effects, shown.names).0
}
