//! The one hypergeometric function the discounted models need:
//! `2F1(1, q; c; z)`.
//!
//! Discounting in whole periods turns survival into the series
//! `Σ (q)_n / (c)_n z^n`, which is `2F1(1, q; c; z)` with `z = 1/(1+d)`. At a
//! yearly rate of ten per cent `z` is 0.91 and the series needs hundreds of
//! terms; by the month it is 0.992 and needs thousands. The continued
//! fraction of Gauss needs some tens of steps.

use super::beta_mean;
use crate::number::Scalar;

/// Beyond this argument the continued fraction crawls and the beta mean is
/// shorter.
const FRACTION_LIMIT: f64 = 0.999;

/// `2F1(1, q; q + gap; z)` for `q >= 0`, `gap > 0`, `0 <= z < 1`, by Gauss's
/// continued fraction.
///
/// The third parameter `c` is given by its distance from `q`, which may be
/// far below its rounding.
///
/// With `k_(2m+1) = (q+m)(c-1+m) / ((c+2m-1)(c+2m))` and
/// `k_(2m+2) = (m+1)(c-q+m) / ((c+2m)(c+2m+1))` the function is
/// `1 / (1 - k_1 z / (1 - k_2 z / ...))` (Gauss 1813; Cuyt et al., Handbook
/// of Continued Fractions, 15.3.3). Every term is positive, nothing overflows
/// for any `q`, and a pair of steps gains `((1 - √(1-z)) / (1 + √(1-z)))²`:
/// ten half-steps at `z = 0.5`, thirty at 0.9. Close to one the Euler
/// integral `E[1 / (1 - z p)]`, `p ~ Beta(q, c - q)`, takes over.
///
/// It carries the discounted residual lifetime of the sBG and the discounted
/// transactions of the BG/BB, and is the textbook form of the Pareto/NBD
/// likelihood.
///
/// ```
/// use btyd::special::gauss_unit;
/// // 2F1(1, 1; 2; z) = -ln(1-z)/z, here near one where series give up.
/// let z: f64 = 1.0 - 1e-9;
/// let exact = -(-z).ln_1p() / z;
/// assert!((gauss_unit(1.0, 1.0, z) / exact - 1.0).abs() < 1e-12);
/// ```
pub fn gauss_unit<S: Scalar>(q: S, gap: S, z: S) -> S {
    if z.value() == 0.0 || q.value() == 0.0 {
        return S::constant(1.0);
    }
    if z.value() > FRACTION_LIMIT {
        let rest = -z + 1.0;
        // 1 - z p = (1 - z) + z (1 - p), a sum of positive parts.
        return beta_mean(gap, q, rest.value(), |u, _| (rest + z * u).recip());
    }
    // Modified Lentz on f = 1 + a_1/(1 + a_2/(1 + ...)) with a_i = -k_i z; the answer is 1/f.
    let mut c_part = S::constant(1.0);
    let mut d_part = S::constant(0.0);
    let mut f = S::constant(1.0);
    let mut settled = 0;
    for half_step in 0..4000 {
        let k = coefficient(q, gap, half_step);
        let a = -(k * z);
        d_part = (a * d_part + 1.0).recip();
        c_part = a / c_part + 1.0;
        let step = c_part * d_part;
        f = f * step;
        settled = if (step.value() - 1.0).abs() < 2e-16 { settled + 1 } else { 0 };
        // Derivatives settle a few steps after the value.
        if settled > 4 {
            break;
        }
    }
    f.recip()
}

/// The coefficient `k` of half-step `i`, counted from zero.
fn coefficient<S: Scalar>(q: S, gap: S, i: u32) -> S {
    let c = q + gap;
    let m = f64::from(i / 2);
    if i == 0 {
        // (c - 1) cancels, which also makes c = 1 harmless.
        q / c
    } else if i.is_multiple_of(2) {
        (q + m) * (c + (m - 1.0)) / ((c + (2.0 * m - 1.0)) * (c + 2.0 * m))
    } else {
        (gap + m) * (m + 1.0) / ((c + 2.0 * m) * (c + (2.0 * m + 1.0)))
    }
}
