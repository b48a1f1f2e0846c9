//! What purchases are worth: spend of a row, and value as margin times spend times discounted purchases.

use btyd::{Fit, GammaGamma, Interval, Range};

use crate::document::unlimited;

/// Expected value of a purchase of a customer; nothing known where the mean does not exist.
pub(crate) fn spend(fit: &Fit<GammaGamma>, frequency: u32, mean: f64, level: Option<f64>) -> Interval {
    // A customer who bought again for nothing has shown nothing to draw toward.
    let frequency = if mean > 0.0 { frequency } else { 0 };
    let Ok(value) = fit.model.expected_value(frequency, mean) else { return unlimited(f64::NAN) };
    let quantity = |theta: &[btyd::number::Jet<3>; 3]| GammaGamma::value(theta, f64::from(frequency), mean);
    let limits = level.and_then(|level| fit.estimate.interval_of(quantity, Range::Positive, level));
    limits.unwrap_or_else(|| unlimited(value))
}

/// Margin times spend times discounted purchases.
///
/// The two fits rest on different columns and are taken as independent, so that on the scale of logarithms the squares
/// of the half-widths add up.
pub(crate) fn value(margin: f64, spend: &Interval, purchases: &Interval) -> Interval {
    let estimate = margin * spend.estimate * purchases.estimate;
    if estimate <= 0.0 || !estimate.is_finite() {
        return Interval { estimate, low: estimate, high: estimate };
    }
    let reach = |of: &Interval| (of.high / of.estimate).ln();
    let factor = reach(spend).hypot(reach(purchases)).exp();
    Interval { estimate, low: estimate / factor, high: estimate * factor }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_uncertain_spend_and_an_uncertain_count_make_a_value_more_uncertain_than_either() {
        let about = |estimate: f64, factor: f64| Interval {
            estimate,
            low: estimate / factor,
            high: estimate * factor,
        };
        let value = value(0.5, &about(30.0, 1.3), &about(4.0, 1.4));
        assert_eq!(value.estimate, 60.0);
        assert!(value.high / 60.0 > 1.4 && value.high / 60.0 < 1.3 * 1.4);
        assert!((value.low * value.high - 3600.0).abs() < 1e-9);
    }
}
