//! The normal distribution, for intervals.

/// `P(Z <= z)`.
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
}

/// The `z` with `P(Z <= z) = p`, for `0 < p < 1`: bisection for the bracket, Newton for the digits.
///
/// An interval asks for one quantile, so plain and certain beats fast.
pub fn normal_quantile(p: f64) -> f64 {
    if p > 0.5 {
        // The lower tail keeps its relative precision, the upper does not.
        return -normal_quantile(1.0 - p);
    }
    let (mut low, mut high) = (-40.0, 0.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if normal_cdf(middle) < p { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}
