//! Changing what is agreed: a new version, with the reason; and taking the last version back.

use ::store::{DataClass, Tx};
use kernel::{Context, Day, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::Deserialize;
use slice::{Act, Head, Method};
use speech::say;
use timeline::{LineId, fact::EndReason, store as timeline_store};

use super::{
    meanwhile, tell,
    view::{Named, Shown, view},
};
use crate::{
    agreement::{Agreement, Ended},
    check,
    contract::{Contract, Version},
    parts::{Fee, Pause},
    period::Period,
    store,
    words::{FeeKind, Kind},
    written::{Amount, On},
};

pub(super) const AMEND: Head = Head {
    name: "contract.amend",
    act: Act::Write,
    method: Method::Post,
    path: "/contracts/{id}/versions",
    command: "contract {id} amend",
    permission: Permission::Write,
    class: DataClass::Personal,
    sentence: "Changes what is agreed: a new version from a day on, with the reason; earlier versions stay to be read.",
    examples: &[
        "mainstay contract con_x7Kq2 amend --effective 2025-07-01 --reason \"ten more people\" --terms \
         '{\"fees\": [{\"kind\": \"recurring\", \"amount\": \"520.00\", \"every\": \"1 month\"}]}'",
    ],
};

/// A change of what is agreed.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Amend {
    /// The id of the contract.
    pub id: String,
    /// Why.
    pub reason: String,
    /// From which day on it holds; from the beginning, as a correction, when absent.
    #[serde(default)]
    pub effective: Option<On>,
    /// What changes; what is left out stays.
    pub terms: Agreement,
    /// The `version` that was shown with what the caller read: what somebody else changed since is not overwritten.
    #[serde(default)]
    pub expected: Option<String>,
}

/// Changes what is agreed.
///
/// # Errors
/// `contracts.no_contract`, `contracts.reason` for a blank reason, `contracts.same` where nothing changes,
/// `contracts.terms` naming the field that does not hold, `contracts.changed` where somebody else changed the same since what the
/// caller read.
pub fn amend(cx: &Context, tx: &mut Tx<'_>, input: Amend) -> Result<Shown> {
    let contract = store::one(cx, tx, cx.codes.read(&input.id)?)?;
    let mut terms = input.terms;
    if let Some(expected) = &input.expected {
        meanwhile::settle(&contract, &mut terms, expected)?;
    }
    said(cx, tx, contract, input.effective.map(|on| on.0), &input.reason, terms)?;
    view(cx, tx, Named { id: input.id })
}

/// Adds a version to a contract and has the timeline say what it comes to.
pub(super) fn said(
    cx: &Context,
    tx: &mut Tx<'_>,
    before: Contract,
    effective: Option<Day>,
    reason: &str,
    said: Agreement,
) -> Result<()> {
    if reason.trim().is_empty() {
        let text = say!("change {} {:?}: say why; the reason is blank", before.kind.spoken(), before.key);
        return Err(Problem::invalid("reason", "contracts.reason", text));
    }
    let mut after = before.clone();
    after.versions.push(version(cx, effective, reason, said));
    if before.terms() == after.terms() && before.turns() == after.turns() {
        let text = say!(
            "change {} {:?}: all of this is agreed already; change something",
            before.kind.spoken(),
            before.key
        );
        return Err(Problem::invalid("terms", "contracts.same", text));
    }
    check::check(after.kind, &after.key, &after.terms())?;
    tell::write(cx, tx, &mut [(Some(before), after)], "what was agreed was changed")?;
    timeline_store::ask_judgement(cx, tx, LineId::new(0))
}

/// A version recorded by hand.
pub(super) fn version(cx: &Context, effective: Option<Day>, reason: &str, said: Agreement) -> Version {
    let reason = reason.trim().to_owned();
    Version { effective, reason, said, by: cx.actor.number(), at: cx.now.micros, run: 0, row: 0 }
}

/// Writes contracts anew, changed by `change`, with the facts they then tell.
pub(crate) fn told_anew(
    cx: &Context,
    tx: &mut Tx<'_>,
    contracts: Vec<Contract>,
    change: impl Fn(&mut Contract),
) -> Result<()> {
    let changed = |before: Contract| {
        let mut after = before.clone();
        change(&mut after);
        (Some(before), after)
    };
    let mut pairs: Vec<_> = contracts.into_iter().map(changed).collect();
    tell::write_now(cx, tx, &mut pairs, "more of its cycles are known")
}

pub(super) const CHANGE: Head = Head {
    name: "subscription.change",
    path: "/subscriptions/{id}/changes",
    command: "subscription {id} change",
    sentence: "Changes a subscription from a day on: its plan, its price, a pause, its end.",
    examples: &[
        "mainstay subscription con_x7Kq2 change --effective 2025-07-01 --plan Pro --fee 59.00 --reason \"more seats\"",
        "mainstay subscription con_x7Kq2 change --pause-from 2025-08-01 --pause-last-day 2025-08-31 --reason holidays",
    ],
    ..AMEND
};

/// A change of a subscription.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The id of the subscription.
    pub id: String,
    /// Why.
    pub reason: String,
    /// From which day on plan and price hold; from the beginning, as a correction, when absent.
    #[serde(default)]
    pub effective: Option<On>,
    /// Another plan.
    #[serde(default)]
    pub plan: Option<String>,
    /// Another price of each cycle, in major units.
    #[serde(default)]
    pub fee: Option<Amount>,
    /// How often that price falls due; as before when absent.
    #[serde(default)]
    pub every: Option<Period>,
    /// It rests from this day on.
    #[serde(default)]
    pub pause_from: Option<On>,
    /// The last day on which it rests; until further notice when absent.
    #[serde(default)]
    pub pause_last_day: Option<On>,
    /// The last day on which it holds.
    #[serde(default)]
    pub last_day: Option<On>,
    /// Why it ends: cancelled, notice, withdrawn, lapsed, completed, replaced, renewed.
    #[serde(default)]
    pub end_reason: Option<String>,
    /// The `version` that was shown with what the caller read: what somebody else changed since is not overwritten.
    #[serde(default)]
    pub expected: Option<String>,
}

/// Changes a subscription.
///
/// # Errors
/// As [`amend`]; `contracts.not_a_subscription`, `contracts.word` for a reason of the end that there is not.
pub fn change(cx: &Context, tx: &mut Tx<'_>, input: Change) -> Result<Shown> {
    let contract = store::one(cx, tx, cx.codes.read(&input.id)?)?;
    if contract.kind != Kind::Subscription {
        let text = say!("change {:?}: it is a contract and no subscription; amend it", contract.key);
        return Err(Problem::conflict("contracts.not_a_subscription", text));
    }
    let mut terms = patch(&contract.terms(), &input)?;
    if let Some(expected) = &input.expected {
        meanwhile::settle(&contract, &mut terms, expected)?;
    }
    said(cx, tx, contract, input.effective.map(|on| on.0), &input.reason, terms)?;
    view(cx, tx, Named { id: input.id })
}

/// What a change of a subscription comes to, laid over what is agreed.
///
/// # Errors
/// `contracts.word`.
pub(crate) fn patch(known: &Agreement, input: &Change) -> Result<Agreement> {
    let old = known.fees.iter().flatten().find(|fee| fee.kind == FeeKind::Recurring);
    let every = input.every.or(old.and_then(|fee| fee.every)).or(known.cycle);
    let fees = input.fee.map(|amount| {
        let others = known.fees.iter().flatten().filter(|fee| fee.kind != FeeKind::Recurring).cloned();
        let own = Fee {
            kind: FeeKind::Recurring,
            amount,
            every,
            unit: None,
            what: old.and_then(|fee| fee.what.clone()),
        };
        std::iter::once(own).chain(others).collect()
    });
    let pauses = input.pause_from.map(|from| {
        let known = known.pauses.iter().flatten().copied();
        known.chain([Pause { from, last_day: input.pause_last_day }]).collect()
    });
    let reason = input.end_reason.as_deref().map(|word| {
        EndReason::parse(word).ok_or_else(|| {
            let all: Vec<_> = EndReason::ALL.iter().map(|reason| reason.as_str()).collect();
            let text =
                say!("change a subscription: {word:?} is no reason of an end; known are {}", all.join(", "));
            Problem::invalid("end_reason", "contracts.word", text)
        })
    });
    let reason = reason.transpose()?;
    Ok(Agreement {
        name: input.plan.clone(),
        offering: input.plan.clone(),
        fees,
        cycle: input.every,
        pauses,
        ended: input.last_day.map(|last_day| Ended { last_day, reason }),
        ..Agreement::default()
    })
}

pub(super) const RETRACT: Head = Head {
    name: "contract.retract",
    method: Method::Post,
    path: "/contracts/{id}/retraction",
    command: "contract {id} retract",
    sentence: "Takes back the last version that was recorded by hand, as if it had never been written.",
    examples: &["mainstay contract con_x7Kq2 retract"],
    ..AMEND
};

/// Takes the last version back.
///
/// # Errors
/// `contracts.no_contract`; `contracts.first` where nothing but the first version, or what a file said, is left;
/// `contracts.goes_on` for one whose next term is there.
pub fn retract(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<Shown> {
    let before = store::one(cx, tx, cx.codes.read(&input.id)?)?;
    let mut after = before.clone();
    let by_hand = after.versions.last().is_some_and(|last| last.run == 0) && 1 < after.versions.len();
    if !by_hand {
        let text = say!(
            "take a version of {:?} back: there is none but the first, or the last came with a file; take that import back",
            before.key
        );
        return Err(Problem::conflict("contracts.first", text));
    }
    if !store::linked(tx, -1, &[before.id.0])?.is_empty() {
        let text =
            say!("take a version of {:?} back: its next term is there already; change that one", before.key);
        return Err(Problem::conflict("contracts.goes_on", text));
    }
    after.versions.pop();
    if after.terms().ended.is_none() {
        store::strike(tx, before.id, "withdrawal")?;
    }
    tell::write(cx, tx, &mut [(Some(before), after)], "a version was taken back")?;
    timeline_store::ask_judgement(cx, tx, LineId::new(0))?;
    view(cx, tx, input)
}
