//! Whether a model describes the base it was fitted to: counts, expectations
//! by frequency, tracking.
//!
//! Three looks at a fit, each able to reject what the others accept: the
//! histogram of counts, the mean of future purchases given past ones, and the
//! growth of the base's purchases over time.

use rayon::prelude::*;

use crate::purchases::{NOBODY, Purchases};
use crate::question::Ask;
use crate::special::chi_square_tail;
use crate::{Customers, Span};

/// Customers by number of repeat purchases, as they are and as the model
/// expects them.
#[derive(Clone, Debug, PartialEq)]
pub struct FrequencyTable {
    /// Actual and expected customers with 0, 1, 2, ... purchases; the last
    /// row counts all beyond.
    pub rows: Vec<(f64, f64)>,
    /// Pearson's statistic.
    pub chi_square: f64,
    /// Rows less one, less the parameters fitted.
    pub freedom: f64,
    /// Chance of a worse fit if the model were true; `None` without degrees
    /// of freedom.
    pub p_value: Option<f64>,
}

impl FrequencyTable {
    /// Counts up to `most - 1` singly and the rest together, each customer
    /// over their own age.
    ///
    /// This is the histogram of the papers (Fader, Hardie & Lee 2005, Figure
    /// 2). It judges the count alone; a model can pass and still misjudge who
    /// is active.
    pub fn of(model: &impl Purchases, base: &Customers, most: u32) -> FrequencyTable {
        let most = most.clamp(1, 10_000);
        let theta = model.parameters();
        let mut rows = vec![(0.0, 0.0); most as usize + 1];
        for cell in base.cells() {
            rows[cell.frequency.min(most) as usize].0 += f64::from(cell.count);
        }
        for (age, count) in ages(base, model) {
            let mut rest = 1.0;
            for n in 0..most {
                let chance = model.solve(&theta, &Ask::Count(n, age), &NOBODY);
                rows[n as usize].1 += count * chance;
                rest -= chance;
            }
            rows[most as usize].1 += count * rest.max(0.0);
        }
        let term = |(actual, expected): &(f64, f64)| {
            if *expected > 0.0 { (actual - expected).powi(2) / expected } else { 0.0 }
        };
        let chi_square: f64 = rows.iter().map(term).sum();
        let freedom = rows.len() as f64 - 1.0 - theta.len() as f64;
        let p_value = (freedom > 0.0).then(|| chi_square_tail(chi_square, freedom));
        FrequencyTable { rows, chi_square, freedom, p_value }
    }
}

/// Distinct ages in the unit of the model, each with its number of customers.
fn ages(base: &Customers, model: &impl Purchases) -> Vec<(f64, f64)> {
    let stretch = Span::new(1.0, base.unit()).in_unit(model.unit());
    let mut ages: Vec<(f64, f64)> =
        base.cells().iter().map(|c| (c.age * stretch, f64::from(c.count))).collect();
    ages.sort_by(|a, b| a.0.total_cmp(&b.0));
    ages.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    ages
}

/// Expected cumulative repeat purchases of the whole base at each of
/// `periods` times, one unit of the model apart, on the calendar of the
/// oldest customer.
///
/// A customer who joined later has lived the shorter: at time w they are
/// `w - (oldest - age)` old (Fader, Hardie & Lee 2005, Figure 3). Compare
/// with the cumulative count of the same calendar.
pub fn tracking(model: &impl Purchases, base: &Customers, periods: u32) -> Vec<f64> {
    let theta = model.parameters();
    let ages = ages(base, model);
    let oldest = ages.last().map_or(0.0, |last| last.0);
    (1..=periods)
        .into_par_iter()
        .map(|period| {
            let lived = |age: f64| f64::from(period) - (oldest - age);
            let bought = |(age, count): &(f64, f64)| {
                let time = lived(*age);
                if time > 0.0 { count * model.solve(&theta, &Ask::Newcomer(time), &NOBODY) } else { 0.0 }
            };
            ages.iter().map(bought).sum()
        })
        .collect()
}

/// Mean of a column by number of repeat purchases, all from `most` on
/// together: with forecasts and actual counts side by side this is the table
/// of conditional expectations.
///
/// ```
/// let means = btyd::means_by_frequency(&[0, 0, 1, 5], &[0.0, 1.0, 2.0, 7.0], 2);
/// assert_eq!(means, [0.5, 2.0, 7.0]);
/// ```
pub fn means_by_frequency(frequency: &[u32], column: &[f64], most: u32) -> Vec<f64> {
    let most = most.min(10_000);
    let mut sums = vec![(0.0, 0.0); most as usize + 1];
    for (x, value) in frequency.iter().zip(column) {
        let slot = &mut sums[(*x).min(most) as usize];
        slot.0 += value;
        slot.1 += 1.0;
    }
    sums.into_iter().map(|(sum, n)| if n > 0.0 { sum / n } else { 0.0 }).collect()
}
