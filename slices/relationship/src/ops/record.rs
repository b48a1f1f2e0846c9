//! What a decision stands on and what stood before it: the case of the policy, and the decisions that stood.

use ::store::{DataClass, Tx};
use kernel::{Context, Cursor, Moment, Page, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use speech::say;
use timeline::{AccountId, LineId};

use super::{
    cause::Cause,
    causes::Past,
    on_day::{self, OnDay},
};
use crate::{
    case::{self, Heading},
    jobs::{
        Grounds,
        recall::{Recall, remembered},
    },
    replay::state_before,
    store::{
        current::{self, RelationshipId},
        log::{self, Part},
        overrides,
    },
    strength,
};

pub(super) const CASE: Head = Head {
    name: "relationship.case",
    act: Act::Read,
    method: Method::Get,
    path: "/relationships/{id}/case",
    command: "facts {id}",
    permission: Permission::Read,
    class: DataClass::Personal,
    sentence: "Writes the facts of a relationship as a case of the policy, so that anybody can recompute the decision.",
    examples: &["mainstay facts rel_x7Kq2 -o json > case.json"],
};

/// Writes the facts of a relationship as a case.
///
/// # Errors
/// `relationship.none`, `relationship.ahead`, `day.format`.
pub fn case(cx: &Context, tx: &mut Tx<'_>, input: OnDay) -> Result<serde_json::Value> {
    let clocks = input.clocks()?;
    let (account, line) = current::place(cx, tx, cx.codes.read(&input.id)?)?;
    let party = accounts::store::visible(cx, tx, account)?.name;
    let entries = on_day::entries(cx, tx, (account, line), clocks)?;
    Grounds::by(cx, tx, clocks)?.look_from(cx, tx, (line, clocks), &entries, |line, vantage| {
        let previous = state_before(&entries, vantage);
        let industry = Some(line.industry.as_str()).filter(|industry| !industry.is_empty());
        let heading = Heading { id: &input.id, party: &party, line: &line.name, industry };
        case::write(&entries, vantage, heading, previous.as_ref(), |fact| cx.codes.write(fact))
    })
}

pub(super) const HISTORY: Head = Head {
    name: "relationship.history",
    act: Act::Read,
    method: Method::Get,
    path: "/relationships/{id}/decisions",
    command: "relationship {id} history",
    permission: Permission::Read,
    class: DataClass::Personal,
    sentence: "Lists the decisions that stood for a relationship, newest first, each with what moved it and by how much.",
    examples: &[
        "mainstay relationship rel_x7Kq2 history",
        "mainstay relationship rel_x7Kq2 history --limit 100 -o json",
    ],
};

/// A relationship, and where its history goes on.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stretch {
    /// The id of the relationship.
    pub id: String,
    /// Decisions on a page, at most 100; 20 when absent.
    #[serde(default)]
    pub limit: Option<i64>,
    /// Where the page begins: `next` of the page before.
    #[serde(default)]
    pub after: Option<String>,
}

/// A decision that stood.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Logged {
    /// The day it was decided for.
    pub as_of: String,
    /// The day for which the next one was decided; absent for the one that stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// When it was decided.
    pub decided_at: String,
    /// What the evidence said: prospect, customer, client, former, not enough evidence.
    pub class: String,
    /// The first day of the unbroken run of this class.
    pub since: String,
    /// The reason in the words of the policy.
    pub why: String,
    /// Served as what it is?
    pub fit: String,
    /// What is other than in the decision before: class, since, reason, score, confidence, fit, policy, baseline.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<String>,
    /// Log-odds of client against customer, in millionths.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<i64>,
    /// Strength of evidence with two decimals; only for customers and clients.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strength: Option<String>,
    /// Would the unknown have turned it?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<String>,
    /// The name of the policy; empty where it was not written down.
    pub policy: String,
    /// Its version.
    pub policy_version: String,
    /// The version of the ranks of spend.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<i64>,
    /// What moved it, and by how much; and what people said of it while it stood.
    pub causes: Vec<Cause>,
    /// The decision, in the form of the policy.
    pub decision: serde_json::Value,
}

/// Lists the decisions that stood.
///
/// # Errors
/// `relationship.none`, `history.after`.
pub fn history(cx: &Context, tx: &mut Tx<'_>, input: Stretch) -> Result<Page<Logged>> {
    let id = cx.codes.read(&input.id)?;
    let place = current::place(cx, tx, id)?;
    let limit = input.limit.unwrap_or(20).clamp(1, 100);
    let before = input.after.as_deref().map(after).transpose()?.unwrap_or(i64::MAX);
    let mut rows = log::logged(tx, id, Part::Before(before), limit + 1)?;
    let all = remembered(tx, place.0)?;
    let overrides = said(cx, tx, place)?;
    let mut past = Past { line: place.1, all: &all, overrides: &overrides, recall: Recall::new()? };
    let mut next = following(tx, id, before)?;
    let mut found = Vec::new();
    let shown = usize::try_from(limit).unwrap_or(100).min(rows.len());
    for n in 0..shown {
        let (row, earlier) = (&rows[n], rows.get(n + 1));
        let mut causes = past.causes(cx, tx, (earlier, row))?;
        causes.extend(past.said(cx, (row.decided_at, next.as_ref().map(|next| next.decided_at))));
        found.push(logged((earlier, row), next.as_ref(), causes));
        next = Some(row.clone());
    }
    let more = shown < rows.len();
    rows.truncate(shown);
    let cursor = rows.last().filter(|_| more).map(|last| Cursor(vec![last.serial.to_string()]).write());
    Ok(Page { rows: found, next: cursor })
}

fn after(text: &str) -> Result<i64> {
    let Cursor(parts) = Cursor::read(text);
    parts.first().and_then(|serial| serial.parse().ok()).ok_or_else(|| {
        let text = say!("this is not where a page of the history begins; start without `after`");
        Problem::invalid("after", "history.after", text)
    })
}

/// The decision that followed those of the page, where it does not begin with the newest.
fn following(tx: &mut Tx<'_>, id: RelationshipId, before: i64) -> Result<Option<log::Logged>> {
    if before == i64::MAX {
        return Ok(None);
    }
    Ok(log::logged(tx, id, Part::From(before), 1)?.pop())
}

/// What people said of it, each with their name.
fn said(
    cx: &Context,
    tx: &mut Tx<'_>,
    (account, line): (AccountId, LineId),
) -> Result<Vec<(crate::overrides::Override, Option<String>)>> {
    let held = overrides::of(cx, tx, account, line)?;
    let authors: Vec<_> = held.iter().map(|one| one.author).collect();
    let names = accounts::store::audit::people(tx, &authors)?;
    Ok(held.into_iter().map(|one| (one.clone(), names.get(&one.author).cloned())).collect())
}

/// What is other than in the decision before it.
fn changed(before: &log::Logged, row: &log::Logged) -> Vec<String> {
    const PARTS: [(&str, &str); 6] = [
        ("class", "class"),
        ("since", "since"),
        ("why", "reason"),
        ("score", "score"),
        ("confidence", "confidence"),
        ("fit", "fit"),
    ];
    let read =
        |row: &log::Logged| -> serde_json::Value { serde_json::from_str(&row.decision).unwrap_or_default() };
    let (was, is) = (read(before), read(row));
    let of_decision = PARTS.iter().filter(|(key, _)| was[*key] != is[*key]).map(|(_, word)| *word);
    let policy = (before.stood.policy != row.stood.policy).then_some("policy");
    let baseline = (before.stood.baseline != row.stood.baseline).then_some("baseline");
    of_decision.chain(policy).chain(baseline).map(str::to_owned).collect()
}

fn logged(
    (before, row): (Option<&log::Logged>, &log::Logged),
    next: Option<&log::Logged>,
    causes: Vec<Cause>,
) -> Logged {
    let decision: serde_json::Value = serde_json::from_str(&row.decision).unwrap_or_default();
    let word = |key: &str| decision[key].as_str().map(str::to_owned);
    let class = word("class").unwrap_or_default();
    let score = decision["score"].as_i64();
    Logged {
        as_of: row.as_of.to_string(),
        until: next.map(|next| next.as_of.to_string()),
        decided_at: Moment::at(row.decided_at).iso(),
        strength: score.filter(|_| ["customer", "client"].contains(&class.as_str())).map(strength::shown),
        class,
        since: word("since").unwrap_or_default(),
        why: word("why").unwrap_or_default(),
        fit: word("fit").unwrap_or_default(),
        changed: before.map(|before| changed(before, row)).unwrap_or_default(),
        score,
        confidence: word("confidence"),
        policy: row.stood.policy_name.clone(),
        policy_version: row.stood.policy_version.clone(),
        baseline: row.stood.baseline,
        causes,
        decision,
    }
}
