//! Service fit with its reasons, as every door shows it.

use kernel::Context;
use schemars::JsonSchema;
use serde::Serialize;
use timeline::{Entry, store::SourceNames};

use super::behind::{ExplainedFact, is_zero, listed};
use crate::{
    Decision, History, Vantage, Weighing,
    explain::Effect,
    fit::{About, Care, Reason, ServiceFit, Unasked},
    phrase, strength,
};

/// How a relationship is served, and why it reads so.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownServiceFit {
    /// What is called for: client care, customer care, either; absent for whoever is neither customer nor client.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub called_for: Option<String>,
    /// The score without our named person and our own contact, in millionths of log-odds; by it the care is called for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_score: Option<i64>,
    /// The same as a strength with two decimals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_strength: Option<String>,
    /// All of it as plain sentences.
    pub sentence: String,
    /// What it comes from, one by one.
    pub reasons: Vec<ShownReason>,
}

/// One thing that a service fit comes from.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownReason {
    /// called for, named person, reviews, forgiven, unasked.
    pub about: String,
    /// Of a kind of care: whether the evidence calls for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub called_for: Option<bool>,
    /// Of a kind of care: whether a contract in force promises it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promised: Option<bool>,
    /// Of a kind of care: given, not given, not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given: Option<String>,
    /// It in whole sentences.
    pub sentence: String,
    /// The facts that show it, newest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<ExplainedFact>,
    /// Facts beyond those listed.
    #[serde(skip_serializing_if = "is_zero")]
    pub further: i64,
}

/// What the facts are shown from.
pub(super) struct Shown<'a> {
    pub(super) entries: &'a [Entry],
    pub(super) effects: &'a [Effect],
    pub(super) names: &'a SourceNames,
}

/// The service fit of a decision; nothing for whoever is neither customer nor client, unless we contacted them against
/// their word.
pub(super) fn shown_fit(
    cx: &Context,
    vantage: &Vantage<'_>,
    (decision, history): (&Decision, &History<'_>),
    shown: &Shown<'_>,
) -> Option<ShownServiceFit> {
    let served = decision.class().is_judged().then(|| ServiceFit::of(history, &Weighing::of(history)));
    let unasked = Unasked::of(shown.entries, history, vantage);
    let reasons: Vec<Reason> = unasked
        .iter()
        .map(Unasked::reason)
        .chain(served.iter().flat_map(|served| served.reasons(history)))
        .collect();
    if reasons.is_empty() {
        return None;
    }
    let care = served.as_ref().map_or(&[][..], |served| &served.care[..]);
    Some(ShownServiceFit {
        called_for: served.as_ref().map(|served| served.called_for.to_string()),
        own_score: served.as_ref().map(|served| served.own),
        own_strength: served.as_ref().map(|served| strength::shown(served.own)),
        sentence: phrase::joined(reasons.iter().map(|reason| reason.sentence.as_str())),
        reasons: reasons.iter().map(|reason| shown_reason(cx, reason, care, shown)).collect(),
    })
}

fn shown_reason(cx: &Context, reason: &Reason, care: &[Care], shown: &Shown<'_>) -> ShownReason {
    let care = care.iter().find(|care| About::of(care.kind) == reason.about);
    let behind = shown.entries.iter().filter(|entry| reason.facts.contains(&entry.id));
    let (facts, further) = listed(cx, behind.collect(), shown.effects, shown.names);
    let given = |care: &Care| match care.given {
        Some(true) => "given".to_owned(),
        Some(false) => "not given".to_owned(),
        None => "not known".to_owned(),
    };
    ShownReason {
        about: reason.about.to_string(),
        called_for: care.map(|care| care.called_for),
        promised: care.map(|care| care.promised),
        given: care.map(given),
        sentence: reason.sentence.clone(),
        facts,
        further,
    }
}
