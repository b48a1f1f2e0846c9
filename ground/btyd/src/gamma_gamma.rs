//! The gamma-gamma model of spend per purchase, for customers whose average
//! is known from few purchases.
//!
//! The mean of a customer's purchases is a poor forecast of the next one when
//! it rests on one or two: the highest averages of any base belong to
//! customers who bought once. The model shrinks each toward the mean of all,
//! by a weight `p x / (p x + q - 1)` that grows with the number of purchases.

use std::fmt;

use rayon::prelude::*;

use crate::chance::Chance;
use crate::fit_error::{FitError, ParameterError, checked};
use crate::model::{Fit, Form, Model};
use crate::number::{Jet, Scalar};
use crate::problem::Problem;
use crate::special::gamma_median;
use crate::spend::Spend;

const NAMES: [&str; 3] = ["p", "q", "v"];

/// The gamma-gamma model of Fader, Hardie & Lee (2005), RFM and CLV, Journal
/// of Marketing Research 42:415-430, and Fader & Hardie (2013), The
/// gamma-gamma model of monetary value.
///
/// Assumptions: the values of a customer's purchases are gamma(p, ν); ν is
/// gamma(q, v) over customers; value is independent of how often a customer
/// buys. Check the last: correlate mean value with frequency among repeat
/// buyers first.
///
/// A customer's expected value is their own average drawn toward everybody's,
/// the more the fewer purchases it rests on.
///
/// ```
/// use btyd::GammaGamma;
/// let model = GammaGamma::new([6.25, 3.74, 15.44]).unwrap();
/// let spend = model.expected_value(2, 22.35).unwrap();
/// assert!((spend - 24.6637139107611555).abs() < 1e-12);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct GammaGamma {
    theta: [f64; 3],
}

/// The mean of a customer without purchases does not exist because `q <= 1`:
/// the spread between customers is too wide. Ask for the median.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeanUndefined;

impl fmt::Display for MeanUndefined {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the mean spend of an unseen customer is undefined at q of one or less; use the median")
    }
}

impl std::error::Error for MeanUndefined {}

impl GammaGamma {
    /// The model with parameters `[p, q, v]`; `v` is an amount of the
    /// currency.
    pub fn new(parameters: [f64; 3]) -> Result<GammaGamma, ParameterError> {
        Ok(GammaGamma { theta: checked(&NAMES, &parameters)? })
    }

    /// The maximum-likelihood model of a base.
    pub fn fit(base: &Spend) -> Result<Fit<GammaGamma>, FitError> {
        GammaGamma { theta: [1.0; 3] }.refit(base)
    }

    /// Expected value per purchase of a customer with this many purchases of
    /// this mean value (2013, eq. 5): `p (v + x z) / (p x + q - 1)`.
    pub fn expected_value(&self, purchases: u32, mean: f64) -> Result<f64, MeanUndefined> {
        let x = f64::from(purchases);
        if self.theta[0] * x + self.theta[1] <= 1.0 {
            return Err(MeanUndefined);
        }
        Ok(GammaGamma::value(&self.theta, x, mean))
    }

    /// The same as a function of the parameters on any [`Scalar`], for
    /// intervals.
    pub fn value<S: Scalar>(theta: &[S; 3], x: f64, mean: f64) -> S {
        let [p, q, v] = *theta;
        let total = if x > 0.0 { x * mean } else { 0.0 };
        p * (v + total) / (p * x + q - 1.0)
    }

    /// The median of a customer's mean value, which always exists.
    ///
    /// ```
    /// use btyd::GammaGamma;
    /// // So much spread between customers that an unseen one has no mean.
    /// let model = GammaGamma::new([2.0, 0.9, 30.0]).unwrap();
    /// assert!(model.expected_value(0, 0.0).is_err());
    /// assert!(model.median_value(0, 0.0) > 0.0);
    /// ```
    pub fn median_value(&self, purchases: u32, mean: f64) -> f64 {
        let [p, q, v] = self.theta;
        let x = f64::from(purchases);
        let total = if purchases > 0 { x * mean } else { 0.0 };
        p * (v + total) / gamma_median(p * x + q)
    }

    /// Draws the mean value of a customer's `purchases`.
    pub fn simulate(&self, purchases: u32, chance: &mut impl Chance) -> f64 {
        let [p, q, v] = self.theta;
        let x = f64::from(purchases.max(1));
        (chance.ln_gamma(p * x) - chance.ln_gamma(q) + v.ln() - x.ln()).exp()
    }
}

impl Model for GammaGamma {
    type Base = Spend;

    fn form(&self) -> Form {
        Form::plain("gamma-gamma")
    }

    fn of_form(form: &Form) -> Option<GammaGamma> {
        (form.model == "gamma-gamma").then_some(GammaGamma { theta: [1.0; 3] })
    }

    fn parameters(&self) -> Vec<f64> {
        self.theta.to_vec()
    }

    fn with_parameters(&self, values: &[f64]) -> Result<GammaGamma, ParameterError> {
        Ok(GammaGamma { theta: checked(&NAMES, values)? })
    }

    fn problem<'a>(&self, base: &'a Spend) -> Problem<'a> {
        let mean = base.mean();
        // The mean of the model is p v / (q - 1).
        let starts =
            [[4.0, 3.0, 0.5 * mean], [1.0, 3.0, 2.0 * mean], [10.0, 6.0, 0.5 * mean], [0.5, 1.5, mean]];
        Problem::positive(&NAMES, [1.0, 1.0, mean], &starts, base.len(), |theta| likelihood(theta, base))
    }

    fn refuse(&self, base: &Spend) -> Option<FitError> {
        (base.rows.len() < 3).then_some(FitError::TooLittleVariety)
    }
}

/// `Σ ln Γ(px+q)/(Γ(px) Γ(q)) + q ln v + (px-1) ln z + px ln x - (px+q) ln(v
/// + xz)` (Fader & Hardie 2013, eq. 1a).
fn likelihood(theta: &[Jet<3>; 3], base: &Spend) -> Jet<3> {
    let [p, q, v] = *theta;
    let parts: Vec<Jet<3>> = base
        .rows
        .par_chunks(2048)
        .map(|part| {
            let mut total = Jet::ZERO;
            for run in part.chunk_by(|a, b| a.0 == b.0) {
                let x = f64::from(run[0].0);
                let (mut n, mut log_z, mut log, mut first, mut second) = (0.0, 0.0, 0.0, 0.0, 0.0);
                for &(_, z, count) in run {
                    let (m, sum) = (f64::from(count), v.value() + x * z);
                    n += m;
                    log_z += m * z.ln();
                    log += m * sum.ln();
                    first += m / sum;
                    second -= m / (sum * sum);
                }
                let (px, shape) = (p * x, p * x + q);
                let alone = ln_beta_inverse(px, q) + q * v.ln() + px * x.ln();
                total.add_scaled(&alone, n);
                total.add_scaled(&((px - 1.0) * log_z - shape * v.chain(log, first, second)), 1.0);
            }
            total
        })
        .collect();
    let mut total = Jet::ZERO;
    for part in &parts {
        total.add_scaled(part, 1.0);
    }
    total
}

/// `-ln B(a, q)`, stable for a large first argument.
fn ln_beta_inverse(a: Jet<3>, q: Jet<3>) -> Jet<3> {
    let value = -crate::special::ln_beta(a.value(), q.value());
    let (sum, psi, tri) = (a.value() + q.value(), crate::special::digamma, crate::special::trigamma);
    let gradient = [psi(sum) - psi(a.value()), psi(sum) - psi(q.value())];
    let cross = tri(sum);
    Jet::lift(value, gradient, [[cross - tri(a.value()), cross], [cross, cross - tri(q.value())]], [a, q])
}
