//! Contracts with the day and the reason of their end (policy.md §3).

use kernel::Day;
use timeline::{
    Fact, FactId,
    fact::{Contract, EndReason, Form},
};

use super::{Need, Seen};

/// How a contract came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Somebody left by will: cancelled, notice, withdrawn, lapsed.
    Left,
    /// Nobody left: completed, replaced, renewed.
    Fulfilled,
    /// Nobody told.
    Unknown,
}

/// A contract that was signed.
#[derive(Clone, Debug)]
pub struct Signed<'a> {
    /// The fact.
    pub id: FactId,
    /// The day it was signed.
    pub signed: Day,
    /// The first day it holds.
    pub from: Day,
    /// The first day it no longer holds; the end of time where none is known.
    pub to: Day,
    /// How it ended or ends.
    pub end: End,
    /// What was agreed.
    pub body: &'a Contract,
    /// The need it meets.
    pub(crate) need: Option<Need>,
}

impl Signed<'_> {
    /// A free click is interest, not a commitment.
    pub fn binds(&self) -> bool {
        self.body.form != Some(Form::Click) || self.body.fees
    }
}

/// An end of a contract, sorted by contract, day and id.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ending {
    contract: FactId,
    pub(super) day: Day,
    end: End,
}

/// The contracts among those facts, not yet ended.
pub(super) fn all<'a>(facts: &[Seen<'a>]) -> Vec<Signed<'a>> {
    let one = |seen: &Seen<'a>| {
        let Fact::Contract(body) = &seen.entry.fact else { return None };
        let from = body.start.unwrap_or(seen.day);
        Some(Signed {
            id: seen.entry.id,
            signed: seen.day,
            from,
            to: FOREVER,
            end: End::Unknown,
            body,
            need: None,
        })
    };
    facts.iter().filter_map(one).collect()
}

/// No contract ends on this day.
const FOREVER: Day = Day(i32::MAX);

/// The ends among those facts.
pub(super) fn endings(facts: &[Seen]) -> Vec<Ending> {
    let one = |seen: &Seen| {
        let Fact::ContractEnd(end) = &seen.entry.fact else { return None };
        Some(Ending { contract: end.contract, day: seen.day, end: end_of(end.reason) })
    };
    let mut endings: Vec<Ending> = facts.iter().filter_map(one).collect();
    endings.sort_by_key(|ending| ending.contract);
    endings
}

fn end_of(reason: Option<EndReason>) -> End {
    match reason {
        Some(EndReason::Cancelled | EndReason::Notice | EndReason::Withdrawn | EndReason::Lapsed) => {
            End::Left
        }
        Some(EndReason::Completed | EndReason::Replaced | EndReason::Renewed) => End::Fulfilled,
        None => End::Unknown,
    }
}

/// Gives each contract the earliest of its ends, and the first reason told for that day.
pub(super) fn settle(signed: &mut [Signed], endings: &[Ending], now: Day) {
    for one in signed {
        let from = endings.partition_point(|ending| ending.contract < one.id);
        let own = endings[from..].iter().take_while(|ending| ending.contract == one.id && ending.day <= now);
        let told = own.clone().map(|ending| ending.day);
        one.to = told.chain(one.body.end).min().unwrap_or(FOREVER);
        let reason = own.filter(|ending| ending.day == one.to).map(|ending| ending.end);
        one.end = reason.into_iter().find(|end| *end != End::Unknown).unwrap_or(End::Unknown);
    }
}
