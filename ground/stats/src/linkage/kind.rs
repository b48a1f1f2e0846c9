//! What kind of values a column holds, by what stands in it.

use serde::{Deserialize, Serialize};

/// What kind of values a column holds; the levels of a comparison follow from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// One or two words: a given name, a town.
    Word,
    /// Several words: a street, the name of a firm or product, a description.
    Text,
    /// The words of a text that hold digits, such as the numbers of models.
    Marks,
    /// Digits (and letters) that count or are looked up: a postcode, a house number, a number of insurance.
    Code,
    /// A day: year, month and day in eight digits, with or without marks between.
    Day,
    /// An email address.
    Email,
    /// A quantity where near is nearly the same: a price.
    Number,
}

impl Kind {
    /// How many levels a comparison has, the lowest ("differs") included.
    pub fn levels(self) -> usize {
        match self {
            Kind::Word => 8,
            Kind::Text => 10,
            Kind::Marks => 3,
            Kind::Code | Kind::Day | Kind::Number => 4,
            Kind::Email => 5,
        }
    }

    /// The kind of the values of a column: the first of these that nine of ten values are. An email address; a day; a
    /// quantity (a part behind the point in one of ten at least, none with a leading zero); a code (no word, a digit);
    /// else words: text when they are more than two on average or more than one in five values is longer than twenty
    /// letters.
    pub fn of<'v>(values: impl Iterator<Item = &'v str> + Clone) -> Kind {
        let count = values.clone().count().max(1);
        let most = |holds: &dyn Fn(&str) -> bool| {
            10 * values.clone().filter(|value| holds(value)).count() >= 9 * count
        };
        let some = |holds: &dyn Fn(&str) -> bool| values.clone().filter(|value| holds(value)).count();
        if most(&is_email) {
            return Kind::Email;
        }
        if most(&|value| day(value).is_some()) {
            return Kind::Day;
        }
        if most(&|value| number(value).is_some()) && 10 * some(&|value| value.contains('.')) >= count {
            return Kind::Number;
        }
        if most(&|value| is_code(value)) {
            return Kind::Code;
        }
        let words: usize = values.clone().map(|value| value.split_whitespace().count()).sum();
        let long = some(&|value| 20 < value.chars().count());
        if 2 * count < words || count < 5 * long { Kind::Text } else { Kind::Word }
    }
}

fn is_email(value: &str) -> bool {
    value.split_once('@').is_some_and(|(name, house)| !name.is_empty() && house.contains('.'))
}

fn is_code(value: &str) -> bool {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let letters = value.chars().filter(|c| c.is_alphabetic()).count();
    0 < digits && letters <= digits + 2 && value.split_whitespace().count() <= 2
}

/// The digits of a day, year first: `19810312` of `1981-03-12`; nothing for what is no day.
pub(super) fn day(value: &str) -> Option<String> {
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    let marks_only = value.chars().all(|c| c.is_ascii_digit() || "-/. ".contains(c));
    let part = |from: usize, to: usize| digits.get(from..to).and_then(|part| part.parse::<u32>().ok());
    if !marks_only || digits.len() != 8 {
        return None;
    }
    let (year, month, day) = (part(0, 4)?, part(4, 6)?, part(6, 8)?);
    ((1_000..3_000).contains(&year) && month <= 12 && day <= 31).then_some(digits)
}

/// The number of a text such as `1,299.00` or `$399`.
pub(super) fn number(value: &str) -> Option<f64> {
    let bare: String = value.chars().filter(|c| !matches!(c, ',' | '$' | '€' | '£' | ' ')).collect();
    bare.parse().ok().filter(|number: &f64| number.is_finite())
}
