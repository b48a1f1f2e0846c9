//! A class set by hand as it is shown, and the disagreement with the evidence in one sentence.

use std::collections::HashMap;

use ::store::Tx;
use kernel::{Context, Result};
use schemars::JsonSchema;
use serde::Serialize;
use speech::say;
use timeline::{AccountId, LineId};

use super::explanation::Explanation;
use crate::{
    Class,
    jobs::Clocks,
    overrides::{Override, Stage},
    phrase,
    store::{
        book,
        current::RelationshipId,
        overrides::{self as stored, Evidence, Found},
    },
    strength,
};

/// A class that a person set, beside what the evidence says.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownOverride {
    /// Its id.
    pub id: String,
    /// What the person says it is.
    pub class: String,
    /// What the evidence says it is.
    pub computed: String,
    /// Whether the two differ.
    pub disagrees: bool,
    /// Why the person says so.
    pub reason: String,
    /// Who says so; absent for the house itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Since which day.
    pub on: String,
    /// The last day on which it counts; afterwards what the evidence says counts again.
    pub until: String,
    /// in force, expired, withdrawn.
    pub stage: String,
    /// The day on which it was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<String>,
    /// Who withdrew it; absent for the house itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn_by: Option<String>,
    /// Why it was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn_reason: Option<String>,
    /// All of it in one sentence: "computed: customer (0.45); set to client by Mara until 2027-01-31: they call first".
    pub sentence: String,
}

/// An override with the relationship that it is about.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct OverrideRow {
    /// The id of the relationship.
    pub relationship: String,
    /// The id of the account.
    pub account: String,
    /// The name of the account.
    pub name: String,
    /// The name of the service line.
    pub line: String,
    /// The override.
    #[serde(flatten)]
    pub said: ShownOverride,
}

impl ShownOverride {
    /// As it was found.
    pub(super) fn of(cx: &Context, found: &Found) -> ShownOverride {
        let shown = ShownOverride::beside(cx, &found.held, found.author.clone(), &found.now);
        ShownOverride { withdrawn_by: found.withdrawer.clone(), ..shown }
    }

    /// Beside that evidence.
    pub(super) fn beside(
        cx: &Context,
        held: &Override,
        by: Option<String>,
        evidence: &Evidence,
    ) -> ShownOverride {
        let stage = held.stage(cx.today());
        let withdrawn = held.withdrawn.as_ref().filter(|_| stage == Stage::Withdrawn);
        ShownOverride {
            id: cx.codes.write(held.id),
            class: held.class.to_string(),
            computed: evidence.class.to_string(),
            disagrees: held.class != evidence.class,
            reason: held.reason.clone(),
            on: held.set_on.to_string(),
            until: held.until.to_string(),
            stage: stage.to_string(),
            withdrawn: withdrawn.map(|withdrawn| withdrawn.on.to_string()),
            withdrawn_by: None,
            // What the house wrote itself is a word of ours, kept in English.
            withdrawn_reason: withdrawn
                .map(|one| speech::word!(one.reason))
                .filter(|reason| !reason.is_empty()),
            sentence: sentence(held, by.as_deref(), evidence),
            by,
        }
    }
}

impl OverrideRow {
    /// As it was found, on the line of that name.
    pub(super) fn of(cx: &Context, found: &Found, line: String) -> OverrideRow {
        OverrideRow {
            relationship: cx.codes.write(found.relationship),
            account: cx.codes.write(found.held.account),
            name: found.name.clone(),
            line,
            said: ShownOverride::of(cx, found),
        }
    }
}

/// `computed: customer (0.45); set to client by Mara until 2027-01-31: they call before they decide`.
fn sentence(held: &Override, by: Option<&str>, evidence: &Evidence) -> String {
    say!(
        "computed: {}; set to {} by {} until {}: {}",
        computed(evidence.class, evidence.score),
        held.class.said(),
        by.map_or_else(|| say!("the house").into_owned(), str::to_owned),
        phrase::plain_day(held.until),
        held.reason
    )
}

/// `customer (0.45)`.
fn computed(class: Class, score: Option<i64>) -> String {
    match score {
        Some(score) => format!("{} ({})", class.said(), strength::shown(score)),
        None => class.said(),
    }
}

/// What people say of the rows of the book; it asks only where somebody said something.
pub(super) fn of_rows(
    cx: &Context,
    tx: &mut Tx<'_>,
    rows: &[book::Found],
) -> Result<HashMap<RelationshipId, ShownOverride>> {
    let said: Vec<_> = rows.iter().filter(|row| row.said).collect();
    if said.is_empty() {
        return Ok(HashMap::new());
    }
    let accounts: Vec<_> = said.iter().map(|row| row.account).collect();
    let held = stored::counting(tx, &accounts, cx.today())?;
    let authors: Vec<_> = held.values().map(|one| one.author).collect();
    let names = accounts::store::audit::people(tx, &authors)?;
    let shown = said.into_iter().filter_map(|row| {
        let one = held.get(&(row.account, row.line))?;
        let evidence = Evidence::of(row.computed.as_str(), row.score);
        Some((row.id, ShownOverride::beside(cx, one, names.get(&one.author).cloned(), &evidence)))
    });
    Ok(shown.collect())
}

/// Puts what a person says on that day above what the evidence says; an explanation of a day on which nobody said
/// anything stays as it is.
pub(super) fn above(
    cx: &Context,
    tx: &mut Tx<'_>,
    (account, line): (AccountId, LineId),
    clocks: Clocks,
    mut explanation: Explanation,
) -> Result<Explanation> {
    let today = cx.today();
    let day = clocks.as_of.unwrap_or(today);
    // A line that stands at the end of its data was judged for a day long past when the class was set.
    let counts =
        |one: &Override| one.counts_on(day) || (one.as_of <= day && day <= today && one.counts_on(today));
    let known = |one: Override| match clocks.known_at {
        Some(known_at) => one.known_on(known_at),
        None => Some(one),
    };
    let held = stored::of(cx, tx, account, line)?.into_iter().filter_map(known).find(counts);
    let Some(held) = held else { return Ok(explanation) };
    let by = accounts::store::audit::people(tx, &[held.author])?.remove(&held.author);
    let evidence = Evidence::of(&explanation.computed, explanation.score);
    let said = ShownOverride::beside(cx, &held, by, &evidence);
    explanation.sentence = say!(
        "Set to {} by {} until {}: {}. By the evidence: {}",
        held.class.said(),
        said.by.clone().unwrap_or_else(|| say!("the house").into_owned()),
        phrase::day(held.until),
        held.reason.trim_end_matches('.'),
        phrase::going_on(&explanation.sentence)
    );
    explanation.class.clone_from(&said.class);
    explanation.said = Some(said);
    Ok(explanation)
}
