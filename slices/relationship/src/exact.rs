//! Exact arithmetic on whole numbers wider than a measured value.

/// `⌊a / b⌋` towards minus infinity for any sign of b; 0 where b is 0.
pub(crate) fn floor(a: i128, b: i128) -> i128 {
    if b == 0 {
        return 0;
    }
    if let (Ok(a), Ok(b @ 1..)) = (i64::try_from(a), i64::try_from(b)) {
        return i128::from(a.div_euclid(b));
    }
    let (quotient, rest) = (a / b, a % b);
    if rest != 0 && (rest < 0) != (b < 0) { quotient - 1 } else { quotient }
}

/// The nearest value of 64 bits.
pub(crate) fn narrow(wide: i128) -> i64 {
    i64::try_from(wide).unwrap_or(if wide < 0 { i64::MIN } else { i64::MAX })
}
