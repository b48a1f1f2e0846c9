//! What would turn a decision, as every door shows it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{Decision, History, Weighing, turn::turn};

/// The least that would make a class the other one.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownTurn {
    /// customer or client.
    pub class: String,
    /// The same as a sentence.
    pub sentence: String,
    /// What would have to be otherwise, all of it together.
    pub steps: Vec<ShownStep>,
}

/// A dimension that would have to be otherwise.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownStep {
    /// The dimension.
    pub dimension: String,
    /// Its name on pages.
    pub word: String,
    /// What is measured now, in the unit that the policy names; absent where there is no evidence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<i64>,
    /// What it would have to be.
    pub to: i64,
    /// How the score would move, millionths of log-odds.
    pub change: i64,
}

pub(super) fn shown_turn(history: &History<'_>, decision: &Decision) -> Option<ShownTurn> {
    if !decision.class().is_judged() {
        return None;
    }
    let policy = history.policy();
    let found = turn(&Weighing::of(history), policy, decision.lean)?;
    let steps = found.steps.iter().map(|step| ShownStep {
        dimension: step.name.to_string(),
        word: step.name.word().to_owned(),
        from: step.from,
        to: step.to,
        change: step.change,
    });
    Some(ShownTurn {
        class: found.to.to_string(),
        sentence: found.sentence(&policy.policy.curves),
        steps: steps.collect(),
    })
}
