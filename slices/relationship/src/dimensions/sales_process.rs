//! Sales process: long and careful, or a click?

use kernel::Day;
use speech::say;
use timeline::{Fact, FactId, fact::Channel};

use super::topic::{contact, is_sales};
use crate::{
    Dimension, DimensionName, History,
    history::{Bought, Group, Seen},
    phrase,
};

/// Days to the first commitment, with additions for people and follow-ups.
pub struct SalesProcess;

impl Dimension for SalesProcess {
    fn name(&self) -> DimensionName {
        DimensionName::SalesProcess
    }

    fn measure(&self, history: &History) -> Option<i64> {
        let since = history.first_commitment()?;
        let Some(first) = steps(history, since).map(|seen| seen.day).min() else {
            return clicked(history, since).map(|_| 0);
        };
        let further = i64::try_from(steps(history, since).count()).unwrap_or(i64::MAX) - 1;
        let others = people(history, since).saturating_sub(1).clamp(0, 5);
        Some(i64::from(since.0) - i64::from(first.0) + 15 * others + 5 * further.min(6))
    }

    fn version(&self, history: &History) -> i64 {
        history.committed() + history.seen(&[Group::Stage, Group::Contact])
    }

    fn facts(&self, history: &History) -> Vec<FactId> {
        let Some(since) = history.first_commitment() else { return Vec::new() };
        let found = super::ids(steps(history, since));
        if found.is_empty() { clicked(history, since).into_iter().collect() } else { found }
    }

    fn evidence(&self, history: &History) -> String {
        let (Some(since), Some(_)) = (history.first_commitment(), self.measure(history)) else {
            return say!("No evidence: the way to the first commitment is not on record").into_owned();
        };
        let Some(first) = steps(history, since).map(|seen| seen.day).min() else {
            return say!("Bought without a talk").into_owned();
        };
        let days = phrase::count(i64::from(since.0) - i64::from(first.0), "day", "days");
        let people = phrase::count(people(history, since), "person", "people");
        say!("{days} from first talk to first commitment, {people} involved")
    }
}

/// Steps of a sale and sales talks until the first commitment.
fn steps<'h, 'a>(history: &'h History<'a>, since: Day) -> impl Iterator<Item = &'h Seen<'a>> {
    let stages = history.of(Group::Stage).iter();
    let talks = history.of(Group::Contact).iter().filter(|seen| contact(seen).is_some_and(is_sales));
    stages.chain(talks).filter(move |seen| seen.day <= since)
}

/// The most people of theirs in one step.
fn people(history: &History, since: Day) -> i64 {
    let people = |seen: &Seen| match &seen.entry.fact {
        Fact::Stage(stage) => stage.stakeholders.unwrap_or(1),
        _ => 1,
    };
    steps(history, since).map(people).max().unwrap_or(1)
}

/// The first purchase where it came by a click and no service was bought otherwise since.
fn clicked(history: &History, since: Day) -> Option<FactId> {
    let credit = &history.policy().policy.credit.offer;
    let click = |one: &Bought| matches!(one.body.channel, Some(Channel::Online | Channel::Counter));
    let service = |one: &Bought| one.body.offer.is_some_and(|offer| credit.of(offer, false) != 0);
    let plain = |one: &Bought| one.body.offer.is_none() && credit.goods != 0;
    // Of what was bought on the first day, whatever came first: a day has no order.
    let first = history.purchases().take_while(|one| one.day == since).find(|one| click(one))?;
    let talked = history.purchases().any(|one| !click(one) && (service(one) || plain(one)));
    (!talked).then_some(first.id)
}
