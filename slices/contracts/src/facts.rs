//! What contracts tell the timeline: that one was signed, that it ended, and which cycles were paid for.

use kernel::{Day, Moment};
use timeline::{
    Fact, FactId,
    fact::{self, Offer, Purchase, Refund},
};

use crate::{
    agreement::Agreement,
    contract::{ALWAYS, Contract, NEVER, Term},
    period::months_between,
    rate::{Rate, rates},
    words::Kind,
};

/// A fact that a contract tells: when it happened, and what.
pub type Told = Option<(Moment, Fact)>;

/// The facts of a contract, in the order of [`Contract::facts`]; the end names the first.
pub fn told(contract: &Contract, signed: FactId) -> [Told; 3] {
    let terms = contract.terms();
    let term = Term::of(&terms);
    if term.start == ALWAYS {
        return [None, None, None];
    }
    let commits = commits(&terms);
    let end = terms.ended.filter(|_| commits).map(|ended| {
        let end = fact::ContractEnd { contract: signed, reason: ended.reason };
        (ended.day().moment(), Fact::ContractEnd(end))
    });
    let paid = (contract.kind == Kind::Subscription).then(|| paid(contract, &terms, &term)).flatten();
    [commits.then(|| signing(contract, &terms, &term)), end, paid]
}

/// Whether they have committed to pay: a trial as a whole is interest, not a contract.
fn commits(terms: &Agreement) -> bool {
    terms.trial.is_none_or(|trial| trial.last_day.is_some())
}

fn signing(contract: &Contract, terms: &Agreement, term: &Term) -> (Moment, Fact) {
    let signed = terms.signed.map_or(term.start, |on| on.0);
    let by_itself = if term.ended == term.until { Some(term.until) } else { None };
    let body = fact::Contract {
        start: (term.start != signed).then_some(term.start),
        // A term that goes on by itself is no end; one that was told is a fact of its own.
        end: by_itself.filter(|day| *day != NEVER && terms.ended.is_none()),
        form: terms.form,
        fees: terms.fees.as_ref().is_some_and(|fees| !fees.is_empty()),
        scope: terms.scope.as_ref().is_some_and(|scope| !scope.is_empty()),
        withdrawal: terms.clauses.as_ref().is_some_and(|clauses| !clauses.is_empty()),
        term: terms.term.is_some() || terms.length.is_some() || terms.last_day.is_some(),
        offer: offer(contract, terms),
        need: terms.need.clone(),
        offering: terms.offering.clone(),
        custom: terms.custom.clone(),
        promises: terms.promises.clone().unwrap_or_default(),
    };
    (signed.moment(), Fact::Contract(body))
}

fn offer(contract: &Contract, terms: &Agreement) -> Option<Offer> {
    terms.offer.or((contract.kind == Kind::Subscription).then_some(Offer::Subscription))
}

/// What was paid for a subscription: one purchase over all cycles begun up to the day that is counted to.
fn paid(contract: &Contract, terms: &Agreement, term: &Term) -> Told {
    let purchase = |amount: i64| Purchase {
        amount,
        offer: offer(contract, terms),
        offering: terms.offering.clone(),
        need: terms.need.clone(),
        custom: terms.custom.clone(),
        ..Purchase::default()
    };
    if !commits(terms) {
        return Some((term.start.moment(), Fact::Order(purchase(0))));
    }
    let counted = contract.counted.min(term.ended.plus(-1));
    let (cycles, mut amount, mut last) = cycles(contract, counted);
    if let Some(billed) = terms.billed {
        (amount, last) = (billed.0, counted.max(term.start));
    } else if cycles == 0 {
        return None;
    }
    let period = Purchase {
        period_start: Some(term.start),
        period_end: Some(last.min(term.ended.plus(-1)).max(term.start)),
        ..purchase(amount)
    };
    Some((term.start.moment(), Fact::Order(period)))
}

/// The billing cycles begun up to a day, what they come to, and the last day of the last of them.
pub fn cycles(contract: &Contract, to: Day) -> (i64, i64, Day) {
    let (mut count, mut amount, mut last) = (0i64, 0i64, ALWAYS);
    for rate in rates(contract).iter().filter(|rate| rate.from <= to) {
        let begun = begun(rate, to.min(rate.until.plus(-1)));
        count = count.saturating_add(begun);
        amount = amount.saturating_add(rate.amount.saturating_mul(begun));
        last = last.max(end_of(rate, begun));
    }
    (count, amount, last)
}

/// The day from which more is paid than is told; [`NEVER`] where nothing more will be.
pub fn due(contract: &Contract) -> Day {
    let terms = contract.terms();
    if contract.kind != Kind::Subscription || !commits(&terms) {
        return NEVER;
    }
    let (counted, ended) = (contract.counted, Term::of(&terms).ended);
    if terms.billed.is_some() {
        return Some(counted.plus(1)).filter(|next| *next < ended).unwrap_or(NEVER);
    }
    let next = |rate: &Rate| match rate.from {
        from if counted < from => Some(from),
        _ => Some(end_of(rate, begun(rate, counted)).plus(1)).filter(|next| *next < rate.until),
    };
    rates(contract).iter().filter(|rate| counted < rate.until).filter_map(next).min().unwrap_or(NEVER)
}

/// How many times a rate fell due up to a day.
fn begun(rate: &Rate, to: Day) -> i64 {
    match rate.months {
        0 => i64::from(to - rate.from) / rate.days.max(1) + 1,
        months => i64::from(months_between(rate.from, to)) / months + 1,
    }
}

/// The last day of its n-th cycle.
fn end_of(rate: &Rate, n: i64) -> Day {
    let times = i32::try_from(n).unwrap_or(i32::MAX);
    let number = |n: i64| i32::try_from(n).unwrap_or(0);
    match rate.months {
        0 => rate.from.plus(number(rate.days).saturating_mul(times)).plus(-1),
        months => crate::period::plus_months(rate.from, number(months).saturating_mul(times)).plus(-1),
    }
}

/// The fact of what was given back to somebody who left.
pub fn refund(amount: i64) -> Fact {
    Fact::Refund(Refund { amount, of: None, reason: None })
}
