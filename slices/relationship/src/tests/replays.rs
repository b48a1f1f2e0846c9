//! The fold over the first days of months.

use kernel::Day;
use proptest::prelude::*;
use timeline::{
    Entry, Fact,
    fact::{EndReason, Offer, Purchase},
};

use super::{
    arbitrary::{TODAY, history},
    world::{World, agreed, bill, click, ended, met, named},
};
use crate::{Class, Decision, Entered, Vantage, decide, history::History, path, replay};

/// The same fold without anything left out: a new history for each month.
fn plainly(entries: &[Entry], vantage: &Vantage) -> Decision {
    let decided = |as_of: Day, before: Option<&Decision>| {
        let vantage = Vantage { as_of, ..*vantage };
        decide(&History::new(entries, &vantage), before.map(Decision::state).as_ref())
    };
    let Some(first) = History::new(entries, vantage).first_commitment() else {
        return decided(vantage.as_of, None);
    };
    let months = (first.plus(-1).month() + 1)..=vantage.as_of.month();
    let days = months.map(Day::first_of_month).filter(|day| *day < vantage.as_of);
    let before = days.fold(None, |before: Option<Decision>, day| Some(decided(day, before.as_ref())));
    decided(vantage.as_of, before.as_ref())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_quick_fold_is_the_plain_fold(entries in history(), reading in 0..3usize) {
        let (reading, _) = crate::policy::SHIPPED[reading];
        World::of("retail").ask(reading, &TODAY.to_string(), |vantage| {
            let (quick, plain) = (replay(&entries, vantage), plainly(&entries, vantage));
            prop_assert_eq!(&quick, &plain);
            let last = path(&entries, vantage).pop();
            prop_assert!(last.is_some_and(|state| state.class() == plain.class() && state.since == plain.since));
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
        assert_eq!(replay(&odd.entries, vantage), plainly(&odd.entries, vantage));
    });
}

#[test]
fn a_client_since_the_first_month_after_the_evidence_agreed() {
    let client = World::of("accounting")
        .on("2023-01-20", click(Offer::Subscription, 300_000))
        .on("2024-02-10", agreed(Offer::Advice))
        .on("2024-02-10", named("Ines"))
        .every(30, "2024-02-12", 12, bill(Offer::Advice, 4_000_000, "crew pension"))
        .every(60, "2024-02-20", 6, |_| met("Ines", "review"));
    client.ask("default", "2025-01-20", |vantage| {
        let states = path(&client.entries, vantage);
        let classes: Vec<Class> = states.iter().map(|state| state.class()).collect();
        assert_eq!(classes, [Class::Customer, Class::Client]);
        let decision = replay(&client.entries, vantage);
        assert_eq!((decision.since, decision.entered), (states[1].since, Entered::Change));
    });
}
