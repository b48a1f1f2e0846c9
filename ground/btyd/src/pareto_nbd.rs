//! The Pareto/NBD model: Poisson buying, and an exponential lifetime.
//!
//! The oldest of the models and still the reference. Leaving is a matter of
//! time alone: an exponential clock of unknown rate runs beside the
//! purchases. Silence therefore counts against everybody, one-time buyers
//! included, in proportion to how often they used to buy.
//!
//! Estimates of `s` and `beta` are strongly correlated, since a fast-leaving
//! minority and a slowly-leaving majority look alike for a long time.
//! Forecasts are far better known than these two parameters; use
//! [`Fit::profile`](crate::Fit::profile) before reading anything into them.

use crate::beta_geometric::{crude_rate, moment_shape, refuse};
use crate::chance::Chance;
use crate::customer::History;
use crate::customers::Cell;
use crate::discounting::discounted_decay;
use crate::fit_error::{FitError, ParameterError, checked};
use crate::geometric::{complement, four};
use crate::lanes::LANES;
use crate::leaving_integral::{Odds, active_wide, ln_odds};
use crate::model::{Fit, Form, Model};
use crate::number::{Jet, Scalar};
use crate::problem::Problem;
use crate::purchases::{Purchases, Score, Simulated};
use crate::question::Ask;
use crate::special::{exp_m1_wide, ln_1p_wide, logistic, panels, softplus};
use crate::sum::{ByFrequency, over_cells, runs};
use crate::{Customers, Unit};

pub(crate) const NAMES: [&str; 4] = ["r", "alpha", "s", "beta"];

/// The Pareto / negative binomial model of Schmittlein, Morrison & Colombo
/// (1987), Counting your customers, Management Science 33:1-24.
///
/// Assumptions: while active a customer buys as a Poisson process of rate λ,
/// gamma(r, α) over customers; the time until leaving is exponential of rate
/// μ, gamma(s, β) over customers; λ and μ are independent.
///
/// Unlike in the [`BgNbd`](crate::BgNbd), leaving needs no purchase, so
/// one-time buyers fade too.
///
/// ```
/// use btyd::{Customer, ParetoNbd, Purchases, Span, Unit};
/// let model = ParetoNbd::new(Unit::Week, [0.55, 10.58, 0.61, 11.67]).unwrap();
/// // A very frequent buyer, on whom textbook code overflows.
/// let customer = Customer::new(133, Span::weeks(200.0), Span::weeks(200.0)).unwrap();
/// let expected = model.expected_purchases(&customer, Span::weeks(10.0));
/// assert!((expected - 6.252872247574811).abs() < 1e-12);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ParetoNbd {
    unit: Unit,
    theta: [f64; 4],
}

impl ParetoNbd {
    /// The model with parameters `[r, alpha, s, beta]`; `alpha` and `beta`
    /// are times in the given unit.
    pub fn new(unit: Unit, parameters: [f64; 4]) -> Result<ParetoNbd, ParameterError> {
        Ok(ParetoNbd { unit, theta: checked(&NAMES, &parameters)? })
    }

    /// The maximum-likelihood model of a base, in the unit of the base.
    pub fn fit(base: &Customers) -> Result<Fit<ParetoNbd>, FitError> {
        ParetoNbd::of(base.unit(), [1.0; 4]).refit(base)
    }

    /// The model of parameters known to be allowed.
    pub(crate) fn of(unit: Unit, theta: [f64; 4]) -> ParetoNbd {
        ParetoNbd { unit, theta }
    }
}

impl Model for ParetoNbd {
    type Base = Customers;

    fn form(&self) -> Form {
        Form::timed("pareto-nbd", self.unit)
    }

    fn of_form(form: &Form) -> Option<ParetoNbd> {
        Some(ParetoNbd { unit: form.unit_of("pareto-nbd")?, theta: [1.0; 4] })
    }

    fn parameters(&self) -> Vec<f64> {
        self.theta.to_vec()
    }

    fn with_parameters(&self, values: &[f64]) -> Result<ParetoNbd, ParameterError> {
        Ok(ParetoNbd { unit: self.unit, theta: checked(&NAMES, values)? })
    }

    fn problem<'a>(&self, base: &'a Customers) -> Problem<'a> {
        let (rate, age) = crude_rate(base);
        let r = moment_shape(base).clamp(0.05, 5.0);
        let starts = [
            [r, r / (1.5 * rate), 0.6, 0.4 * age],
            [0.5, 0.5 / (2.0 * rate), 0.5, 0.3 * age],
            [1.0, 1.0 / (2.0 * rate), 1.0, age],
            [2.0, 2.0 / (1.2 * rate), 0.3, 3.0 * age],
        ];
        Problem::positive(&NAMES, [1.0, age, 1.0, age], &starts, base.len(), |theta| {
            likelihood(theta, base.cells())
        })
    }

    fn refuse(&self, base: &Customers) -> Option<FitError> {
        refuse(base)
    }
}

/// `Σ ln L` (Fader & Hardie 2005, A note on deriving the Pareto/NBD model,
/// eq. 18).
fn likelihood(theta: &[Jet<4>; 4], cells: &[Cell]) -> Jet<4> {
    let [r, alpha, s, beta] = *theta;
    let scales = r * alpha.ln() + s * beta.ln();
    let table = ByFrequency::new(cells, |x| r.ln_rising(f64::from(x)) + scales);
    let values = theta.map(Scalar::value);
    over_cells(cells, |part| {
        let mut total = Jet::ZERO;
        for (x, run) in runs(part) {
            let count: f64 = run.iter().map(|c| f64::from(c.count)).sum();
            total.add_scaled(table.at(x), count);
            for cell in run {
                total.add_scaled(&timed(&values, &cell.history()), f64::from(cell.count));
            }
        }
        total
    })
}

/// `-(r+x) ln(α+T) - s ln(β+T) + ln(1 + odds)`, derivatives by hand: the
/// inner loop of a fit.
fn timed(theta: &[f64; 4], who: &History) -> Jet<4> {
    let [r, alpha, s, beta] = *theta;
    let n = r + who.x;
    let (la, lb) = ((alpha + who.age).ln(), (beta + who.age).ln());
    let (ua, ub) = (1.0 / (alpha + who.age), 1.0 / (beta + who.age));
    let mut value = -n * la - s * lb;
    let mut gradient = [-la, -n * ua, -lb, -s * ub];
    let mut hessian = [[0.0; 4]; 4];
    hessian[0][1] = -ua;
    hessian[1][0] = -ua;
    hessian[1][1] = n * ua * ua;
    hessian[2][3] = -ub;
    hessian[3][2] = -ub;
    hessian[3][3] = s * ub * ub;
    if let Some(odds) = Odds::at(theta, who) {
        let (p, q) = (logistic(odds.value), logistic(-odds.value));
        value += softplus(odds.value);
        for i in 0..4 {
            gradient[i] += p * odds.gradient[i];
            for j in 0..4 {
                hessian[i][j] += p * odds.hessian[i][j] + p * q * odds.gradient[i] * odds.gradient[j];
            }
        }
    }
    Jet::new(value, gradient, hessian)
}

impl Purchases for ParetoNbd {
    fn unit(&self) -> Unit {
        self.unit
    }

    fn solve<S: Scalar>(&self, theta: &[S], ask: &Ask, who: &History) -> S {
        match *ask {
            Ask::Active(after) => active(theta, who) * staying(theta, who, after),
            Ask::Expected(from, to) => active(theta, who) * made(theta, who, from, to.max(from)),
            Ask::Newcomer(time) => made(theta, &crate::purchases::NOBODY, 0.0, time),
            Ask::Count(n, time) => probability_of_count(theta, n, time),
            Ask::Discounted(horizon, rate) => active(theta, who) * valued(theta, who, horizon, rate),
        }
    }

    fn score_one(&self, theta: &[f64], who: &History, horizon: f64) -> Score {
        let odds = Odds::value(&[theta[0], theta[1], theta[2], theta[3]], who);
        let active = odds.map_or(1.0, |odds| logistic(-odds));
        Score { active, expected: active * made(theta, who, 0.0, horizon) }
    }

    fn score_lanes(&self, theta: &[f64], who: &[History; LANES], horizon: f64) -> [Score; LANES] {
        let [r, alpha, s, beta] = four(theta);
        let active = active_wide(&[r, alpha, s, beta], who);
        let rest = ln_1p_wide(who.map(|who| horizon / (beta + who.age))).map(|rest| -rest);
        let fading = exp_m1_wide(rest.map(|rest| (s - 1.0) * rest));
        std::array::from_fn(|i| {
            let near_one = ((s - 1.0) * rest[i]).abs() <= 1e-3;
            let whole = if near_one { complement(s - 1.0, rest[i]) } else { -fading[i] / (s - 1.0) };
            let made = (r + who[i].x) / (alpha + who[i].age) * (beta + who[i].age) * whole;
            Score { active: active[i], expected: active[i] * made }
        })
    }

    fn simulate(&self, age: f64, future: f64, chance: &mut impl Chance) -> Simulated {
        let [r, alpha, s, beta] = self.theta;
        let ln_rate = chance.ln_gamma(r) - alpha.ln();
        let life = (chance.exponential().ln() - chance.ln_gamma(s) + beta.ln()).exp();
        let mut one = Simulated { frequency: 0, recency: 0.0, future: 0, active: life > age, ln_gaps: 0.0 };
        let mut clock = 0.0;
        for _ in 0..1_000_000 {
            let gap = (chance.exponential().ln() - ln_rate).exp();
            clock += gap;
            if clock > life.min(age + future) {
                break;
            }
            if clock <= age {
                one.frequency += 1;
                one.recency = clock;
                one.ln_gaps += gap.max(f64::MIN_POSITIVE).ln();
            } else {
                one.future += 1;
            }
        }
        one
    }
}

/// The probability of being active at the end of observation: one over one
/// plus the odds of having left.
fn active<S: Scalar>(theta: &[S], who: &History) -> S {
    ln_odds(theta, who).map_or(S::constant(1.0), |odds| (-odds).logistic())
}

/// The probability that an active customer stays so: `((β+T) / (β+T+t))^s`.
fn staying<S: Scalar>(theta: &[S], who: &History, after: f64) -> S {
    if after <= 0.0 {
        return S::constant(1.0);
    }
    let [_, _, s, beta] = four(theta);
    (-(s * ((beta + who.age).recip() * after).ln_1p())).exp()
}

/// Purchases of an active customer between two times from now (Fader & Hardie
/// 2005, A note on deriving the Pareto/NBD model, eq. 41).
///
/// `(r+x)/(α+T) ∫ ((β+T)/(β+T+u))^s du`; the integral is
/// `w (1 - (w/(w+t))^(s-1)) / (s-1)` with `w = β+T+from`, written so that it
/// passes through `s = 1`.
fn made<S: Scalar>(theta: &[S], who: &History, from: f64, to: f64) -> S {
    let [r, alpha, s, beta] = four(theta);
    let start = beta + (who.age + from);
    let rest = -(start.recip() * (to - from)).ln_1p();
    (r + who.x) / (alpha + who.age) * staying(theta, who, from) * start * complement(s - 1.0, rest)
}

/// Discounted purchases of an active customer (Fader, Hardie & Lee 2005, JMR,
/// eq. 2 of the working paper, for no horizon).
fn valued<S: Scalar>(theta: &[S], who: &History, horizon: f64, rate: f64) -> S {
    let [r, alpha, s, beta] = four(theta);
    (r + who.x) / (alpha + who.age) * discounted_decay(s, beta + who.age, rate, horizon)
}

/// `P(X(t) = n)` for a newcomer: still active with n purchases, or left at u
/// having made n.
///
/// The closed form (Fader & Hardie 2005, note, eq. 16) alternates; the
/// integral over the time of leaving has positive terms only.
fn probability_of_count<S: Scalar>(theta: &[S], purchases: u32, time: f64) -> S {
    let [r, alpha, s, beta] = four(theta);
    let n = f64::from(purchases);
    if time <= 0.0 {
        return S::constant(if purchases == 0 { 1.0 } else { 0.0 });
    }
    let count = |u: S| {
        let odds = u / alpha;
        let tail = if purchases == 0 {
            S::constant(0.0)
        } else {
            (odds / (odds + 1.0)).ln() * n + r.ln_rising(n) - libm::lgamma(n + 1.0)
        };
        (tail - r * odds.ln_1p()).exp()
    };
    let near = if alpha.value() < beta.value() { alpha } else { beta };
    let width = (near.recip() * time).ln_1p();
    let pieces = (width.value() / 0.7 + n / 6.0).ceil().clamp(1.0, 400.0) as usize;
    let mut left = S::constant(0.0);
    panels(0.0, 1.0, pieces, |share, weight| {
        let y = width * share;
        let u = near * y.exp_m1();
        // Density of leaving at u, times du/dy.
        let density = s / beta * (-((s + 1.0) * (u / beta).ln_1p())).exp() * (u + near);
        left = left + count(u) * density * weight;
    });
    count(S::constant(time)) * staying(theta, &crate::purchases::NOBODY, time) + left * width
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ticks::Ticks;

    /// With leaving switched off the count is negative binomial.
    #[test]
    fn without_leaving_counts_are_negative_binomial() {
        let theta = [0.5, 10.0, 1e-9, 10.0];
        let ticks = Ticks::new(0.5, 10.0, 39.0, 5);
        for n in 0..5 {
            let got = probability_of_count(&theta, n, 39.0);
            assert!((got - ticks.between(n as usize, n as usize + 1)).abs() < 1e-8);
        }
    }
}
