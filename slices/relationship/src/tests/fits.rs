//! How a service fit comes about: each reason with the facts that show it, and their word above all of it.

use timeline::{
    Fact, FactId,
    fact::{Contract, Dealing, Form, Offer, Preference, Promised, RecordKept, Register, Wish},
};

use super::world::{World, agreed, asked, bill, contact, met, named, unanswered, wants};
use crate::{
    Decision, Fit, Weighing,
    fit::{About, Reason, ServiceFit, decided, decided_in},
    replay::replay,
};
use timeline::fact::Side;

/// A practice looks after a boatyard.
fn osterlund() -> World {
    World::of("accounting").on("2023-03-08", agreed(Offer::Advice)).every(
        30,
        "2023-03-10",
        24,
        bill(Offer::Advice, 4_000_000, "crew pension"),
    )
}

/// The same, with a contract that promises both kinds of care.
fn promised() -> World {
    let contract = Contract {
        form: Some(Form::Standard),
        fees: true,
        promises: vec![Promised::NamedPerson, Promised::Reviews],
        ..Contract::default()
    };
    osterlund().on("2024-01-02", Fact::Contract(contract))
}

/// They want no relationship.
fn no_relationship() -> Fact {
    Fact::Preference(Preference::saying(Dealing::NoRelationship))
}

fn why(world: &World, as_of: &str) -> (ServiceFit, Vec<Reason>) {
    world.ask("default", as_of, |vantage| {
        let (_, history) = decided_in(&world.entries, vantage, None);
        let served = ServiceFit::of(&history, &Weighing::of(&history));
        let reasons = served.reasons(&history);
        (served, reasons)
    })
}

fn of(reasons: &[Reason], about: About) -> (&str, &[FactId]) {
    let found = reasons.iter().find(|reason| reason.about == about);
    found.map_or(("", &[]), |reason| (reason.sentence.as_str(), reason.facts.as_slice()))
}

/// As the product decides it.
fn kept(world: &World, as_of: &str) -> Decision {
    world.ask("default", as_of, |vantage| decided(&world.entries, vantage))
}

#[test]
fn what_is_called_for_is_said_from_the_evidence_without_our_own_care() {
    let served = osterlund().on("2024-11-20", asked("advice")).on("2024-12-02", named("Ines"));
    let served = served.on("2025-02-20", met("Ines", "review"));
    let (fit, reasons) = why(&served, "2025-03-10");
    assert_eq!(fit.fit, Fit::Fits);
    let (said, facts) = of(&reasons, About::CalledFor);
    assert!(
        said.starts_with("Client care is called for by the evidence without our own care (0.8"),
        "{said}"
    );
    assert!(facts.is_empty());
    let (said, facts) = of(&reasons, About::NamedPerson);
    assert_eq!(
        said,
        "A named person is called for, and given: Ines since 2 December 2024, seen acting on 20 February 2025."
    );
    assert_eq!(facts, [FactId::new(27), FactId::new(28)], "the assignment, and the contact that was seen");
    let (said, facts) = of(&reasons, About::Reviews);
    assert!(
        said.starts_with("Reviews are called for, and held, the last on 20 February 2025. 1 day"),
        "{said}"
    );
    assert_eq!(facts, [FactId::new(28)]);
    assert_eq!(of(&reasons, About::Forgiven).0, "");
}

#[test]
fn what_is_missed_names_the_contract_that_promises_it() {
    let kept = |register| Fact::RecordKept(RecordKept { register });
    let alone =
        promised().on("2024-01-02", kept(Register::Staffing)).on("2024-01-02", kept(Register::Contact));
    let (fit, reasons) = why(&alone, "2025-03-10");
    assert_eq!(fit.fit, Fit::UnderServed);
    let (said, facts) = of(&reasons, About::NamedPerson);
    assert_eq!(
        said,
        "A named person is called for, and promised by the contract of 2 January 2024, but not given. Nobody serves \
         them by name."
    );
    assert_eq!(facts, [FactId::new(26), FactId::new(27)], "the contract, and the register that is complete");
    let (said, _) = of(&reasons, About::Reviews);
    assert!(
        said.ends_with("the contract of 2 January 2024, but none was held since 10 March 2024."),
        "{said}"
    );
}

#[test]
fn what_nobody_writes_down_is_not_known() {
    let (fit, reasons) = why(&osterlund(), "2025-03-10");
    assert_eq!(fit.fit, Fit::NotKnown);
    assert_eq!(
        of(&reasons, About::NamedPerson).0,
        "A named person is called for; whether one is given is not on record."
    );
    assert_eq!(
        of(&reasons, About::Reviews).0,
        "Reviews are called for; whether any were held is not on record."
    );
    let (_, reasons) = why(&osterlund().on("2025-01-02", named("Ines")), "2025-03-10");
    let (said, _) = of(&reasons, About::NamedPerson);
    assert!(said.contains("Ines is named since 2 January 2025, and whether anybody acts"), "{said}");
}

#[test]
fn the_first_days_of_a_stretch_are_forgiven_and_it_says_so() {
    let kept = Fact::RecordKept(RecordKept { register: Register::Staffing });
    let young = World::of("accounting").on("2025-03-01", agreed(Offer::Advice)).on("2025-03-01", kept);
    let young = young.every(1, "2025-03-01", 1, bill(Offer::Advice, 4_000_000, "crew pension"));
    let forgiven = "The first 30 days of a stretch are forgiven; this one began on 1 March 2025.";
    let (fit, reasons) = why(&young, "2025-03-10");
    assert_eq!((fit.fit == Fit::UnderServed, of(&reasons, About::Forgiven).0), (false, forgiven));
    let (_, reasons) = why(&young, "2025-03-31");
    assert_eq!(of(&reasons, About::Forgiven).0, "");
}

#[test]
fn their_word_stands_above_what_the_evidence_calls_for() {
    let quiet = osterlund().on("2024-12-02", named("Ines")).on("2025-02-20", met("Ines", "review"));
    let quiet = quiet.on("2025-03-01", wants(Wish::Transactions));
    let (fit, reasons) = why(&quiet, "2025-03-10");
    assert_eq!((fit.fit, fit.by_their_word), (Fit::OverServed, true));
    let (said, facts) = of(&reasons, About::CalledFor);
    assert_eq!(
        said,
        "Customer care is called for, whatever the evidence says: just transactions, told on 1 March 2025."
    );
    assert_eq!(facts, [FactId::new(28)]);
    let (said, _) = of(&reasons, About::NamedPerson);
    assert!(said.starts_with("A named person is neither called for nor promised, but given: Ines"), "{said}");
}

#[test]
fn who_wants_no_relationship_and_is_contacted_gets_more_than_they_asked_for() {
    let quiet = osterlund().on("2025-01-10", no_relationship());
    assert_eq!(kept(&quiet, "2025-03-10").fit, Fit::Fits);
    let table = [
        (contact(Side::Us, "Spring campaign", None, true), true),
        (contact(Side::Us, "marketing", None, false), true),
        (contact(Side::Us, "sales", Some("Ines"), true), true),
        (met("Ines", "review"), true),
        (unanswered("check_in"), true),
        (contact(Side::Us, "Survey", None, true), true),
        (contact(Side::Us, "order_status", None, true), false),
        (contact(Side::Us, "delivery notice", None, true), false),
        (contact(Side::Us, "billing", None, true), false),
        (contact(Side::Us, "dunning", None, true), false),
        (contact(Side::Us, "the roof", None, true), false),
        (asked("advice"), false),
    ];
    for (act, is_more) in table {
        let after = quiet.clone().on("2025-02-01", act.clone());
        let expected = if is_more { Fit::OverServed } else { Fit::Fits };
        assert_eq!(kept(&after, "2025-03-10").fit, expected, "{act:?}");
        let before = osterlund().on("2025-01-09", act.clone()).on("2025-01-10", no_relationship());
        assert_eq!(kept(&before, "2025-03-10").fit, Fit::Fits, "before they said so: {act:?}");
    }
    let campaign = quiet.on("2025-02-01", contact(Side::Us, "campaign", None, true));
    assert_eq!(kept(&campaign, "2025-01-31").fit, Fit::Fits, "not yet");
    assert_eq!(kept(&campaign, "2026-01-31").fit, Fit::OverServed);
    assert_eq!(kept(&campaign, "2026-02-01").fit, Fit::Fits, "a year later nobody holds it against us");
    let called =
        Preference { how: Some("by telephone".to_owned()), ..Preference::saying(Dealing::OpenToAdvice) };
    let again = campaign.on("2025-02-10", Fact::Preference(called));
    assert_ne!(kept(&again, "2025-03-10").fit, Fit::OverServed, "they changed their mind");
}

#[test]
fn it_holds_for_every_class_and_moves_nothing_but_the_fit() {
    let campaign = |world: World| {
        world.on("2025-01-10", no_relationship()).on("2025-02-01", contact(Side::Us, "campaign", None, true))
    };
    let visitor = World::of("saas").on("2025-01-02", asked("sales"));
    for world in [campaign(osterlund()), campaign(visitor), campaign(World::of("saas"))] {
        world.ask("default", "2025-03-10", |vantage| {
            let by_the_policy = replay(&world.entries, vantage);
            let ours = decided(&world.entries, vantage);
            assert_eq!(ours.fit, Fit::OverServed);
            assert_eq!(ours, Decision { fit: Fit::OverServed, ..by_the_policy });
        });
    }
}

#[test]
fn what_a_contract_promises_is_owed_to_whoever_wants_no_relationship() {
    let quiet = |world: World| world.on("2025-01-10", no_relationship());
    let reviewed = |world: World| quiet(world).on("2025-02-01", met("Ines", "review"));
    assert_eq!(kept(&reviewed(osterlund()), "2025-03-10").fit, Fit::OverServed);
    assert_ne!(kept(&reviewed(promised()), "2025-03-10").fit, Fit::OverServed);
    let sold = quiet(promised()).on("2025-02-01", contact(Side::Us, "sales", Some("Ines"), true));
    assert_eq!(kept(&sold, "2025-03-10").fit, Fit::OverServed, "no contract promises a sale");
}
