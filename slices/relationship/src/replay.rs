//! Replay: the fold of policy.md §6.7 over the facts that are known now, as if each day had been decided on that day.
//!
//! Days on which nothing can have changed are left out: between two days on which something can step (a fact, the day
//! before one, a day that a fact names or on which one leaves its window, the first of a month) the class is the same where
//! it is the same at both and not near to turning. Where it is another one, the days between are decided one by one, so that
//! *since* is the day of the change, whatever day is asked for (docs/decisions/0020-every-day-is-decided.md).

use std::ops::ControlFlow;

use kernel::Day;
use timeline::{Entry, FactId};

use crate::{Decision, History, Standing, State, Vantage, decide, decision::step, weigh::Scales};

/// Decides for the day of the vantage as if it had been decided on every day since the first fact.
///
/// Facts that were taken back since, or not known on the vantage's `known_at`, never were.
pub fn replay(entries: &[Entry], vantage: &Vantage) -> Decision {
    replayed(entries, vantage, None).0
}

/// The same, with the history as it is seen from the day of the vantage. Goes on from what was decided for an earlier day
/// under the same policy, trade and ranks of spend, where every fact up to that day is the same as it was then.
pub fn replayed<'a>(
    entries: &'a [Entry],
    vantage: &Vantage<'a>,
    decided: Option<Stood>,
) -> (Decision, History<'a>) {
    let mut history = History::new(entries, vantage);
    let previous = fold(&mut history, decided, |_| ControlFlow::Continue(()));
    let decision = decide(&history, previous.as_ref());
    (decision, history)
}

/// The same as if one fact, of that day, had not happened: until then all is as on the [`path`].
pub fn replayed_without(
    entries: &[Entry],
    vantage: &Vantage,
    (fact, day): (FactId, Day),
    path: &[State],
) -> Decision {
    let mut history = History::without(entries, vantage, fact);
    let before = path.iter().rev().find(|state| state.since < day);
    let stood = before.map(|state| Stood { on: day.plus(-1), state: *state });
    let previous = fold(&mut history, stood, |_| ControlFlow::Continue(()));
    decide(&history, previous.as_ref())
}

/// What was decided for an earlier day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stood {
    /// The day.
    pub on: Day,
    /// What it was then.
    pub state: State,
}

/// The states through which the same fold goes: one for each change of class, the last one standing on the day.
pub fn path(entries: &[Entry], vantage: &Vantage) -> Vec<State> {
    let mut history = History::new(entries, vantage);
    let mut states: Vec<State> = Vec::new();
    let mut keep = |state: State| {
        if states.last().is_none_or(|last| last.class() != state.class()) {
            states.push(state);
        }
    };
    let previous = fold(&mut history, None, |state| {
        keep(state);
        ControlFlow::Continue(())
    });
    keep(step(&history, previous.as_ref(), &mut Scales::default()).0);
    states
}

/// What the fold hands to the decision of the day of the vantage.
pub fn state_before(entries: &[Entry], vantage: &Vantage) -> Option<State> {
    fold(&mut History::new(entries, vantage), None, |_| ControlFlow::Continue(()))
}

/// The state of the day before that of the history, which then looks from its own day again. Each day that is decided is
/// shown; whoever sees it may end it there.
pub(crate) fn fold(
    history: &mut History,
    decided: Option<Stood>,
    mut seen: impl FnMut(State) -> ControlFlow<()>,
) -> Option<State> {
    let end = history.now();
    let first = history.first_day()?;
    let mut scales = Scales::default();
    let decided = decided.filter(|stood| first <= stood.on && stood.on < end);
    let mut state = decided.map(|stood| stood.state);
    // The last day that was decided, and the first that is to be.
    let (mut last, mut day) = match decided {
        Some(stood) => (stood.on, stood.on.plus(1)),
        None => (first, first),
    };
    // Up to here every day is decided.
    let mut careful = day;
    // The last day itself is the caller's; it is looked at only where it was jumped to.
    while day < end || (day == end && last.plus(1) < end) {
        history.move_to(day);
        let (next, is_near) = step(history, state.as_ref(), &mut scales);
        let turned = state.is_some_and(|state| state.class() != next.class());
        if turned && last.plus(1) < day {
            (careful, day) = (day, last.plus(1));
            continue;
        }
        if day == end {
            break;
        }
        if seen(next).is_break() {
            return Some(next);
        }
        (state, last) = (Some(next), day);
        let after = if is_near || day < careful { day.plus(1) } else { next_step(history, &next, end) };
        if after <= day {
            break; // the calendar ends here
        }
        day = after.min(end);
    }
    history.move_to(end);
    state
}

/// The next day on which the state may have changed: the day before the next fact, the day of it, or the next first of a
/// month.
///
/// One that is over stays over, with everything the state holds, until another fact: silence only grows, and
/// everything else `standing` looks at is the same each day, unless a paid period has yet to begin.
fn next_step(history: &History, state: &State, end: Day) -> Day {
    let (now, fact) = (history.now(), history.next_fact().unwrap_or(end));
    if state.standing == Standing::Former && !history.awaits_period() {
        return fact;
    }
    let event = history.next_turning().map_or(fact, |day| day.min(fact));
    let before = if now.plus(1) < event { event.plus(-1) } else { event };
    before.min(history.next_month())
}
