//! What is decided before a term runs out, and the term that follows: linked to the one before, beginning where it ends.

use std::collections::{HashMap, HashSet};

use ::store::{DataClass, Tx};
use kernel::{Context, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::Deserialize;
use slice::{Act, Head, Method};
use speech::say;
use timeline::{
    LineId,
    fact::EndReason,
    store::{self as timeline_store, Change, keep_changes},
};

use super::{
    amend::version,
    around::Surroundings,
    batch::count,
    taken, tell,
    view::{Named, Shown, view},
};
use crate::{
    agreement::{Agreement, Ended},
    check,
    contract::{Contract, ContractId, NEVER, Term, Version},
    period::{Period, Unit},
    store::{self, StoredStep},
    words::{Choice, TermType},
    written::On,
};

pub(super) const RENEW: Head = Head {
    name: "contract.renew",
    act: Act::Write,
    method: Method::Post,
    path: "/contracts/{id}/renewals",
    command: "contract {id} renew {choice}",
    permission: Permission::Write,
    class: DataClass::Personal,
    sentence: "Records what is decided before a term runs out, with the reason: renew, renegotiate, end or lapse. Renewing \
               makes the next term, linked to this one.",
    examples: &["mainstay contract con_x7Kq2 renew renew --reason \"agreed in the review of 3 September\""],
};

/// A decision on a renewal.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Renew {
    /// The id of the contract.
    pub id: String,
    /// What is decided: renew, renegotiate, end, lapse.
    pub choice: Choice,
    /// Why.
    pub reason: String,
    /// With renegotiate, what is agreed otherwise from the next term on.
    #[serde(default)]
    pub terms: Option<Agreement>,
}

/// Records a decision, and does what follows from it.
///
/// # Errors
/// `contracts.no_contract`, `contracts.reason` for a blank reason, `contracts.no_term` for one without a last day,
/// `contracts.ended` for one that has ended or goes on as another already, `contracts.renegotiated` for other terms
/// without renegotiating, or the other way round.
pub fn renew(cx: &Context, tx: &mut Tx<'_>, input: Renew) -> Result<Shown> {
    let before = store::one(cx, tx, cx.codes.read(&input.id)?)?;
    let term = Term::of(&before.terms());
    refuse(&before, &term, &input)?;
    let last = On(term.until.plus(-1));
    let end = |reason: EndReason| Agreement {
        ended: Some(Ended { last_day: last, reason: Some(reason) }),
        ..Agreement::default()
    };
    let (said, next) = match input.choice {
        Choice::Renew | Choice::Renegotiate => (end(EndReason::Renewed), true),
        Choice::End => (end(EndReason::Notice), false),
        Choice::Lapse => (end(EndReason::Lapsed), false),
    };
    let decided = store::of_contract(tx, before.id)?.iter().filter(|step| step.kind == "renewal").count();
    let step = StoredStep {
        kind: "renewal".into(),
        n: count(decided) + 1,
        on: Some(cx.today()),
        due: Some(term.until.plus(-1)),
        choice: input.choice.as_str().into(),
        reason: input.reason.trim().into(),
        by: cx.actor.number(),
        at: cx.now.micros,
    };
    let mut ended = before.clone();
    ended.versions.push(version(cx, None, &input.reason, said));
    let mut pairs = vec![(Some(before.clone()), ended)];
    if next {
        let mut follower = follower(cx, tx, &before, input.terms.as_ref(), 0)?;
        check::check(follower.kind, &follower.key, &follower.terms())?;
        follower.id = ContractId::new(tx.allocate("contract", 1)?.first());
        pairs.push((None, follower));
    }
    store::keep(tx, before.id, &[step])?;
    tell::write(cx, tx, &mut pairs, "its renewal was decided")?;
    timeline_store::ask_judgement(cx, tx, LineId::new(0))?;
    let shown = pairs.last().map_or(before.id, |(_, after)| after.id);
    view(cx, tx, Named { id: cx.codes.write(shown) })
}

fn refuse(contract: &Contract, term: &Term, input: &Renew) -> Result<()> {
    let what = say!("decide on the renewal of {:?}", contract.key);
    if input.reason.trim().is_empty() {
        return Err(Problem::invalid(
            "reason",
            "contracts.reason",
            say!("{what}: say why; the reason is blank"),
        ));
    }
    if term.until == NEVER || term.kind == TermType::OpenEnded {
        let text =
            say!("{what}: it has no last day, so it never has to be renewed; amend it, or withdraw from it");
        return Err(Problem::conflict("contracts.no_term", text));
    }
    if contract.terms().ended.is_some() {
        let text = say!("{what}: its end is recorded already; take that back first with contract.retract");
        return Err(Problem::conflict("contracts.ended", text));
    }
    if input.terms.is_some() != (input.choice == Choice::Renegotiate) {
        let text =
            say!("{what}: other terms are what renegotiating is; give them with renegotiate, and only then");
        return Err(Problem::invalid("terms", "contracts.renegotiated", text));
    }
    Ok(())
}

/// The term that follows: the same terms, what is agreed otherwise laid over them, beginning on the day after the last.
fn follower(
    cx: &Context,
    tx: &mut Tx<'_>,
    before: &Contract,
    otherwise: Option<&Agreement>,
    run: i64,
) -> Result<Contract> {
    let around = Surroundings::read(tx)?;
    let mut next = next_term(before, otherwise, &around, version(cx, None, "", Agreement::default()));
    next.run = run;
    let taken = taken_keys(tx, &[&next])?;
    free_key(&mut next, &taken);
    Ok(next)
}

fn next_term(
    before: &Contract,
    otherwise: Option<&Agreement>,
    around: &Surroundings,
    by: Version,
) -> Contract {
    let mut terms = before.terms();
    let term = Term::of(&terms);
    let calendar = around.calendar(&terms);
    let span = u16::try_from((term.until - term.start).clamp(1, 60_000)).unwrap_or(365);
    let as_long = if term.months == 0 {
        Period::new(span, Unit::Day)
    } else {
        Period::new(u16::try_from(term.months).unwrap_or(12), Unit::Month)
    };
    let length = terms.renewal_length.or(terms.length).unwrap_or(as_long);
    terms.start = Some(On(term.until));
    terms.last_day = Some(On(length.after(term.until, 1, calendar).plus(-1)));
    (terms.length, terms.signed, terms.ended) = (Some(length), None, None);
    (terms.pauses, terms.trial, terms.billed) = (None, None, None);
    if let Some(otherwise) = otherwise {
        terms.over(otherwise);
    }
    Contract {
        id: ContractId::new(0),
        key: next_key(&before.key),
        previous: before.id,
        facts: [0; 3],
        counted: term.until.min(before.counted),
        versions: vec![Version { said: terms, ..by }],
        ..before.clone()
    }
}

/// `2024-17` goes on as `2024-17/2`, that as `2024-17/3`.
fn next_key(key: &str) -> String {
    let (stem, n) = match key.rsplit_once('/') {
        Some((stem, n)) => n.parse::<u32>().map_or((key, 1), |n| (stem, n)),
        None => (key, 1),
    };
    format!("{stem}/{}", n.saturating_add(1))
}

fn taken_keys(tx: &mut Tx<'_>, contracts: &[&Contract]) -> Result<HashSet<(String, i64)>> {
    let mut by_line: HashMap<LineId, Vec<&str>> = HashMap::new();
    for contract in contracts {
        by_line.entry(contract.line).or_default().push(&contract.key);
    }
    let mut taken = HashSet::new();
    for (line, keys) in by_line {
        let found = store::find(tx, line, &keys)?.into_values().flatten();
        taken.extend(found.map(|contract| (contract.key, contract.account.0)));
    }
    Ok(taken)
}

/// A number that somebody else's file gave already is passed over.
fn free_key(contract: &mut Contract, taken: &HashSet<(String, i64)>) {
    while taken.contains(&(contract.key.clone(), contract.account.0)) {
        contract.key.push_str(" (next term)");
    }
}

/// Why a term was followed by the next one where nobody decided it, as it is stored.
pub(crate) const BY_ITSELF: &str = "it went on by itself";

/// Has terms that have run out and go on by themselves do so: the next term follows, linked to this one. What an import
/// brought goes on as that import's, so it is taken back with it.
pub(crate) fn renew_by_itself(cx: &Context, tx: &mut Tx<'_>, contracts: Vec<Contract>) -> Result<()> {
    if contracts.is_empty() {
        return Ok(());
    }
    let around = Surroundings::read(tx)?;
    let mut ids = tx.allocate("contract", count(contracts.len()))?;
    let mut pairs = Vec::with_capacity(2 * contracts.len());
    let mut changes: HashMap<i64, Vec<Change>> = HashMap::new();
    for before in contracts {
        let first = before.versions.first();
        let (run, row) = first.map_or((0, 0), |first| (first.run, first.row));
        let by = Version { run, row, ..version(cx, None, BY_ITSELF, Agreement::default()) };
        let last_day = On(Term::of(&before.terms()).until.plus(-1));
        let end = Agreement {
            ended: Some(Ended { last_day, reason: Some(EndReason::Renewed) }),
            ..Agreement::default()
        };
        let mut next = next_term(&before, None, &around, by.clone());
        (next.id, next.run) = (ContractId::new(ids.next().unwrap_or(0)), run);
        let mut ended = before.clone();
        ended.versions.push(Version { said: end, ..by });
        let made = [(next.id.0, ""), (before.id.0, "said")];
        let made = made.map(|(id, before)| Change { id, before: before.to_owned() });
        changes.entry(run).or_default().extend(made);
        pairs.push((Some(before), ended));
        pairs.push((None, next));
    }
    let fresh: Vec<&Contract> =
        pairs.iter().filter(|(before, _)| before.is_none()).map(|(_, after)| after).collect();
    let taken = taken_keys(tx, &fresh)?;
    pairs.iter_mut().filter(|(before, _)| before.is_none()).for_each(|(_, next)| free_key(next, &taken));
    tell::write_now(cx, tx, &mut pairs, "its term went on by itself")?;
    changes.iter().try_for_each(|(run, changes)| keep_changes(tx, *run, taken::CHANGE, changes))
}
