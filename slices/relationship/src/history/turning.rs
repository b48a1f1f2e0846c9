//! Days on which something may change although nothing happens: what a fact names begins or is over, or a fact leaves the
//! window in which it counts.

use kernel::Day;
use timeline::Fact;

use super::{Bought, Group, History};

/// Those days, in order, of all facts that exist.
pub(super) fn days(history: &History) -> Vec<Day> {
    let after = |day: Day, window: i64| Some(day.plus(i32::try_from(window).ok()?));
    let policy = history.policy();
    let contracts = history.signed.iter().flat_map(|one| [one.body.start, one.body.end]).flatten();
    let periods = history.bought.iter().filter(|one| one.body.period_start.or(one.body.period_end).is_some());
    let periods = periods.map(Bought::whole_period).flat_map(|(from, to)| {
        [Some(from), Some(to), Some(to.plus(1)), after(to, policy.windows.fade)].into_iter().flatten()
    });
    let mut days: Vec<Day> = contracts.chain(periods).collect();
    // What was fulfilled says something for a while.
    let ends =
        history.ends.iter().map(|end| end.day).chain(history.signed.iter().filter_map(|one| one.body.end));
    days.extend(ends.filter_map(|end| after(end, policy.former.contract_days)));
    for group in Group::ALL {
        let windows = windows(history, *group);
        for seen in &history.facts[history.starts[*group as usize]..history.starts[*group as usize + 1]] {
            if let Fact::Assignment(one) = &seen.entry.fact {
                days.extend(one.until.into_iter().flat_map(|day| [day, day.plus(1)]));
            }
            days.extend(windows.iter().filter_map(|window| after(seen.day, *window)));
        }
    }
    days.sort_unstable();
    days.dedup();
    days
}

/// For how many days facts of a group count at all.
fn windows(history: &History, group: Group) -> Vec<i64> {
    let windows = &history.policy().windows;
    match group {
        Group::Contact => vec![windows.serving, windows.contact],
        Group::Work => vec![windows.serving, windows.fade],
        Group::Purchase => vec![windows.fade],
        Group::Usage => vec![windows.usage],
        Group::Wallet => vec![windows.share],
        Group::Basis => vec![windows.breadth],
        Group::Refund
        | Group::Assignment
        | Group::SpendRank
        | Group::Feedback
        | Group::Referral
        | Group::Training
        | Group::Goal
        | Group::Interest => vec![windows.contact],
        _ => Vec::new(),
    }
}

impl History<'_> {
    /// The next day after now on which something may change although nothing happens.
    pub(crate) fn next_turning(&self) -> Option<Day> {
        self.turning.get(self.turning.partition_point(|day| *day <= self.now)).copied()
    }

    /// The next day after `now` on which a fact becomes visible.
    pub(crate) fn next_fact(&self) -> Option<Day> {
        Some(self.same.end).filter(|day| *day < Day(i32::MAX))
    }
}
