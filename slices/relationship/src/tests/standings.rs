//! Prospect and former, with the facts on which that rests.

use timeline::{
    Fact,
    fact::{EndReason, Offer, Usage},
};

use super::world::{World, agreed, asked, click, ended};
use crate::{Class, history::History, replay, standing::rests_on};

/// The class on that day, and the numbers of the facts on which it rests.
fn rests(world: &World, day: &str) -> (Class, Vec<i64>) {
    world.ask("default", day, |vantage| {
        let decision = replay(&world.entries, vantage);
        let mut ids: Vec<i64> = rests_on(&History::new(&world.entries, vantage), &decision.why)
            .into_iter()
            .map(|id| id.0)
            .collect();
        ids.sort_unstable();
        (decision.class(), ids)
    })
}

#[test]
fn a_prospect_rests_on_the_signs_of_interest_that_are_recent_and_one_long_gone_on_the_last() {
    let asks = World::of("agency")
        .on("2023-01-20", asked("sales"))
        .on("2025-01-20", asked("sales"))
        .on("2025-02-11", asked("sales"));
    assert_eq!(rests(&asks, "2025-03-03"), (Class::Prospect, vec![2, 3]));
    assert_eq!(rests(&asks, "2028-03-03"), (Class::NotEnough, vec![3]));
}

#[test]
fn a_former_one_rests_on_the_end_of_the_contract_and_on_what_they_asked_since() {
    let left = World::of("saas")
        .on("2024-01-01", agreed(Offer::Subscription))
        .on("2024-06-11", ended(1, EndReason::Notice));
    assert_eq!(rests(&left, "2024-07-01"), (Class::Former, vec![1, 2]));
    assert_eq!(rests(&left.on("2024-06-20", asked("sales")), "2024-07-01"), (Class::Former, vec![1, 2, 3]));
}

#[test]
fn one_that_fell_silent_rests_on_the_last_sign_of_life() {
    let kettle = World::of("retail").on("2024-01-10", click(Offer::Goods, 400));
    assert_eq!(rests(&kettle, "2026-01-10"), (Class::Former, vec![1]));
    let used = kettle.on("2024-05-10", Fact::Usage(Usage { users: Some(1), ..Usage::default() }));
    assert_eq!(rests(&used, "2026-01-10"), (Class::Former, vec![2]));
    // Of whom nobody wonders whether they are still there, nothing of it is told.
    assert_eq!(rests(&used, "2024-06-10"), (Class::Customer, vec![]));
}
