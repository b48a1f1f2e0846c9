//! Counts of clock ticks: the negative binomial, and purchases of k ticks
//! each.
//!
//! With `k` ticks to a purchase the number of purchases is the number of
//! ticks divided by k, rounded down; all that is needed are the probabilities
//! of tick counts. Sums of these are exact and positive. The price is length:
//! a customer expected to tick ten thousand times needs a table of that size.

use crate::customer::History;
use crate::geometric::{Family, four};
use crate::number::Scalar;

/// Ticks considered at most; beyond, the probabilities left out are those of
/// a customer who buys tens of thousands of times within the horizon.
const MOST: usize = 20_000;

/// The probabilities of `0, 1, 2, ...` ticks, and of at least so many.
///
/// A Poisson clock whose rate is gamma(shape, α) ticks a negative binomial
/// number of times in a time t (Ehrenberg 1959). The recurrence starts at the mode, in logarithms, and runs both ways:
/// it can neither underflow as a whole nor grow. Tails are summed from the
/// far end, so small ones keep their digits.
pub(crate) struct Ticks<S> {
    exactly: Vec<S>,
    at_least: Vec<S>,
}

impl<S: Scalar> Ticks<S> {
    /// For a gamma posterior `(shape, rate)` and a time, tabulated at least
    /// up to `upto`.
    pub(crate) fn new(shape: S, rate: S, time: f64, upto: usize) -> Ticks<S> {
        let odds = rate.recip() * time;
        let (z, ln_rest) = (odds / (odds + 1.0), -odds.ln_1p());
        let mode = ((shape.value() - 1.0) * odds.value()).floor().max(0.0) as usize;
        let mode = mode.min(MOST - 1);
        let m = mode as f64;
        let start = if mode == 0 {
            shape * ln_rest
        } else {
            shape * ln_rest + z.ln() * m + shape.ln_rising(m) - libm::lgamma(m + 1.0)
        };
        let mut exactly = vec![S::constant(0.0); mode];
        exactly.push(start.exp());
        for i in (1..=mode).rev() {
            exactly[i - 1] = exactly[i] * (i as f64) / ((shape + (i as f64 - 1.0)) * z);
        }
        let floor = exactly[mode].value() * 1e-19;
        while exactly.len() < MOST {
            let i = exactly.len() - 1;
            let next = exactly[i] * (shape + i as f64) * z / (i as f64 + 1.0);
            if next.value() <= floor && i > upto {
                break;
            }
            exactly.push(next);
        }
        let mut at_least = exactly.clone();
        for i in (0..at_least.len() - 1).rev() {
            at_least[i] = at_least[i] + at_least[i + 1];
        }
        Ticks { exactly, at_least }
    }

    /// `P(N >= n)`.
    pub(crate) fn at_least(&self, n: usize) -> S {
        self.at_least.get(n).copied().unwrap_or(S::constant(0.0))
    }

    /// `P(from <= N < to)` as a sum of positive terms.
    pub(crate) fn between(&self, from: usize, to: usize) -> S {
        (from..to.min(self.exactly.len())).fold(S::constant(0.0), |sum, n| sum + self.exactly[n])
    }

    /// Number of entries.
    fn len(&self) -> usize {
        self.exactly.len()
    }
}

/// `P(X(t) = n)` for a newcomer of any beta-geometric model.
///
/// Either n purchases were made and none ended the relation, or the n-th one
/// did. For `k = 1` this is Fader, Hardie & Lee (2005), eq. 8; the tail there
/// is written as one minus a sum.
pub(crate) fn probability_of_count<S: Scalar>(family: Family, theta: &[S], purchases: u32, time: f64) -> S {
    let [r, alpha, a, b] = four(theta);
    let (k, n) = (family.k as usize, purchases as usize);
    if time <= 0.0 {
        return S::constant(if purchases == 0 { 1.0 } else { 0.0 });
    }
    let ticks = Ticks::new(r, alpha, time, (n + 1).saturating_mul(k).min(MOST - 2));
    let start = family.survived();
    let survive = Family::ln_survive(theta, n as f64 + start).exp();
    let stayed = survive * ticks.between(n.saturating_mul(k), (n + 1).saturating_mul(k));
    if n == 0 && !family.at_start {
        return stayed;
    }
    // Leaving at the n-th purchase after surviving those before: E[p (1-p)^(n-1+start)].
    let before = n as f64 - 1.0 + start;
    let leave = (Family::ln_survive(theta, before) + a.ln() - (a + b + before).ln()).exp();
    stayed + leave * if n == 0 { S::constant(1.0) } else { ticks.at_least(n.saturating_mul(k)) }
}

/// Purchases an active customer makes within `time`, for a clock of k ticks
/// per purchase.
///
/// The n-th purchase from now happens if the clock ticks `nk - j` times, j
/// ticks being behind, and no purchase before it ended the relation:
/// `Σ_j w_j Σ_n E[(1-p)^(n-1)] P(N_j >= nk - j)`, a sum of positive terms,
/// exact where the literature approximates (Reutterer, Platzer & Schröder
/// 2020, section 3.3).
pub(crate) fn expected<S: Scalar>(family: Family, theta: &[S], who: &History, time: f64) -> S {
    let mut sum = S::constant(0.0);
    if time <= 0.0 {
        return sum;
    }
    each_phase(family, theta, who, time, |weight, behind, ticks, keep| {
        let mut n = 1;
        let mut inner = S::constant(0.0);
        while n * family.k as usize - behind < ticks.len() {
            inner = inner + keep(n - 1) * ticks.at_least(n * family.k as usize - behind);
            n += 1;
        }
        sum = sum + weight * inner;
    });
    sum
}

/// The probability that an active customer is still active after `time`, k
/// ticks per purchase.
pub(crate) fn staying<S: Scalar>(family: Family, theta: &[S], who: &History, time: f64) -> S {
    let mut sum = S::constant(0.0);
    each_phase(family, theta, who, time, |weight, behind, ticks, keep| {
        let k = family.k as usize;
        let mut inner = ticks.between(0, k - behind);
        let mut n = 1;
        while n * k - behind < ticks.len() {
            inner = inner + keep(n) * ticks.between(n * k - behind, (n + 1) * k - behind);
            n += 1;
        }
        sum = sum + weight * inner;
    });
    // Weights and probabilities each sum to one only to rounding.
    if sum.value() < 1.0 { sum } else { S::constant(1.0) }
}

/// Runs over the ticks behind, with their probability, the ticks to come and
/// `E[(1-p)^n]`.
fn each_phase<S: Scalar>(
    family: Family,
    theta: &[S],
    who: &History,
    time: f64,
    mut visit: impl FnMut(S, usize, &Ticks<S>, &dyn Fn(usize) -> S),
) {
    let [r, alpha, ..] = four(theta);
    let (a, b) = family.posterior(theta, who);
    let phases = family.phases(theta, who);
    let shape = r + who.x * f64::from(family.k);
    let mut keep = vec![S::constant(1.0)];
    for (behind, weight) in phases.weights.iter().enumerate() {
        let ticks = Ticks::new(shape + behind as f64, alpha + who.age, time, 0);
        while keep.len() * (family.k as usize) < ticks.len() + 2 * family.k as usize {
            let n = keep.len() as f64 - 1.0;
            keep.push(keep[keep.len() - 1] * (b + n) / (a + b + n));
        }
        visit(*weight / phases.total, behind, &ticks, &|n| keep[n]);
    }
}
