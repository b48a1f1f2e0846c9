//! Stretches of engagement: contract time, paid periods and warm days after purchases and work, merged.

use kernel::Day;

use super::{Group, History};

/// The stretches, and what they are from one day.
#[derive(Clone, Debug, Default)]
pub(super) struct Stretches {
    /// Merged, in order, not yet cut at any day.
    merged: Vec<(Day, Day)>,
    /// The latest begin of a paid period.
    latest_period: Option<Day>,
    /// When the last one visible began.
    pub(super) last: Option<Day>,
    /// Days in all of them until now.
    pub(super) days: i64,
}

impl Stretches {
    /// Merges what is known now.
    ///
    /// Cutting at `now` may follow merging: what begins later only joins a stretch that reaches beyond now.
    pub(super) fn settle(&mut self, history: &History) {
        let warm = i32::try_from(history.policy().windows.warm).unwrap_or(i32::MAX);
        self.merged.clear();
        let contracts = history.contracts().iter().filter(|one| one.binds());
        self.merged.extend(contracts.map(|one| (one.from, one.to.max(one.from))));
        for one in history.kept() {
            self.merged.push(one.whole_period());
            self.merged.push((one.day, one.day.plus(warm)));
        }
        self.merged.extend(history.of(Group::Work).iter().map(|seen| (seen.day, seen.day.plus(warm))));
        self.merged.sort_unstable();
        self.merged.dedup_by(|next, kept| {
            let joins = next.0 <= kept.1;
            if joins {
                kept.1 = kept.1.max(next.1);
            }
            joins
        });
        self.latest_period = history.kept().map(|one| one.whole_period().0).max();
    }

    /// Cuts them at a day. A paid period still to begin is a stretch of no days, beginning today.
    pub(super) fn look_from(&mut self, now: Day) {
        (self.last, self.days) = (None, 0);
        let mut reach = None;
        for (start, end) in self.merged.iter().take_while(|(start, _)| *start <= now) {
            let end = (*end).min(now);
            self.days += i64::from(end.0) - i64::from(start.0);
            (self.last, reach) = (Some(*start), Some(end));
        }
        let to_begin = self.latest_period.is_some_and(|start| now < start);
        if to_begin && reach != Some(now) {
            self.last = Some(now);
        }
    }
}
