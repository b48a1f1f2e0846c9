//! The beta-discrete-Weibull model of contract renewal, in which a customer's
//! own loyalty may change.
//!
//! The sBG explains rising retention by selection alone. Where the selection
//! it implies is stronger or weaker than the curve shows, something happens
//! to the customers themselves. This model adds one parameter for it, common
//! to all: the hazard of a single customer grows with tenure (`c > 1`) or
//! falls (`c < 1`), while the cohort still selects.

use crate::chance::Chance;
use crate::contracts::Contracts;
use crate::fit_error::{FitError, ParameterError, checked};
use crate::model::{Fit, Form, Model};
use crate::number::{Jet, Scalar};
use crate::problem::Problem;
use crate::special::{digamma, ln_rising, trigamma};

const NAMES: [&str; 3] = ["alpha", "beta", "c"];

/// The beta-discrete-Weibull model of Fader, Hardie, Liu, Davin & Steenburgh
/// (2018), How to project customer retention revisited, Journal of
/// Interactive Marketing 43:1-16.
///
/// Assumptions: a customer survives t renewals with probability
/// `(1-θ)^(t^c)`; θ is beta(α, β) over customers. `c = 1` is the
/// [`Sbg`](crate::Sbg); `c > 1` means the same customer becomes more likely
/// to leave with every period, `c < 1` less.
///
/// ```
/// use btyd::{Bdw, Contracts};
/// let high = Contracts::from_survivors(&[&[1000, 869, 743, 653, 593]]).unwrap();
/// let fit = Bdw::fit(&high).unwrap();
/// // The survivors of year 12 were 39.4 per cent.
/// assert!((fit.model.survival(12) - 0.38891).abs() < 5e-6);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Bdw {
    theta: [f64; 3],
}

/// Terms of the discounted sum at most.
const MOST_PERIODS: u32 = 2_000_000;

impl Bdw {
    /// The model with parameters `[alpha, beta, c]`.
    pub fn new(parameters: [f64; 3]) -> Result<Bdw, ParameterError> {
        Ok(Bdw { theta: checked(&NAMES, &parameters)? })
    }

    /// The maximum-likelihood model of the cohorts.
    pub fn fit(base: &Contracts) -> Result<Fit<Bdw>, FitError> {
        Bdw { theta: [1.0; 3] }.refit(base)
    }

    /// The share of a cohort still there after `t` renewals:
    /// `B(α, β + t^c) / B(α, β)`.
    pub fn survival(&self, t: u32) -> f64 {
        Bdw::surviving(&self.theta, t)
    }

    /// [`survival`](Bdw::survival) as a function of the parameters.
    pub fn surviving<S: Scalar>(theta: &[S; 3], t: u32) -> S {
        ln_survival(theta, t).exp()
    }

    /// The share of those there who make renewal `t`.
    ///
    /// ```
    /// use btyd::{Bdw, Sbg};
    /// // With c = 1 it is the simpler model.
    /// let (bdw, sbg) = (Bdw::new([0.7, 1.2, 1.0]).unwrap(), Sbg::new([0.7, 1.2]).unwrap());
    /// assert!((bdw.retention(5) - sbg.retention(5)).abs() < 1e-14);
    /// ```
    pub fn retention(&self, t: u32) -> f64 {
        let t = t.max(1);
        (ln_survival(&self.theta, t) - ln_survival(&self.theta, t - 1)).min(0.0).exp()
    }

    /// Renewals to expect of a customer just before renewal `made + 1`,
    /// discounted per period.
    pub fn residual_renewals(&self, made: u32, discount: f64) -> f64 {
        Bdw::discounted_renewals(&self.theta, made, discount.max(1e-5))
    }

    /// `Σ S(j) / S(n) (1+d)^-(j-n-1)` over `j > n`, as a function of the
    /// parameters.
    pub fn discounted_renewals<S: Scalar>(theta: &[S; 3], made: u32, discount: f64) -> S {
        let (start, step) = (ln_survival(theta, made), discount.ln_1p());
        let mut sum = S::constant(0.0);
        for j in 0..MOST_PERIODS {
            let stayed = ln_survival(theta, made.saturating_add(j + 1)) - start;
            // Survivors cannot grow; where rounding says so they stay.
            let stayed = if stayed.value() < 0.0 { stayed } else { S::constant(0.0) };
            let term = (stayed - step * f64::from(j)).exp();
            sum = sum + term;
            // What is left is below this term over the discount.
            if term.value() < 1e-15 * sum.value() * discount.min(1.0) {
                break;
            }
        }
        sum
    }

    /// Draws renewals made before leaving, at most `most`; `true` if the
    /// contract ended.
    pub fn simulate(&self, most: u32, chance: &mut impl Chance) -> (u32, bool) {
        let [alpha, beta, c] = self.theta;
        let stay = (-chance.beta(alpha, beta)).ln_1p();
        // Survives t while U < (1-θ)^(t^c).
        let periods = (chance.uniform().ln() / stay).powf(1.0 / c).floor();
        if periods < f64::from(most) { (periods as u32, true) } else { (most, false) }
    }
}

/// `ln S(t) = ln B(α, β + t^c) - ln B(α, β)`, as a difference of two rising
/// factorials of real length: of length `t^c` while that is the smaller, else
/// of length α, so that neither grows beyond what it contributes.
fn ln_survival<S: Scalar>(theta: &[S; 3], t: u32) -> S {
    if t == 0 {
        return S::constant(0.0);
    }
    let [alpha, beta, c] = *theta;
    let log = c * f64::from(t).ln();
    // Beyond e^500 periods of a clock nothing changes that a float could hold.
    let length = if log.value() < 500.0 { log.exp() } else { S::constant(500f64.exp()) };
    let survived = if length.value() < alpha.value() {
        rising(beta, length) - rising(alpha + beta, length)
    } else {
        rising(beta, alpha) - rising(beta + length, alpha)
    };
    if survived.value() < 0.0 { survived } else { S::constant(0.0) }
}

/// `ln Γ(a + n) - ln Γ(a)` with both arguments free.
fn rising<S: Scalar>(a: S, n: S) -> S {
    let [value, first, second] = ln_rising(a.value(), n.value());
    let end = a.value() + n.value();
    let tri = trigamma(end);
    S::lift(value, [first, digamma(end)], [[second, tri], [tri, tri]], [a, n])
}

impl Model for Bdw {
    type Base = Contracts;

    fn form(&self) -> Form {
        Form::plain("bdw")
    }

    fn of_form(form: &Form) -> Option<Bdw> {
        (form.model == "bdw").then_some(Bdw { theta: [1.0; 3] })
    }

    fn parameters(&self) -> Vec<f64> {
        self.theta.to_vec()
    }

    fn with_parameters(&self, values: &[f64]) -> Result<Bdw, ParameterError> {
        Ok(Bdw { theta: checked(&NAMES, values)? })
    }

    fn problem<'a>(&self, base: &'a Contracts) -> Problem<'a> {
        let loss = base.crude_loss();
        let start = |weight: f64, c: f64| [loss * weight, (1.0 - loss) * weight, c];
        let starts = [start(3.0, 1.0), start(1.0, 1.4), start(10.0, 0.8), start(0.5, 1.8)];
        Problem::positive(&NAMES, [1.0; 3], &starts, base.customers(), |theta| likelihood(theta, base))
    }

    fn refuse(&self, base: &Contracts) -> Option<FitError> {
        let periods = base.lost.iter().filter(|n| **n > 0.0).count();
        (!base.varied() || periods < 2).then_some(FitError::TooLittleVariety)
    }
}

/// `Σ lost_t ln[S(t-1) - S(t)] + Σ kept_t ln S(t)`.
fn likelihood(theta: &[Jet<3>; 3], base: &Contracts) -> Jet<3> {
    let mut total = Jet::ZERO;
    let mut before = Jet::constant(0.0);
    for t in 0..base.lost.len().max(base.kept.len()) {
        if let Some(kept) = base.kept.get(t) {
            total.add_scaled(&before, *kept);
        }
        let after = ln_survival(theta, t as u32 + 1);
        if let Some(lost) = base.lost.get(t).filter(|n| **n > 0.0) {
            total.add_scaled(&(before + (-(after - before).exp_m1()).ln()), *lost);
        }
        before = after;
    }
    total
}
