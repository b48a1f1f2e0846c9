//! Discounting: every purchase brought back to today.
//!
//! Two tools. Where the purchase rate of an active customer fades as a power
//! law, as in the Pareto/NBD always and in the BG/NBD given the leaving
//! probability, the discounted total is one incomplete gamma. Where only the
//! cumulative expectation is known, as for regular buyers, integration by
//! parts turns it into a sum of positive terms.

use crate::number::Scalar;
use crate::special::{discounted_power, panels};

/// `∫_0^h e^(-δu) dE(u)` for an expectation `E` that grows on the time scale
/// `scale`.
///
/// By parts this is `e^(-δh) E(h) + δ ∫_0^h e^(-δu) E(u) du`, in which every
/// term is positive, so it needs only the expectation itself and no
/// model-specific algebra. Panels double in length from `scale` (the
/// expectation is smooth in the logarithm of time) but never span more than a
/// factor of e^6 of discount. Without a horizon the integral ends where the
/// discount has fallen below e^-42.
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

/// `∫_0^h e^(-δu) (1 + u/w)^(-s) du`: a rate that decays as a power law,
/// discounted up to a horizon.
///
/// For ever it is one incomplete gamma. A horizon takes off the same integral
/// from there on; for horizons so short that the difference would lose digits
/// the integral is done directly, in `ln(1 + u/w)` and no further than the
/// power law reaches.
pub(crate) fn discounted_decay<S: Scalar>(s: S, w: S, rate: f64, horizon: f64) -> S {
    let decay = |y: S| (-(s * y)).exp();
    if horizon * rate > 0.01 {
        let for_ever = discounted_power(s, w * rate) / rate;
        if horizon * rate > 745.0 {
            return for_ever;
        }
        let later = decay((w.recip() * horizon).ln_1p()) * discounted_power(s, (w + horizon) * rate);
        return for_ever - later * ((-rate * horizon).exp() / rate);
    }
    let reach = (w.recip() * horizon).ln_1p();
    let limit = 45.0 / (s.value() + 1.0);
    let reach = if reach.value() > limit { S::constant(limit) } else { reach };
    let pieces = (reach.value() * (s.value() / 6.0 + 1.0)).ceil().max(1.0) as usize;
    let mut sum = S::constant(0.0);
    panels(0.0, 1.0, pieces, |share, weight| {
        let y = reach * share;
        sum = sum + (y - s * y - w * y.exp_m1() * rate).exp() * weight;
    });
    sum * reach * w
}
