//! What holds for every history.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use proptest::prelude::*;
use timeline::{Entry, Fact, FactId};

use super::arbitrary::{TODAY, history};
use crate::{
    Baseline, Class, DIMENSIONS, DimensionName, Entered, Industries, IndustryPolicy, Policy, State, Vantage,
    Weighing,
    case::{Case, Heading, write, written},
    decide,
    history::History,
    policy::SHIPPED,
    replay,
};

/// Asks something of facts, from today, under a policy that ships.
fn ask<T>(policy: &str, question: impl FnOnce(&Vantage) -> T) -> T {
    let (policy, industries) = (Policy::shipped(policy).unwrap(), Industries::shipped().unwrap());
    let policy = IndustryPolicy::new(&policy, &industries, Some("agency"));
    question(&Vantage { as_of: TODAY, known_at: None, zone: &TimeZone::UTC, policy: &policy, baseline: None })
}

fn reading() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(SHIPPED.map(|(name, _)| name).to_vec())
}

fn previous() -> impl Strategy<Value = Option<State>> {
    let state = (
        proptest::sample::select(Class::ALL.to_vec()),
        1..90i32,
        proptest::sample::select(Entered::ALL.to_vec()),
    );
    proptest::option::of(state.prop_map(|(class, age, entered)| State::new(class, TODAY.plus(-age), entered)))
}

/// The same entry under other ids.
fn called(entry: &mut Entry, now: &HashMap<FactId, FactId>) {
    let name = |id: &mut FactId| *id = now.get(id).copied().unwrap_or(*id);
    name(&mut entry.id);
    match &mut entry.fact {
        Fact::Order(one) | Fact::Invoice(one) | Fact::Payment(one) => one.of.iter_mut().for_each(name),
        Fact::Refund(one) => one.of.iter_mut().for_each(name),
        Fact::ContractEnd(one) => name(&mut one.contract),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn contributions_sum_to_the_score_exactly(entries in history(), reading in reading(), before in previous()) {
        ask(reading, |vantage| {
            let history = History::new(&entries, vantage);
            let decision = decide(&history, before.as_ref());
            let sum: i64 = decision.contributions.iter().map(|one| one.micro).sum();
            prop_assert_eq!(sum, Weighing::of(&history).score);
            prop_assert!(decision.score.is_none_or(|score| score == sum));
            Ok(())
        })?;
    }

    #[test]
    fn leaving_a_dimension_out_moves_the_score_by_what_was_shown_for_it(entries in history()) {
        let policy = Policy::shipped("default").unwrap();
        let packs: String = DimensionName::ALL.iter().map(|name| format!("[{name}]\nnot_applicable = [\"{name}\"]\n")).collect();
        let industries = Industries::parse(&format!("version = \"1\"\n{packs}")).unwrap();
        let weigh = |industry: &str| {
            let policy = IndustryPolicy::new(&policy, &industries, Some(industry));
            let vantage = Vantage { as_of: TODAY, known_at: None, zone: &TimeZone::UTC, policy: &policy, baseline: None };
            Weighing::of(&History::new(&entries, &vantage))
        };
        let whole = weigh("none of them");
        for name in DimensionName::ALL {
            prop_assert_eq!(whole.score - weigh(name.as_str()).score, whole.contribution(*name));
        }
    }

    #[test]
    fn the_order_in_which_facts_arrive_does_not_matter(entries in history(), reading in reading(), turn in 0..24usize) {
        let mut turned: Vec<Entry> = entries.clone();
        turned.reverse();
        turned.rotate_left(turn.min(entries.len()));
        // What arrives later has the higher id, and what settles another names it by its id.
        let now_called: HashMap<FactId, FactId> =
            turned.iter().map(|entry| entry.id).zip((1..).map(FactId::new)).collect();
        turned.iter_mut().for_each(|entry| called(entry, &now_called));
        ask(reading, |vantage| {
            let decided = |entries| decide(&History::new(entries, vantage), None);
            prop_assert_eq!(decided(&entries), decided(&turned));
            prop_assert_eq!(replay(&entries, vantage), replay(&turned, vantage));
            Ok(())
        })?;
    }

    #[test]
    fn every_line_with_evidence_names_its_facts_and_says_so_in_words(entries in history(), reading in reading()) {
        ask(reading, |vantage| {
            let history = History::new(&entries, vantage);
            for dimension in DIMENSIONS {
                let (x, facts) = (dimension.measure(&history), dimension.facts(&history));
                let words = dimension.evidence(&history);
                prop_assert!(x.is_none() || !facts.is_empty(), "{} rests on nothing", dimension.word());
                prop_assert!(facts.iter().all(|id| entries.iter().any(|entry| entry.id == *id)));
                prop_assert_eq!(x.is_none(), words.starts_with("No evidence"), "{}: {}", dimension.word(), words);
            }
            Ok(())
        })?;
    }

    #[test]
    fn a_case_written_and_read_is_decided_the_same(entries in history(), reading in reading(), before in previous(), known in 0..400i32) {
        ask(reading, |vantage| {
            let vantage = Vantage { known_at: (known < 200).then(|| TODAY.plus(-known)), ..*vantage };
            let heading = Heading { industry: Some("agency"), ..Default::default() };
            let name = |fact: FactId| fact.0.to_string();
            let case = Case::from_value(write(&entries, &vantage, heading, before.as_ref(), name)).unwrap();
            prop_assert_eq!((case.as_of, case.known_at, case.previous), (TODAY, vantage.known_at, before));
            let ours = decide(&History::new(&entries, &vantage), before.as_ref());
            let theirs = decide(&History::new(&case.entries, &vantage), case.previous.as_ref());
            prop_assert_eq!(written(&ours), written(&theirs));
            Ok(())
        })?;
    }

    #[test]
    fn more_of_it_never_counts_less(reading in reading(), x in -2_000..12_000i64, more in 0..4_000i64) {
        let policy = Policy::shipped(reading).unwrap();
        for (name, curve) in policy.curves.iter() {
            prop_assert!(curve.contribution(x) <= curve.contribution(x + more), "{} falls", name);
        }
    }

    #[test]
    fn a_frozen_rank_is_the_rank_among_all_who_bought(
        spends in proptest::collection::vec(prop_oneof![-50..50i64, any::<i64>()], 1..60),
        asked in proptest::collection::vec(prop_oneof![-55..55i64, any::<i64>()], 20),
    ) {
        let baseline = Baseline::of(7, spends.clone());
        prop_assert_eq!(Baseline::parse(&baseline.to_text()).unwrap(), baseline.clone());
        for spend in asked.into_iter().chain(spends.clone()) {
            let below = spends.iter().filter(|other| **other < spend).count();
            let at_or_below = spends.iter().filter(|other| **other <= spend).count();
            let rank = 1_000 * (below + at_or_below) / (2 * spends.len());
            prop_assert_eq!(baseline.rank(spend), i64::try_from(rank).unwrap());
        }
    }
}
