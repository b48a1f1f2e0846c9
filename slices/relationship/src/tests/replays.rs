//! The fold over every day since the first fact.

use kernel::Day;
use proptest::prelude::*;
use timeline::{
    Entry, Fact,
    fact::{EndReason, Offer, Purchase},
};

use super::{
    arbitrary::{TODAY, history},
    world::{World, agreed, asked, click, ended, met, named},
};
use crate::{
    Class, Decision, Lean, State, Vantage, Why, decide,
    history::History,
    path, replay,
    replay::{Stood, replayed, state_before},
};

/// The same fold without anything left out: a new history for each day since the first fact. Every change of class, and
/// the decision of the day.
fn plainly(entries: &[Entry], vantage: &Vantage) -> (Vec<State>, Decision) {
    let decided = |as_of: Day, before: Option<&State>| {
        let vantage = Vantage { as_of, ..*vantage };
        decide(&History::new(entries, &vantage), before)
    };
    let first = History::new(entries, vantage).visible().map(|seen| seen.day).min();
    let mut states: Vec<State> = Vec::new();
    for day in first.map_or(vantage.as_of.0, |first| first.0)..vantage.as_of.0 {
        let state = decided(Day(day), states.last()).state();
        match states.last_mut() {
            Some(last) if last.class() == state.class() => *last = state,
            _ => states.push(state),
        }
    }
    let decision = decided(vantage.as_of, states.last());
    if states.last().is_none_or(|last| last.class() != decision.class()) {
        states.push(decision.state());
    }
    (states, decision)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_quick_fold_is_the_plain_fold(entries in history(), reading in 0..3usize, trade in 0..4usize) {
        let (reading, _) = crate::policy::SHIPPED[reading];
        World::of(["retail", "law", "saas", "agency"][trade]).ask(reading, &TODAY.to_string(), |vantage| {
            let (states, decision) = plainly(&entries, vantage);
            prop_assert_eq!(path(&entries, vantage), &states[..]);
            // What stood the day before is known from there.
            let before = states.iter().rev().find(|state| state.since < vantage.as_of);
            prop_assert_eq!(before.copied(), state_before(&entries, vantage));
            prop_assert_eq!(replay(&entries, vantage), decision);
            Ok(())
        })?;
    }

    #[test]
    fn what_goes_on_from_an_earlier_day_comes_to_the_same(entries in history(), reading in 0..3usize, ago in 1..900i32) {
        let (reading, _) = crate::policy::SHIPPED[reading];
        World::of("agency").ask(reading, &TODAY.to_string(), |vantage| {
            let on = TODAY.plus(-ago);
            let then = replay(&entries, &Vantage { as_of: on, ..*vantage });
            let stood = Stood { on, state: then.state() };
            prop_assert_eq!(replayed(&entries, vantage, Some(stood)).0, replay(&entries, vantage));
            Ok(())
        })?;
    }

    #[test]
    fn from_day_to_day_nobody_turns_within_the_band_or_twice_within_the_dwell(entries in history(), ago in 0..1_500i32) {
        World::of("agency").ask("default", &TODAY.to_string(), |vantage| {
            // From a day on which something is known.
            let Some(first) = History::new(&entries, vantage).visible().map(|seen| seen.day).min() else { return Ok(()) };
            let start = first.max(TODAY.plus(-ago));
            let on = |day: i32| replay(&entries, &Vantage { as_of: start.plus(day), ..*vantage });
            let rules = &vantage.policy.policy.rules;
            let mut before = on(0);
            let mut turned = None;
            for day in 1..75 {
                let now = on(day);
                prop_assert_eq!(now.class() == before.class(), now.since == before.since, "since moves with the class");
                if now.class() != before.class() {
                    prop_assert_eq!(now.since, now.as_of);
                    if before.class().is_judged() && now.class().is_judged() {
                        let score = now.score.unwrap();
                        let beyond = if now.lean == Lean::Client { rules.becomes <= score } else { score <= rules.stop };
                        prop_assert!(beyond, "turned at {} within the band", score);
                        prop_assert!(turned.is_none_or(|last| rules.dwell_days <= i64::from(day - last)));
                        turned = Some(day);
                    } else {
                        turned = None;
                    }
                }
                before = now;
            }
            Ok(())
        })?;
    }
}

#[test]
fn somebody_whose_period_begins_later_is_not_given_up() {
    let later = Purchase {
        amount: 900,
        period_start: Some(Day::parse("2025-05-01").unwrap()),
        ..Purchase::default()
    };
    let odd = World::of("saas")
        .on("2024-01-01", agreed(Offer::Subscription))
        .on("2024-02-10", Fact::Payment(later))
        .on("2024-06-01", ended(1, EndReason::Notice));
    odd.ask("default", "2025-08-20", |vantage| {
        assert_eq!(replay(&odd.entries, vantage), plainly(&odd.entries, vantage).1);
    });
}

/// A studio that was asked for advice three times in two months, and then about a bill.
fn asked_thrice() -> World {
    let advice = || Fact::Order(Purchase { amount: 900, offer: Some(Offer::Advice), ..Purchase::default() });
    World::of("agency")
        .on("2024-01-15", advice())
        .on("2024-01-15", asked("advice"))
        .on("2024-01-15", named("Ines"))
        .on("2024-02-15", advice())
        .on("2024-02-15", asked("advice"))
        .on("2024-03-10", advice())
        .on("2024-03-10", met("Ines", "review"))
        .on("2024-03-20", asked("billing"))
        .on("2024-03-20", asked("billing"))
}

#[test]
fn what_was_reached_within_a_month_is_held_by_the_band() {
    let studio = asked_thrice();
    let on = |day: &str| studio.ask("default", day, |vantage| replay(&studio.entries, vantage));
    let reached = on("2024-03-10");
    assert_eq!((reached.class(), reached.why), (Class::Client, Why::Score), "{:?}", reached.score);
    let asked = on("2024-03-20");
    assert_eq!(asked.class(), Class::Client, "{:?}", asked.score);
    assert_eq!(asked.why, Why::HeldBetween, "the strength is below the line, {:?}", asked.score);
    assert_eq!(asked.since, reached.since);
}

#[test]
fn since_is_the_day_of_the_change_whatever_day_is_asked_for() {
    let studio = asked_thrice();
    let since = |day: &str| studio.ask("default", day, |vantage| replay(&studio.entries, vantage).since);
    for day in ["2024-03-12", "2024-03-20", "2024-03-31", "2024-04-01", "2024-04-17"] {
        assert_eq!(since(day), since("2024-03-10"), "asked on {day}");
    }
    studio.ask("default", "2024-04-17", |vantage| {
        let states = path(&studio.entries, vantage);
        assert_eq!(states[0].since, Day::parse("2024-01-15").unwrap(), "from the first fact on");
        assert_eq!(states.last().map(|state| state.since), Some(since("2024-04-17")));
    });
}

#[test]
fn who_is_former_is_so_since_the_contract_ended_or_the_day_after_the_silence() {
    let left = World::of("saas")
        .on("2024-01-01", agreed(Offer::Subscription))
        .on("2024-06-11", ended(1, EndReason::Notice));
    let since = |world: &World, day: &str| {
        world.ask("default", day, |vantage| {
            let decision = replay(&world.entries, vantage);
            assert_eq!(decision.class(), Class::Former, "on {day}");
            decision.since
        })
    };
    for day in ["2024-06-11", "2024-06-20", "2024-09-02"] {
        assert_eq!(since(&left, day), Day::parse("2024-06-11").unwrap());
    }
    // One purchase in retail: 480 days.
    let kettle = World::of("retail").on("2024-01-10", click(Offer::Goods, 400));
    let first = Day::parse("2024-01-10").unwrap().plus(481);
    for later in [0, 1, 17, 100] {
        assert_eq!(since(&kettle, &first.plus(later).to_string()), first);
    }
}

#[test]
fn a_prospect_is_one_since_they_first_asked() {
    let asks = World::of("agency").on("2025-01-20", asked("sales")).on("2025-02-11", asked("sales"));
    let decision = asks.ask("default", "2025-03-03", |vantage| replay(&asks.entries, vantage));
    assert_eq!((decision.class(), decision.since), (Class::Prospect, Day::parse("2025-01-20").unwrap()));
}

#[test]
fn silence_is_told_by_whose_measure_it_is() {
    let told = |world: &World, day: &str| {
        let decision = world.ask("default", day, |vantage| replay(&world.entries, vantage));
        decision.why.sentence(decision.lean)
    };
    let once = World::of("retail").on("2020-01-10", click(Offer::Goods, 400));
    assert!(
        told(&once, "2024-01-10").contains("where this trade waits for 480"),
        "{}",
        told(&once, "2024-01-10")
    );
    let often = once.every(70, "2020-02-10", 9, |_| click(Offer::Goods, 400));
    assert!(told(&often, "2024-01-10").contains("their own rhythm allows"), "{}", told(&often, "2024-01-10"));
    let lapsed = World::of("law")
        .on("2020-01-10", agreed(Offer::Advice))
        .on("2021-01-10", ended(1, EndReason::Completed));
    let said = told(&lapsed, "2024-01-10");
    assert!(said.contains("where 365 are waited for after a contract in this trade"), "{said}");
}
