//! What is said to turn a class turns it when it is recorded, and once less does not.

use proptest::prelude::*;

use super::{
    arbitrary::{TODAY, history},
    oracle::of_cases,
    world::World,
};
use crate::{
    Vantage,
    ahead::ahead,
    decide,
    deed::{deeds, with},
    history::History,
    path, replay,
};

#[test]
fn what_would_turn_an_example_turns_it_once_it_is_recorded_and_once_less_does_not() {
    let (mut judged, mut told, mut ways) = (0, 0, 0);
    of_cases("examples.jsonl", |_, reading, case, vantage| {
        let before = case.previous.as_ref();
        let is = decide(&History::new(&case.entries, vantage), before);
        let found = deeds(&case.entries, vantage, &is, before);
        judged += usize::from(is.class().is_judged());
        told += usize::from(!found.is_empty());
        for deed in &found {
            let class = |facts: &[timeline::Fact]| {
                let all = with(&case.entries, vantage, facts);
                decide(&History::new(&all, vantage), before).class()
            };
            assert_eq!(class(&deed.facts), deed.class, "{:?} {reading}: {deed:?}", case.id);
            assert!(deed.class != is.class() && deed.class.is_judged());
            for at in 0..deed.facts.len() {
                let less = [&deed.facts[..at], &deed.facts[at + 1..]].concat();
                // A person by name who acts for them is one thing of two facts.
                if !less.is_empty() && !deed.facts.iter().any(|fact| fact.kind() == "assignment") {
                    assert_ne!(class(&less), deed.class, "{:?} {reading}: {deed:?} without one", case.id);
                }
            }
            ways += 1;
        }
    });
    assert!(400 < judged && 250 < told && 350 < ways, "of {judged} judged {told} have {ways} ways");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_comes_by_itself_is_what_is_decided_once_the_days_have_passed(entries in history(), trade in 0..4usize) {
        World::of(["retail", "law", "saas", "agency"][trade]).ask("default", &TODAY.to_string(), |vantage| {
            let is = replay(&entries, vantage);
            let later = |days: i32| path(&entries, &Vantage { as_of: TODAY.plus(days), ..*vantage });
            // The whole course as it is told three years on: what it was today, and what came next.
            let next = later(3 * 366 - 1).into_iter().find(|state| TODAY < state.since && state.class() != is.class());
            match ahead(&entries, vantage, &is) {
                None => prop_assert_eq!(next, None),
                Some(told) => {
                    prop_assert_eq!(Some((told.on, told.class)), next.map(|state| (state.since, state.class())));
                    let then = replay(&entries, &Vantage { as_of: told.on, ..*vantage });
                    prop_assert_eq!((told.class, told.why), (then.class(), then.why));
                }
            }
            Ok(())
        })?;
    }
}
