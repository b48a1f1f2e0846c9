//! A dozen stories of our world, with the class that a person expects.

use kernel::Day;
use timeline::{
    Fact,
    fact::{Custom, EndReason, Goal, Interest, Offer, Purchase, Refund, Usage, Wish},
};

use super::world::{
    World, agreed, asked, bill, cancelled, click, ended, met, named, standard, unanswered, wants,
};
use crate::{Class, DimensionName, Entered, Fit, Lean, Standing, State, Why, why::Measure};

/// A practice looks after a boatyard: a retainer, a person, reviews, questions.
fn osterlund() -> World {
    World::of("accounting")
        .on("2023-03-08", agreed(Offer::Advice))
        .on("2023-03-08", named("Ines"))
        .every(30, "2023-03-10", 24, bill(Offer::Advice, 4_000_000, "crew pension"))
        .every(180, "2023-06-01", 4, |_| met("Ines", "review"))
        .on("2024-11-20", asked("advice"))
        .on("2025-01-16", asked("planning"))
        .every(1, "2024-06-02", 1, bill(Offer::ProfessionalService, 9_000_000, "succession"))
}

/// A policy paid for a year.
fn premium(amount: i64, need: &str) -> impl Fn(Day) -> Fact {
    move |day| {
        Fact::Invoice(Purchase {
            amount,
            offer: Some(Offer::Cover),
            need: Some(need.to_owned()),
            period_start: Some(day),
            period_end: Some(day.plus(364)),
            ..Purchase::default()
        })
    }
}

/// A family of two needs with an agent who reviews them.
fn bakers() -> World {
    World::of("insurance")
        .on("2021-04-01", standard(Offer::Cover))
        .on("2021-04-01", named("Tomas"))
        .every(365, "2021-04-02", 4, premium(6_200_000, "car"))
        .every(365, "2023-05-02", 2, premium(4_100_000, "home"))
        .every(365, "2022-04-01", 3, |_| met("Tomas", "review"))
        .on("2025-02-11", asked("advice"))
        .on("2025-02-20", met("Tomas", "advice"))
        .on("2025-02-20", Fact::Goal(Goal::default()))
}

#[test]
fn priya_buys_a_travel_policy_with_a_click_and_is_a_customer() {
    let priya = World::of("insurance").on("2025-03-07", click(Offer::Cover, 380_000));
    let decision = priya.decided("2025-03-08");
    assert_eq!(decision.class(), Class::Customer);
    assert_eq!(decision.fit, Fit::Fits);
}

#[test]
fn priya_cancels_and_it_never_happened() {
    let priya = World::of("insurance")
        .on("2025-03-07", click(Offer::Cover, 380_000))
        .on("2025-03-10", cancelled(1, 380_000));
    assert_eq!(priya.decided("2025-03-11").class(), Class::Prospect);
}

#[test]
fn a_boatyard_with_a_retainer_a_person_and_reviews_is_a_client() {
    let decision = osterlund().decided("2025-03-10");
    assert_eq!((decision.standing, decision.lean), (Standing::Active, Lean::Client));
    assert_eq!(decision.why, Why::Score);
}

#[test]
fn a_family_of_needs_met_one_after_another_with_talk_is_a_client() {
    assert_eq!(bakers().decided("2025-03-10").class(), Class::Client);
}

#[test]
fn a_kettle_bought_yesterday_makes_a_customer_with_certainty() {
    let buyer = World::of("retail").on("2025-03-09", click(Offer::Goods, 499_900));
    let decision = buyer.decided("2025-03-10");
    assert_eq!(decision.class(), Class::Customer);
    assert_eq!(decision.score, Some(-4_198_889));
    assert!(decision.ask.is_empty());
}

#[test]
fn a_weekly_shopper_of_three_years_is_still_a_customer() {
    let shopper = World::of("retail").every(7, "2022-03-01", 157, |_| click(Offer::Goods, 800_000));
    assert_eq!(shopper.decided("2025-03-10").class(), Class::Customer);
}

#[test]
fn a_payroll_run_for_them_by_somebody_they_know_makes_a_client() {
    let northgate = World::of("payroll_hr")
        .on("2024-01-02", agreed(Offer::ManagedService))
        .on("2024-01-02", named("Dana"))
        .every(30, "2024-01-05", 14, bill(Offer::ManagedService, 12_000_000, "payroll"))
        .every(91, "2024-03-01", 4, |_| met("Dana", "review"))
        .on("2025-01-09", Fact::Goal(Goal::default()))
        .on("2025-02-20", Fact::Usage(Usage { users: Some(38), seats: Some(40), ..Usage::default() }));
    let decision = northgate.decided("2025-03-10");
    assert_eq!((decision.class(), decision.fit), (Class::Client, Fit::Fits));
}

#[test]
fn software_bought_with_a_click_and_used_for_two_years_makes_a_customer() {
    let user = World::of("saas")
        .every(30, "2023-03-01", 24, |_| click(Offer::Subscription, 490_000))
        .on("2025-03-01", Fact::Usage(Usage { users: Some(4), seats: Some(5), ..Usage::default() }));
    assert_eq!(user.decided("2025-03-10").class(), Class::Customer);
}

#[test]
fn somebody_who_looked_at_a_demo_is_a_prospect_and_fades_to_nothing_known() {
    let visitor =
        World::of("saas").on("2025-01-10", Fact::Interest(Interest { subject: Some("demo".into()) }));
    assert_eq!(visitor.decided("2025-03-10").class(), Class::Prospect);
    assert_eq!(visitor.decided("2027-03-10").why, Why::NothingKnown);
}

#[test]
fn who_gives_notice_is_former_on_the_day_it_ends_and_was_a_client() {
    let left = osterlund().on("2025-06-30", ended(1, EndReason::Notice));
    let before = left.decided("2025-06-29");
    assert_eq!(before.class(), Class::Client);
    let after = left.decided_after("2025-06-30", Some(before.state()));
    assert_eq!((after.class(), after.lean), (Class::Former, Lean::Client));
}

#[test]
fn payments_for_nobody_knows_what_are_not_enough_evidence_and_two_questions_are_asked() {
    let payer = World::of("bank")
        .on("2025-02-01", Fact::Payment(Purchase { amount: 1_000_000, ..Purchase::default() }));
    let decision = payer.decided("2025-03-10");
    assert_eq!(decision.class(), Class::NotEnough);
    assert_eq!(decision.ask, [DimensionName::ServiceBought, DimensionName::Contract]);
}

#[test]
fn one_purchase_has_sixteen_months_of_patience_in_retail() {
    let buyer = World::of("retail").on("2023-11-01", click(Offer::Goods, 499_900));
    assert_eq!(buyer.decided("2025-02-23").class(), Class::Customer);
    let silent = buyer.decided("2025-02-24");
    assert_eq!(silent.why, Why::Silent { days: 481, limit: 480, by: Measure::Trade, asked: None });
    assert_eq!(buyer.on("2025-03-01", asked("sales")).decided("2025-03-10").class(), Class::Former);
}

#[test]
fn mr_okafor_wants_peace_and_stays_what_he_is() {
    let quiet = osterlund().on("2025-03-01", wants(Wish::Transactions));
    let (before, after) = (osterlund().decided("2025-03-10"), quiet.decided("2025-03-10"));
    assert_eq!((after.class(), after.score), (before.class(), before.score));
    assert_eq!(after.fit, Fit::OverServed);
}

#[test]
fn a_client_whom_nobody_looks_after_gets_less_than_owed() {
    let mut alone = osterlund();
    alone.entries.retain(|entry| !matches!(entry.fact, Fact::Assignment(_) | Fact::Meeting(_)));
    let kept = timeline::fact::RecordKept { register: timeline::fact::Register::Staffing };
    let alone = alone.on("2023-03-08", Fact::RecordKept(kept)).on("2025-01-20", asked("advice"));
    let client = State::new(Class::Client, Day::parse("2024-01-01").unwrap(), Entered::First);
    let decision = alone.decided_after("2025-03-10", Some(client));
    assert_eq!((decision.class(), decision.fit), (Class::Client, Fit::UnderServed));
}

#[test]
fn our_calls_that_nobody_answers_move_nothing() {
    let called = osterlund().every(7, "2024-12-02", 12, |_| unanswered("check_in"));
    assert_eq!(called.decided("2025-03-10"), osterlund().decided("2025-03-10"));
}

#[test]
fn amounts_in_two_currencies_are_never_added() {
    let two = World::of("agency")
        .on("2025-01-10", Fact::Order(scoped(100)))
        .in_currency("EUR")
        .on("2025-02-10", Fact::Order(scoped(100)))
        .in_currency("GBP");
    let decision = two.decided("2025-03-10");
    assert_eq!((decision.class(), decision.standing), (Class::NotEnough, Standing::Active));
    let sentence = decision.why.sentence(decision.lean);
    assert!(
        sentence.contains("EUR and GBP") && sentence.contains("never added across currencies"),
        "{sentence}"
    );
    assert_eq!(two.decided("2025-01-31").class(), Class::Customer, "one currency until February");
}

fn scoped(amount: i64) -> Purchase {
    let custom = Some(vec![Custom::Scope]);
    Purchase { amount, offer: Some(Offer::ProfessionalService), custom, ..Purchase::default() }
}

#[test]
fn absurd_amounts_neither_panic_nor_wrap() {
    let absurd = World::of("law")
        .on("2025-01-10", Fact::Order(scoped(i64::MAX)))
        .on("2025-01-11", Fact::Order(scoped(i64::MAX)))
        .on("2025-01-12", Fact::Refund(Refund { amount: i64::MIN, ..Refund::default() }));
    let decision = absurd.decided("2025-03-10");
    let bought = decision.contribution(DimensionName::ServiceBought).unwrap();
    assert_eq!((bought.x, bought.micro), (Some(1000), 1_150_000));
}
