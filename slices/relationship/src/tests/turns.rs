//! What would turn a class turns it, and less would not.

use super::oracle::of_cases;
use crate::{
    IndustryPolicy, Lean, Weighing, decide,
    history::History,
    turn::{Turn, turn},
};

/// The weighing after those steps.
fn after(weighing: &Weighing, policy: &IndustryPolicy, turn: &Turn) -> Weighing {
    let mut other = weighing.clone();
    for step in &turn.steps {
        let at = step.name as usize;
        other.score += policy.policy.curves.of(step.name).contribution(step.to) - other.micro[at];
        (other.x[at], other.unknown[at]) = (Some(step.to), None);
    }
    other
}

fn is_turned(weighing: &Weighing, policy: &IndustryPolicy, to: Lean) -> bool {
    let rules = &policy.policy.rules;
    match to {
        Lean::Client => rules.becomes <= weighing.score && weighing.undecided(policy).is_none(),
        _ => weighing.score <= rules.stop,
    }
}

#[test]
fn what_would_turn_an_example_turns_it_and_less_would_not() {
    let (mut turned, mut alone) = (0, 0);
    of_cases("examples.jsonl", |_, reading, case, vantage| {
        let policy = vantage.policy;
        let history = History::new(&case.entries, vantage);
        let decision = decide(&history, case.previous.as_ref());
        if !decision.class().is_judged() {
            return;
        }
        let weighing = Weighing::of(&history);
        let other = if decision.lean == Lean::Client { Lean::Customer } else { Lean::Client };
        let Some(found) = turn(&weighing, policy, decision.lean) else {
            // It is there already, and waits for the days for which a class is kept.
            if is_turned(&weighing, policy, other) {
                return;
            }
            panic!("{:?}: nothing would turn it", case.id);
        };
        assert_eq!(found.to, other, "{:?}", case.id);
        assert!(is_turned(&after(&weighing, policy, &found), policy, found.to), "{:?}: {found:?}", case.id);
        turned += 1;
        let last = found.steps.last().unwrap();
        let curve = policy.policy.curves.of(last.name);
        let must =
            found.to == Lean::Client && curve.decisive && weighing.unknown[last.name as usize].is_some();
        if must || last.from == Some(last.to) {
            return;
        }
        // One less of the last thing, and it stays what it is.
        let mut less = found.clone();
        less.steps.last_mut().unwrap().to += if found.to == Lean::Client { -1 } else { 1 };
        let is_turned = is_turned(&after(&weighing, policy, &less), policy, found.to);
        assert!(!is_turned, "{:?} {reading}: less would do than {found:?}", case.id);
        alone += usize::from(found.steps.len() == 1);
    });
    assert!(300 < turned && 30 < alone, "{turned} were turned, {alone} of them by one thing alone");
}
