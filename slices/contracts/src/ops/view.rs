//! A contract, shown with its versions and what changed from each to the next.

use ::store::{DataClass, Tx};
use kernel::{Context, Day, Id, Permission, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use timeline::fact::ImportKind;

use super::{
    around::Surroundings,
    course::{Course, ShownMissed},
    meanwhile,
};
use crate::{
    agreement::{Agreement, Changed},
    contract::{Contract, Term},
    deadline::Deadline,
    facts,
    spoken::clause,
    store::{self, StoredStep},
    words::Kind,
};

pub(super) const VIEW: Head = Head {
    name: "contract.view",
    act: Act::Read,
    method: Method::Get,
    path: "/contracts/{id}",
    command: "contract {id}",
    permission: Permission::Read,
    class: DataClass::Personal,
    sentence: "Shows a contract or subscription: what is agreed, what has to be done by when, and its versions with what \
               changed in each.",
    examples: &["mainstay contract con_x7Kq2"],
};

/// A contract by its id.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// The id of the contract.
    pub id: String,
}

/// A contract as it is shown.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Shown {
    /// Its id.
    pub id: String,
    /// contract or subscription.
    pub kind: String,
    /// Its number.
    pub key: String,
    /// The account whose it is.
    pub account: String,
    /// The name of that account.
    pub party: String,
    /// The service line.
    pub line: String,
    /// The contract whose term it goes on from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<String>,
    /// fixed or open_ended.
    pub term: String,
    /// Whether it holds today.
    pub holds: bool,
    /// The last day on which it held, or will; absent while nothing ends it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends: Option<String>,
    /// Its last day as the list tells it: of its end, or of the term that whoever acts by the next day to act would end;
    /// absent where it goes on until somebody stops it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub runs_until: Option<String>,
    /// The last safe day that was missed, and the end that can no longer be reached; the term after it follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missed: Option<ShownMissed>,
    /// Billing cycles begun, for a subscription.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cycles: Option<i64>,
    /// What each side can do by when, the next first.
    pub deadlines: Vec<ShownDeadline>,
    /// What was decided on its renewal, and what has to be done when somebody leaves.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<ShownStep>,
    /// What is agreed today.
    pub terms: Agreement,
    /// Its versions, the first first.
    pub versions: Vec<ShownVersion>,
    /// The version of what is shown, for a change that must not overwrite what somebody else changed meanwhile.
    pub version: String,
}

/// A version as it is shown.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownVersion {
    /// Its number, from 1.
    pub n: i64,
    /// From which day on it holds; absent for what holds from the beginning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effective: Option<String>,
    /// Why it was changed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// What it changes in what was agreed before.
    pub changes: Vec<Changed>,
    /// When it was recorded.
    pub recorded: String,
    /// The import it came from; absent for one recorded by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub import: Option<String>,
    /// The record in its file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<i64>,
}

/// What one side can do by when.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownDeadline {
    /// us or them.
    pub who: String,
    /// notice, withdraw, agree, or unknown.
    pub act: String,
    /// The last safe day to send it; absent where any day does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act_by: Option<String>,
    /// The last day on which it may arrive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arrive_by: Option<String>,
    /// The last day of the contract if it is done by then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends: Option<String>,
    /// The clause it rests on, as it stands in the contract.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// How one gets there, step by step.
    pub reasons: Vec<String>,
}

/// A decision or a step.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownStep {
    /// renewal or withdrawal.
    pub kind: String,
    /// What was decided, or what is to be done.
    pub choice: String,
    /// When it was decided or done; absent for what is still to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
    /// By when it is to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// Why.
    pub reason: String,
}

/// Shows a contract.
///
/// # Errors
/// `contracts.no_contract`, `id.unknown`.
pub fn view(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<Shown> {
    let contract = store::one(cx, tx, cx.codes.read(&input.id)?)?;
    let account = accounts::store::visible(cx, tx, contract.account)?;
    let line = timeline::store::line(tx, contract.line)?;
    let today = cx.today();
    let term = Term::of(&contract.terms());
    let ends = (term.ended != crate::contract::NEVER).then(|| term.ended.plus(-1).to_string());
    let around = Surroundings::read(tx)?;
    let course = Course::of(cx, &around, &contract, today);
    Ok(Shown {
        id: cx.codes.write(contract.id),
        kind: contract.kind.as_str().to_owned(),
        account: cx.codes.write(contract.account),
        party: account.name,
        line: line.name.clone(),
        previous: (contract.previous.0 != 0).then(|| cx.codes.write(contract.previous)),
        term: term.kind.as_str().to_owned(),
        holds: term.holds(today),
        ends,
        runs_until: course.until.map(|day| day.to_string()),
        missed: course.shown_missed(),
        cycles: cycles(&contract, &term, line.now(cx)),
        deadlines: deadlines(cx, &around, &contract),
        steps: store::of_contract(tx, contract.id)?.into_iter().map(shown_step).collect(),
        terms: contract.terms_on(today.max(term.start)),
        versions: versions(cx, &contract),
        version: meanwhile::version(&contract.terms()).as_str().to_owned(),
        key: contract.key,
    })
}

fn deadlines(cx: &Context, around: &Surroundings, contract: &Contract) -> Vec<ShownDeadline> {
    let terms = contract.terms();
    let clauses = terms.clauses.as_deref().unwrap_or_default();
    let found = around.deadlines(cx, contract);
    let day = |day: Option<Day>| day.map(|day| day.to_string());
    let shown = |one: Deadline| ShownDeadline {
        who: one.who.as_str().to_owned(),
        act: one.act.as_str().to_owned(),
        act_by: day(one.act_by),
        arrive_by: day(one.arrive_by),
        ends: day(one.ends),
        clause: one.clause.and_then(|place| clauses.get(place)).map(clause),
        reasons: one.reasons,
    };
    found.into_iter().map(shown).collect()
}

fn shown_step(step: StoredStep) -> ShownStep {
    let day = |day: Option<Day>| day.map(|day| day.to_string());
    ShownStep {
        kind: step.kind,
        choice: step.choice,
        on: day(step.on),
        due: day(step.due),
        reason: step.reason,
    }
}

fn cycles(contract: &Contract, term: &Term, now: Day) -> Option<i64> {
    let to = now.min(term.ended.plus(-1));
    (contract.kind == Kind::Subscription).then(|| facts::cycles(contract, to).0)
}

/// The versions in the order in which they take effect, each with what it changes.
fn versions(cx: &Context, contract: &Contract) -> Vec<ShownVersion> {
    let mut numbered: Vec<_> = contract.versions.iter().zip(1i64..).collect();
    numbered.sort_by_key(|(version, n)| (version.effective.unwrap_or(crate::contract::ALWAYS), *n));
    let mut known = Agreement::default();
    let shown = |(version, n): (&crate::contract::Version, i64)| {
        let before = known.clone();
        known.over(&version.said);
        ShownVersion {
            n,
            effective: version.effective.map(|day| day.to_string()),
            reason: version.reason.clone(),
            changes: before.changes(&known),
            recorded: kernel::Moment::at(version.at).day(&cx.zone).to_string(),
            import: (version.run != 0).then(|| cx.codes.write(Id::<ImportKind>::new(version.run))),
            row: (version.run != 0).then_some(version.row),
        }
    };
    numbered.into_iter().map(shown).collect()
}
