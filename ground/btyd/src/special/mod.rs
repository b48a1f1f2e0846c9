//! Special functions, each in the form that survives the edges of its domain.
//!
//! Only what the models need, and only in forms whose terms are positive or
//! whose cancellations have been done on paper:
//!
//! - [`ln_gamma`], [`digamma`], [`trigamma`], [`ln_rising`], [`ln_beta`]: the
//!   gamma family and its differences.
//! - [`gauss_unit`]: the hypergeometric function `2F1(1, q; c; z)`.
//! - [`discounted_power`]: an incomplete gamma function, as the discounted
//!   integral of a power law.
//! - [`beta_mean`]: the mean of a function under a beta distribution.
//! - [`lower_gamma_share`], [`chi_square_tail`], [`gamma_median`],
//!   [`normal_cdf`], [`normal_quantile`]: distributions for tests and
//!   intervals.
//!
//! Functions that depend on parameters are generic over
//! [`Scalar`](crate::number::Scalar) and so carry derivatives.

mod beta_mean;
mod gamma;
mod hypergeometric;
mod incomplete_gamma;
mod legendre;
mod normal;
mod wide;

pub use beta_mean::beta_mean;
pub use gamma::{digamma, ln_beta, ln_gamma, ln_rising, trigamma};
pub use hypergeometric::gauss_unit;
pub use incomplete_gamma::{chi_square_tail, discounted_power, gamma_median, lower_gamma_share};
pub use legendre::{EIGHT, SIXTEEN, panels};
pub use normal::{normal_cdf, normal_quantile};
pub use wide::{WIDE, exp_m1_wide, exp_wide, ln_1p_wide, ln_wide};

/// The logistic function `1 / (1 + exp(-x))`.
///
/// It is the probability that belongs to log-odds: all probabilities of being
/// active in this crate are computed as log-odds first, so that neither a
/// certainty nor an impossibility is rounded away before the end.
///
/// ```
/// use btyd::special::logistic;
/// assert_eq!(logistic(0.0), 0.5);
/// // The small side keeps its digits where 1 - p would have none left.
/// assert!((logistic(-50.0) / (-50f64).exp() - 1.0).abs() < 1e-15);
/// ```
pub fn logistic(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + (-x).exp())
    } else {
        let e = x.exp();
        e / (1.0 + e)
    }
}

/// `ln(1 + exp(x))`, which neither overflows for large `x` nor vanishes early
/// for small `x`.
///
/// ```
/// use btyd::special::softplus;
/// assert_eq!(softplus(800.0), 800.0);
/// assert_eq!(softplus(-800.0), 0.0);
/// assert_eq!(softplus(0.0), 2f64.ln());
/// ```
pub fn softplus(x: f64) -> f64 {
    if x > 0.0 { x + (-x).exp().ln_1p() } else { x.exp().ln_1p() }
}

/// `ln(exp(a) + exp(b))` without overflow.
///
/// ```
/// assert_eq!(btyd::special::ln_add_exp(-1000.0, -1000.0), -1000.0 + 2f64.ln());
/// ```
pub fn ln_add_exp(a: f64, b: f64) -> f64 {
    if a == f64::NEG_INFINITY {
        return b;
    }
    let (large, small) = if a > b { (a, b) } else { (b, a) };
    large + (small - large).exp().ln_1p()
}
