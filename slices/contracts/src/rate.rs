//! What recurs, day by day: a rate holds from one day to another, and a change of price is the end of one and the
//! beginning of the next.

use kernel::Day;

use crate::{
    agreement::Agreement,
    contract::{Contract, NEVER, Term},
    words::FeeKind,
};

/// A recurring fee from one day to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// The first day.
    pub from: Day,
    /// The first day on which it recurs no longer; [`NEVER`] while it does.
    pub until: Day,
    /// What falls due each time, in ten-thousandths of the major unit.
    pub amount: i64,
    /// Every so many months; 0 for one counted in days.
    pub months: i64,
    /// Every so many days; 0 for one counted in months.
    pub days: i64,
}

impl Rate {
    /// What it comes to in a month, as a fraction of whole numbers: ten-thousandths of the major unit over the second.
    /// A month is a twelfth of 365 days.
    pub fn monthly(&self) -> (i128, i128) {
        match self.months {
            0 => (i128::from(self.amount) * 365, 12 * i128::from(self.days.max(1))),
            months => (i128::from(self.amount), i128::from(months)),
        }
    }
}

/// The rates of a contract: its recurring fees while it holds, without its trial and its pauses.
pub fn rates(contract: &Contract) -> Vec<Rate> {
    let terms = contract.terms();
    let term = Term::of(&terms);
    let still = still(&terms, &term);
    let turns = contract.turns();
    let begins = std::iter::once(term.start).chain(turns.iter().copied().filter(|day| term.start < *day));
    let begins: Vec<Day> = begins.collect();
    let mut rates: Vec<Rate> = Vec::new();
    for (n, from) in begins.iter().enumerate() {
        let until = begins.get(n + 1).copied().unwrap_or(NEVER).min(term.ended);
        for rate in recurring(&contract.terms_on(*from), *from, until) {
            for part in without(rate, &still) {
                join(&mut rates, part);
            }
        }
    }
    rates
}

/// The first day from which something is paid each time; [`NEVER`] for none. What ended on the day it began was agreed
/// to be paid all the same.
pub fn paid_from(contract: &Contract, rates: &[Rate]) -> Day {
    let terms = contract.terms();
    let term = Term::of(&terms);
    let recurs = terms.fees.iter().flatten().any(|fee| fee.kind == FeeKind::Recurring && 0 < fee.amount.0);
    if rates.is_empty() && recurs && terms.trial.is_none() && term.start == term.ended {
        return term.start;
    }
    rates.iter().filter(|rate| 0 < rate.amount).map(|rate| rate.from).min().unwrap_or(NEVER)
}

/// A rate that goes on as before is the same one.
fn join(rates: &mut Vec<Rate>, next: Rate) {
    let same = |known: &&mut Rate| {
        known.until == next.from
            && (known.amount, known.months, known.days) == (next.amount, next.months, next.days)
    };
    match rates.iter_mut().find(same) {
        Some(known) => known.until = next.until,
        None => rates.push(next),
    }
}

fn recurring(terms: &Agreement, from: Day, until: Day) -> impl Iterator<Item = Rate> {
    let fees = terms.fees.iter().flatten().filter(|fee| fee.kind == FeeKind::Recurring);
    fees.filter_map(move |fee| {
        let every = fee.every?;
        Some(Rate {
            from,
            until,
            amount: fee.amount.0,
            months: i64::from(every.months().unwrap_or(0)),
            days: i64::from(every.days().unwrap_or(0)),
        })
    })
    .filter(|rate| rate.from < rate.until)
    .collect::<Vec<_>>()
    .into_iter()
}

/// The times in which nothing falls due, each from its first day to the first after it.
fn still(terms: &Agreement, term: &Term) -> Vec<(Day, Day)> {
    let trial = terms.trial.map(|trial| (term.start, trial.last_day.map_or(NEVER, |last| last.0.plus(1))));
    let pauses = terms.pauses.iter().flatten();
    let pauses = pauses.map(|pause| (pause.from.0, pause.last_day.map_or(NEVER, |last| last.0.plus(1))));
    let mut still: Vec<_> = trial.into_iter().chain(pauses).collect();
    still.sort_unstable();
    still
}

/// What is left of a rate without those times.
fn without(rate: Rate, still: &[(Day, Day)]) -> Vec<Rate> {
    let (mut from, mut left) = (rate.from, Vec::new());
    for (begin, end) in still {
        if from < *begin && *begin < rate.until {
            left.push(Rate { from, until: *begin, ..rate });
        }
        if *begin < rate.until {
            from = from.max(*end);
        }
    }
    if from < rate.until {
        left.push(Rate { from, ..rate });
    }
    left
}
