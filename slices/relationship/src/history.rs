//! The facts of one relationship up to a day, as known then, indexed once and movable through time.

mod bought;
mod buys;
mod group;
mod moving;
mod need;
mod signed;
mod stretch;
mod turning;
mod version;

use std::ops::Range;

use jiff::tz::TimeZone;
use kernel::{Currency, Day};
use timeline::{Entry, Fact, FactId, fact::Register};

pub use self::bought::Bought;
pub(crate) use self::buys::Buys;
pub use self::group::Group;
pub(crate) use self::group::{learnt, of_a_day};
pub(crate) use self::need::{Need, Needs, said, work};
pub use self::signed::{End, Signed};
use self::stretch::Stretches;
use crate::{Baseline, IndustryPolicy, exact::narrow};

/// From where we look at the facts.
#[derive(Clone, Copy, Debug)]
pub struct Vantage<'a> {
    /// The day of the decision; later facts do not exist for it.
    pub as_of: Day,
    /// Facts learnt later do not exist either: "as known then". Absent: all that is known now.
    pub known_at: Option<Day>,
    /// The time zone of the business, in which instants become days.
    pub zone: &'a TimeZone,
    /// The policy for the trade of this service line.
    pub policy: &'a IndustryPolicy<'a>,
    /// The frozen ranks of spend, in the currency of these facts; a recorded rank stands above it.
    pub baseline: Option<&'a Baseline>,
}

/// A fact that exists for the decision.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// Its day in the time zone of the business.
    pub day: Day,
    /// The fact.
    pub entry: &'a Entry,
}

/// The facts of one relationship.
///
/// Building it sorts and indexes once; [`History::move_to`] then looks from any earlier day.
/// Ids of facts are taken to be different, as they are in the timeline.
#[derive(Clone, Debug)]
pub struct History<'a> {
    vantage: Vantage<'a>,
    now: Day,
    month: i32,
    /// The days of that month.
    month_days: Range<Day>,
    /// The days from which the same facts are visible as from `now`.
    same: Range<Day>,
    facts: Vec<Seen<'a>>,
    /// Where each group starts in `facts`.
    starts: [usize; Group::COUNT + 1],
    /// Up to where each group is visible from `now`.
    visible: [usize; Group::COUNT],
    currencies: Vec<(Currency, Day)>,
    bought: Vec<Bought<'a>>,
    bought_visible: usize,
    signed: Vec<Signed<'a>>,
    ends: Vec<signed::Ending>,
    needs: Needs<'a>,
    stretches: Stretches,
    buys: Buys,
    /// Days on which something may change although nothing happens, in order.
    turning: Vec<Day>,
}

impl<'a> History<'a> {
    /// The facts as seen from there.
    pub fn new(entries: &'a [Entry], vantage: &Vantage<'a>) -> History<'a> {
        History::build(entries, vantage, None)
    }

    /// The same as if one fact had not happened.
    pub fn without(entries: &'a [Entry], vantage: &Vantage<'a>, skip: FactId) -> History<'a> {
        History::build(entries, vantage, Some(skip))
    }

    fn build(entries: &'a [Entry], vantage: &Vantage<'a>, skip: Option<FactId>) -> History<'a> {
        let (facts, starts) = group::sorted(entries, vantage, skip);
        let of = |group: Group| &facts[starts[group as usize]..starts[group as usize + 1]];
        let mut bought = bought::all(of(Group::Purchase));
        let mut signed = signed::all(of(Group::Contract));
        let ends = signed::endings(of(Group::ContractEnd));
        let needs = Needs::name(&mut bought, of(Group::Work), &mut signed);
        let mut history = History {
            vantage: *vantage,
            now: vantage.as_of,
            month: 0,
            month_days: Day(0)..Day(0),
            same: Day(0)..Day(0),
            currencies: group::currencies(&facts),
            starts,
            visible: [usize::MAX; Group::COUNT],
            facts,
            bought,
            bought_visible: 0,
            signed,
            ends,
            needs,
            stretches: Stretches::default(),
            buys: Buys::default(),
            turning: Vec::new(),
        };
        history.turning = turning::days(&history);
        history.move_to(vantage.as_of);
        history
    }

    /// The day of the decision.
    pub fn now(&self) -> Day {
        self.now
    }

    /// The month of the decision, counted as by [`Day::month`].
    pub(crate) fn month(&self) -> i32 {
        self.month
    }

    /// The first day of the next month.
    pub(crate) fn next_month(&self) -> Day {
        self.month_days.end
    }

    /// The policy for the trade.
    pub fn policy(&self) -> &'a IndustryPolicy<'a> {
        self.vantage.policy
    }

    /// The frozen ranks of spend.
    pub fn baseline(&self) -> Option<&'a Baseline> {
        self.vantage.baseline
    }

    /// Days from that day until now.
    pub fn age(&self, day: Day) -> i64 {
        i64::from(self.now.0) - i64::from(day.0)
    }

    /// The facts of a group, in the order of day and id.
    pub fn of(&self, group: Group) -> &[Seen<'a>] {
        &self.facts[range(&self.starts, &self.visible, group)]
    }

    /// Those of them less than so many days old.
    pub fn recent(&self, group: Group, window: i64) -> &[Seen<'a>] {
        let all = self.of(group);
        if all.first().is_none_or(|oldest| self.age(oldest.day) < window) {
            return all;
        }
        &all[all.partition_point(|seen| window <= self.age(seen.day))..]
    }

    /// Every visible fact.
    pub fn visible(&self) -> impl Iterator<Item = Seen<'a>> + '_ {
        Group::ALL.iter().flat_map(|group| self.of(*group).iter().copied())
    }

    /// Purchases that happened, refunded or not, in the order of day and id.
    pub fn purchases(&self) -> impl DoubleEndedIterator<Item = &Bought<'a>> + Clone {
        self.bought[..self.bought_visible].iter().filter(|one| !one.cancelled)
    }

    /// Purchases of which money stayed.
    pub fn kept(&self) -> impl DoubleEndedIterator<Item = &Bought<'a>> + Clone {
        self.purchases().filter(|one| 0 < one.net)
    }

    /// Contracts signed, in the order of day and id.
    pub fn contracts(&self) -> &[Signed<'a>] {
        &self.signed[..self.visible[Group::Contract as usize]]
    }

    /// Contracts in force.
    pub fn in_force(&self) -> impl Iterator<Item = &Signed<'a>> + Clone {
        self.contracts().iter().filter(|one| one.from <= self.now && self.now < one.to)
    }

    /// Needs by their marks.
    pub(crate) fn needs(&self) -> &Needs<'a> {
        &self.needs
    }

    /// The days on which they bought or had work done.
    pub(crate) fn buys(&self) -> &Buys {
        &self.buys
    }

    /// When the last stretch of engagement began.
    pub fn running_since(&self) -> Option<Day> {
        self.stretches.last
    }

    /// Days in all stretches of engagement; nothing where there is none.
    pub fn engaged_days(&self) -> Option<i64> {
        self.stretches.last.map(|_| self.stretches.days)
    }

    /// The day of the first purchase, work or signed contract.
    pub fn first_commitment(&self) -> Option<Day> {
        let bought = self.purchases().next().map(|one| one.day);
        let worked = self.of(Group::Work).first().map(|seen| seen.day);
        let signed = self.contracts().iter().find(|one| one.binds()).map(|one| one.signed);
        [bought, worked, signed].into_iter().flatten().min()
    }

    /// Whether a register is complete: what is not there did not happen.
    pub fn is_complete(&self, register: Register) -> bool {
        self.register(register).is_some()
    }

    /// The fact that says that a register is complete.
    pub fn register(&self, register: Register) -> Option<FactId> {
        let says =
            |seen: &&Seen| matches!(&seen.entry.fact, Fact::RecordKept(kept) if kept.register == register);
        self.of(Group::RecordKept).iter().find(says).map(|seen| seen.entry.id)
    }

    /// The weight of something last seen that day, days: how much of its time is left.
    ///
    /// In the running stretch in full for `share` days, then less each day, to a quarter, which stays;
    /// in an earlier one less from the first day on.
    pub fn days_left(&self, last: Day) -> i64 {
        let (fade, share) = (self.policy().windows.fade, self.policy().windows.share);
        let rest = fade - self.age(last);
        if self.running_since().unwrap_or(self.now) <= last {
            return (rest + share).min(fade).max(fade / 4);
        }
        rest.max(0)
    }

    /// Net spend: what was bought less what went back. Saturates.
    pub fn net_spend(&self) -> i64 {
        narrow(self.kept().map(|one| i128::from(one.net)).sum())
    }

    /// Two of the currencies, where there is more than one: amounts are never added across currencies.
    pub fn mixed_currencies(&self) -> Option<(Currency, Currency)> {
        let mut visible =
            self.currencies.iter().filter(|(_, first)| *first <= self.now).map(|(code, _)| *code);
        visible.next().zip(visible.next())
    }

    /// Whether a paid period has yet to begin.
    pub(crate) fn awaits_period(&self) -> bool {
        self.purchases().any(|one| self.now < one.whole_period().0)
    }

    /// The day of the first visible fact.
    pub(crate) fn first_day(&self) -> Option<Day> {
        Group::ALL.iter().filter_map(|group| self.of(*group).first()).map(|seen| seen.day).min()
    }
}

fn range(starts: &[usize], visible: &[usize], group: Group) -> Range<usize> {
    let start = starts[group as usize];
    start..start + visible[group as usize]
}
