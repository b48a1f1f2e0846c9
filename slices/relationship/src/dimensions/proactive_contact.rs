//! Proactive contact: do we keep a rhythm?

use kernel::Day;
use speech::say;
use timeline::{Fact, FactId, fact::Register};

use super::topic::{contact, is_care};
use crate::{
    Dimension, DimensionName, History,
    exact::{floor, narrow},
    history::{Group, Seen},
    phrase,
};

/// Permille of the rhythm kept.
pub struct ProactiveContact;

impl Dimension for ProactiveContact {
    fn name(&self) -> DimensionName {
        DimensionName::ProactiveContact
    }

    fn measure(&self, history: &History) -> Option<i64> {
        let since = since(history);
        let days = held_days(history, since);
        let agreed = agreed(history);
        if days == 0 && agreed.is_none() && !history.is_complete(Register::Contact) {
            return None;
        }
        let every = i128::from(every(history));
        let span = i128::from(history.age(since)) + every;
        (span != 0).then(|| narrow(floor(i128::from(days) * every * 1000, span)).min(1000))
    }

    fn version(&self, history: &History) -> i64 {
        let is_told = !history.of(Group::Contact).is_empty() || !history.of(Group::Rhythm).is_empty();
        match is_told || history.is_complete(Register::Contact) {
            true => history.of_today(),
            false => 0,
        }
    }

    fn facts(&self, history: &History) -> Vec<FactId> {
        let agreed = agreed(history).and(history.of(Group::Rhythm).last());
        let found = super::ids(held(history, since(history)).chain(agreed));
        if found.is_empty() { history.register(Register::Contact).into_iter().collect() } else { found }
    }

    fn evidence(&self, history: &History) -> String {
        if self.measure(history).is_none() {
            return match latest(history) {
                Some(day) => say!(
                    "No evidence: no contact that we started is on record since {}; the last was on {}",
                    phrase::day(since(history)),
                    phrase::day(day)
                ),
                None => say!("No evidence: no contact that we started is on record").into_owned(),
            };
        }
        let since = since(history);
        let (days, since, every) = (held_days(history, since), phrase::day(since), every(history));
        match agreed(history) {
            Some(_) if days == 0 => {
                say!("No contact that we started since {since}, agreed every {every} days")
            }
            None if days == 0 => {
                say!("No contact that we started since {since}, expected every {every} days")
            }
            Some(_) => say!(
                "{n} day with contact we started since {since}, agreed every {every} days"
                    | "{n} days with contact we started since {since}, agreed every {every} days" % days
            ),
            None => say!(
                "{n} day with contact we started since {since}, expected every {every} days"
                    | "{n} days with contact we started since {since}, expected every {every} days" % days
            ),
        }
    }
}

/// The day from which care that we started is looked for, and the last day of it since.
pub(crate) fn last_held(history: &History) -> (Day, Option<Day>) {
    let since = since(history);
    (since, held(history, since).last().map(|seen| seen.day))
}

/// The last day of care that we started, however long ago.
pub(crate) fn latest(history: &History) -> Option<Day> {
    let cares = |seen: &&Seen| contact(seen).is_some_and(is_care);
    history.of(Group::Contact).iter().rev().find(cares).map(|seen| seen.day)
}

/// The rhythm agreed last, days; one of no days or fewer is none.
fn agreed(history: &History) -> Option<i64> {
    match &history.of(Group::Rhythm).last()?.entry.fact {
        Fact::Rhythm(rhythm) => Some(rhythm.every_days).filter(|days| 0 < *days),
        _ => None,
    }
}

fn every(history: &History) -> i64 {
    agreed(history).unwrap_or(history.policy().windows.rhythm)
}

/// The later of a year ago and the begin of the stretch; or the first assignment after it.
fn since(history: &History) -> Day {
    let window = i32::try_from(history.policy().windows.contact).unwrap_or(i32::MAX);
    let year = history.now().plus(-window);
    let stretch = history.running_since().map_or(year, |start| start.max(year));
    let assigned = history.of(Group::Assignment);
    let after = assigned.partition_point(|seen| seen.day < stretch);
    assigned.get(after).map_or(stretch, |seen| seen.day)
}

/// Contacts of care that we started and that were held.
fn held<'h, 'a>(history: &'h History<'a>, since: Day) -> impl Iterator<Item = &'h Seen<'a>> {
    let recent = history.recent(Group::Contact, history.policy().windows.contact).iter();
    recent.filter(move |seen| since <= seen.day && contact(seen).is_some_and(is_care))
}

fn held_days(history: &History, since: Day) -> i64 {
    let mut last = None;
    held(history, since).fold(0, |days, seen| days + i64::from(last.replace(seen.day) != Some(seen.day)))
}
