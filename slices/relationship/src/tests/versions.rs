//! Whoever goes from day to day measures only what says that it may have changed.

use kernel::Day;
use proptest::prelude::*;
use timeline::{FactId, fact::Offer};

use super::{
    arbitrary::{TODAY, history},
    world::{World, click},
};
use crate::{
    Dimension, DimensionName, History,
    dimension::DIMENSIONS,
    weigh::{Scales, Weighing},
};

/// The first day on which a dimension measures something else than the day before, or counts back, and its version says
/// nothing of it.
fn first_untold(dimension: &dyn Dimension, history: &mut History, days: std::ops::Range<i32>) -> Option<Day> {
    let mut before: Option<(i64, Option<i64>)> = None;
    for day in days.map(Day) {
        history.move_to(day);
        let now = (dimension.version(history), dimension.measure(history));
        if before.is_some_and(|before| now.0 < before.0 || (now.0 == before.0 && now.1 != before.1)) {
            return Some(day);
        }
        before = Some(now);
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_dimension_whose_version_stands_still_measures_the_same(entries in history(), trade in 0..4usize) {
        World::of(["retail", "law", "saas", "agency"][trade]).ask("default", &TODAY.to_string(), |vantage| {
            let mut history = History::new(&entries, vantage);
            let Some(first) = history.first_day() else { return Ok(()) };
            for dimension in DIMENSIONS {
                let untold = first_untold(dimension, &mut history, first.0..vantage.as_of.0 + 1);
                prop_assert_eq!(untold, None, "{}", dimension.name());
            }
            Ok(())
        })?;
    }

    #[test]
    fn scales_that_go_from_day_to_day_weigh_as_new_ones_do(entries in history(), reading in 0..3usize) {
        let (reading, _) = crate::policy::SHIPPED[reading];
        World::of("agency").ask(reading, &TODAY.to_string(), |vantage| {
            let mut history = History::new(&entries, vantage);
            let Some(first) = history.first_day() else { return Ok(()) };
            let mut scales = Scales::default();
            for day in (first.0..vantage.as_of.0 + 1).map(Day) {
                history.move_to(day);
                prop_assert_eq!(scales.weigh(&history), &Weighing::of(&history), "on {}", day);
            }
            Ok(())
        })?;
    }
}

/// Measures tenure, and says that nothing ever changes.
struct Still;

impl Dimension for Still {
    fn name(&self) -> DimensionName {
        DimensionName::Tenure
    }

    fn measure(&self, history: &History) -> Option<i64> {
        DimensionName::Tenure.dimension().measure(history)
    }

    fn version(&self, _: &History) -> i64 {
        0
    }

    fn facts(&self, _: &History) -> Vec<FactId> {
        Vec::new()
    }

    fn evidence(&self, _: &History) -> String {
        String::new()
    }
}

#[test]
fn one_that_says_nothing_of_a_change_is_found() {
    let kettle = World::of("retail").on("2024-01-01", click(Offer::Goods, 400));
    kettle.ask("default", "2024-03-01", |vantage| {
        let mut history = History::new(&kettle.entries, vantage);
        let first = history.first_day().map_or(0, |day| day.0);
        assert_eq!(first_untold(&Still, &mut history, first..first + 10), Some(Day(first + 1)));
    });
}
