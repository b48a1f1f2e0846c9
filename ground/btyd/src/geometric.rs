//! What the beta-geometric models share: a buyer may leave after any
//! purchase, with a probability of their own.
//!
//! In the geometric models leaving is tied to buying: after a purchase the
//! customer tosses a coin. The four models of the family differ in two
//! switches, how many clock ticks make a purchase and whether the coin is
//! tossed after the first one, so they share one set of formulas.
//!
//! The one difficult formula is the expectation of future purchases. Given
//! the rate λ and the coin p, an active customer makes `(1 - e^(-λpt)) / p`
//! purchases in a time t; the average over the posterior of λ is elementary,
//! the average over the posterior of p is a hypergeometric function.
//! `purchases_until_left` says how it is computed where.

use crate::chance::Chance;
use crate::customer::History;
use crate::number::Scalar;
use crate::purchases::Simulated;
use crate::special::beta_mean;

/// The family: `k` clock ticks make a purchase, and leaving may happen at the
/// first purchase too.
///
/// BG/NBD is `k = 1` without, MBG/NBD `k = 1` with a chance of leaving at
/// time zero, the CNBD models have `k > 1`. Given rate λ and leaving
/// probability p the clock ticks as a Poisson process; λ is gamma(r, α) and p
/// is beta(a, b) over customers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Family {
    /// Ticks per purchase.
    pub k: u32,
    /// Whether a customer may leave right after the first purchase.
    pub at_start: bool,
}

impl Family {
    /// Purchases survived besides the repeat ones: the first, if one may
    /// leave there.
    pub(crate) fn survived(self) -> f64 {
        if self.at_start { 1.0 } else { 0.0 }
    }

    /// `ln` of the odds of having left over being active, `None` if leaving
    /// was impossible.
    ///
    /// For `k = 1` this is `ln[a / (b+x-1)] + (r+x) ln[(α+T) / (α+t_x)]`
    /// (Fader, Hardie & Lee 2005, and their note on P(alive));
    /// with leaving at time zero `b+x`.
    pub(crate) fn ln_odds_left<S: Scalar>(self, theta: &[S], who: &History) -> Option<S> {
        let [r, alpha, a, b] = four(theta);
        if who.x == 0.0 && !self.at_start {
            return None;
        }
        let survived = b + (who.x - 1.0 + self.survived());
        let stretch = ((alpha + who.recency).recip() * (who.age - who.recency)).ln_1p();
        let odds = a.ln() - survived.ln() + (r + who.x * f64::from(self.k)) * stretch;
        Some(if self.k == 1 { odds } else { odds - self.phases(theta, who).total.ln() })
    }

    /// The probability of being active at the end of observation.
    pub(crate) fn active<S: Scalar>(self, theta: &[S], who: &History) -> S {
        self.ln_odds_left(theta, who).map_or(S::constant(1.0), |odds| (-odds).logistic())
    }

    /// How many ticks have passed since the last purchase, as weights over
    /// `0..k`.
    ///
    /// The survival of a k-tick wait is a sum of k positive terms
    /// `(r+kx)_j / j! ((T-t_x)/(α+T))^j` (Reutterer, Platzer & Schröder 2020,
    /// appendix).
    pub(crate) fn phases<S: Scalar>(self, theta: &[S], who: &History) -> Phases<S> {
        let [r, alpha, ..] = four(theta);
        let shape = r + who.x * f64::from(self.k);
        let share = (alpha + who.age).recip() * (who.age - who.recency);
        let mut weights = vec![S::constant(1.0)];
        for j in 1..self.k {
            let j = f64::from(j);
            let last = weights[weights.len() - 1];
            weights.push(last * (shape + (j - 1.0)) * share / j);
        }
        let total = weights.iter().skip(1).fold(weights[0], |sum, w| sum + *w);
        Phases { weights, total }
    }

    /// The probability of still being active a time `after` the end of
    /// observation, given active at it.
    ///
    /// For `k = 1` purchases that end the relation come at rate λp, so this
    /// is `E[(1 + p·after/(α+T))^-(r+x)]` over the posterior
    /// `p ~ Beta(a, b + x)`.
    pub(crate) fn staying<S: Scalar>(self, theta: &[S], who: &History, after: f64) -> S {
        if after <= 0.0 {
            return S::constant(1.0);
        }
        let [r, alpha, a, b] = four(theta);
        if self.k == 1 {
            let (shape, tau) = (r + who.x, (alpha + who.age).recip() * after);
            let scale = 1.0 / (shape.value() * tau.value()).max(1.0);
            return beta_mean(a, b + (who.x + self.survived()), scale, |p, _| {
                (-(shape * (tau * p).ln_1p())).exp()
            });
        }
        crate::ticks::staying(self, theta, who, after)
    }

    /// The posterior `(a, b)` of the leaving probability of a customer who is
    /// active.
    pub(crate) fn posterior<S: Scalar>(self, theta: &[S], who: &History) -> (S, S) {
        let [_, _, a, b] = four(theta);
        (a, b + (who.x + self.survived()))
    }

    /// `ln P` of not having left in `n` purchases: `B(a, b+n) / B(a, b)`.
    pub(crate) fn ln_survive<S: Scalar>(theta: &[S], n: f64) -> S {
        let [_, _, a, b] = four(theta);
        b.ln_rising(n) - (a + b).ln_rising(n)
    }

    /// Draws one customer.
    pub(crate) fn simulate(
        self,
        theta: &[f64],
        age: f64,
        future: f64,
        chance: &mut impl Chance,
    ) -> Simulated {
        let ln_rate = chance.ln_gamma(theta[0]) - theta[1].ln();
        let leave = chance.beta(theta[2], theta[3]);
        let mut one = Simulated { frequency: 0, recency: 0.0, future: 0, active: true, ln_gaps: 0.0 };
        let mut clock = 0.0;
        let mut gone = self.at_start && chance.uniform() < leave;
        let mut left_at = if gone { 0.0 } else { f64::INFINITY };
        // A rate beyond any age would fill memory with purchases of the same instant.
        for _ in 0..1_000_000 {
            if gone {
                break;
            }
            let gap = (chance.ln_gamma(f64::from(self.k)) - ln_rate).exp();
            clock += gap;
            if clock > age + future {
                break;
            }
            if clock <= age {
                one.frequency += 1;
                one.recency = clock;
                one.ln_gaps += gap.max(f64::MIN_POSITIVE).ln();
            } else {
                one.future += 1;
            }
            gone = chance.uniform() < leave;
            if gone {
                left_at = clock;
            }
        }
        one.active = left_at > age;
        one
    }
}

/// Weights of the ticks since the last purchase, and their sum.
pub(crate) struct Phases<S> {
    pub(crate) weights: Vec<S>,
    pub(crate) total: S,
}

/// The four parameters by name.
pub(crate) fn four<S: Scalar>(theta: &[S]) -> [S; 4] {
    [theta[0], theta[1], theta[2], theta[3]]
}

/// `E[(1/p)(1 - (1 + pτ)^-n)]` over `p ~ Beta(a, b)`: the purchases an active
/// customer of shape `n` makes in a time of `τ` times `α + T` before leaving.
///
/// The published form is `(c/e)[1 - (1-z)^e 2F1(q, e; c; z)]` with
/// `e = a - 1`, `c = a + b - 1` (Fader, Hardie & Lee 2005, eq. 10, after
/// Euler's transformation), `z = τ/(1+τ)`, `q = c - n`. It divides by zero at
/// `a = 1` and subtracts nearly equal numbers elsewhere, so the constant is
/// taken out of the series on paper: `c h - (1-z)^e S`,
/// `h = -expm1(e ln(1-z)) / e`,
/// `S = Σ (1+e)_(j-1) (q)_j / ((c+1)_(j-1) j!) z^j`. Where the series is long
/// or its terms large the beta mean takes over, all of whose terms are
/// positive.
pub(crate) fn purchases_until_left<S: Scalar>(n: S, a: S, b: S, tau: S) -> S {
    let (nv, av, bv, tv) = (n.value(), a.value(), b.value(), tau.value());
    if tv <= 0.0 {
        return S::constant(0.0);
    }
    // Digits lost to the subtraction grow with c over the result's own size n.
    let c = av + bv - 1.0;
    let gentle = tv < 9.0 && av < 30.0 && c < 1e3 * nv && c - nv > -8.0;
    if !gentle {
        let scale = 1.0 / (nv * tv).max(1.0);
        return beta_mean(a, b, scale, |p, _| -(-(n * (tau * p).ln_1p())).exp_m1() / p);
    }
    let e = a - 1.0;
    let c = a + b - 1.0;
    let q = c - n;
    let ln_rest = -tau.ln_1p();
    let z = tau / (tau + 1.0);
    let mut term = q * z;
    let mut sum = term;
    for j in 1..4000 {
        let j = f64::from(j);
        // The ratio does not wait for the term before it: the divisions overlap.
        let ratio = (a + (j - 1.0)) * (q + j) * z / ((c + j) * (j + 1.0));
        term = term * ratio;
        sum = sum + term;
        if term.value().abs() <= 1e-17 * sum.value().abs() {
            break;
        }
    }
    let head = complement(e, ln_rest);
    // (1-z)^e is 1 - e h; where that cancels it is worth its own exponential.
    let tail = if (e * ln_rest).value() > -3.0 { -(e * head) + 1.0 } else { (e * ln_rest).exp() };
    c * head - tail * sum
}

/// `-expm1(e L) / e`, which is `-L` at `e = 0`, with derivatives that pass
/// through zero smoothly.
pub(crate) fn complement<S: Scalar>(e: S, ln_rest: S) -> S {
    let y = e * ln_rest;
    if y.value().abs() > 1e-3 {
        return -(y.exp_m1() / e);
    }
    // -L (1 + y/2 + y²/6 + ...): six terms reach double precision below 1e-3.
    let series = ((((y / 6.0 + 1.0) * y / 5.0 + 1.0) * y / 4.0 + 1.0) * y / 3.0 + 1.0) * y / 2.0 + 1.0;
    -(ln_rest * series)
}
