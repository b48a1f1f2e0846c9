//! The gamma family: `ln Γ`, its two derivatives, the rising factorial and
//! the beta function.
//!
//! `ln Γ` itself comes from a well-tested routine. What is written here are
//! its derivatives and, above all, its *differences*. A likelihood contains
//! `ln Γ(r+x) - ln Γ(r)` for every customer; when differences between
//! customers vanish, `r` grows without limit and both terms with it, while
//! the difference stays of the size of `x ln r`. Computed by subtraction it
//! drowns in rounding, and a search near that limit sees noise instead of a
//! slope.

/// `ln Γ(x)` for `x > 0` (the C library's algorithm in pure Rust; worst
/// relative error 4e-16).
///
/// ```
/// // Γ(5) = 24
/// assert!((btyd::special::ln_gamma(5.0) - 24f64.ln()).abs() < 1e-15);
/// ```
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// `ln B(a, b) = ln Γ(a) + ln Γ(b) - ln Γ(a + b)`, without the cancellation
/// that a large `b` would cause.
///
/// ```
/// use btyd::special::ln_beta;
/// // B(2, 3) = 1/12
/// assert!((ln_beta(2.0, 3.0) + 12f64.ln()).abs() < 1e-15);
/// // B(1, b) = 1/b, to full precision for any b.
/// assert!((ln_beta(1.0, 1e12) + 1e12f64.ln()).abs() < 1e-14);
/// ```
pub fn ln_beta(a: f64, b: f64) -> f64 {
    let (small, large) = if a < b { (a, b) } else { (b, a) };
    ln_gamma(small) - ln_rising(large, small)[0]
}

/// Coefficients `B_2n / 2n` of the asymptotic series of the digamma function
/// (Abramowitz & Stegun 6.3.18).
const DIGAMMA: [f64; 7] =
    [1.0 / 12.0, -1.0 / 120.0, 1.0 / 252.0, -1.0 / 240.0, 1.0 / 132.0, -691.0 / 32760.0, 1.0 / 12.0];

/// Bernoulli numbers `B_2n`, for the trigamma function (Abramowitz & Stegun
/// 6.4.12).
const BERNOULLI: [f64; 7] =
    [1.0 / 6.0, -1.0 / 30.0, 1.0 / 42.0, -1.0 / 30.0, 5.0 / 66.0, -691.0 / 2730.0, 7.0 / 6.0];

/// Coefficients `B_2n / (2n (2n-1))` of Stirling's series for `ln Γ`
/// (Abramowitz & Stegun 6.1.41).
const STIRLING: [f64; 7] =
    [1.0 / 12.0, -1.0 / 360.0, 1.0 / 1260.0, -1.0 / 1680.0, 1.0 / 1188.0, -691.0 / 360360.0, 1.0 / 156.0];

/// From here on the asymptotic series reach double precision.
const ASYMPTOTIC: f64 = 12.0;

/// `ψ(x) = d ln Γ(x) / dx` for `x > 0`: recurrence up to 12, then the
/// asymptotic series.
///
/// ```
/// // ψ(1) is minus Euler's constant.
/// assert!((btyd::special::digamma(1.0) + 0.577_215_664_901_532_9).abs() < 1e-15);
/// ```
pub fn digamma(x: f64) -> f64 {
    let (mut x, mut shift) = (x, 0.0);
    while x < ASYMPTOTIC {
        shift += 1.0 / x;
        x += 1.0;
    }
    x.ln() - 0.5 / x - even_powers(&DIGAMMA, x) - shift
}

/// `ψ'(x)` for `x > 0`: recurrence up to 12, then the asymptotic series.
///
/// ```
/// // ψ'(1) = π²/6
/// let sixth = std::f64::consts::PI.powi(2) / 6.0;
/// assert!((btyd::special::trigamma(1.0) - sixth).abs() < 1e-15);
/// ```
pub fn trigamma(x: f64) -> f64 {
    let (mut x, mut shift) = (x, 0.0);
    while x < ASYMPTOTIC {
        shift += 1.0 / (x * x);
        x += 1.0;
    }
    shift + 1.0 / x + 0.5 / (x * x) + even_powers(&BERNOULLI, x) / x
}

/// `Σ c_n / x^(2n)`, n from one.
fn even_powers(coefficients: &[f64], x: f64) -> f64 {
    let square = 1.0 / (x * x);
    coefficients.iter().rev().fold(0.0, |sum, c| (sum + c) * square)
}

/// `ln Γ(a + n) - ln Γ(a)` with its first two derivatives in `a`, for
/// `a > 0`, `n >= 0`.
///
/// Subtracting two log-gammas loses every digit once `a` is large and `n` is
/// small, which is exactly where a fit walks when heterogeneity vanishes.
/// Small whole `n` are summed term by term, the rest uses the difference of
/// two Stirling series, in which the large parts are cancelled on paper.
///
/// ```
/// use btyd::special::ln_rising;
/// // (a)_3 = a (a+1) (a+2)
/// assert!((ln_rising(2.0, 3.0)[0] - 24f64.ln()).abs() < 1e-15);
/// // Far out, (a)_n is a^n to first order, and not a digit is lost.
/// assert!((ln_rising(1e15, 0.5)[0] - 0.5 * 1e15f64.ln()).abs() < 1e-14);
/// ```
pub fn ln_rising(a: f64, n: f64) -> [f64; 3] {
    if n == 0.0 {
        return [0.0; 3];
    }
    if n <= 24.0 && n.fract() == 0.0 {
        return rising_by_product(a, n as u32);
    }
    // Lift the argument until Stirling's series is exact: Γ(a) = Γ(a + m) / (a)_m, twice.
    let steps = if a < ASYMPTOTIC { (ASYMPTOTIC - a).ceil() } else { 0.0 };
    let low = rising_by_product(a, steps as u32);
    let top = if a + n < ASYMPTOTIC { steps } else { 0.0 };
    let high = rising_by_product(a + n, top as u32);
    // A lifted top keeps the distance n, an unlifted one is `steps` nearer.
    let core = rising_by_series(a + steps, n + top - steps);
    [0, 1, 2].map(|d| core[d] + low[d] - high[d])
}

/// `ln (a)_n` as a sum over its `n` factors, logarithms taken of products of
/// eight.
fn rising_by_product(a: f64, n: u32) -> [f64; 3] {
    let (mut value, mut product, mut first, mut second) = (0.0, 1.0, 0.0, 0.0);
    for i in 0..n {
        let factor = a + f64::from(i);
        let inverse = 1.0 / factor;
        product *= factor;
        first += inverse;
        second -= inverse * inverse;
        if i % 8 == 7 || !(1e-30..1e30).contains(&product) {
            value += product.ln();
            product = 1.0;
        }
    }
    [value + product.ln(), first, second]
}

/// The difference of two Stirling series at `a` and `a + d`, both at least
/// twelve.
fn rising_by_series(a: f64, d: f64) -> [f64; 3] {
    let b = a + d;
    let growth = (d / a).ln_1p();
    let stirling = |x: f64| even_powers(&STIRLING, x) * x;
    let value = (a - 0.5) * growth + d * b.ln() - d + stirling(b) - stirling(a);
    let first = growth + 0.5 * d / (a * b) - even_powers(&DIGAMMA, b) + even_powers(&DIGAMMA, a);
    let tri = |x: f64| 0.5 / (x * x) + even_powers(&BERNOULLI, x) / x;
    let second = -d / (a * b) + tri(b) - tri(a);
    [value, first, second]
}
