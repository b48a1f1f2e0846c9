//! The shifted beta-geometric model of contract renewal.
//!
//! Retention rates rise with the age of a cohort. The usual reading is that
//! customers grow loyal; this model shows that none need to. Those likely to
//! leave leave first, and what remains is a better selection. The whole
//! survival curve comes from two parameters, and extrapolates far better than
//! curves fitted to it (straight lines, exponentials, logarithms), none of
//! which knows that survivors are a selection.

use crate::chance::Chance;
use crate::contracts::Contracts;
use crate::fit_error::{FitError, ParameterError, checked};
use crate::model::{Fit, Form, Model};
use crate::number::{Jet, Scalar};
use crate::problem::Problem;
use crate::special::gauss_unit;

const NAMES: [&str; 2] = ["alpha", "beta"];

/// The shifted beta-geometric model of Fader & Hardie (2007), How to project
/// customer retention, Journal of Interactive Marketing 21:76-90.
///
/// Assumptions: at every renewal a customer leaves with the same probability
/// θ of their own; θ is beta(α, β) over customers. Retention of a cohort
/// rises with time only because those likely to leave have gone; nobody
/// becomes more loyal.
///
/// ```
/// use btyd::{Contracts, Sbg};
/// let regular = Contracts::from_survivors(&[&[1000, 631, 468, 382, 326]]).unwrap();
/// let fit = Sbg::fit(&regular).unwrap();
/// assert!((fit.estimate.log_likelihood - -1401.5594235774452).abs() < 1e-6);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Sbg {
    theta: [f64; 2],
}

impl Sbg {
    /// The model with parameters `[alpha, beta]`.
    pub fn new(parameters: [f64; 2]) -> Result<Sbg, ParameterError> {
        Ok(Sbg { theta: checked(&NAMES, &parameters)? })
    }

    /// The maximum-likelihood model of the cohorts.
    pub fn fit(base: &Contracts) -> Result<Fit<Sbg>, FitError> {
        Sbg { theta: [1.0; 2] }.refit(base)
    }

    /// The share of a cohort still there after `t` renewals:
    /// `B(α, β+t) / B(α, β)` (eq. 6).
    pub fn survival(&self, t: u32) -> f64 {
        Sbg::surviving(&self.theta, t)
    }

    /// [`survival`](Sbg::survival) as a function of the parameters.
    pub fn surviving<S: Scalar>(theta: &[S; 2], t: u32) -> S {
        ln_survival(theta, f64::from(t)).exp()
    }

    /// The share of those there who make renewal `t`: `(β+t-1) / (α+β+t-1)`
    /// (eq. 8).
    ///
    /// ```
    /// use btyd::Sbg;
    /// let model = Sbg::new([0.668, 3.806]).unwrap();
    /// assert!(model.retention(1) < model.retention(2) && model.retention(2) < model.retention(10));
    /// ```
    pub fn retention(&self, t: u32) -> f64 {
        let [alpha, beta] = self.theta;
        let t = f64::from(t.max(1)) - 1.0;
        (beta + t) / (alpha + beta + t)
    }

    /// Renewals to expect of a customer just before renewal `n + 1`,
    /// discounted per period.
    ///
    /// Times the margin of a period this is what the contract is worth, the
    /// renewal now due included and undiscounted.
    ///
    /// ```
    /// use btyd::Sbg;
    /// let model = Sbg::new([3.8, 15.2]).unwrap();
    /// assert!((model.residual_renewals(0, 0.1) - 3.30981842102536963).abs() < 1e-12);
    /// ```
    pub fn residual_renewals(&self, made: u32, discount: f64) -> f64 {
        Sbg::discounted_renewals(&self.theta, made, discount.max(1e-9))
    }

    /// Discounted expected residual lifetime as a function of the parameters
    /// (Fader & Hardie 2010, Customer-base valuation in a contractual
    /// setting, Marketing Science 29:85-93):
    /// `(β+n)/(α+β+n) 2F1(1, β+n+1; α+β+n+1; 1/(1+d))` after `n` renewals,
    /// the next one undiscounted.
    pub fn discounted_renewals<S: Scalar>(theta: &[S; 2], made: u32, discount: f64) -> S {
        let [alpha, beta] = *theta;
        let n = f64::from(made);
        let z = S::constant(1.0 / (1.0 + discount));
        (beta + n) / (alpha + beta + n) * gauss_unit(beta + (n + 1.0), alpha, z)
    }

    /// Draws renewals made before leaving, at most `most`; `true` if the
    /// contract ended.
    pub fn simulate(&self, most: u32, chance: &mut impl Chance) -> (u32, bool) {
        let leave = chance.beta(self.theta[0], self.theta[1]);
        let periods = (chance.uniform().ln() / (-leave).ln_1p()).floor();
        if periods < f64::from(most) { (periods as u32, true) } else { (most, false) }
    }
}

/// `ln S(t)`.
fn ln_survival<S: Scalar>(theta: &[S; 2], t: f64) -> S {
    theta[1].ln_rising(t) - (theta[0] + theta[1]).ln_rising(t)
}

impl Model for Sbg {
    type Base = Contracts;

    fn form(&self) -> Form {
        Form::plain("sbg")
    }

    fn of_form(form: &Form) -> Option<Sbg> {
        (form.model == "sbg").then_some(Sbg { theta: [1.0; 2] })
    }

    fn parameters(&self) -> Vec<f64> {
        self.theta.to_vec()
    }

    fn with_parameters(&self, values: &[f64]) -> Result<Sbg, ParameterError> {
        Ok(Sbg { theta: checked(&NAMES, values)? })
    }

    fn problem<'a>(&self, base: &'a Contracts) -> Problem<'a> {
        let loss = base.crude_loss();
        let start = |weight: f64| [loss * weight, (1.0 - loss) * weight];
        let starts = [start(3.0), start(1.0), start(30.0), [1.0, 1.0]];
        Problem::positive(&NAMES, [1.0, 1.0], &starts, base.customers(), |theta| likelihood(theta, base))
    }

    fn refuse(&self, base: &Contracts) -> Option<FitError> {
        (!base.varied()).then_some(FitError::TooLittleVariety)
    }
}

/// `Σ lost_t ln P(T = t) + Σ kept_t ln S(t)`, the survival carried along by
/// its recurrence (eq. 5, 7).
fn likelihood(theta: &[Jet<2>; 2], base: &Contracts) -> Jet<2> {
    let [alpha, beta] = *theta;
    let mut total = Jet::ZERO;
    let mut ln_there = Jet::constant(0.0);
    for t in 0..base.lost.len().max(base.kept.len()) {
        let asked = alpha + beta + t as f64;
        if let Some(kept) = base.kept.get(t) {
            total.add_scaled(&ln_there, *kept);
        }
        if let Some(lost) = base.lost.get(t).filter(|n| **n > 0.0) {
            total.add_scaled(&(ln_there + alpha.ln() - asked.ln()), *lost);
        }
        ln_there = ln_there + (beta + t as f64).ln() - asked.ln();
    }
    total
}
