//! What facts do where they are many: nothing is silent.

use timeline::{Entry, fact::Offer};

use super::world::{World, agreed, click, met, named};
use crate::{
    History, Weighing,
    explain::Effect,
    fit::decided_in,
    path,
    together::{Effects, Together},
};

/// A shopper with so many orders, a contract and a person.
fn shopper(orders: i32) -> World {
    World::of("retail")
        .on("2023-01-02", agreed(Offer::Goods))
        .on("2023-01-02", named("Ines"))
        .on("2024-12-01", met("Ines", "review"))
        .every(1, "2023-01-10", orders, |_| click(Offer::Goods, 800_000))
}

fn effects(world: &World) -> Effects {
    world.ask("default", "2025-03-10", |vantage| {
        let (decision, history) = decided_in(&world.entries, vantage, None);
        Effects::of(&world.entries, vantage, (&decision, &history), &path(&world.entries, vantage))
    })
}

#[test]
fn few_facts_are_each_left_out_once_and_nothing_more_is_said() {
    let few = effects(&shopper(100));
    assert_eq!((few.each.len(), few.untried(), few.together.len(), few.sentence()), (103, 0, 0, None));
}

#[test]
fn of_many_facts_those_that_carry_most_are_left_out_and_the_others_are_told_by_their_kinds() {
    let many = shopper(500);
    let told = effects(&many);
    assert_eq!((told.facts, told.each.len(), told.untried()), (503, 318, 185));
    for number in [1, 2, 3] {
        assert!(told.each.iter().any(|one| one.fact.0 == number), "behind a line of its own: {number}");
    }
    assert!(told.each.iter().any(|one| one.fact.0 == 503), "the newest order");
    let orders: &Together = told.together.iter().find(|one| one.kind == "order").unwrap();
    assert_eq!(orders.count, 500);
    many.ask("default", "2025-03-10", |vantage| {
        let rest: Vec<Entry> =
            many.entries.iter().filter(|entry| entry.fact.kind() != "order").cloned().collect();
        let score = |entries: &[Entry]| Weighing::of(&History::new(entries, vantage)).score;
        assert_eq!((orders.change, orders.score), (score(&rest) - score(&many.entries), score(&rest)));
    });
    let sentence = told.sentence().unwrap();
    assert!(
        sentence
            .starts_with("Of 503 facts the 318 that carry most were left out one by one; the other 185 are"),
        "{sentence}"
    );
    assert!(sentence.contains("500 facts of the kind order: without them "), "{sentence}");
    assert!(sentence.contains("1 fact of the kind contract: without them "), "{sentence}");
}

#[test]
fn however_many_there_are_the_weightiest_have_an_effect_of_their_own() {
    let most = effects(&shopper(780).every(1, "2023-01-10", 20_000, |_| click(Offer::Goods, 100)));
    assert!(4 <= most.each.len() && !most.together.is_empty(), "{}", most.each.len());
}

#[test]
fn where_not_every_past_is_decided_anew_those_of_the_day_on_which_the_class_began_are() {
    let world = shopper(100);
    let told = effects(&world);
    let since =
        world.ask("default", "2025-03-10", |vantage| path(&world.entries, vantage).last().unwrap().since);
    let of_that_day = |effect: &Effect| {
        let entry = world.entries.iter().find(|entry| entry.id == effect.fact).unwrap();
        entry.occurred.day(&jiff::tz::TimeZone::UTC) == since
    };
    assert!(told.each.iter().any(|effect| effect.class.is_none()), "a hundred are too many");
    assert!(told.each.iter().filter(|effect| of_that_day(effect)).all(|effect| effect.class.is_some()));
    assert!(told.each.iter().any(of_that_day));
}
