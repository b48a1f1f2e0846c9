//! Purchases and what is left of them after refunds (policy.md §3).

use kernel::{Currency, Day};
use timeline::{
    Fact, FactId,
    fact::{Purchase, Refund, RefundReason},
};

use super::{Need, Seen};

/// An order, invoice or payment with an amount, which settles no other.
#[derive(Clone, Debug)]
pub struct Bought<'a> {
    /// The fact.
    pub id: FactId,
    /// Its day.
    pub day: Day,
    /// What was bought.
    pub body: &'a Purchase,
    /// Amount less refunds; 0 where all went back.
    pub net: i64,
    /// It never happened.
    pub(super) cancelled: bool,
    /// The need it meets.
    pub(crate) need: Option<Need>,
    /// First and last day of the period it pays for; its own day where none is told.
    start: Day,
    end: Day,
    months: (i32, i32),
    currency: Option<Currency>,
}

impl Bought<'_> {
    /// The days it covers, never beyond today.
    pub fn period(&self, now: Day) -> (Day, Day) {
        let start = self.start.min(now);
        (start, self.end.min(now).max(start))
    }

    /// The months it covers, never beyond this one.
    pub(crate) fn months(&self, month: i32) -> (i32, i32) {
        let start = self.months.0.min(month);
        (start, self.months.1.min(month).max(start))
    }

    /// The days it covers, also those to come.
    pub(super) fn whole_period(&self) -> (Day, Day) {
        (self.start, self.end.max(self.start))
    }

    /// Takes what a refund gives back; what is left of the refund. One below zero takes nothing, and brings nothing back.
    fn take(&mut self, refund: i64) -> i64 {
        let taken = refund.min(self.net).max(0);
        self.net -= taken;
        refund - taken
    }
}

/// The purchases among those facts.
pub(super) fn all<'a>(facts: &[Seen<'a>]) -> Vec<Bought<'a>> {
    let mut found = Vec::with_capacity(facts.len());
    found.extend(facts.iter().filter_map(one));
    found
}

fn one<'a>(seen: &Seen<'a>) -> Option<Bought<'a>> {
    let (Fact::Order(body) | Fact::Invoice(body) | Fact::Payment(body)) = &seen.entry.fact else {
        return None;
    };
    if body.amount <= 0 || body.of.is_some() {
        return None;
    }
    let month = seen.day.month();
    let month_of = |day: Option<Day>| day.map_or(month, Day::month);
    Some(Bought {
        id: seen.entry.id,
        day: seen.day,
        body,
        net: body.amount,
        cancelled: false,
        need: None,
        start: body.period_start.unwrap_or(seen.day),
        end: body.period_end.unwrap_or(seen.day),
        months: (month_of(body.period_start), month_of(body.period_end)),
        currency: seen.entry.currency,
    })
}

/// Applies the refunds, in their order, to purchases, which stand in the order of their days.
pub(super) fn settle(bought: &mut [Bought], refunds: &[Seen]) {
    for one in bought.iter_mut() {
        (one.net, one.cancelled) = (one.body.amount, false);
    }
    let by_id = by_id(bought, refunds);
    for seen in refunds {
        let Fact::Refund(refund) = &seen.entry.fact else { continue };
        match named(&by_id, refund).filter(|at| !bought[*at].cancelled) {
            Some(at) if refund.reason == Some(RefundReason::Cancel) => bought[at].cancelled = true,
            Some(at) => _ = bought[at].take(refund.amount),
            None => take_from_latest(bought, seen, refund),
        }
    }
}

/// Purchases by their ids; empty where no refund names one.
fn by_id(bought: &[Bought], refunds: &[Seen]) -> Vec<(FactId, usize)> {
    let names = |seen: &Seen| matches!(&seen.entry.fact, Fact::Refund(refund) if refund.of.is_some());
    if !refunds.iter().any(names) {
        return Vec::new();
    }
    let mut by_id: Vec<_> = bought.iter().enumerate().map(|(at, one)| (one.id, at)).collect();
    by_id.sort_unstable();
    by_id
}

fn named(by_id: &[(FactId, usize)], refund: &Refund) -> Option<usize> {
    let id = refund.of?;
    let at = by_id.partition_point(|(known, _)| *known < id);
    by_id.get(at).filter(|(known, _)| *known == id).map(|(_, at)| *at)
}

/// Without a name: from the latest purchase of that currency backwards.
fn take_from_latest(bought: &mut [Bought], seen: &Seen, refund: &Refund) {
    let until = bought.partition_point(|one| one.day <= seen.day);
    let mut left = refund.amount;
    let differs = |one: &Bought| one.currency.zip(seen.entry.currency).is_some_and(|(a, b)| a != b);
    for one in bought[..until].iter_mut().rev().filter(|one| !one.cancelled && !differs(one)) {
        if left == 0 {
            return;
        }
        left = one.take(left);
    }
}
