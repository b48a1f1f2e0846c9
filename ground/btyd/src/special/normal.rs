//! The normal distribution, for intervals.
//!
//! Intervals ask for one quantile each, so the quantile is found by plain
//! bisection of the distribution function: sixty halvings, certain, and exact
//! to the last digits in both tails. The distribution function is the
//! complementary error function of the C library's mathematics in pure Rust.

/// `P(Z <= z)`.
///
/// ```
/// assert_eq!(btyd::special::normal_cdf(0.0), 0.5);
/// // A far tail keeps its relative precision.
/// assert!((btyd::special::normal_cdf(-10.0) / 7.619_853_024_160_527e-24 - 1.0).abs() < 1e-12);
/// ```
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
}

/// The `z` with `P(Z <= z) = p`, for `0 < p < 1`: bisection for the bracket,
/// Newton for the digits.
///
/// An interval asks for one quantile, so plain and certain beats fast.
///
/// ```
/// let z = btyd::special::normal_quantile(0.975);
/// assert!((z - 1.959_963_984_540_054).abs() < 1e-14);
/// ```
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
