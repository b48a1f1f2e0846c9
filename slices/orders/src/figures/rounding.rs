//! Shares, means and medians of whole numbers, each rounded once, without floats.

use kernel::{Currency, Money};

/// `a / b` in percent with two decimals, halves away from zero; empty when there is nothing to divide by.
pub(crate) fn share(a: i64, b: i64) -> String {
    if b <= 0 {
        return String::new();
    }
    let (a, b) = (i128::from(a), i128::from(b));
    let hundredths = (a * 20_000 + b).div_euclid(2 * b);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// `a / (10 b)` with one decimal, halves up.
pub(super) fn tenths(a: i64, b: i64) -> String {
    let rounded = (2 * a + b).div_euclid(2 * b);
    format!("{}.{}", rounded / 10, rounded % 10)
}

/// `a / b`, halves up.
pub(super) fn divided(a: i64, b: i64) -> i64 {
    (2 * a + b).div_euclid(2 * b)
}

/// The middle of sorted numbers, with `.5` where two share it.
pub(crate) fn median(sorted: &[i64]) -> String {
    let n = sorted.len();
    if n == 0 {
        return String::new();
    }
    let twice = sorted[(n - 1) / 2] + sorted[n / 2];
    let half = if twice % 2 == 0 { "" } else { ".5" };
    format!("{}{half}", twice / 2)
}

/// The middle of sorted amounts.
pub(super) fn median_money(sorted: &[i64], currency: Currency) -> String {
    let n = sorted.len();
    if n == 0 {
        return String::new();
    }
    Money::new(divided(sorted[(n - 1) / 2] + sorted[n / 2], 2), currency).decimal()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_to_hundredths_and_nothing_to_divide_by_is_blank() {
        assert_eq!(share(1, 3), "33.33");
        assert_eq!(share(2, 3), "66.67");
        assert_eq!(share(1, 800), "0.13", "0.125, half away from zero");
        assert_eq!(share(5, 5), "100.00");
        assert_eq!(share(i64::MAX, i64::MAX), "100.00");
        assert_eq!(share(1, 0), "");
    }

    #[test]
    fn a_mean_is_rounded_half_up() {
        assert_eq!(tenths(10 * 10, 3), "3.3");
        assert_eq!(tenths(10 * 5, 4), "1.3", "1.25");
        assert_eq!(divided(5, 2), 3);
        assert_eq!(divided(-5, 2), -2);
    }

    #[test]
    fn a_median_of_an_even_number_lies_between_the_two_in_the_middle() {
        assert_eq!(median(&[]), "");
        assert_eq!(median(&[7]), "7");
        assert_eq!(median(&[1, 2]), "1.5");
        assert_eq!(median(&[1, 2, 4, 9]), "3");
        let pounds = Currency::parse("GBP").unwrap();
        assert_eq!(median_money(&[10_000, 20_100], pounds), "1.50", "1.505, half to even");
        assert_eq!(median_money(&[], pounds), "");
    }
}
