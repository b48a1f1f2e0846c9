//! What is concluded from what they do, and where nothing is.

use jiff::tz::TimeZone;
use kernel::Day;
use timeline::{
    Fact,
    fact::{Dealing, Hand, Preference},
};

use super::world::{World, asked, met, unanswered};
use crate::{preference::Preferences, suggestion::Suggestion};

fn suggested(world: &World, stated: &[(Hand, Dealing)]) -> Option<Suggestion> {
    let today = Day::parse("2025-06-01").unwrap();
    let mut world = world.clone();
    for (hand, dealing) in stated {
        let said = Preference { hand: *hand, ..Preference::saying(*dealing) };
        world = world.on("2025-01-01", Fact::Preference(said));
    }
    let days: Vec<_> =
        world.entries.iter().map(|entry| (entry.occurred.day(&TimeZone::UTC), entry)).collect();
    Suggestion::of(days.clone(), today, &Preferences::of(days))
}

fn ignored() -> World {
    World::of("law")
        .on("2025-02-01", unanswered("check_in"))
        .on("2025-03-01", unanswered("review"))
        .on("2025-04-01", unanswered("check_in"))
}

#[test]
fn three_contacts_that_nobody_took_up_suggest_just_transactions() {
    let suggestion = suggested(&ignored(), &[]).unwrap();
    assert_eq!(suggestion.dealing, Dealing::JustTransactions);
    assert_eq!(suggestion.facts.len(), 3);
    assert_eq!(suggestion.reason, "none of the 3 contacts that we began since 1 February 2025 was taken up");
}

#[test]
fn one_that_was_taken_up_or_advice_they_asked_for_suggests_nothing() {
    assert_eq!(suggested(&ignored().on("2025-05-01", met("Dana", "review")), &[]), None);
    assert_eq!(suggested(&ignored().on("2025-05-01", asked("advice")), &[]), None);
    assert!(suggested(&ignored().on("2025-05-01", asked("billing")), &[]).is_some());
    let long_ago = World::of("law").on("2024-01-01", unanswered("check_in"));
    assert_eq!(suggested(&long_ago.on("2025-02-01", unanswered("check_in")), &[]), None);
}

#[test]
fn where_they_have_spoken_nothing_is_concluded() {
    for hand in [Hand::Told, Hand::Theirs] {
        assert_eq!(suggested(&ignored(), &[(hand, Dealing::OpenToAdvice)]), None);
    }
    assert_eq!(suggested(&ignored(), &[(Hand::Ours, Dealing::JustTransactions)]), None);
    assert!(suggested(&ignored(), &[(Hand::Ours, Dealing::OpenToAdvice)]).is_some());
}
