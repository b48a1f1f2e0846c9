//! Named person: does someone by name answer for them and act?

use kernel::Day;
use speech::say;
use timeline::{
    Fact, FactId,
    fact::{Assignment, AssignmentRole, Register},
};

use super::topic::{contact, is_selling};
use crate::{
    Dimension, DimensionName, History,
    history::{Group, Seen, work},
};

/// Permille of a named person serving.
pub struct NamedPerson;

impl Dimension for NamedPerson {
    fn name(&self) -> DimensionName {
        DimensionName::NamedPerson
    }

    fn measure(&self, history: &History) -> Option<i64> {
        if history.of(Group::Assignment).is_empty() {
            return history.is_complete(Register::Staffing).then_some(0);
        }
        Some(best(history).map_or(0, |(_, _, credit)| credit))
    }

    fn version(&self, history: &History) -> i64 {
        let window = history.policy().windows.serving;
        let over = |seen: &&Seen| matches!(&seen.entry.fact, Fact::Assignment(one) if one.until.is_some_and(|until| until <= history.now()));
        let over = history.of(Group::Assignment).iter().filter(over).count();
        // What is open hangs on contacts and work, too.
        history.seen(&[Group::Assignment, Group::Contact, Group::Work, Group::RecordKept])
            + history.left(Group::Contact, window)
            + history.left(Group::Work, window)
            + i64::try_from(over).unwrap_or(i64::MAX >> 1)
    }

    fn facts(&self, history: &History) -> Vec<FactId> {
        if history.of(Group::Assignment).is_empty() {
            return history.register(Register::Staffing).into_iter().collect();
        }
        let Some((seen, assignment, _)) = best(history) else {
            return super::ids(history.of(Group::Assignment));
        };
        let act = last_act(history, &assignment.person).map(|(_, id)| id);
        std::iter::once(seen.entry.id).chain(act).collect()
    }

    fn evidence(&self, history: &History) -> String {
        let Some((_, Assignment { person, role, .. }, _)) = best(history) else {
            return match self.measure(history) {
                None => say!("No evidence: who serves them is not on record").into_owned(),
                Some(_) => say!("Nobody serves them by name").into_owned(),
            };
        };
        match role {
            AssignmentRole::Named if last_act(history, person).is_some() => {
                say!("{person}, seen acting for them")
            }
            AssignmentRole::Named => {
                let window = history.policy().windows.serving;
                say!(
                    "{person} by name, not seen acting in {n} day"
                        | "{person} by name, not seen acting in {n} days" % window
                )
            }
            AssignmentRole::Team => say!("A team, {person}, and nobody by name"),
            AssignmentRole::Sales => say!("{person}, who sells to them"),
            AssignmentRole::Performer => say!("{person}, who does the work but does not answer for it"),
        }
    }
}

/// Named, not seen acting, and nobody writes contacts down: that is no proof of idleness.
pub(crate) fn is_open(history: &History, x: i64) -> bool {
    let written = |seen: &Seen| contact(seen).is_some_and(|one| !is_selling(one));
    x == history.policy().policy.credit.named.paper
        && !history.is_complete(Register::Contact)
        && history.of(Group::Work).is_empty()
        && !history.of(Group::Contact).iter().any(written)
}

/// The assignment that counts most of those that hold; the first of equals.
fn best<'h, 'a>(history: &'h History<'a>) -> Option<(&'h Seen<'a>, &'a Assignment, i64)> {
    let credit = &history.policy().policy.credit.named;
    let holds = history.of(Group::Assignment).iter().filter_map(|seen| match &seen.entry.fact {
        Fact::Assignment(one) if one.until.is_none_or(|until| history.now() < until) => Some((seen, one)),
        _ => None,
    });
    let credited = holds.map(|(seen, one)| {
        let acting = one.role == AssignmentRole::Named && last_act(history, &one.person).is_some();
        (seen, one, credit.of(one.role, acting))
    });
    credited.fold(None, |best, next| match best {
        Some((_, _, most)) if next.2 <= most => best,
        _ => Some(next),
    })
}

/// Who counts most of those assigned, since when, and when they were last seen acting.
pub(crate) fn serving<'a>(history: &History<'a>) -> Option<(&'a str, Day, Option<Day>)> {
    let (seen, assignment, _) = best(history)?;
    let acted = last_act(history, &assignment.person).map(|(day, _)| day);
    Some((assignment.person.as_str(), seen.day, acted))
}

/// The latest contact or work of that person for them within the window.
fn last_act(history: &History, person: &str) -> Option<(Day, FactId)> {
    let window = history.policy().windows.serving;
    let touched = |seen: &Seen| {
        let one = contact(seen)?;
        (one.held && !is_selling(one) && one.person.as_deref() == Some(person))
            .then_some((seen.day, seen.entry.id))
    };
    let worked =
        |seen: &Seen| (work(seen)?.person.as_deref() == Some(person)).then_some((seen.day, seen.entry.id));
    let touched = history.recent(Group::Contact, window).iter().rev().find_map(touched);
    let worked = history.recent(Group::Work, window).iter().rev().find_map(worked);
    touched.max(worked)
}
