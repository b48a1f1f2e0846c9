//! Numbers by which it can be told, without measuring, that nothing changed from one day to the next: none falls from a day
//! to a later one, so that where a sum of them stands still, each of them does.

use super::{Group, History};

/// Above every number of facts.
const BEYOND: i64 = 1 << 40;

impl History<'_> {
    /// The day itself: whatever rests on it may change every day.
    pub(crate) fn of_today(&self) -> i64 {
        BEYOND + i64::from(self.now.0)
    }

    /// How many facts of these groups are visible.
    pub(crate) fn seen(&self, groups: &[Group]) -> i64 {
        groups.iter().map(|group| count(self.visible[*group as usize])).sum()
    }

    /// How many of a group are too old to be among the [`recent`](History::recent) ones.
    pub(crate) fn left(&self, group: Group, window: i64) -> i64 {
        count(self.of(group).len() - self.recent(group, window).len())
    }

    /// How many facts are visible on which nets, ends of contracts and stretches rest.
    pub(crate) fn committed(&self) -> i64 {
        self.seen(&Group::COMMITMENTS)
    }

    /// How many currencies are visible.
    pub(crate) fn currencies_seen(&self) -> i64 {
        count(self.currencies.iter().filter(|(_, first)| *first <= self.now).count())
    }

    /// Everything bought, also later.
    pub(crate) fn ever_bought(&self) -> &[super::Bought<'_>] {
        &self.bought
    }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(BEYOND)
}
