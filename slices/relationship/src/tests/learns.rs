//! The worked examples as labels: what another reading of them would say is learned from what it says.

use jiff::tz::TimeZone;

use super::oracle::lines;
use crate::{
    DimensionName, Industries, IndustryPolicy, Policy, Source, Vantage,
    case::Case,
    decide,
    dimension::COUNT,
    history::History,
    learning::{Lesson, Outcome, counts, learn},
};

/// The examples as the default policy sees them, with the class that a person expects under that reading.
fn lessons(reading: &str) -> Vec<Lesson> {
    let (policy, industries) = (Policy::shipped("default").unwrap(), Industries::shipped().unwrap());
    let lesson = |(n, line): (usize, serde_json::Value)| {
        let mut case = line["case"].clone();
        case["previous"].take();
        let case = Case::from_value(case).unwrap();
        let trade = IndustryPolicy::new(&policy, &industries, case.industry.as_deref());
        let (as_of, known_at) = (case.as_of, case.known_at);
        let vantage = Vantage { as_of, known_at, zone: &TimeZone::UTC, policy: &trade, baseline: None };
        let decision = decide(&History::new(&case.entries, &vantage), None);
        let expected =
            line["expected"][reading].as_str().filter(|class| ["client", "customer"].contains(class))?;
        let score = decision.score.filter(|_| decision.class().is_judged())?;
        let mut micro = [0; COUNT];
        for name in DimensionName::ALL {
            micro[*name as usize] = decision.contribution(*name).map_or(0, |line| line.micro);
        }
        let industry = decision.contributions.iter().find(|line| line.source == Source::Industry);
        let industry = industry.map_or(0, |line| line.micro);
        Some(Lesson {
            account: i64::try_from(n).unwrap(),
            micro,
            industry,
            score,
            client: expected == "client",
        })
    };
    lines("examples.jsonl").into_iter().enumerate().filter_map(lesson).collect()
}

#[test]
fn labels_of_another_reading_are_judged_better_by_what_is_learned_from_them() {
    let policy = Policy::shipped("default").unwrap();
    for reading in ["default", "relationship", "professional-service"] {
        let lessons = lessons(reading);
        let Outcome::Learned(taught) = learn(&policy, &lessons) else {
            panic!("{reading}: {:?}", counts(&lessons))
        };
        println!(
            "{reading}: {:?} clients and customers, {} weights, Brier {:.3} to {:.3}, AUC {:.3} to {:.3}, {:?}",
            counts(&lessons),
            taught.free.len(),
            taught.before.brier,
            taught.after.brier,
            taught.before.auc,
            taught.after.auc,
            taught.after.calibration
        );
        println!("  {:?}", taught.weights);
        assert!(taught.after.brier < taught.before.brier, "{reading}: {taught:?}");
    }
}
