//! The mean of a function under a beta distribution, by the trapezoidal rule
//! on the logit line.
//!
//! Leaving probabilities are beta over customers, so nearly every expectation
//! of the beta-geometric models is a mean of some smooth `g(p)` under a beta
//! distribution. Closed forms exist as hypergeometric series; for long
//! horizons the series crawl, for large parameters their terms overflow, for
//! others they cancel. The mean itself does none of this. It is the fallback
//! of every series in this crate and the only method for the rest.

use crate::number::Scalar;

/// `E[g(p)]` for `p ~ Beta(a, b)`; `g` receives `(p, 1 - p)`, both without
/// cancellation, and must be smooth in `ln p` and bounded; `scale` is the
/// smallest `p` at which `g` still moves.
///
/// With `p = 1 / (1 + e^-y)` the density becomes `e^(a y) / (1 + e^y)^(a+b)`,
/// analytic in a strip of half-width π, so the trapezoidal rule converges
/// exponentially fast: a few dozen positive terms give full precision for any
/// `a, b`, where hypergeometric series crawl, overflow or cancel. Tails in
/// which the density is a pure exponential and `g` is constant are summed as
/// geometric series. Dividing by the same sum of the density makes the
/// normalisation exact.
///
/// ```
/// use btyd::special::beta_mean;
/// // The mean of Beta(2, 3) is 2/5.
/// assert!((beta_mean(2.0, 3.0, 1.0, |p, _| p) - 0.4).abs() < 1e-15);
/// // Far-out parameters are no harder: a point mass at 1/3.
/// let mean = beta_mean(1e12, 2e12, 1.0, |p: f64, _| p.ln());
/// assert!((mean + 3f64.ln()).abs() < 1e-10);
/// ```
pub fn beta_mean<S: Scalar>(a: S, b: S, scale: f64, g: impl Fn(S, S) -> S) -> S {
    let (av, bv) = (a.value(), b.value());
    let mode = av.ln() - bv.ln();
    let spread = (1.0 / av + 1.0 / bv).sqrt();
    let step = (0.7 * spread).min(0.25);
    let from = left_end(av, bv, mode, spread).max(-38.0 + scale.ln().min(0.0).min(mode));
    let to = (-left_end(bv, av, -mode, spread)).min(38.0f64.max(mode + 38.0));
    let count = (((to - from) / step).ceil() as usize).clamp(8, 40_000);
    let step = (to - from) / count as f64;
    let peak = log_density(av, bv, mode);
    let (mut mass, mut sum) = (S::constant(0.0), S::constant(0.0));
    for k in 0..=count {
        let y = from + step * k as f64;
        let (lp, lq) = (-super::softplus(-y), -super::softplus(y));
        let mut weight = (a * lp + b * lq - peak).exp();
        if k == 0 {
            weight = weight / -(a * -step).exp_m1();
        } else if k == count {
            weight = weight / -(b * -step).exp_m1();
        }
        mass = mass + weight;
        sum = sum + weight * g(S::constant(lp.exp()), S::constant(lq.exp()));
    }
    sum / mass
}

/// `a ln p + b ln (1 - p)` at logit `y`.
fn log_density(a: f64, b: f64, y: f64) -> f64 {
    -a * super::softplus(-y) - b * super::softplus(y)
}

/// The logit left of the mode where the density has fallen by e^-42, found by
/// doubling and bisection.
fn left_end(a: f64, b: f64, mode: f64, spread: f64) -> f64 {
    let target = log_density(a, b, mode) - 42.0;
    let (mut near, mut far) = (mode, mode - spread);
    while log_density(a, b, far) > target && mode - far < 1e6 {
        near = far;
        far = mode + 2.0 * (far - mode);
    }
    for _ in 0..20 {
        let middle = 0.5 * (near + far);
        if log_density(a, b, middle) > target { near = middle } else { far = middle }
    }
    far
}
