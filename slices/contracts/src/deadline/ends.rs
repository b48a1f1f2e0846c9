//! The days with which a notice can end a contract.

use kernel::Day;

use crate::{
    agreement::Agreement,
    calendar::Calendar,
    contract::{NEVER, Term},
    period::plus_months,
    words::{CountTo, Renewal},
};

/// The days with which a notice can end it, from today on, the first first.
pub(super) fn ends(terms: &Agreement, term: &Term, to: CountTo, today: Day, calendar: &Calendar) -> Vec<Day> {
    const MANY: i32 = 1_500;
    let least = terms.last_day.map_or(today, |last| last.0).max(today);
    let months = match to {
        CountTo::Month => 1,
        CountTo::Quarter => 3,
        CountTo::Year => 12,
        CountTo::Term | CountTo::Day => return term_ends(terms, term, today, calendar),
    };
    let first = Day::first_of_month(least.month().div_euclid(months) * months);
    let candidates = (1..MANY).map(|n| plus_months(first, n * months).plus(-1));
    candidates.filter(|last| least <= *last).take(240).collect()
}

/// The ends of its term: the one that is stated, then those of the terms that follow by themselves.
fn term_ends(terms: &Agreement, term: &Term, today: Day, calendar: &Calendar) -> Vec<Day> {
    if term.until == NEVER {
        return Vec::new();
    }
    let again = terms.renewal_length.or(terms.length).filter(|_| terms.renewal == Some(Renewal::Auto));
    let times = if again.is_some() { 1_200 } else { 0 };
    let after = |n: i32| again.map_or(term.until, |length| length.after(term.until, n, calendar));
    (0..=times).map(|n| after(n).plus(-1)).skip_while(|last| *last < today).take(240).collect()
}
