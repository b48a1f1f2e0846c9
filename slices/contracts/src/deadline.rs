//! The last safe day to act: what has to arrive when so that a notice or a withdrawal is in time, for either side, with
//! the reasoning. Pure: the calendar, the zones and today are handed in.

mod arrival;
mod ends;
mod notice;

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use kernel::Day;
use speech::say;

pub use self::arrival::whole_day_at;
use self::{arrival::sent, notice::notice};
use crate::{
    agreement::{Agreement, Ended},
    calendar::Calendar,
    contract::{NEVER, Term},
    parts::Clause,
    period::Unit,
    words::{ClauseKind, Renewal, Who},
};

/// What surrounds a contract: the calendar that counts for it, its zone and the business's own.
#[derive(Clone, Debug)]
pub struct Around<'a> {
    /// The business calendar.
    pub calendar: &'a Calendar,
    /// The time zone that counts for the contract.
    pub zone: &'a TimeZone,
    /// The time zone of the business.
    pub ours: &'a TimeZone,
}

/// What one side can do by when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// Who can: us or them, never both.
    pub who: Who,
    /// What it is about.
    pub act: Act,
    /// The last safe day to send it, a business day in the time zone of whoever sends; absent where any day does.
    pub act_by: Option<Day>,
    /// The last day on which it may arrive, in the zone of the contract.
    pub arrive_by: Option<Day>,
    /// The last day of the contract if it is done by then.
    pub ends: Option<Day>,
    /// The clause it rests on: its place among the clauses of the contract.
    pub clause: Option<usize>,
    /// The end that this side could have reached and can no longer, because it said nothing in time.
    pub missed: Option<Missed>,
    /// How one gets there, step by step.
    pub reasons: Vec<String>,
}

/// The end of a term for which the last safe day is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missed {
    /// The last safe day that was.
    pub act_by: Day,
    /// The end that it was for.
    pub ends: Day,
}

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Give notice.
    Notice,
    /// Withdraw.
    Withdraw,
    /// Agree again, or it ends by itself.
    Agree,
    /// Nothing is known that anybody could do.
    Unknown,
}

impl Act {
    /// The word in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Act::Notice => "notice",
            Act::Withdraw => "withdraw",
            Act::Agree => "agree",
            Act::Unknown => "unknown",
        }
    }
}

/// What each side can do from `today` on: every clause for each side that it gives a right to, the next day to act
/// first; at least one answer for either side.
pub fn deadlines(terms: &Agreement, today: Day, around: &Around<'_>) -> Vec<Deadline> {
    let term = Term::of(terms);
    if term.ended <= today {
        return Vec::new();
    }
    let told = terms.ended.map_or(NEVER, Ended::day);
    let mut found = Vec::new();
    for who in [Who::Us, Who::Them] {
        let clauses = terms.clauses.iter().flatten().enumerate();
        let own = clauses.filter(|(_, clause)| clause.who == who || clause.who == Who::Both);
        let known = found.len();
        for (place, clause) in own {
            let one = match clause.kind {
                ClauseKind::Notice => notice(terms, &term, clause, today, who, around),
                ClauseKind::Withdrawal => withdrawal(terms, &term, clause, today, who, around),
            };
            // What was said already need not be said again.
            let one = one.filter(|one| one.ends.is_none_or(|last| last.plus(1) < told));
            found.extend(one.map(|one| Deadline { clause: Some(place), ..one }));
        }
        if let Some(agree) = agreeing(terms, &term, today, who, around) {
            found.push(agree);
        }
        if found.len() == known {
            found.push(unknown(&term, who));
        }
    }
    found.sort_by_key(|one| (one.act_by.unwrap_or(NEVER), one.who == Who::Them));
    found
}

/// What a letter that arrived on a day reaches, of either side: each clause as if it had been counted on that day, whether
/// or not it is a business day.
pub fn reached(terms: &Agreement, received: Day, around: &Around<'_>) -> Vec<Deadline> {
    let every_day = Calendar { weekend: [false; 7], holidays: BTreeMap::new(), ..around.calendar.clone() };
    let uses_business = |clause: &Clause| clause.period.unit == Unit::BusinessDay;
    let calendar =
        if terms.clauses.iter().flatten().any(uses_business) { around.calendar } else { &every_day };
    let found = deadlines(terms, received, &Around { calendar, ..around.clone() });
    found.into_iter().filter(|one| matches!(one.act, Act::Notice | Act::Withdraw)).collect()
}

/// The next days on which something about a contract is due; [`NEVER`] where nothing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Next {
    /// To act at all.
    pub act_by: Day,
    /// To decide whether it goes on.
    pub decide_by: Day,
}

/// The next days of all deadlines.
pub fn next(deadlines: &[Deadline]) -> Next {
    Next {
        act_by: deadlines.iter().filter_map(|one| one.act_by).min().unwrap_or(NEVER),
        decide_by: about_term(deadlines).and_then(|one| one.act_by).unwrap_or(NEVER),
    }
}

/// The first by which somebody can decide whether the term is the last.
pub fn about_term(deadlines: &[Deadline]) -> Option<&Deadline> {
    deadlines.iter().find(|one| matches!(one.act, Act::Notice | Act::Agree) && one.act_by.is_some())
}

/// A withdrawal after signing.
fn withdrawal(
    terms: &Agreement,
    term: &Term,
    clause: &Clause,
    today: Day,
    who: Who,
    around: &Around<'_>,
) -> Option<Deadline> {
    let signed = terms.signed.map_or(term.start, |on| on.0);
    let last = clause.period.after(signed, 1, around.calendar);
    let mut reasons = vec![
        say!("It was signed on {}.", spoken(signed)),
        say!("{} after that is {}, the last day to withdraw.", clause.period.spoken(), spoken(last)),
    ];
    let (act_by, arrive_by) = sent(clause, last, who, around, &mut reasons);
    (today <= act_by).then_some(Deadline {
        who,
        act: Act::Withdraw,
        act_by: Some(act_by),
        arrive_by: Some(arrive_by),
        ends: None,
        clause: None,
        missed: None,
        reasons,
    })
}

/// A term that does not go on by itself: whoever wants it to, agrees before it runs out.
fn agreeing(terms: &Agreement, term: &Term, today: Day, who: Who, around: &Around<'_>) -> Option<Deadline> {
    let goes_on = terms.renewal == Some(Renewal::Auto);
    let told = terms.ended.is_some();
    if term.until == NEVER || term.ended != term.until || goes_on || told {
        return None;
    }
    let last = term.until.plus(-1);
    let act_by = around.calendar.back_to_business(last);
    let mut reasons = vec![say!("It ends by itself with {}; to go on, both agree before.", spoken(last))];
    if act_by != last {
        reasons.push(say!("The last business day before that is {}.", spoken(act_by)));
    }
    (today <= act_by).then_some(Deadline {
        who,
        act: Act::Agree,
        act_by: Some(act_by),
        arrive_by: None,
        ends: Some(last),
        clause: None,
        missed: None,
        reasons,
    })
}

fn unknown(term: &Term, who: Who) -> Deadline {
    let is_us = who == Who::Us;
    let what = match (term.until == NEVER, term.ended == NEVER) {
        (true, true) if is_us => {
            say!("No clause says how we could end it, and it has no last day; write down the notice clause.")
                .into_owned()
        }
        (true, true) => say!(
            "No clause says how they could end it, and it has no last day; write down the notice clause."
        )
        .into_owned(),
        (false, true) => {
            let last = spoken(term.until.plus(-1));
            match is_us {
                true => say!(
                    "No clause says how we could end it; its term ends with {last} and goes on by itself. Write down the notice clause."
                ),
                false => say!(
                    "No clause says how they could end it; its term ends with {last} and goes on by itself. Write down the notice clause."
                ),
            }
        }
        (_, false) => {
            let last = spoken(term.ended.plus(-1));
            match is_us {
                true => say!("It ends with {last}; nothing is left for us to do."),
                false => say!("It ends with {last}; nothing is left for them to do."),
            }
        }
    };
    Deadline {
        who,
        act: Act::Unknown,
        act_by: None,
        arrive_by: None,
        ends: None,
        clause: None,
        missed: None,
        reasons: vec![what],
    }
}

/// `Friday 2 October 2026`.
pub fn spoken(day: Day) -> String {
    speech::long_weekday(day)
}
