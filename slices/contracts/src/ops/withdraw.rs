//! Somebody leaves: from the clause and the day the letter arrived follow the last day and what has to be done when.

use ::store::{DataClass, Tx};
use kernel::{Context, Day, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::Deserialize;
use slice::{Act, Head, Method};
use speech::say;
use timeline::{LineId, fact::EndReason, store as timeline_store};

use super::{
    amend::version,
    around::{Surroundings, zone},
    tell,
    view::{Named, Shown, view},
};
use crate::{
    agreement::{Agreement, Ended},
    calendar::Calendar,
    check,
    deadline::{self, Around, Deadline},
    store::{self, StoredStep},
    words::{Step, Who},
    written::On,
};

pub(super) const WITHDRAW: Head = Head {
    name: "contract.withdraw",
    act: Act::Write,
    method: Method::Post,
    path: "/contracts/{id}/withdrawal",
    command: "contract {id} withdraw",
    permission: Permission::Write,
    class: DataClass::Personal,
    sentence: "Records that notice or a withdrawal has arrived: its clauses say with which day it ends, and what has to be \
               done by when.",
    examples: &[
        "mainstay contract con_x7Kq2 withdraw --received 2026-10-01 --who them --reason \"moves abroad\"",
    ],
};

/// A notice or a withdrawal that has arrived.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdraw {
    /// The id of the contract.
    pub id: String,
    /// The day it arrived; today when absent.
    #[serde(default)]
    pub received: Option<On>,
    /// Who leaves: them or us; them when absent.
    #[serde(default)]
    pub who: Option<Who>,
    /// Why.
    pub reason: String,
    /// The last day, where both agreed on another one than the clauses give.
    #[serde(default)]
    pub last_day: Option<On>,
}

/// Records that somebody leaves, and what follows.
///
/// # Errors
/// `contracts.no_contract`, `contracts.reason` for a blank reason, `contracts.ended` for one whose end is recorded,
/// `contracts.no_clause` where no clause says with which day it ends and nobody named one.
pub fn withdraw(cx: &Context, tx: &mut Tx<'_>, input: Withdraw) -> Result<Shown> {
    let before = store::one(cx, tx, cx.codes.read(&input.id)?)?;
    let what = say!("record that somebody leaves {:?}", before.key);
    if input.reason.trim().is_empty() {
        return Err(Problem::invalid(
            "reason",
            "contracts.reason",
            say!("{what}: say why; the reason is blank"),
        ));
    }
    if before.terms().ended.is_some() {
        let text = say!("{what}: its end is recorded already; take that back first with contract.retract");
        return Err(Problem::conflict("contracts.ended", text));
    }
    let received = input.received.map_or_else(|| cx.today(), |on| on.0);
    let around = Surroundings::read(tx)?;
    let terms = before.terms();
    let ended = match input.last_day {
        Some(last_day) => Ended { last_day, reason: Some(EndReason::Notice) },
        None => by_clause(cx, &terms, received, input.who, around.calendar(&terms)).ok_or_else(|| {
            let text =
                say!("{what}: no clause says with which day it ends; name the last day that both agreed on");
            Problem::conflict("contracts.no_clause", text)
        })?,
    };
    let mut after = before.clone();
    let said = Agreement { ended: Some(ended), ..Agreement::default() };
    after.versions.push(version(cx, None, &input.reason, said));
    check::check(after.kind, &after.key, &after.terms())?;
    let steps = checklist(cx, ended, around.calendar(&terms), &input.reason);
    store::strike(tx, before.id, "withdrawal")?;
    store::keep(tx, before.id, &steps)?;
    tell::write(cx, tx, &mut [(Some(before), after)], "somebody leaves")?;
    timeline_store::ask_judgement(cx, tx, LineId::new(0))?;
    view(cx, tx, Named { id: input.id })
}

/// With which day a letter that arrived on that day ends it: a withdrawal while one may, else the first end that its
/// notice reaches.
fn by_clause(
    cx: &Context,
    terms: &Agreement,
    received: Day,
    who: Option<Who>,
    calendar: &Calendar,
) -> Option<Ended> {
    let zone = zone(cx, terms);
    let around = Around { calendar, zone: &zone, ours: &zone };
    // It has arrived: neither its way nor a weekend matters any more.
    let there = Agreement {
        clauses: terms.clauses.clone().map(|clauses| {
            clauses.into_iter().map(|clause| crate::parts::Clause { delivery: None, ..clause }).collect()
        }),
        ..terms.clone()
    };
    let found = deadline::reached(&there, received, &around);
    let of_side = |one: &&Deadline| one.who == who.unwrap_or(Who::Them) || who == Some(Who::Both);
    let mut found: Vec<&Deadline> = found.iter().filter(of_side).collect();
    found.sort_by_key(|one| (one.act != deadline::Act::Withdraw, one.ends));
    let first = found.first()?;
    let (last, reason) = match first.act {
        deadline::Act::Withdraw => (received, EndReason::Withdrawn),
        _ => (first.ends?, EndReason::Notice),
    };
    Some(Ended { last_day: On(last), reason: Some(reason) })
}

/// What has to be done by when: nobody types a date.
fn checklist(cx: &Context, ended: Ended, calendar: &Calendar, reason: &str) -> Vec<StoredStep> {
    let last = ended.last_day.0;
    let due = |step: Step| match step {
        // Both sides are told on the next business day.
        Step::EffectiveDate => calendar.business_days_after(cx.today(), 1),
        // The bill covers its last day, so it goes out on the first business day after it.
        Step::FinalBill => calendar.business_days_after(last, 1),
        // They have what is theirs while they can still get in.
        Step::DataExport => calendar.back_to_business(last),
        Step::AccessEnd => last.plus(1),
    };
    Step::ALL
        .iter()
        .zip(1i64..)
        .map(|(step, n)| StoredStep {
            kind: "withdrawal".into(),
            n,
            on: None,
            due: Some(due(*step)),
            choice: step.as_str().into(),
            reason: reason.trim().into(),
            by: cx.actor.number(),
            at: cx.now.micros,
        })
        .collect()
}

pub(super) const STEP: Head = Head {
    name: "contract.step",
    path: "/contracts/{id}/withdrawal/{step}",
    command: "contract {id} done {step}",
    sentence: "Records that a step of somebody's leaving is done: effective_date, final_bill, data_export, access_end.",
    examples: &["mainstay contract con_x7Kq2 done final_bill"],
    ..WITHDRAW
};

/// A step that is done.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Done {
    /// The id of the contract.
    pub id: String,
    /// Which: effective_date, final_bill, data_export, access_end.
    pub step: Step,
}

/// Records that a step is done.
///
/// # Errors
/// `contracts.no_contract`, `contracts.no_step` for one that is not there or done already.
pub fn step(cx: &Context, tx: &mut Tx<'_>, input: Done) -> Result<Shown> {
    let contract = store::one(cx, tx, cx.codes.read(&input.id)?)?;
    if !store::complete(tx, contract.id, input.step.as_str(), cx.today())? {
        let text = say!(
            "record a step of {:?}: {} is not to be done; nobody leaves, or it is done already",
            contract.key,
            input.step.spoken()
        );
        return Err(Problem::conflict("contracts.no_step", text));
    }
    view(cx, tx, Named { id: input.id })
}
