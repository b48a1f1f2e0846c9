//! The likelihood and the answers of the beta-geometric family, shared by its
//! three named models.
//!
//! A fit of a million customers spends its time in `poisson_run`, so that
//! loop is written by hand. Within customers of the same frequency only three
//! inputs vary the likelihood (the shape, the scale, and the log-odds
//! constant), and nine sums describe it to second order; the chain rule to
//! the four parameters is applied once per frequency, not once per customer.
//!
//! Everything else is generic and short.

use crate::customer::History;
use crate::customers::{Cell, Customers};
use crate::discounting::{discounted, discounted_decay};
use crate::fit_error::FitError;
use crate::geometric::{Family, four, purchases_until_left};
use crate::number::{Jet, Scalar};
use crate::problem::Problem;
use crate::purchases::Score;
use crate::question::Ask;
use crate::special::{beta_mean, logistic, softplus};
use crate::sum::{ByFrequency, over_cells, runs};
use crate::ticks;

/// Names of the parameters, in order.
pub(crate) const NAMES: [&str; 4] = ["r", "alpha", "a", "b"];

/// The likelihood of a base as a problem in the four parameters.
pub(crate) fn problem(family: Family, base: &Customers) -> Problem<'_> {
    let (rate, age) = crude_rate(base);
    let k = f64::from(family.k);
    // r of the negative binomial by moments, clipped; then fixed points around common answers.
    let r = moment_shape(base).clamp(0.05, 5.0);
    let starts = [
        [r, r / (rate * k), 0.8, 2.0],
        [0.5, 0.5 / (rate * k), 0.3, 2.0],
        [1.0, 0.5 / (rate * k), 1.5, 3.0],
        [3.0, 3.0 / (rate * k), 0.1, 1.0],
    ];
    let constant = if family.k > 1 { gap_constant(family.k, base) } else { 0.0 };
    Problem::positive(&NAMES, [1.0, age, 1.0, 1.0], &starts, base.len(), move |theta| {
        likelihood(family, theta, base.cells()) + constant
    })
}

/// Repeat purchases per time, and the mean age: the crude numbers behind
/// every start.
pub(crate) fn crude_rate(base: &Customers) -> (f64, f64) {
    let time: f64 = base.cells().iter().map(|c| f64::from(c.count) * c.age).sum();
    let time = time.max(f64::MIN_POSITIVE);
    (base.purchases().max(1) as f64 / time, time / base.len() as f64)
}

/// The shape of a gamma mixture from mean and variance of the counts.
pub(crate) fn moment_shape(base: &Customers) -> f64 {
    let n = base.len() as f64;
    let mean = base.purchases() as f64 / n;
    let square: f64 = base
        .cells()
        .iter()
        .map(|c| f64::from(c.count) * (f64::from(c.frequency) - mean).powi(2))
        .sum::<f64>()
        / n;
    if square > mean { mean * mean / (square - mean) } else { 5.0 }
}

/// The part of the CNBD likelihood that holds no parameter:
/// `(k-1) Σ ln gap - x ln (k-1)!`.
fn gap_constant(k: u32, base: &Customers) -> f64 {
    let x = base.purchases() as f64;
    base.ln_gaps.map_or(0.0, |gaps| f64::from(k - 1) * gaps - x * libm::lgamma(f64::from(k)))
}

/// Why a base cannot carry the family.
pub(crate) fn refuse(base: &Customers) -> Option<FitError> {
    if base.cells().iter().all(|c| c.age == 0.0) {
        return Some(FitError::NoTimeObserved);
    }
    (base.purchases() == 0).then_some(FitError::NoRepeatPurchases)
}

/// `Σ ln L`: what depends on the frequency alone from a table, the rest cell
/// by cell.
fn likelihood(family: Family, theta: &[Jet<4>; 4], cells: &[Cell]) -> Jet<4> {
    let table = ByFrequency::new(cells, |x| Share::new(family, theta, f64::from(x)));
    over_cells(cells, |part| {
        let mut total = Jet::ZERO;
        for (x, run) in runs(part) {
            let share = table.at(x);
            let count: f64 = run.iter().map(|c| f64::from(c.count)).sum();
            total.add_scaled(&share.alone, count);
            total.add_scaled(
                &if family.k == 1 { poisson_run(theta, share, run) } else { tick_run(family, theta, run) },
                1.0,
            );
        }
        total
    })
}

/// What every customer of one frequency shares.
struct Share {
    /// The terms without times.
    alone: Jet<4>,
    /// `ln` of a over the purchases survived; `None` if leaving was
    /// impossible.
    left: Option<Jet<4>>,
    /// Repeat purchases.
    x: f64,
}

impl Share {
    /// `ln Γ(r+kx)/Γ(r) + r ln α + ln B(a, b+x')/B(a, b)`, and the log-odds
    /// constant.
    fn new(family: Family, theta: &[Jet<4>; 4], x: f64) -> Share {
        let [r, alpha, a, b] = *theta;
        let survived = x + family.survived();
        let alone =
            r.ln_rising(x * f64::from(family.k)) + r * alpha.ln() + Family::ln_survive(theta, survived);
        let left = (survived > 0.0).then(|| a.ln() - (b + (survived - 1.0)).ln());
        Share { alone, left, x }
    }
}

/// The timed part for a Poisson clock, derivatives by hand in `r`, `α` and
/// the log-odds constant.
///
/// `-(r+x) ln(α+T) + ln(1 + exp(w))`, `w = g + (r+x) ln[(α+T)/(α+t_x)]`
/// (Fader, Hardie & Lee 2005, eq. 6). Only three of the inputs vary within a
/// run, so nine sums are kept and joined to the chain rule once; this loop is
/// where a fit spends its time.
fn poisson_run(theta: &[Jet<4>; 4], share: &Share, run: &[Cell]) -> Jet<4> {
    let [r, alpha] = [theta[0], theta[1]];
    let (n, al) = (r.value() + share.x, alpha.value());
    let odds = share.left.map_or(f64::NEG_INFINITY, |g| g.value());
    let (mut value, mut first, mut second) = (0.0, [0.0; 3], [0.0; 6]);
    for cell in run {
        let m = f64::from(cell.count);
        let (up, low) = (1.0 / (al + cell.age), 1.0 / (al + cell.recency));
        let log_up = (al + cell.age).ln();
        let mut term = [-n * log_up, -log_up, -n * up];
        let mut curve = [0.0, -up, n * up * up, 0.0, 0.0, 0.0];
        if odds > f64::NEG_INFINITY {
            let y = ((cell.age - cell.recency) * low).ln_1p();
            let w = odds + n * y;
            let (p, q) = (logistic(w), logistic(-w));
            let (slope, pq) = (n * (up - low), p * q);
            term = [term[0] + softplus(w), term[1] + p * y, term[2] + p * slope];
            curve = [
                pq * y * y,
                curve[1] + pq * y * slope + p * (up - low),
                curve[2] + pq * slope * slope + p * n * (low * low - up * up),
                pq * y,
                pq * slope,
                pq,
            ];
            first[2] += m * p;
        }
        value += m * term[0];
        first[0] += m * term[1];
        first[1] += m * term[2];
        for (sum, c) in second.iter_mut().zip(curve) {
            *sum += m * c;
        }
    }
    let [rr, ra, aa, rg, ag, gg] = second;
    let g = share.left.unwrap_or(Jet::ZERO);
    Jet::lift(value, first, [[rr, ra, rg], [ra, aa, ag], [rg, ag, gg]], [r, alpha, g])
}

/// The timed part for a clock of several ticks per purchase, on jets.
fn tick_run(family: Family, theta: &[Jet<4>; 4], run: &[Cell]) -> Jet<4> {
    let [r, alpha, ..] = *theta;
    let mut total = Jet::ZERO;
    for cell in run {
        let who = cell.history();
        let shape = r + who.x * f64::from(family.k);
        let active = family.phases(theta, &who).total.ln() - shape * (alpha + who.age).ln();
        let term = family.ln_odds_left(theta, &who).map_or(active, |odds| active + odds.softplus());
        total.add_scaled(&term, f64::from(cell.count));
    }
    total
}

/// The answer of the family to any question.
pub(crate) fn solve<S: Scalar>(family: Family, theta: &[S], ask: &Ask, who: &History) -> S {
    match *ask {
        Ask::Active(after) => family.active(theta, who) * family.staying(theta, who, after),
        Ask::Expected(from, to) if from <= 0.0 => family.active(theta, who) * made(family, theta, who, to),
        Ask::Expected(from, to) => {
            family.active(theta, who) * made_between(family, theta, who, from, to.max(from))
        }
        Ask::Newcomer(time) => newcomer(family, theta, time),
        Ask::Count(n, time) => ticks::probability_of_count(family, theta, n, time),
        Ask::Discounted(horizon, rate) => {
            family.active(theta, who) * valued(family, theta, who, horizon, rate)
        }
    }
}

/// Purchases within a time of a customer known to be active.
fn made<S: Scalar>(family: Family, theta: &[S], who: &History, time: f64) -> S {
    if family.k > 1 {
        return ticks::expected(family, theta, who, time);
    }
    let [r, alpha, ..] = four(theta);
    let (a, b) = family.posterior(theta, who);
    purchases_until_left(r + who.x, a, b, (alpha + who.age).recip() * time)
}

/// Purchases of an active customer between two times from now, from positive
/// terms.
///
/// Given p the expectation is `(1/p) [(1+pτ₁)^-n - (1+pτ₂)^-n]`; subtracting
/// two expectations would lose a short window that lies far ahead.
fn made_between<S: Scalar>(family: Family, theta: &[S], who: &History, from: f64, to: f64) -> S {
    if family.k > 1 {
        let difference = made(family, theta, who, to) - made(family, theta, who, from);
        return if difference.value() > 0.0 { difference } else { S::constant(0.0) };
    }
    let [r, alpha, ..] = four(theta);
    let (a, b) = family.posterior(theta, who);
    let (n, reach) = (r + who.x, (alpha + who.age).recip());
    let scale = 1.0 / (n.value() * reach.value() * to).max(1.0);
    beta_mean(a, b, scale, |p, _| {
        let stayed = (reach * p * from).ln_1p();
        let window = ((reach * p * (to - from)) / (reach * p * from + 1.0)).ln_1p();
        (-(n * stayed)).exp() * -(-(n * window)).exp_m1() / p
    })
}

/// Discounted purchases of an active customer.
///
/// Given p an active customer buys at the rate
/// `n/(α+T) (1 + pu/(α+T))^-(n+1)` a time u from now, a power law; its
/// discounted integral is averaged over the posterior of p. Up to a horizon
/// that is not far, the expectation has a short series, and a few dozen of
/// them integrated by parts cost less.
fn valued<S: Scalar>(family: Family, theta: &[S], who: &History, horizon: f64, rate: f64) -> S {
    let [r, alpha, ..] = four(theta);
    let reach = alpha + who.age;
    let near = horizon < 8.0 * reach.value();
    if family.k > 1 || near {
        return discounted(horizon, rate, reach.value().min(1e9), |u| made(family, theta, who, u));
    }
    let (a, b) = family.posterior(theta, who);
    let n = r + who.x;
    let scale = (reach.value() * rate / n.value().max(1.0)).min(1.0) * 1e-3;
    n / reach * beta_mean(a, b, scale, |p, _| discounted_decay(n + 1.0, reach / p, rate, horizon))
}

/// Repeat purchases of a newcomer; one who may leave at the first purchase
/// does so first.
fn newcomer<S: Scalar>(family: Family, theta: &[S], time: f64) -> S {
    let [_, _, a, b] = four(theta);
    let stayed = made(family, theta, &crate::purchases::NOBODY, time);
    if family.at_start { stayed * b / (a + b) } else { stayed }
}

/// Both numbers of a score, the probability computed once.
pub(crate) fn score(family: Family, theta: &[f64], who: &History, horizon: f64) -> Score {
    let active = family.active(theta, who);
    Score { active, expected: active * made(family, theta, who, horizon) }
}
