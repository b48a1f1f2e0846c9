//! Looking from another day: what is visible then, and what was worked out of it.

use kernel::Day;

use super::{Buys, Group, History, bought, range, signed};

impl History<'_> {
    /// Looks from another day, not later than the one it was built for.
    pub fn move_to(&mut self, day: Day) {
        self.now = day.min(self.vantage.as_of);
        if !self.month_days.contains(&self.now) {
            self.month = self.now.month();
            let next = Day::first_of_month(self.month.saturating_add(1));
            self.month_days = Day::first_of_month(self.month)..next;
        }
        if !self.same.contains(&self.now) {
            self.reveal();
        }
        self.stretches.look_from(self.now);
    }

    /// Works out which facts are visible, and between which days that stays so.
    fn reveal(&mut self) {
        let mut changed = false;
        self.same = Day(i32::MIN)..Day(i32::MAX);
        for group in Group::ALL {
            let all = &self.facts[self.starts[*group as usize]..self.starts[*group as usize + 1]];
            let visible = all.partition_point(|seen| seen.day <= self.now);
            let last = visible.checked_sub(1).map(|at| all[at].day);
            self.same.start = self.same.start.max(last.unwrap_or(Day(i32::MIN)));
            self.same.end = self.same.end.min(all.get(visible).map_or(Day(i32::MAX), |seen| seen.day));
            let before = std::mem::replace(&mut self.visible[*group as usize], visible);
            changed |= before != visible && Group::COMMITMENTS.contains(group);
        }
        if changed {
            self.settle();
        }
    }

    /// Works out nets, contract ends and stretches of what is visible.
    fn settle(&mut self) {
        let now = self.now;
        self.bought_visible = self.bought.partition_point(|one| one.day <= now);
        let refunds = range(&self.starts, &self.visible, Group::Refund);
        bought::settle(&mut self.bought[..self.bought_visible], &self.facts[refunds]);
        let contracts = self.visible[Group::Contract as usize];
        signed::settle(&mut self.signed[..contracts], &self.ends, now);
        let mut stretches = std::mem::take(&mut self.stretches);
        stretches.settle(self);
        self.stretches = stretches;
        self.buys = Buys::of(self);
    }
}
