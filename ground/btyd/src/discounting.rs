//! Discounting a growing expectation: every purchase brought back to today.

use crate::number::Scalar;
use crate::special::panels;

/// `∫_0^h e^(-δu) dE(u)` for an expectation `E` that grows on the time scale `scale`.
///
/// By parts this is `e^(-δh) E(h) + δ ∫_0^h e^(-δu) E(u) du`, in which every term is positive,
/// so it needs only the expectation itself and no model-specific algebra. Panels double in
/// length from `scale` (the expectation is smooth in the logarithm of time) but never span more
/// than a factor of e^6 of discount. Without a horizon the integral ends where the discount has
/// fallen below e^-42.
pub(crate) fn discounted<S: Scalar>(
    horizon: f64,
    rate: f64,
    scale: f64,
    expectation: impl Fn(f64) -> S,
) -> S {
    let end = horizon.min(42.0 / rate);
    let mut sum = S::constant(0.0);
    let mut from = 0.0;
    while from < end {
        let to = (from + (from + scale).min(6.0 / rate)).min(end);
        // A step lost to rounding would never end.
        if to <= from {
            break;
        }
        panels(from, to, 1, |u, weight| {
            sum = sum + expectation(u) * (weight * rate * (-rate * u).exp());
        });
        from = to;
    }
    sum + expectation(end) * (-rate * end).exp()
}
