//! Contract: is a formal, individually agreed contract in force?

use speech::say;

use timeline::{
    FactId,
    fact::{Form, Register},
};

use crate::{
    Dimension, DimensionName, History,
    exact::{floor, narrow},
    history::{End, Group, Signed},
    phrase,
};

/// Permille of a complete, individually agreed contract in force.
pub struct ContractForce;

impl Dimension for ContractForce {
    fn name(&self) -> DimensionName {
        DimensionName::Contract
    }

    fn measure(&self, history: &History) -> Option<i64> {
        if let Some(best) = best(history) {
            return Some(worth(history, best));
        }
        match last(history) {
            Some(over) if over.end == End::Fulfilled => fading(history, over),
            Some(_) => Some(0),
            None => history.is_complete(Register::Contracts).then_some(0),
        }
    }

    fn version(&self, history: &History) -> i64 {
        match history.contracts().is_empty() {
            true => history.seen(&[Group::RecordKept]),
            false => history.of_today(),
        }
    }

    fn facts(&self, history: &History) -> Vec<FactId> {
        let Some(contract) = best(history).or_else(|| last(history)) else {
            return history.register(Register::Contracts).into_iter().collect();
        };
        let ends = history.of(Group::ContractEnd).iter().filter(|seen| names(seen, contract.id));
        std::iter::once(contract.id).chain(ends.map(|seen| seen.entry.id)).collect()
    }

    fn evidence(&self, history: &History) -> String {
        if let Some(contract) = best(history) {
            let terms = terms(contract);
            return match history.now() < contract.from {
                true => say!("Signed, {terms}"),
                false => say!("In force, {terms}"),
            };
        }
        match last(history) {
            Some(over) if over.end == End::Fulfilled => match fading(history, over) {
                Some(_) => say!("Fulfilled on {}", phrase::day(over.to)),
                None => say!("No evidence: the last one was fulfilled on {}", phrase::day(over.to)),
            },
            Some(over) => say!("Ended on {}", phrase::day(over.to)),
            None if history.is_complete(Register::Contracts) => {
                say!("None, and the register of contracts is complete").into_owned()
            }
            None => say!("No evidence: no contract on record").into_owned(),
        }
    }
}

/// The best of those signed and not ended, begun or not; the first of equals.
fn best<'h, 'a>(history: &'h History<'a>) -> Option<&'h Signed<'a>> {
    let held = history.contracts().iter().filter(|one| history.now() < one.to);
    held.rev().max_by_key(|one| worth(history, one))
}

/// The one that ended last; of those that day one that was fulfilled.
fn last<'h, 'a>(history: &'h History<'a>) -> Option<&'h Signed<'a>> {
    history.contracts().iter().max_by_key(|one| (one.to, one.end == End::Fulfilled, one.id))
}

fn worth(history: &History, contract: &Signed) -> i64 {
    let credit = &history.policy().policy.credit;
    let clause = &credit.clause;
    let body = contract.body;
    let known = [
        (body.fees, clause.fees),
        (body.scope, clause.scope),
        (body.withdrawal, clause.withdrawal),
        (body.term, clause.term),
    ];
    let points: i64 = known.iter().filter(|(known, _)| *known).map(|(_, points)| points).sum();
    points * credit.form.of(body.form) / 1000
}

/// A fulfilled one fades over the warm period, then says nothing.
fn fading(history: &History, over: &Signed) -> Option<i64> {
    let (warm, least) = (history.policy().former.contract_days, history.policy().policy.credit.fulfilled);
    let left = warm - history.age(over.to);
    let worth = worth(history, over);
    let above = i128::from((worth - least).max(0)) * i128::from(left);
    (0 < left).then(|| worth.min(least) + narrow(floor(above, i128::from(warm))))
}

fn names(seen: &crate::history::Seen, id: FactId) -> bool {
    matches!(&seen.entry.fact, timeline::Fact::ContractEnd(end) if end.contract == id)
}

fn terms(contract: &Signed) -> String {
    let body = contract.body;
    let known = [
        (body.fees, say!("fees")),
        (body.scope, say!("scope")),
        (body.withdrawal, say!("withdrawal")),
        (body.term, say!("term")),
    ];
    let form = match body.form {
        Some(Form::Individual) => say!("individually agreed"),
        Some(Form::Standard) | None => say!("on standard terms"),
        Some(Form::Click) => say!("accepted by a click"),
    };
    let stated: Vec<&str> = known.iter().filter(|(known, _)| *known).map(|(_, word)| word.as_ref()).collect();
    match stated.is_empty() {
        true => say!("{form}; no clause known"),
        false => say!("{form}; states {}", phrase::list(&stated)),
    }
}
