//! Has there been a commitment, is it over, or is there only interest? (policy.md §6.1 and §6.2)

use kernel::Day;
use timeline::{Fact, FactId, fact::Side};

use crate::{
    History, Why,
    dimensions::contact,
    history::{Buys, End, Group, Seen, Signed},
    why::Measure,
};

/// Any of these within the window makes a prospect of one who has not bought.
const INTEREST: [Group; 8] = [
    Group::Purchase,
    Group::Contact,
    Group::Stage,
    Group::Interest,
    Group::Usage,
    Group::Referral,
    Group::Training,
    Group::Feedback,
];
/// What they start shows that they are still there, while they are.
const LIFE: [Group; 6] =
    [Group::Contact, Group::Feedback, Group::Referral, Group::Usage, Group::Training, Group::Interest];
/// What they start when they come back asking.
const ASKING: [Group; 5] = [Group::Contact, Group::Stage, Group::Interest, Group::Training, Group::Purchase];

/// What there is before anything is weighed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Existence {
    /// Nothing: no commitment, no recent interest.
    Nothing,
    /// Interest only.
    Interest,
    /// A commitment that is not over.
    Committed,
    /// A commitment that is over, and why.
    Over(Why),
}

/// What there is on the day of the history.
pub(crate) fn existence(history: &History) -> Existence {
    if history.first_commitment().is_none() {
        let window = history.policy().windows.interest;
        let shown = INTEREST.iter().any(|group| !history.recent(*group, window).is_empty());
        return if shown { Existence::Interest } else { Existence::Nothing };
    }
    let now = history.now();
    if history.contracts().iter().any(|one| now < one.to && one.binds()) {
        return Existence::Committed;
    }
    let ended = bound(history).map(|one| one.to).max();
    let bought_after = ended.is_none_or(|ended| begun_after(history, ended));
    match ended {
        Some(on) if !bought_after && all_left(history, on) => {
            Existence::Over(Why::Left { on, asked: asked_since(history, on) })
        }
        _ => silence(history, bought_after),
    }
}

/// Binding contracts; where nothing is in force they have all ended.
fn bound<'h, 'a>(history: &'h History<'a>) -> impl Iterator<Item = &'h Signed<'a>> {
    history.contracts().iter().filter(|one| one.binds())
}

/// Everybody who ended on that day did so by will.
fn all_left(history: &History, on: Day) -> bool {
    bound(history).filter(|one| one.to == on).all(|one| one.end == End::Left)
}

/// A purchase whose period, or work whose day, begins after that day: a last bill is not buying on.
fn begun_after(history: &History, ended: Day) -> bool {
    ended < history.now() && history.buys().latest_begin.is_some_and(|begin| ended < begin)
}

/// Over once the silence is longer than the limit.
fn silence(history: &History, own_rhythm: bool) -> Existence {
    let (now, rule, buys) = (history.now(), &history.policy().former, history.buys());
    let (limit, by) = match own_rhythm {
        true => own_limit(history, buys),
        false => (rule.contract_days, Measure::Contract),
    };
    let paid = buys.paid_until.map(|day| day.min(now));
    let ends = bound(history).map(|one| one.to).max();
    let Some(last) = [buys.ends.map(|(_, last)| last), paid, ends].into_iter().flatten().max() else {
        return Existence::Committed;
    };
    if history.age(last) <= limit {
        return Existence::Committed;
    }
    let last = prolonged(history, last, limit);
    let days = history.age(last);
    if days <= limit {
        return Existence::Committed;
    }
    let gone = last.plus(i32::try_from(limit).unwrap_or(i32::MAX)).plus(1);
    Existence::Over(Why::Silent { days, limit, by, asked: asked_since(history, gone) })
}

/// So many expected gaps; two typical ones of the trade count among their own. And whose measure it is.
fn own_limit(history: &History, buys: &Buys) -> (i64, Measure) {
    let rule = &history.policy().former;
    let Some((first, last)) = buys.ends else { return (rule.maximum, Measure::Trade) };
    let span = i64::from(last.0) - i64::from(first.0);
    let gaps = 1 + buys.days;
    let limit = rule.multiple * (2 * rule.typical_gap + span) / gaps;
    let kept = limit.min(rule.maximum).max(rule.minimum);
    (kept, if kept == limit && first != last { Measure::Rhythm } else { Measure::Trade })
}

/// Signs of life prolong it, each only before the limit has run out.
fn prolonged(history: &History, last: Day, limit: i64) -> Day {
    let mut signs: Vec<Day> =
        LIFE.iter().flat_map(|group| theirs(history, *group)).map(|seen| seen.day).collect();
    signs.sort_unstable();
    let prolongs = |last: Day, on: Day| i64::from(on.0) - i64::from(last.0) <= limit;
    signs.into_iter().fold(last, |last, on| if prolongs(last, on) { last.max(on) } else { last })
}

/// The latest day from that one on which they asked again.
fn asked_since(history: &History, gone: Day) -> Option<Day> {
    let asks = |seen: &&Seen| !matches!(seen.entry.fact, Fact::Invoice(_) | Fact::Payment(_));
    let days = ASKING.iter().flat_map(|group| theirs(history, *group)).filter(asks).map(|seen| seen.day);
    days.filter(|day| gone <= *day).max()
}

/// The facts on which the standing rests: the signs of interest of a prospect, and the last where none is recent; the end
/// of a former one's contract or their last sign of life, and what they asked since.
pub(crate) fn rests_on(history: &History, why: &Why) -> Vec<FactId> {
    let of_day = |day: Day| history.visible().filter(move |seen| seen.day == day);
    let asked = |day: Option<Day>| {
        let asks = move |seen: &Seen| ASKING.contains(&Group::of(&seen.entry.fact));
        day.into_iter().flat_map(of_day).filter(asks).map(|seen| seen.entry.id)
    };
    let ended = |on: Day| {
        let ended: Vec<FactId> = bound(history).filter(|one| one.to == on).map(|one| one.id).collect();
        let ends =
            |seen: &Seen| matches!(&seen.entry.fact, Fact::ContractEnd(end) if ended.contains(&end.contract));
        let told: Vec<FactId> = of_day(on).filter(ends).map(|seen| seen.entry.id).collect();
        ended.into_iter().chain(told)
    };
    match why {
        Why::Interest => {
            let window = history.policy().windows.interest;
            let recent = INTEREST.iter().flat_map(|group| history.recent(*group, window));
            recent.map(|seen| seen.entry.id).collect()
        }
        Why::NothingKnown => {
            let shown = INTEREST.iter().filter_map(|group| history.of(*group).last());
            shown.max_by_key(|seen| seen.day).map(|seen| seen.entry.id).into_iter().collect()
        }
        Why::Left { on, asked: again } => ended(*on).chain(asked(*again)).collect(),
        Why::Silent { days, asked: again, .. } => {
            let last = history.now().plus(i32::try_from(-days).unwrap_or(i32::MIN));
            let lives = |seen: &Seen| {
                let group = Group::of(&seen.entry.fact);
                LIFE.contains(&group) || [Group::Purchase, Group::Work].contains(&group)
            };
            let paid = history.kept().filter(|one| one.day != last && one.period(history.now()).1 == last);
            let of_last = of_day(last).filter(lives).map(|seen| seen.entry.id);
            of_last.chain(paid.map(|one| one.id)).chain(ended(last)).chain(asked(*again)).collect()
        }
        _ => Vec::new(),
    }
}

/// What they started and took part in.
fn theirs<'h, 'a>(history: &'h History<'a>, group: Group) -> impl Iterator<Item = &'h Seen<'a>> {
    let ours = |seen: &&Seen| contact(seen).is_some_and(|one| one.started_by == Side::Us || !one.held);
    history.of(group).iter().filter(move |seen| !ours(seen))
}
