//! An exact sum of amounts that recur in unlike periods: a whole number over a whole number.

use std::collections::BTreeMap;

use kernel::{Currency, Money};

/// An exact amount in ten-thousandths of the major unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fraction {
    top: i128,
    under: i128,
}

impl Default for Fraction {
    fn default() -> Fraction {
        Fraction { top: 0, under: 1 }
    }
}

impl Fraction {
    /// Adds so much over so much; sums that no book can honestly reach stay at the end of the scale.
    pub fn add(&mut self, top: i128, under: i128) {
        let under = under.max(1);
        let shared = gcd(self.under, under);
        let (mine, theirs) = (under / shared, self.under / shared);
        self.top = self.top.saturating_mul(mine).saturating_add(top.saturating_mul(theirs));
        self.under = self.under.saturating_mul(mine);
        let shared = gcd(self.top, self.under);
        (self.top, self.under) = (self.top / shared, self.under / shared);
    }

    /// The top and the bottom of it, the latter above zero.
    pub fn parts(self) -> (i128, i128) {
        (self.top, self.under)
    }

    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        self.top == 0
    }

    /// In major units with the decimals of the currency, rounded once, halves to even.
    pub fn decimal(self, currency: Currency) -> String {
        let digits = currency.minor_digits().min(4);
        let step = 10i128.pow(4 - digits);
        let minor = rounded(self.top, self.under.saturating_mul(step)).saturating_mul(step);
        Money::new(i64::try_from(minor).unwrap_or(i64::MAX), currency).decimal()
    }

    /// Which of two is larger.
    pub fn order(self, other: Fraction) -> std::cmp::Ordering {
        self.top.saturating_mul(other.under).cmp(&other.top.saturating_mul(self.under))
    }
}

/// A quotient rounded to a whole number, halves to even; `under` is above zero.
pub fn rounded(top: i128, under: i128) -> i128 {
    let (whole, rest) = (top.div_euclid(under), top.rem_euclid(under));
    let twice = rest.saturating_mul(2);
    whole + i128::from(twice > under || (twice == under && whole.rem_euclid(2) == 1))
}

/// One in percent of another with two decimals, halves to even; empty where there is nothing to divide by.
pub fn percent(part: i128, whole: i128) -> String {
    if whole <= 0 {
        return String::new();
    }
    let hundredths = rounded(part.saturating_mul(10_000), whole);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// The median of a histogram, with a half where it lies between two; empty for nothing.
pub fn median(histogram: &BTreeMap<i32, i64>) -> String {
    let total: i64 = histogram.values().sum();
    let at = |place: i64| {
        let mut before = 0;
        let found = histogram.iter().find(|(_, count)| {
            before += **count;
            place < before
        });
        found.map_or(0, |(months, _)| i64::from(*months))
    };
    if total == 0 {
        return String::new();
    }
    let twice = at((total - 1) / 2) + at(total / 2);
    if twice % 2 == 0 { (twice / 2).to_string() } else { format!("{}.5", twice / 2) }
}

fn gcd(one: i128, other: i128) -> i128 {
    let (mut one, mut other) = (one.saturating_abs(), other.saturating_abs());
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_third_of_a_year_and_a_month_add_up_exactly_and_are_rounded_once() {
        let euro = Currency::parse("EUR").unwrap();
        let mut sum = Fraction::default();
        for _ in 0..3 {
            sum.add(10_000, 3);
        }
        assert_eq!(sum, Fraction { top: 10_000, under: 1 });
        sum.add(50, 1);
        assert_eq!(sum.decimal(euro), "1.00", "half a cent goes to the even neighbour");
        assert_eq!(percent(1, 3), "33.33");
        assert_eq!(percent(1, 0), "");
    }
}
