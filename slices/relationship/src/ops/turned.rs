//! What would turn a decision, and what comes by itself, as every door shows it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use timeline::Entry;

use crate::{Decision, History, State, Vantage, Weighing, ahead::ahead, deed::deeds, strength, turn::turn};

/// Facts that, recorded on the day, would make a class the other one.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownDeed {
    /// The class that it would be.
    pub class: String,
    /// The strength of evidence that it would have, two decimals.
    pub strength: String,
    /// The same as a sentence.
    pub sentence: String,
    /// How many facts of which kind.
    pub facts: BTreeMap<String, i64>,
}

/// What comes by itself.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownAhead {
    /// The first day on which it is another class, if nothing more is recorded.
    pub on: String,
    /// The class that it is then.
    pub class: String,
    /// The same as a sentence, with the reason.
    pub sentence: String,
}

/// The least that could be recorded on the day and would turn it.
/// `states` are those that it went through ([`crate::path`]): what stood the day before is the last of them that began
/// before.
pub(super) fn shown_deeds(
    entries: &[Entry],
    vantage: &Vantage<'_>,
    decision: &Decision,
    states: &[State],
) -> Vec<ShownDeed> {
    let before = states.iter().rev().find(|state| state.since < vantage.as_of);
    let shown = |deed: &crate::deed::Deed| {
        let mut facts = BTreeMap::new();
        for fact in &deed.facts {
            *facts.entry(fact.kind().to_owned()).or_insert(0) += 1;
        }
        let strength = strength::shown(deed.score);
        ShownDeed { class: deed.class.to_string(), strength, sentence: deed.sentence(), facts }
    };
    deeds(entries, vantage, decision, before).iter().map(shown).collect()
}

/// What comes within three years, if nothing more is recorded.
pub(super) fn shown_ahead(
    entries: &[Entry],
    vantage: &Vantage<'_>,
    decision: &Decision,
) -> Option<ShownAhead> {
    let next = ahead(entries, vantage, decision)?;
    Some(ShownAhead { on: next.on.to_string(), class: next.class.to_string(), sentence: next.sentence() })
}

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
        word: step.name.said(),
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
