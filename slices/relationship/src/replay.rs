//! Replay: the fold of policy.md §6.7 over the facts that are known now, for a date without a stored decision.

use kernel::Day;
use timeline::Entry;

use crate::{Decision, History, Standing, State, Vantage, decide, decision::step};

/// Decides for the day of the vantage as if it had been decided on the first day of each month since the first
/// commitment.
///
/// The first commitment is the one that stands on that day; a purchase that was cancelled since is none.
pub fn replay(entries: &[Entry], vantage: &Vantage) -> Decision {
    replayed(entries, vantage).0
}

/// The same, with the history as it is seen from the day of the vantage.
pub fn replayed<'a>(entries: &'a [Entry], vantage: &Vantage<'a>) -> (Decision, History<'a>) {
    let mut history = History::new(entries, vantage);
    let previous = fold(&mut history, |_| ());
    let decision = decide(&history, previous.as_ref());
    (decision, history)
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
    let previous = fold(&mut history, &mut keep);
    keep(step(&history, previous.as_ref()));
    states
}

/// What the fold hands to the decision of the day of the vantage.
pub fn state_before(entries: &[Entry], vantage: &Vantage) -> Option<State> {
    fold(&mut History::new(entries, vantage), |_| ())
}

/// The state after the last first-of-month before the day of the history, which then looks from that day again.
fn fold(history: &mut History, mut seen: impl FnMut(State)) -> Option<State> {
    let end = history.now();
    let first = history.first_commitment()?;
    let mut state: Option<State> = None;
    let mut day = first_of_month_from(first);
    while day < end {
        history.move_to(day);
        let next = step(history, state.as_ref());
        seen(next);
        state = Some(next);
        let after = next_step(history, &next, end);
        if after <= day {
            break; // the calendar ends here
        }
        day = after;
    }
    history.move_to(end);
    state
}

/// The next first of a month on which the state may change.
///
/// One that is over stays over, with everything the state holds, until another fact: silence only grows, and
/// everything else `standing` looks at is the same each day, unless a paid period has yet to begin.
fn next_step(history: &History, state: &State, end: Day) -> Day {
    let next = Day::first_of_month(history.now().month().saturating_add(1));
    if state.standing != Standing::Former || history.awaits_period() {
        return next;
    }
    history.next_fact().map_or(end, |fact| first_of_month_from(fact).max(next))
}

/// The first of a month that is not before that day.
fn first_of_month_from(day: Day) -> Day {
    let own = Day::first_of_month(day.month());
    if own == day { own } else { Day::first_of_month(day.month().saturating_add(1)) }
}
