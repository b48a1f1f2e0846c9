//! Which of the things that were stated is in force, whoever stated them and in whatever order.

use kernel::Day;
use timeline::{
    Entry, Fact,
    fact::{Dealing, Hand, Offer, Preference},
};

use super::world::{World, bill};
use crate::preference::Preferences;

use Dealing::{JustTransactions, NoRelationship, OpenToAdvice, RenewalsOnly};
use Hand::{Ours, Theirs, Told};

/// What somebody says, and by whose hand.
type Word = (Hand, Dealing);

fn said(stated: &[Word]) -> World {
    stated.iter().fold(World::of("law"), |world, (hand, dealing)| {
        let how = Some("by telephone".to_owned());
        world.on(
            "2025-03-04",
            Fact::Preference(Preference { hand: *hand, how, ..Preference::saying(*dealing) }),
        )
    })
}

#[test]
fn what_we_were_told_is_loosened_by_nothing_of_which_nobody_says_how_it_is_known() {
    let bare = |world: World, dealing| world.on("2025-03-05", Fact::Preference(Preference::saying(dealing)));
    let in_force = |world: &World| {
        let all = Preferences::of(days(world));
        (all.in_force().unwrap().said.dealing(), all.stated().last().unwrap().counts)
    };
    let quiet = said(&[(Told, NoRelationship)]);
    assert_eq!(in_force(&bare(quiet.clone(), OpenToAdvice)), (NoRelationship, false), "a wish of ours");
    assert_eq!(in_force(&bare(said(&[(Told, RenewalsOnly)]), NoRelationship)), (NoRelationship, true));
    assert_eq!(in_force(&bare(said(&[(Ours, JustTransactions)]), OpenToAdvice)), (OpenToAdvice, true));
    let mut filed = bare(quiet.clone(), OpenToAdvice);
    filed.entries.last_mut().unwrap().source = Some(timeline::SourceRow { run: 7, row: 3 });
    assert_eq!(in_force(&filed), (OpenToAdvice, true), "a file is where we know it from");
    let called = Preference { how: Some("by telephone".to_owned()), ..Preference::saying(OpenToAdvice) };
    assert_eq!(in_force(&quiet.on("2025-03-05", Fact::Preference(called))), (OpenToAdvice, true));
}

fn days(world: &World) -> Vec<(Day, &Entry)> {
    world.entries.iter().map(|entry| (entry.occurred.day(&jiff::tz::TimeZone::UTC), entry)).collect()
}

/// What is in force, and which of them count.
fn settled(stated: &[Word]) -> (Option<Dealing>, String) {
    let world = said(stated);
    let all = Preferences::of(days(&world));
    let counting = all.stated().iter().map(|one| if one.counts { '+' } else { '-' }).collect();
    (all.in_force().map(|one| one.said.dealing()), counting)
}

#[test]
fn the_last_word_counts_unless_a_stronger_one_asks_for_less() {
    let table: [(&[Word], Option<Dealing>, &str); 11] = [
        (&[], None, ""),
        (&[(Told, JustTransactions), (Told, OpenToAdvice)], Some(OpenToAdvice), "++"),
        (&[(Theirs, RenewalsOnly), (Told, OpenToAdvice)], Some(RenewalsOnly), "+-"),
        (&[(Theirs, RenewalsOnly), (Told, NoRelationship)], Some(NoRelationship), "++"),
        // What we tightened we may loosen, as far as they did.
        (&[(Theirs, RenewalsOnly), (Told, NoRelationship), (Told, RenewalsOnly)], Some(RenewalsOnly), "+++"),
        (
            &[(Theirs, RenewalsOnly), (Told, NoRelationship), (Told, OpenToAdvice)],
            Some(NoRelationship),
            "++-",
        ),
        // They may always.
        (
            &[(Theirs, NoRelationship), (Told, NoRelationship), (Theirs, OpenToAdvice)],
            Some(OpenToAdvice),
            "+++",
        ),
        (&[(Told, JustTransactions), (Ours, OpenToAdvice)], Some(JustTransactions), "+-"),
        (&[(Ours, JustTransactions), (Told, OpenToAdvice)], Some(OpenToAdvice), "++"),
        (&[(Theirs, OpenToAdvice), (Ours, JustTransactions)], Some(JustTransactions), "++"),
        // A weaker word that was passed by does not come back.
        (
            &[(Told, JustTransactions), (Theirs, OpenToAdvice), (Ours, OpenToAdvice)],
            Some(OpenToAdvice),
            "+++",
        ),
    ];
    for (stated, in_force, counts) in table {
        assert_eq!(settled(stated), (in_force, counts.to_owned()), "{stated:?}");
    }
}

#[test]
fn whatever_is_said_nobody_gets_more_than_the_strongest_word_allows() {
    let hands = [Ours, Told, Theirs];
    let words: Vec<_> =
        hands.iter().flat_map(|hand| Dealing::ALL.iter().map(move |dealing| (*hand, *dealing))).collect();
    for one in &words {
        for two in &words {
            for three in &words {
                let stated = [*one, *two, *three];
                let in_force = settled(&stated).0.unwrap();
                let own = stated.iter().rev().find(|(hand, _)| *hand == Theirs);
                assert!(own.is_none_or(|(_, own)| in_force <= *own), "{stated:?}");
                assert!(stated.iter().any(|(_, said)| *said == in_force), "{stated:?}");
            }
        }
    }
}

#[test]
fn each_tells_what_was_in_force_before_it() {
    let world = said(&[(Told, JustTransactions), (Theirs, NoRelationship), (Told, OpenToAdvice)]);
    let all = Preferences::of(days(&world));
    let before: Vec<_> = all.stated().iter().map(|one| one.before).collect();
    assert_eq!(before, [None, Some(JustTransactions), Some(NoRelationship)]);
    let against = all.against(Told, RenewalsOnly).unwrap();
    assert_eq!((against.said.hand, against.said.dealing()), (Theirs, NoRelationship));
    assert!(all.against(Theirs, OpenToAdvice).is_none(), "nobody stands against their own word");
}

#[test]
fn no_preference_moves_the_score_or_the_class_whoever_states_it() {
    let base = World::of("law").every(30, "2024-06-01", 10, bill(Offer::Advice, 5_000_000, "the dispute"));
    let before = base.decided("2025-04-01");
    for hand in [Ours, Told, Theirs] {
        for dealing in Dealing::ALL {
            let stated = Preference { hand, ..Preference::saying(*dealing) };
            let after = base.clone().on("2025-03-04", Fact::Preference(stated)).decided("2025-04-01");
            assert_eq!(
                (after.score, after.class(), after.standing, &after.contributions),
                (before.score, before.class(), before.standing, &before.contributions),
                "{hand:?} {dealing:?}"
            );
        }
    }
}
