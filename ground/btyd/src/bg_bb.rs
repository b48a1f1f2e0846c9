//! The BG/BB model: buying or not at each of a series of occasions, for those
//! who have not left.
//!
//! Where occasions are few and fixed, counting is enough: no rates, no clock.
//! The model is the BG/NBD's idea in whole steps, with a coin for leaving
//! before each occasion and another for taking it.

use rayon::prelude::*;

use crate::attendance::{Attendance, Attendances};
use crate::chance::Chance;
use crate::fit_error::{FitError, ParameterError, checked};
use crate::model::{Fit, Form, Model};
use crate::number::{Jet, Scalar};
use crate::problem::Problem;
use crate::special::{gauss_unit, ln_rising};

const NAMES: [&str; 4] = ["alpha", "beta", "gamma", "delta"];

/// The beta-geometric / beta-Bernoulli model of Fader, Hardie & Shang (2010),
/// Customer-base analysis in a discrete-time noncontractual setting,
/// Marketing Science 29:1086-1108.
///
/// Assumptions: at each occasion (a season, a yearly appeal) a customer who
/// is active buys with probability p; before each occasion an active customer
/// leaves with probability θ; p is beta(α, β), θ is beta(γ, δ) over
/// customers, independent.
///
/// ```
/// use btyd::{BgBb, Attendance};
/// let model = BgBb::new([1.203507, 0.7497667, 0.6567568, 2.783887]).unwrap();
/// let seen = Attendance::new(4, 5, 6).unwrap();
/// assert!((model.expected_purchases(&seen, 10) - 3.62794311689805899).abs() < 1e-12);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct BgBb {
    theta: [f64; 4],
}

impl BgBb {
    /// The model with parameters `[alpha, beta, gamma, delta]`.
    pub fn new(parameters: [f64; 4]) -> Result<BgBb, ParameterError> {
        Ok(BgBb { theta: checked(&NAMES, &parameters)? })
    }

    /// The maximum-likelihood model of a base.
    pub fn fit(base: &Attendances) -> Result<Fit<BgBb>, FitError> {
        BgBb { theta: [1.0; 4] }.refit(base)
    }

    /// The probability of being active `ahead` occasions from now; 1 is the
    /// next (eq. A10).
    pub fn probability_active(&self, seen: &Attendance, ahead: u32) -> f64 {
        BgBb::active(&self.theta, seen, ahead)
    }

    /// Purchases to expect over the next `occasions` (eq. 13).
    pub fn expected_purchases(&self, seen: &Attendance, occasions: u32) -> f64 {
        BgBb::expected(&self.theta, seen, occasions)
    }

    /// Purchases to expect from now on, discounted by `discount` per occasion.
    pub fn discounted_purchases(&self, seen: &Attendance, discount: f64) -> f64 {
        BgBb::discounted(&self.theta, seen, discount.max(1e-9))
    }

    /// Purchases to expect of a newcomer over `occasions`.
    pub fn expected_of_newcomer(&self, occasions: u32) -> f64 {
        BgBb::expected(&self.theta, &Attendance { frequency: 0, recency: 0, occasions: 0 }, occasions)
    }

    /// The probability that a newcomer buys exactly `purchases` times in
    /// `occasions` (eq. 7).
    pub fn probability_of_count(&self, purchases: u32, occasions: u32) -> f64 {
        if purchases > occasions {
            return 0.0;
        }
        let [alpha, beta, gamma, delta] = self.theta;
        let choose = |n: u32| {
            ln_rising(f64::from(n - purchases) + 1.0, f64::from(purchases))[0]
                - libm::lgamma(f64::from(purchases) + 1.0)
        };
        let bought = |n: u32| choose(n) + ln_bought(&[alpha, beta], purchases, n);
        let there = |n: u32| ln_there(&[gamma, delta], n);
        let mut sum = (bought(occasions) + there(occasions)).exp();
        for i in purchases..occasions {
            let left = gamma / (gamma + delta + f64::from(i));
            sum += (bought(i) + there(i)).exp() * left;
        }
        sum
    }

    /// [`probability_active`](BgBb::probability_active) as a function of the
    /// parameters.
    pub fn active<S: Scalar>(theta: &[S; 4], seen: &Attendance, ahead: u32) -> S {
        let path = Path::new(theta, seen);
        let stay = ln_stay(theta, seen.occasions, ahead);
        path.there / path.total * stay.exp()
    }

    /// [`expected_purchases`](BgBb::expected_purchases) as a function of the
    /// parameters: a sum of positive terms, which passes through γ = 1 where
    /// the closed form divides by zero.
    pub fn expected<S: Scalar>(theta: &[S; 4], seen: &Attendance, occasions: u32) -> S {
        let [alpha, beta, gamma, delta] = *theta;
        let path = Path::new(theta, seen);
        let n = f64::from(seen.occasions);
        let buy = (alpha + f64::from(seen.frequency)) / (alpha + beta + n);
        let (mut stay, mut sum) = (S::constant(1.0), S::constant(0.0));
        for j in 0..occasions {
            let m = n + f64::from(j);
            stay = stay * (delta + m) / (gamma + delta + m);
            sum = sum + stay;
        }
        path.there / path.total * buy * sum
    }

    /// [`discounted_purchases`](BgBb::discounted_purchases) as a function of
    /// the parameters: one `2F1(1, δ+n+1; γ+δ+n+1; 1/(1+d))` per number of
    /// occasions.
    pub fn discounted<S: Scalar>(theta: &[S; 4], seen: &Attendance, discount: f64) -> S {
        let [alpha, beta, gamma, delta] = *theta;
        let path = Path::new(theta, seen);
        let n = f64::from(seen.occasions);
        let buy = (alpha + f64::from(seen.frequency)) / (alpha + beta + n);
        let stay = (delta + n) / (gamma + delta + n);
        let z = S::constant(1.0 / (1.0 + discount));
        let sum = gauss_unit(delta + (n + 1.0), gamma, z);
        path.there / path.total * buy * stay * z * sum
    }

    /// Draws one customer over `occasions` and the purchases of the `future`
    /// ones after.
    pub fn simulate(&self, occasions: u32, future: u32, chance: &mut impl Chance) -> (Attendance, u32) {
        let (buy, leave) =
            (chance.beta(self.theta[0], self.theta[1]), chance.beta(self.theta[2], self.theta[3]));
        let mut seen = Attendance { frequency: 0, recency: 0, occasions };
        let mut later = 0;
        for occasion in 1..=occasions.saturating_add(future) {
            if chance.uniform() < leave {
                break;
            }
            if chance.uniform() < buy {
                if occasion <= occasions {
                    seen.frequency += 1;
                    seen.recency = occasion;
                } else {
                    later += 1;
                }
            }
        }
        (seen, later)
    }
}

/// `ln B(α+x, β+n-x) / B(α, β)`: the chance of buying at x given occasions
/// out of n.
fn ln_bought<S: Scalar>(shape: &[S; 2], x: u32, n: u32) -> S {
    let (x, n) = (f64::from(x), f64::from(n));
    shape[0].ln_rising(x) + shape[1].ln_rising(n - x) - (shape[0] + shape[1]).ln_rising(n)
}

/// `ln B(γ, δ+n) / B(γ, δ)`: the chance of not having left in n occasions.
fn ln_there<S: Scalar>(shape: &[S; 2], n: u32) -> S {
    shape[1].ln_rising(f64::from(n)) - (shape[0] + shape[1]).ln_rising(f64::from(n))
}

/// `ln B(γ, δ+n+m) / B(γ, δ+n)`.
fn ln_stay<S: Scalar>(theta: &[S; 4], n: u32, m: u32) -> S {
    let later = theta[3] + f64::from(n);
    later.ln_rising(f64::from(m)) - (theta[2] + later).ln_rising(f64::from(m))
}

/// The ways a customer can have come to this record, relative to being there
/// at the last purchase.
struct Path<S> {
    /// Still there after all occasions, not having bought since.
    there: S,
    /// All ways together.
    total: S,
    /// `ln` of what they are relative to.
    base: S,
}

impl<S: Scalar> Path<S> {
    /// One beta ratio, then multiplications: leaving before occasion
    /// `t_x + i + 1` has the chance of silence until then times
    /// `γ / (γ+δ+t_x+i)` (eq. 5).
    fn new(theta: &[S; 4], seen: &Attendance) -> Path<S> {
        let [alpha, beta, gamma, delta] = *theta;
        let last = f64::from(seen.recency);
        let missed = last - f64::from(seen.frequency);
        let base =
            ln_bought(&[alpha, beta], seen.frequency, seen.recency) + ln_there(&[gamma, delta], seen.recency);
        let (mut silent, mut left) = (S::constant(1.0), S::constant(0.0));
        for i in 0..seen.occasions - seen.recency {
            let i = f64::from(i);
            let asked = gamma + delta + (last + i);
            left = left + silent * gamma / asked;
            silent =
                silent * (beta + (missed + i)) / (alpha + beta + (last + i)) * (delta + (last + i)) / asked;
        }
        Path { there: silent, total: silent + left, base }
    }
}

impl Model for BgBb {
    type Base = Attendances;

    fn form(&self) -> Form {
        Form::plain("bg-bb")
    }

    fn of_form(form: &Form) -> Option<BgBb> {
        (form.model == "bg-bb").then_some(BgBb { theta: [1.0; 4] })
    }

    fn parameters(&self) -> Vec<f64> {
        self.theta.to_vec()
    }

    fn with_parameters(&self, values: &[f64]) -> Result<BgBb, ParameterError> {
        Ok(BgBb { theta: checked(&NAMES, values)? })
    }

    fn problem<'a>(&self, base: &'a Attendances) -> Problem<'a> {
        let share = (base.sum(|d| d.frequency) / base.sum(|d| d.occasions).max(1.0)).clamp(0.02, 0.9);
        let starts = [
            [1.0, 1.0, 0.7, 2.5],
            [share * 2.0, 2.0 * (1.0 - share), 0.5, 5.0],
            [0.5, 0.5, 1.0, 10.0],
            [3.0 * share, 3.0, 1.0, 1.0],
        ];
        let customers = base.cells.iter().map(|(_, n)| u64::from(*n)).sum();
        Problem::positive(&NAMES, [1.0; 4], &starts, customers, |theta| likelihood(theta, base))
    }

    fn refuse(&self, base: &Attendances) -> Option<FitError> {
        if base.sum(|d| d.frequency) == 0.0 {
            return Some(FitError::NoRepeatPurchases);
        }
        (base.cells.len() < 4).then_some(FitError::TooLittleVariety)
    }
}

/// `Σ ln L`, each cell by its path.
fn likelihood(theta: &[Jet<4>; 4], base: &Attendances) -> Jet<4> {
    let terms: Vec<Jet<4>> = base
        .cells
        .par_chunks(64)
        .map(|part| {
            let mut sum = Jet::ZERO;
            for (seen, count) in part {
                let path = Path::new(theta, seen);
                sum.add_scaled(&(path.base + path.total.ln()), f64::from(*count));
            }
            sum
        })
        .collect();
    let mut total = Jet::ZERO;
    for term in &terms {
        total.add_scaled(term, 1.0);
    }
    total
}
