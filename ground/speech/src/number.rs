//! Whole numbers as each language writes them.

use std::fmt;

use crate::{Language, language};

/// A number that a text speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number(pub i64);

impl Number {
    /// Whether it takes the form for one; the rule of English and of German.
    pub(crate) const fn is_one(self) -> bool {
        self.0 == 1
    }
}

macro_rules! from {
    ($($kind:ty),*) => {
        $(impl From<$kind> for Number {
            fn from(n: $kind) -> Number {
                Number(i64::try_from(n).unwrap_or(i64::MAX))
            }
        })*
    };
}

from!(i32, i64, u32, u64, usize, i128);

/// `9999`, `10,000`: grouped only where the eye needs it, with a true minus.
impl fmt::Display for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.unsigned_abs().to_string();
        if self.0 < 0 {
            out.write_str("\u{2212}")?;
        }
        match digits.len() < 5 {
            true => out.write_str(&digits),
            false => out.write_str(&grouped(&digits)),
        }
    }
}

/// `1234567` as `1,234,567`, in German `1.234.567`.
pub fn grouped(digits: &str) -> String {
    let sign = if language() == Language::German { '.' } else { ',' };
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (n, digit) in digits.chars().enumerate() {
        if 0 < n && (digits.len() - n).is_multiple_of(3) {
            text.push(sign);
        }
        text.push(digit);
    }
    text
}

/// What stands before the fraction of a number.
pub fn decimal_sign() -> char {
    if language() == Language::German { ',' } else { '.' }
}
