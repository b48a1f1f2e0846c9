//! Uncertainty that does not lean on the model: the sandwich covariance, and
//! bases drawn from the customers instead of from the fit.
//!
//! The inverse information is right if the model is. Where it is not quite
//! (purchases cluster, leaving comes in waves), the estimates still settle
//! somewhere, and how much they would move with other customers can be read
//! from the customers at hand: from the spread of their scores (White 1982,
//! Maximum likelihood estimation of misspecified models, Econometrica
//! 50:1-25), or by drawing them again with replacement (Efron 1979).
//!
//! Compare the two standard errors. Far apart, they say that the model does
//! not fit, and looking for a better one is worth more than either.

use rayon::prelude::*;

use crate::bootstrap::Bootstrap;
use crate::chance::{Chance, Seeded};
use crate::customers::Cell;
use crate::model::{Fit, Model};
use crate::optimise::Matrix;
use crate::{Customers, Estimate};

impl<M: Model<Base = Customers> + Sync + Send> Fit<M> {
    /// The same fit with the robust covariance `H⁻¹ (Σ g gᵀ) H⁻¹` in place of
    /// the inverse information, `g` the score of one customer. `None` where
    /// the fit has no covariance.
    ///
    /// Intervals asked of the result are robust too.
    ///
    /// ```
    /// use btyd::chance::Seeded;
    /// use btyd::{BgNbd, Customers, Unit, simulate_base};
    /// let watched = Customers::new(Unit::Week, &[0; 3000], &[0.0; 3000], &[52.0; 3000]).unwrap();
    /// let truth = BgNbd::new(Unit::Week, [0.8, 6.0, 0.5, 2.0]).unwrap();
    /// let base = simulate_base(&truth, &watched, &mut Seeded::new(1)).unwrap();
    /// let fit = BgNbd::fit(&base).unwrap();
    /// let robust = fit.robust(&base).unwrap();
    /// let (plain, robust) = (fit.estimate.standard_errors().unwrap(), robust.estimate.standard_errors().unwrap());
    /// // The model is true here, so the two agree.
    /// assert!((robust[0] / plain[0] - 1.0).abs() < 0.2);
    /// ```
    pub fn robust(&self, base: &Customers) -> Option<Fit<M>> {
        let inverse = self.estimate.covariance.as_ref()?;
        let scores = self.spread_of_scores(base);
        let n = inverse.size();
        let mut covariance = Matrix::zero(n);
        for i in 0..n {
            for j in 0..n {
                let mut sum = 0.0;
                for k in 0..n {
                    for l in 0..n {
                        sum += inverse.at(i, k) * scores.at(k, l) * inverse.at(l, j);
                    }
                }
                covariance.set(i, j, sum);
            }
        }
        let estimate = Estimate { covariance: Some(covariance), ..self.estimate.clone() };
        Some(Fit { model: self.model.clone(), estimate })
    }

    /// `Σ g gᵀ` over customers, in natural parameters; parts are added in
    /// order, so the digits do not depend on the threads.
    fn spread_of_scores(&self, base: &Customers) -> Matrix {
        let theta = self.model.parameters();
        let n = theta.len();
        let of_part = |cells: &[Cell]| {
            let mut sum = Matrix::zero(n);
            for cell in cells {
                let one =
                    Customers { unit: base.unit, cells: vec![Cell { count: 1, ..*cell }], ln_gaps: None };
                let score = self.model.problem(&one).at(&theta).gradient;
                for i in 0..n {
                    for j in 0..n {
                        let add = f64::from(cell.count) * score[i] * score[j];
                        sum.set(i, j, sum.at(i, j) + add);
                    }
                }
            }
            sum
        };
        let parts: Vec<Matrix> = base.cells().par_chunks(512).map(of_part).collect();
        let mut total = Matrix::zero(n);
        for part in &parts {
            for i in 0..n {
                for j in 0..n {
                    total.set(i, j, total.at(i, j) + part.at(i, j));
                }
            }
        }
        total
    }

    /// Fits the model again to `replicates` bases of as many customers, drawn
    /// from those of the base with replacement: the case bootstrap.
    ///
    /// Use it where the model is doubted; use
    /// [`bootstrap`](Fit::bootstrap), which draws from the fit, where it is
    /// not and the base is small. Seeds come from `chance` one after another,
    /// so the result depends on the chance alone.
    ///
    /// ```
    /// use btyd::chance::Seeded;
    /// use btyd::{BgNbd, Customers, Unit};
    /// # let base = Customers::new(Unit::Week, &[2, 1, 0, 4, 0, 3], &[9.0, 3.0, 0.0, 7.0, 0.0, 5.0],
    /// #     &[12.0, 12.0, 11.0, 10.0, 9.0, 9.0]).unwrap();
    /// let fit = BgNbd::fit(&base).unwrap();
    /// let drawn = fit.bootstrap_cases(&base, 20, &mut Seeded::new(7));
    /// assert_eq!(drawn.models.len() + drawn.failed, 20);
    /// ```
    pub fn bootstrap_cases(
        &self,
        base: &Customers,
        replicates: usize,
        chance: &mut impl Chance,
    ) -> Bootstrap<M> {
        let seeds: Vec<u64> = (0..replicates).map(|_| (chance.uniform() * 2f64.powi(53)) as u64).collect();
        let ends = running_counts(base.cells());
        let refit = |seed: &u64| {
            let drawn = draw_cases(base, &ends, &mut Seeded::new(*seed));
            self.model.refit(&drawn).ok().map(|fit| fit.model)
        };
        let fits: Vec<Option<M>> = seeds.par_iter().map(refit).collect();
        let models: Vec<M> = fits.into_iter().flatten().collect();
        Bootstrap { failed: replicates - models.len(), models }
    }
}

/// How many customers there are up to and with each cell.
fn running_counts(cells: &[Cell]) -> Vec<u64> {
    let mut sum = 0;
    cells
        .iter()
        .map(|cell| {
            sum += u64::from(cell.count);
            sum
        })
        .collect()
}

/// As many customers as the base has, each any of them with equal chance.
fn draw_cases(base: &Customers, ends: &[u64], chance: &mut impl Chance) -> Customers {
    let customers = ends.last().copied().unwrap_or(0);
    let mut counts = vec![0u32; base.cells().len()];
    for _ in 0..customers {
        let place = (chance.uniform() * customers as f64) as u64;
        counts[ends.partition_point(|end| *end <= place.min(customers - 1))] += 1;
    }
    let drawn = base.cells().iter().zip(counts).filter(|(_, count)| *count > 0);
    let cells = drawn.map(|(cell, count)| Cell { count, ..*cell }).collect();
    Customers { unit: base.unit, cells, ln_gaps: base.ln_gaps }
}
