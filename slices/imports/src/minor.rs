//! Amounts in the smallest unit of their currency, as payment services write them: 1999 for 19.99 EUR, 500 for 500 JPY.

use kernel::Currency;

/// Currencies that payment services write with two digits although they have no smaller unit any more.
const STILL_TWO: [&str; 2] = ["ISK", "UGX"];

/// An amount in ten-thousandths of the smallest unit, in ten-thousandths of the major one; what is smaller is cut off.
pub(crate) fn major(number: i64, currency: Currency) -> i64 {
    let digits = if STILL_TWO.contains(&currency.code()) { 2 } else { currency.minor_digits() };
    number / 10i64.pow(digits.min(4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_unit_is_that_of_the_currency() {
        for (code, written, read) in
            [("EUR", 1_999, 199_900), ("JPY", 500, 5_000_000), ("KWD", 1_500, 15_000), ("ISK", 500, 50_000)]
        {
            assert_eq!(major(written * 10_000, Currency::parse(code).unwrap()), read, "{code}");
        }
    }
}
