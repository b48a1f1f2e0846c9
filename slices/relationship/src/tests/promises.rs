//! What the judgement promises, one test each; the other promises stand in `properties`.

use kernel::Day;
use proptest::prelude::*;
use timeline::{
    Entry, Fact,
    fact::{
        Assignment, AssignmentRole, Basis, Contact, Feedback, Goal, Offer, Purchase, Refund, Side, Stage,
    },
};

use super::{
    arbitrary::{TODAY, history},
    oracle::of_cases,
    world::{World, agreed, asked, contact, entry, met, named},
};
use crate::{
    Class, Decision, DimensionName, Entered, Lean, Policy, State, Vantage, Weighing, case::written, decide,
    explain::effects, history::History, path, policy::SHIPPED, replay,
};

/// Everything that we do alone: sent, given, tried and not answered, waited for and not met.
fn ours_alone() -> Vec<(&'static str, Fact)> {
    let talk = |topic: &str, held: bool, person: Option<&str>| {
        let (topic, person) = (Some(topic.to_owned()), person.map(str::to_owned));
        Fact::Conversation(Contact { started_by: Side::Us, topic, person, held, continues: false })
    };
    vec![
        ("a campaign", talk("marketing", true, Some("Ines"))),
        ("a campaign that has a name", talk("Spring campaign", true, Some("Ines"))),
        ("a survey", talk("Survey", true, Some("Ines"))),
        ("Christmas cards", talk("christmas cards", true, Some("Ines"))),
        ("a newsletter", talk("newsletter", true, None)),
        ("a gift", talk("gift", true, Some("Ines"))),
        ("a greeting", talk("greeting", true, Some("Ines"))),
        ("a delivery notice", talk("delivery", true, Some("Ines"))),
        ("a reminder to pay", talk("dunning", true, None)),
        ("an unanswered call of care", talk("check_in", false, Some("Ines"))),
        ("an unanswered call to sell", talk("sales", false, None)),
        ("a missed review", contact(Side::Us, "review", Some("Ines"), false)),
    ]
}

/// The same act by whoever is named in these facts: by them it would count most.
fn by_their_person(act: &Fact, entries: &[Entry]) -> Fact {
    let person = entries.iter().rev().find_map(|entry| match &entry.fact {
        Fact::Assignment(one) => Some(one.person.clone()),
        _ => None,
    });
    let given = |one: &Contact| Contact { person: person.clone().or(one.person.clone()), ..one.clone() };
    match act {
        Fact::Conversation(one) => Fact::Conversation(given(one)),
        Fact::Meeting(one) => Fact::Meeting(given(one)),
        other => other.clone(),
    }
}

#[test]
fn nothing_that_we_do_alone_changes_any_worked_example() {
    let asked = of_cases("examples.jsonl", |_, _, case, vantage| {
        let decided = |entries: &[Entry]| decide(&History::new(entries, vantage), case.previous.as_ref());
        let before = decided(&case.entries);
        for (what, act) in ours_alone() {
            for age in [0, 1, 100, 500] {
                let mut more = case.entries.clone();
                let act = by_their_person(&act, &case.entries);
                more.push(entry(1_000_000, vantage.as_of.plus(-age), act));
                more.last_mut().unwrap().recorded_at = 0;
                assert_eq!(decided(&more), before, "{:?}: {what} {age} days ago", case.id);
            }
        }
    });
    assert!(498 <= asked);
}

#[test]
fn what_both_sides_take_part_in_does_move_something() {
    let client = World::of("agency").on("2025-01-02", named("Ines"));
    let client = client.on("2025-01-10", Fact::Order(Purchase { amount: 900, ..Purchase::default() }));
    let before = client.decided("2025-03-10");
    let met = client.clone().on("2025-03-01", met("Ines", "review")).decided("2025-03-10");
    assert!(before.score < met.score);
    let called = client.on("2025-03-01", contact(Side::Us, "review", Some("Ines"), false));
    assert_eq!(called.decided("2025-03-10"), before, "the same review, missed");
}

#[test]
fn what_a_fact_is_shown_to_do_is_what_happens_without_it() {
    let asked = of_cases("examples.jsonl", |_, _, case, vantage| {
        let with = Weighing::of(&History::new(&case.entries, vantage)).score;
        for effect in effects(&case.entries, vantage, &path(&case.entries, vantage)) {
            let rest: Vec<Entry> =
                case.entries.iter().filter(|entry| entry.id != effect.fact).cloned().collect();
            let score = Weighing::of(&History::new(&rest, vantage)).score;
            assert_eq!(effect.score, score, "{:?} without {}", case.id, effect.fact.0);
            if let Some(class) = effect.class {
                assert_eq!(class, replay(&rest, vantage).class(), "{:?} without {}", case.id, effect.fact.0);
            }
            assert_eq!(with + effect.change, effect.score);
        }
    });
    assert!(498 <= asked);
}

#[test]
fn a_refund_below_zero_brings_nothing_back() {
    let refund = |amount| Fact::Refund(Refund { amount, of: None, reason: None });
    let bought =
        World::of("agency").on("2025-01-10", Fact::Order(Purchase { amount: 900, ..Purchase::default() }));
    let gone = bought.on("2025-02-01", refund(900));
    let kept = |world: World| {
        let lines = world.decided("2025-03-10").contributions;
        lines.into_iter().find(|line| line.source.as_str() == "continuity").map(|line| (line.x, line.micro))
    };
    let before = kept(gone.clone());
    for amount in [-1, -900, i64::MIN] {
        assert_eq!(kept(gone.clone().on("2025-02-02", refund(amount))), before);
    }
}

/// Dimensions of which more evidence is never less of it, with one more of it. The others measure a share, a mean or
/// the latest word (service bought, personalization, adoption, spend, exclusivity), or forget with a new stretch (breadth).
fn more_of_it() -> Vec<(DimensionName, Fact)> {
    let order = Fact::Order(Purchase { amount: 1_000, ..Purchase::default() });
    let advice = Fact::Basis(Basis { reasons: vec!["advice".into()] });
    let words = Fact::Feedback(Feedback { form: Some("interview".into()) });
    vec![
        (DimensionName::Contract, agreed(Offer::Advice)),
        (DimensionName::Continuity, order.clone()),
        (DimensionName::Tenure, order),
        (DimensionName::SupportRelation, asked("advice")),
        (DimensionName::ProactiveContact, met("P", "review")),
        (DimensionName::SalesProcess, Fact::Stage(Stage { stage: None, stakeholders: Some(3) })),
        (DimensionName::NamedPerson, named("P")),
        (DimensionName::Reciprocity, Fact::Referral),
        (DimensionName::Reciprocity, Fact::Goal(Goal::default())),
        (DimensionName::Reciprocity, words),
        (DimensionName::DecisionBasis, advice),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_we_do_alone_changes_any_history(entries in history(), reading in 0..3usize, age in 0..1_000i32) {
        World::of("agency").ask(SHIPPED[reading].0, &TODAY.to_string(), |vantage| {
            let before = decide(&History::new(&entries, vantage), None);
            for (what, act) in ours_alone() {
                let mut more = entries.clone();
                more.push(entry(1_000, TODAY.plus(-age), by_their_person(&act, &entries)));
                let after = decide(&History::new(&more, vantage), None);
                prop_assert_eq!(written(&after), written(&before), "{}", what);
            }
            Ok(())
        })?;
    }

    #[test]
    fn more_evidence_never_counts_against_what_it_is_evidence_of(
        entries in history(), reading in 0..3usize, age in 0..1_800i32,
    ) {
        World::of("agency").ask(SHIPPED[reading].0, &TODAY.to_string(), |vantage| {
            let before = Weighing::of(&History::new(&entries, vantage));
            for (name, fact) in more_of_it() {
                let mut more = entries.clone();
                more.push(entry(1_000, TODAY.plus(-age), fact));
                let after = Weighing::of(&History::new(&more, vantage));
                let at = name as usize;
                if before.x[at].is_some() {
                    prop_assert!(before.x[at] <= after.x[at], "{}: {:?} {:?}", name, before.x[at], after.x[at]);
                    prop_assert!(before.micro[at] <= after.micro[at], "{}", name);
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn inside_the_band_nobody_changes_and_no_change_is_soon_undone(entries in history(), reading in 0..3usize) {
        World::of("agency").ask(SHIPPED[reading].0, &TODAY.to_string(), |vantage| changes(&entries, vantage))?;
    }
}

/// Every few days of four years: who is judged changes only where the score has left the band, and stays for the dwell.
/// Gives how often somebody changed.
fn changes(entries: &[Entry], vantage: &Vantage) -> Result<usize, TestCaseError> {
    let rules = &vantage.policy.policy.rules;
    let (mut before, mut changes): (Option<Decision>, usize) = (None, 0);
    for age in (0..1_460).rev().step_by(9) {
        let day = TODAY.plus(-age);
        let history = History::new(entries, &Vantage { as_of: day, ..*vantage });
        let state = before.as_ref().map(Decision::state);
        let now = decide(&history, state.as_ref());
        if let Some(state) = state.filter(|state| state.class().is_judged() && now.class().is_judged()) {
            let score = now.score.unwrap();
            let changed = state.class() != now.class();
            if rules.stop < score && score < rules.becomes {
                prop_assert!(!changed, "inside the band on {}", day);
            }
            if changed {
                changes += 1;
                prop_assert_eq!(now.lean == Lean::Client, rules.becomes <= score);
                let young = state.entered == Entered::Change && history.age(state.since) < rules.dwell_days;
                prop_assert!(!young, "undone after {} days", history.age(state.since));
            }
        }
        before = Some(now);
    }
    Ok(changes)
}

#[test]
fn a_rhythm_of_no_days_is_none() {
    let plain =
        World::of("agency").on("2025-01-10", Fact::Order(Purchase { amount: 900, ..Purchase::default() }));
    let before = plain.decided("2025-03-10");
    for every_days in [0, -91] {
        let odd = World::of("agency")
            .on("2025-01-10", Fact::Order(Purchase { amount: 900, ..Purchase::default() }))
            .on("2025-01-11", Fact::Rhythm(timeline::fact::Rhythm { every_days }));
        assert_eq!(odd.decided("2025-03-10").score, before.score, "every {every_days} days");
    }
}

#[test]
fn a_client_in_the_band_stays_one_and_a_customer_in_the_band_stays_one() {
    let between = World::of("law")
        .on("2025-01-02", agreed(Offer::ProfessionalService))
        .on("2025-01-10", Fact::Order(Purchase { amount: 900, ..Purchase::default() }))
        .on("2025-02-20", asked("advice"));
    let fresh = between.decided("2025-03-10").score.unwrap();
    let rules = Policy::shipped("default").unwrap().rules;
    assert!(rules.stop < fresh && fresh < rules.becomes, "{fresh}");
    for class in [Class::Customer, Class::Client] {
        let state = State::new(class, Day::parse("2025-02-01").unwrap(), Entered::First);
        assert_eq!(between.decided_after("2025-03-10", Some(state)).class(), class);
    }
}

#[test]
fn a_person_who_comes_and_goes_makes_a_client_and_unmakes_one() {
    let person = |name: &str, until: Option<i32>| {
        let until = until.map(|age| TODAY.plus(-age));
        Fact::Assignment(Assignment { person: name.into(), role: AssignmentRole::Named, until })
    };
    let months = (0..48).map(|month| 1_440 - 30 * month).zip(1..);
    let mut entries: Vec<Entry> = Vec::new();
    for (age, number) in months {
        let bought = Purchase { amount: 900, offer: Some(Offer::ProfessionalService), ..Purchase::default() };
        entries.push(entry(number, TODAY.plus(-age), Fact::Order(bought)));
        let who = if 800 < age { "P" } else { "Q" };
        entries.push(entry(100 + number, TODAY.plus(-age), met(who, "onboarding")));
    }
    entries.push(entry(201, TODAY.plus(-1_440), person("P", Some(900))));
    entries.push(entry(202, TODAY.plus(-500), person("Q", None)));
    let counted = World::of("agency")
        .ask("professional-service", &TODAY.to_string(), |vantage| changes(&entries, vantage).unwrap());
    assert_eq!(counted, 2, "a client while P was there, a customer while nobody was, a client with Q");
}
