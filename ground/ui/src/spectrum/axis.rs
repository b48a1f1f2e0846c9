//! An axis that is logarithmic on both sides of zero, and straight about it.

/// The axis; values are in whole units of a currency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SignedLog {
    low: f64,
    high: f64,
    /// Up to about here it is straight.
    unit: f64,
}

impl SignedLog {
    /// An axis on which both values and zero have a place, with room above and below.
    pub fn around(low: f64, high: f64) -> SignedLog {
        let (low, high) = (low.min(0.0), high.max(0.0));
        let axis = SignedLog { low, high, unit: unit(low, high) };
        let (from, to) = (axis.bent(low), axis.bent(high));
        let room = ((to - from) * 0.06).max(0.05);
        SignedLog { low: axis.straight(from - room), high: axis.straight(to + room), ..axis }
    }

    /// An axis from one value to another.
    pub fn between(low: f64, high: f64) -> SignedLog {
        SignedLog { low, high: high.max(low + 1.0), unit: unit(low, high) }
    }

    /// How far below the upper end a value lies, in hundredths of the height.
    pub fn down(&self, value: f64) -> f64 {
        let (low, high) = (self.bent(self.low), self.bent(self.high));
        (high - self.bent(value)) / (high - low) * 100.0
    }

    /// The middle between two values, as far as they are drawn; an end that is absent is the end of the axis.
    pub fn middle(&self, low: Option<f64>, high: Option<f64>) -> f64 {
        let inside =
            |value: Option<f64>, end: f64| self.bent(value.unwrap_or(end).clamp(self.low, self.high));
        self.straight((inside(low, self.low) + inside(high, self.high)) / 2.0)
    }

    /// Round values that may stand beside it, each at least so many hundredths from the next: zero first, then the great
    /// ones before the small.
    pub fn ticks(&self, apart: f64) -> Vec<f64> {
        let sizes = |rounds: &'static [f64]| {
            (0..14).rev().flat_map(move |decade| rounds.iter().map(move |round| round * 10_f64.powi(decade)))
        };
        let mut ticks: Vec<f64> = Vec::new();
        for rounds in [&[1.0][..], &[5.0, 2.0], &[7.0, 3.0, 1.5]] {
            let all = sizes(rounds).flat_map(|size| [size, -size]);
            for value in std::iter::once(0.0).chain(all) {
                let at = self.down(value);
                let free = ticks.iter().all(|known| apart <= (self.down(*known) - at).abs());
                if (1.5..=98.5).contains(&at) && free && ticks.len() < 7 {
                    ticks.push(value);
                }
            }
            if 3 <= ticks.len() {
                break;
            }
        }
        ticks.sort_by(f64::total_cmp);
        ticks
    }

    fn bent(&self, value: f64) -> f64 {
        (libm::log10(1.0 + value.abs() / self.unit)).copysign(value)
    }

    fn straight(&self, bent: f64) -> f64 {
        ((libm::pow(10.0, bent.abs()) - 1.0) * self.unit).copysign(bent)
    }
}

/// Three decades below the greatest value, and one at least.
fn unit(low: f64, high: f64) -> f64 {
    let most = low.abs().max(high.abs()).max(1.0);
    libm::pow(10.0, libm::floor(libm::log10(most)) - 3.0).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_of_zero_are_alike() {
        let axis = SignedLog::around(-5_000.0, 5_000.0);
        assert!((axis.down(0.0) - 50.0).abs() < 1e-9);
        for value in [1.0, 40.0, 900.0, 5_000.0] {
            assert!((axis.down(value) + axis.down(-value) - 100.0).abs() < 1e-9, "{value}");
        }
        assert!(0.0 < axis.down(5_000.0) && axis.down(-5_000.0) < 100.0);
    }

    #[test]
    fn a_decade_takes_about_as_much_as_the_next() {
        let axis = SignedLog::around(0.0, 14_000.0);
        let decade = |from: f64| axis.down(from) - axis.down(from * 10.0);
        assert!((decade(100.0) - decade(1_000.0)).abs() < 2.5, "{} {}", decade(100.0), decade(1_000.0));
        assert_eq!(axis.ticks(6.0), [0.0, 10.0, 100.0, 1_000.0, 10_000.0]);
    }

    #[test]
    fn an_axis_of_one_value_has_a_place_for_it() {
        for value in [0.0, 1.0, -38.0, 9e11] {
            let at = SignedLog::around(value, value).down(value);
            assert!((0.0..=100.0).contains(&at), "{value} at {at}");
        }
        let narrow = SignedLog::between(1_000.0, 2_000.0);
        assert_eq!((narrow.down(2_000.0).round(), narrow.down(1_000.0).round()), (0.0, 100.0));
        assert!(SignedLog::between(5.0, 5.0).down(5.0).is_finite());
    }
}
