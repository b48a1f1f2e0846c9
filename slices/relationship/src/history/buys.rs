//! The days on which they bought or had work done: what their rhythm and their silence are told by (policy.md §6.2).

use kernel::Day;

use super::{Bought, Group, History};

/// Those days, of what is visible.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Buys {
    /// The first and the last of them.
    pub(crate) ends: Option<(Day, Day)>,
    /// How many there are, each once.
    pub(crate) days: i64,
    /// The last day that a period paid for covers, also one to come; of what money stayed.
    pub(crate) paid_until: Option<Day>,
    /// The latest begin of a period paid for, or day of work, also one to come.
    pub(crate) latest_begin: Option<Day>,
}

impl Buys {
    /// Those of a history whose nets are worked out.
    pub(super) fn of(history: &History) -> Buys {
        let worked = || history.of(Group::Work).iter().map(|seen| seen.day);
        let mut days: Vec<Day> = speaking(history).map(|one| one.day).chain(worked()).collect();
        days.sort_unstable();
        days.dedup();
        Buys {
            ends: days.first().copied().zip(days.last().copied()),
            days: i64::try_from(days.len()).unwrap_or(i64::MAX - 1),
            paid_until: history.kept().map(|one| one.whole_period().1).max(),
            latest_begin: speaking(history).map(|one| one.whole_period().0).chain(worked()).max(),
        }
    }
}

/// The purchases that speak: those kept, or all where nothing was kept.
fn speaking<'h, 'a>(history: &'h History<'a>) -> impl Iterator<Item = &'h Bought<'a>> {
    let any_kept = history.kept().next().is_some();
    history.purchases().filter(move |one| !any_kept || 0 < one.net)
}
