//! The incomplete gamma function: discounting a power law, and the chi-square
//! test.
//!
//! Customers' purchases fade as a power law of time: the longer they are
//! watched without leaving, the slower the fading. Money fades exponentially.
//! The product of the two, integrated for ever, is an incomplete gamma
//! function. The literature writes it as a confluent hypergeometric function
//! or as a pair of them; pairs lose all digits near whole values of their
//! parameters, and one well-known implementation returns no number there. The
//! integral form has no such places.

use super::ln_gamma;
use crate::number::Scalar;

/// `∫ e^(-v) (1 + v/w)^(-s) dv` over `v > 0`: a decaying power law
/// discounted, for `s > 0`, `w > 0`.
///
/// Equal to `w^s e^w Γ(1 - s, w)`, the function `w^s Ψ(s, s; w)` in which the
/// discounted transactions of the Pareto/NBD are written (Fader, Hardie & Lee
/// 2005, JMR, eq. 2). In this form it lies between zero and one and is smooth
/// through whole values of `s`, which pairs of confluent functions are not.
///
/// `w >= 1`: Legendre's continued fraction. `w < 1`: the integral over
/// `v < 1` in the variable `ln(1 + v/w)`, where it is smooth, plus the
/// fraction for the rest.
///
/// ```
/// use btyd::special::discounted_power;
/// // s = 1 at w = 1 is e E_1(1), the Gompertz constant.
/// assert!((discounted_power(1.0, 1.0) - 0.596_347_362_323_194_1).abs() < 1e-14);
/// // Almost no fading: almost the whole integral.
/// assert!(discounted_power(1e-9, 5.0) > 1.0 - 1e-8);
/// ```
pub fn discounted_power<S: Scalar>(s: S, w: S) -> S {
    if w.value() >= 1.0 {
        return w * legendre_fraction(s, w);
    }
    let top = w + 1.0;
    let width = top.ln() - w.ln();
    let count = (width.value() * (1.0 + 0.1 * s.value().min(40.0)) / 1.5).ceil() as usize;
    let mut head = S::constant(0.0);
    super::panels(0.0, 1.0, count.max(1), |share, weight| {
        let y = width * share;
        head = head + (y * (-s + 1.0) - w * y.exp_m1()).exp() * weight;
    });
    head * width * w + (-(s * width) - 1.0).exp() * (top * legendre_fraction(s, top))
}

/// `w^(s-1) e^w Γ(1 - s, w)` by Legendre's continued fraction, `w >= 1`,
/// modified Lentz.
fn legendre_fraction<S: Scalar>(s: S, w: S) -> S {
    // Γ(a, w) e^w w^-a = 1 / (w+1-a - 1(1-a)/(w+3-a - 2(2-a)/(w+5-a - ...))) with a = 1 - s.
    let mut b = w + s;
    let mut c = S::constant(1e300);
    let mut d = b.recip();
    let mut h = d;
    let mut settled = 0;
    for i in 1..2000 {
        let i = f64::from(i);
        let numerator = (s + (i - 1.0)) * -i;
        b = b + 2.0;
        d = (numerator * d + b).recip();
        c = b + numerator / c;
        let step = d * c;
        h = h * step;
        settled = if (step.value() - 1.0).abs() < 2e-16 { settled + 1 } else { 0 };
        // Derivatives settle a few steps after the value.
        if settled > 3 {
            break;
        }
    }
    h
}

/// The lower share `P(a, x) = γ(a, x) / Γ(a)` of the gamma distribution,
/// `a > 0`, `x >= 0`.
///
/// Series below `a + 1`, continued fraction above.
///
/// ```
/// // Shape one is the exponential distribution.
/// let share = btyd::special::lower_gamma_share(1.0, 2.0);
/// assert!((share - (1.0 - (-2f64).exp())).abs() < 1e-15);
/// ```
pub fn lower_gamma_share(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let front = (a * x.ln() - x - ln_gamma(a)).exp();
    if x < a + 1.0 {
        let (mut term, mut sum, mut n) = (1.0 / a, 1.0 / a, a);
        while term > sum * 1e-17 {
            n += 1.0;
            term *= x / n;
            sum += term;
        }
        return (front * sum).min(1.0);
    }
    (1.0 - upper_fraction(a, x) * front).clamp(0.0, 1.0)
}

/// `P(χ² > x)` on `freedom` degrees of freedom.
///
/// ```
/// // The five per cent point on three degrees of freedom.
/// let p = btyd::special::chi_square_tail(7.814_727_903_251_178, 3.0);
/// assert!((p - 0.05).abs() < 1e-12);
/// ```
pub fn chi_square_tail(x: f64, freedom: f64) -> f64 {
    let (a, x) = (0.5 * freedom, 0.5 * x);
    if x < a + 1.0 {
        return 1.0 - lower_gamma_share(a, x);
    }
    (a * x.ln() - x - ln_gamma(a)).exp() * upper_fraction(a, x)
}

/// The median of a gamma distribution of rate one: bisection in logarithms,
/// and for large shapes Choi's series (1994), whose next term is below 1e-12
/// there.
///
/// ```
/// // The exponential distribution has its median at ln 2.
/// assert!((btyd::special::gamma_median(1.0) - 2f64.ln()).abs() < 1e-14);
/// ```
pub fn gamma_median(shape: f64) -> f64 {
    if shape > 300.0 {
        return shape - 1.0 / 3.0 + (8.0 / 405.0 + 184.0 / 25_515.0 / shape) / shape;
    }
    let (mut low, mut high) = (-800.0f64, (shape + 1.0).ln());
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        if lower_gamma_share(shape, middle.exp()) < 0.5 { low = middle } else { high = middle }
    }
    (0.5 * (low + high)).exp()
}

/// `Γ(a, x) e^x x^-a` by continued fraction, for `x > a + 1`.
fn upper_fraction(a: f64, x: f64) -> f64 {
    let mut b = x + 1.0 - a;
    let (mut c, mut d) = (1e300, 1.0 / b);
    let mut h = d;
    for i in 1..5000 {
        let i = f64::from(i);
        let numerator = -i * (i - a);
        b += 2.0;
        d = 1.0 / (numerator * d + b);
        c = b + numerator / c;
        h *= d * c;
        if (d * c - 1.0).abs() < 2e-16 {
            break;
        }
    }
    h
}
