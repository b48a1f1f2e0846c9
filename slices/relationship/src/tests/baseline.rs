//! The frozen ranks of spend.

use jiff::tz::TimeZone;
use kernel::Day;
use timeline::fact::Offer;

use super::world::{World, click};
use crate::{Baseline, DimensionName, Vantage, case, decide, history::History};

#[test]
fn a_million_spends_fit_into_a_thousand_steps() {
    let baseline = Baseline::of(1, (0..100_000).map(|n: i64| n * n % 1_000_003).collect());
    assert!(baseline.to_text().split(' ').count() <= 1_002);
    assert_eq!((baseline.rank(-1), baseline.rank(i64::MAX)), (0, 1_000));
}

#[test]
fn nobody_to_compare_with_ranks_nobody() {
    assert_eq!(Baseline::of(1, Vec::new()).rank(5), 0);
}

#[test]
fn a_text_that_is_no_baseline_is_refused() {
    for text in ["", "x", "1 5", "1 5:0", "1 5:1 0:1", "1 5:600 5:600", "1 5:-1"] {
        assert_eq!(Baseline::parse(text).unwrap_err().code, "baseline.format", "{text:?}");
    }
}

#[test]
fn the_frozen_rank_counts_where_none_is_recorded_and_the_case_carries_it() {
    let buyer = World::of("retail").on("2025-03-01", click(Offer::Goods, 400));
    let baseline = Baseline::of(3, vec![100, 200, 300, 400, 500]);
    buyer.ask("default", "2025-03-10", |vantage| {
        let vantage = Vantage { baseline: Some(&baseline), ..*vantage };
        let decision = decide(&History::new(&buyer.entries, &vantage), None);
        assert_eq!(decision.contribution(DimensionName::Spend).unwrap().x, Some(700));
        assert_eq!(decision.baseline, Some(3));
        let heading = case::Heading { industry: Some("retail"), ..Default::default() };
        let name = |fact: timeline::FactId| fact.0.to_string();
        let case =
            case::Case::from_value(case::write(&buyer.entries, &vantage, heading, None, name)).unwrap();
        let plain = Vantage { baseline: None, zone: &TimeZone::UTC, ..vantage };
        let again = decide(&History::new(&case.entries, &plain), None);
        assert_eq!(case::written(&again), case::written(&decision));
        assert_eq!(case.as_of, Day::parse("2025-03-10").unwrap());
    });
}
