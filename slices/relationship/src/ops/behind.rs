//! The lines of the sum, each with the facts behind it.

use kernel::{Context, Money};
use schemars::JsonSchema;
use serde::Serialize;
use speech::say;
use timeline::{Entry, store::SourceNames};

use crate::{Decision, History, Source, explain::Effect};

/// Facts that are listed one by one behind a line.
const LISTED: usize = 20;

/// A line of the sum.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ExplainedLine {
    /// The dimension, or base, or industry.
    pub dimension: String,
    /// Its name on pages.
    pub word: String,
    /// The measured value in the unit that the policy names; absent where there is no evidence.
    pub x: Option<i64>,
    /// Millionths of log-odds.
    pub micro: i64,
    /// What the facts say.
    pub evidence: String,
    /// The facts it rests on, newest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<ExplainedFact>,
    /// Facts it rests on beyond those listed.
    #[serde(skip_serializing_if = "is_zero")]
    pub further: i64,
}

pub(super) fn is_zero(n: &i64) -> bool {
    *n == 0
}

/// A fact behind a line.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ExplainedFact {
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// How it reads, without its day.
    pub said: String,
    /// The day it happened.
    pub on: String,
    /// Its amount, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
    /// How the whole score would change without it, in millionths of log-odds; absent where it was not worked out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub without: Option<i64>,
    /// "without this −0.62 → 0.66".
    #[serde(skip_serializing_if = "String::is_empty")]
    pub effect: String,
    /// The class without it, the time before decided anew; absent where it was not worked out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class_without: Option<String>,
    /// The import and row it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<accounts::ops::Source>,
}

pub(super) fn lines(
    cx: &Context,
    decision: &Decision,
    history: &History<'_>,
    effects: &[Effect],
    names: &SourceNames,
) -> Vec<ExplainedLine> {
    let line = |one: &crate::Contribution| {
        let (evidence, found) = match one.source {
            Source::Base => {
                let text = say!("Most who buy stay customers; a client is the smaller number");
                (text.into_owned(), Vec::new())
            }
            Source::Industry => {
                (say!("Our trade on this line; a weak start, never proof").into_owned(), Vec::new())
            }
            Source::Dimension(name) => {
                let dimension = name.dimension();
                (dimension.evidence(history), dimension.facts(history))
            }
        };
        let behind = history.visible().map(|seen| seen.entry).filter(|entry| found.contains(&entry.id));
        let (facts, further) = listed(cx, behind.collect(), effects, names);
        ExplainedLine {
            dimension: one.source.as_str().to_owned(),
            word: one.source.said(),
            x: one.x,
            micro: one.micro,
            evidence,
            facts,
            further,
        }
    };
    decision.contributions.iter().map(line).collect()
}

/// The newest of these facts, each as it is shown, and how many there are beyond.
pub(super) fn listed(
    cx: &Context,
    mut entries: Vec<&Entry>,
    effects: &[Effect],
    names: &SourceNames,
) -> (Vec<ExplainedFact>, i64) {
    entries.sort_by_key(|entry| std::cmp::Reverse((entry.occurred.day(&cx.zone), entry.id)));
    let shown = entries.iter().take(LISTED).map(|entry| fact(cx, entry, effects, names));
    (shown.collect(), i64::try_from(entries.len().saturating_sub(LISTED)).unwrap_or(0))
}

fn fact(cx: &Context, entry: &Entry, effects: &[Effect], names: &SourceNames) -> ExplainedFact {
    let effect = effects.iter().find(|effect| effect.fact == entry.id);
    let amount = entry.fact.amount().zip(entry.currency);
    ExplainedFact {
        id: cx.codes.write(entry.id),
        kind: entry.fact.kind().to_owned(),
        said: timeline::sentence::say(entry),
        on: entry.occurred.day(&cx.zone).to_string(),
        amount: amount.map(|(amount, currency)| speech::money(Money::new(amount, currency))),
        without: effect.map(|effect| effect.change),
        effect: effect.map(Effect::sentence).unwrap_or_default(),
        class_without: effect.and_then(|effect| effect.class).map(|class| class.to_string()),
        source: entry.source.map(|source| accounts::ops::Source::of(cx, source, names)),
    }
}
