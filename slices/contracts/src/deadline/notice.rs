//! Notice: the first end that it can still reach, and what has to be sent by when.

use kernel::Day;
use speech::say;

use super::{Act, Around, Deadline, Missed, arrival::sent, ends::ends, spoken};
use crate::{
    agreement::Agreement,
    contract::Term,
    parts::Clause,
    words::{CountTo, Who},
};

/// A notice to the first end that can still be reached.
pub(super) fn notice(
    terms: &Agreement,
    term: &Term,
    clause: &Clause,
    today: Day,
    who: Who,
    around: &Around<'_>,
) -> Option<Deadline> {
    let to = clause.to.unwrap_or(CountTo::Term);
    if to == CountTo::Day {
        return Some(any_day(terms, term, clause, today, who, around));
    }
    let ends = ends(terms, term, to, today, around.calendar);
    let mut missed = None;
    for last in ends {
        let one = to_end(clause, to, last, who, around);
        match one.act_by {
            Some(day) if day < today => missed = missed.or(Some(Missed { act_by: day, ends: last })),
            // A month or a quarter is always just over; the end of a term comes once.
            _ => return Some(told_missed(one, missed.filter(|_| to == CountTo::Term))),
        }
    }
    None
}

/// The end that can be reached, with the one that can no longer.
fn told_missed(one: Deadline, missed: Option<Missed>) -> Deadline {
    let Some(over) = missed else { return one };
    let said = say!(
        "The last safe day for the term that ends with {} was {}; it has passed.",
        spoken(over.ends),
        spoken(over.act_by)
    );
    Deadline { missed, reasons: [said].into_iter().chain(one.reasons).collect(), ..one }
}

/// What has to be sent by when to end with that day.
fn to_end(clause: &Clause, to: CountTo, last: Day, who: Who, around: &Around<'_>) -> Deadline {
    let counted = clause.period.before(last, around.calendar);
    let mut reasons = vec![
        say!("The end of {} is {}.", crate::spoken::period_end(to), spoken(last)),
        say!(
            "A notice of {} ends with that day if it arrives by {}.",
            clause.period.spoken(),
            spoken(counted)
        ),
    ];
    let (act_by, arrive_by) = sent(clause, counted, who, around, &mut reasons);
    Deadline {
        who,
        act: Act::Notice,
        act_by: Some(act_by),
        arrive_by: Some(arrive_by),
        ends: Some(last),
        clause: None,
        missed: None,
        reasons,
    }
}

/// A notice that can be given at any time: there is no last day, and an end that moves with the notice.
fn any_day(
    terms: &Agreement,
    term: &Term,
    clause: &Clause,
    today: Day,
    who: Who,
    around: &Around<'_>,
) -> Deadline {
    let given = clause.period.after(today.max(term.start), 1, around.calendar);
    let least = terms.last_day.map_or(given, |last| given.max(last.0));
    let mut reasons = vec![say!(
        "A notice of {} can be given at any time; given today, it ends with {}.",
        clause.period.spoken(),
        spoken(given)
    )];
    if least != given {
        reasons.push(say!("It does not end before {}, which was agreed as the least.", spoken(least)));
    }
    Deadline {
        who,
        act: Act::Notice,
        act_by: None,
        arrive_by: None,
        ends: Some(least),
        clause: None,
        missed: None,
        reasons,
    }
}
