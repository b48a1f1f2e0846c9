//! Special functions, each in the form that survives the edges of its domain.

mod beta_mean;
mod gamma;
mod hypergeometric;
mod incomplete_gamma;
mod legendre;
mod normal;

pub use beta_mean::beta_mean;
pub use gamma::{digamma, ln_beta, ln_gamma, ln_rising, trigamma};
pub use hypergeometric::gauss_unit;
pub use incomplete_gamma::{chi_square_tail, discounted_power, gamma_median, lower_gamma_share};
pub use legendre::{EIGHT, SIXTEEN, panels};
pub use normal::{normal_cdf, normal_quantile};

/// The logistic function `1 / (1 + exp(-x))`.
pub fn logistic(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + (-x).exp())
    } else {
        let e = x.exp();
        e / (1.0 + e)
    }
}

/// `ln(1 + exp(x))`, which neither overflows for large `x` nor vanishes early for small `x`.
pub fn softplus(x: f64) -> f64 {
    if x > 0.0 { x + (-x).exp().ln_1p() } else { x.exp().ln_1p() }
}

/// `ln(exp(a) + exp(b))` without overflow.
pub fn ln_add_exp(a: f64, b: f64) -> f64 {
    if a == f64::NEG_INFINITY {
        return b;
    }
    let (large, small) = if a > b { (a, b) } else { (b, a) };
    large + (small - large).exp().ln_1p()
}
