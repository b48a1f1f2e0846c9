//! Parametric bootstrap: fits to bases drawn from the fitted model, for
//! uncertainty without the normal curve.
//!
//! The delta method assumes that a forecast moves in proportion to the
//! parameters and that these are normal. For sums over a base, for ratios,
//! for parameters near a boundary neither need hold. Drawing bases from the
//! fit, fitting each, and looking at the spread assumes only the model. It
//! costs as many fits as replicates, which at a few milliseconds a fit is
//! seconds.

use rayon::prelude::*;

use crate::chance::{Chance, Seeded};
use crate::customer::InputError;
use crate::customers::Cell;
use crate::interval::Interval;
use crate::model::Fit;
use crate::purchases::Purchases;
use crate::{Customers, Span};

/// Models fitted to simulated bases.
#[derive(Clone, Debug, PartialEq)]
pub struct Bootstrap<M> {
    /// One model per simulated base that could be fitted.
    pub models: Vec<M>,
    /// Simulated bases that could not.
    pub failed: usize,
}

/// Draws a base from a model: as many customers, observed as long.
///
/// ```
/// use btyd::chance::Seeded;
/// use btyd::{BgNbd, Customers, Unit, simulate_base};
/// let watched = Customers::new(Unit::Week, &[0; 100], &[0.0; 100], &[52.0; 100]).unwrap();
/// let model = BgNbd::new(Unit::Week, [0.8, 6.0, 0.5, 2.0]).unwrap();
/// let drawn = simulate_base(&model, &watched, &mut Seeded::new(1)).unwrap();
/// assert_eq!(drawn.len(), 100);
/// ```
pub fn simulate_base<M: Purchases>(
    model: &M,
    base: &Customers,
    chance: &mut impl Chance,
) -> Result<Customers, InputError> {
    let stretch = Span::new(1.0, base.unit()).in_unit(model.unit());
    let mut cells = Vec::with_capacity(base.len() as usize);
    let mut gaps = 0.0;
    for cell in base.cells() {
        for _ in 0..cell.count {
            let age = cell.age * stretch;
            let one = model.simulate(age, 0.0, chance);
            gaps += one.ln_gaps;
            // A time below the resolution of the input counts as that resolution.
            let recency = if one.frequency > 0 { one.recency.max(1e-6).min(age) } else { 0.0 };
            let frequency = if recency > 0.0 { one.frequency } else { 0 };
            cells.push(Cell { frequency, count: 1, recency, age });
        }
    }
    Ok(Customers::from_cells(model.unit(), cells)?.with_ln_gaps(gaps))
}

impl<M: Purchases + Send> Fit<M> {
    /// Fits the model again to `replicates` bases drawn from it.
    ///
    /// Seeds are drawn from `chance` one after another and the work done in
    /// parallel, so the result depends on the chance alone.
    pub fn bootstrap(&self, base: &Customers, replicates: usize, chance: &mut impl Chance) -> Bootstrap<M> {
        let seeds: Vec<u64> = (0..replicates).map(|_| (chance.uniform() * 2f64.powi(53)) as u64).collect();
        let refit = |seed: &u64| {
            let drawn = simulate_base(&self.model, base, &mut Seeded::new(*seed)).ok()?;
            self.model.refit(&drawn).ok().map(|fit| fit.model)
        };
        let fits: Vec<Option<M>> = seeds.par_iter().map(refit).collect();
        let models: Vec<M> = fits.into_iter().flatten().collect();
        Bootstrap { failed: replicates - models.len(), models }
    }
}

impl<M> Bootstrap<M> {
    /// The interval of a quantity between the percentiles of its bootstrap
    /// values, around the value at the fit. `None` if fewer than ten fits
    /// succeeded.
    ///
    /// Any function of the model may be asked for: a parameter, an
    /// expectation, the value of the whole base.
    pub fn interval(&self, fitted: &M, level: f64, quantity: impl Fn(&M) -> f64) -> Option<Interval> {
        let mut values: Vec<f64> = self.models.iter().map(&quantity).filter(|v| !v.is_nan()).collect();
        if values.len() < 10 {
            return None;
        }
        values.sort_by(f64::total_cmp);
        let tail = (0.5 - 0.5 * level).clamp(0.0, 0.5);
        let at = |share: f64| {
            // Linear between order statistics.
            let place = share * (values.len() - 1) as f64;
            let (low, rest) = (place.floor() as usize, place.fract());
            values[low] + rest * (values[(low + 1).min(values.len() - 1)] - values[low])
        };
        Some(Interval { estimate: quantity(fitted), low: at(tail), high: at(1.0 - tail) })
    }
}
