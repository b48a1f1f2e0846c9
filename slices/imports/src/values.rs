//! How the cells of a column are written, and the simplest of them: ids, and words that mean nothing is there.

use serde::{Deserialize, Serialize};

/// Declares a closed list of words for mappings and pages.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$about])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every word.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word in mappings, in the API and on pages.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
        }
    };
}
pub(crate) use words;

words! {
    /// In which order a column writes its dates. A year written first is read whatever the order.
    #[derive(Default)]
    DateOrder {
        /// `2025-03-04`, with or without a time.
        #[default]
        YearFirst = "year-month-day",
        /// `04.03.2025`, `4/3/25`, `04-Mar-11`.
        DayFirst = "day.month.year",
        /// `3/4/2025 8:26`.
        MonthFirst = "month/day/year",
        /// Seconds since 1970, UTC.
        EpochSeconds = "epoch seconds",
        /// Milliseconds since 1970, UTC.
        EpochMillis = "epoch milliseconds",
        /// Every one can be read day first or month first, and nobody has said which it is; shown day first until then.
        Unsaid = "not said",
    }
}
words! {
    /// What stands between the whole and the decimals of a number.
    #[derive(Default)]
    DecimalSign {
        /// `1,234.50`
        #[default]
        Point = ".",
        /// `1.234,50`
        Comma = ",",
    }
}

impl DecimalSign {
    /// The sign.
    pub fn mark(self) -> char {
        match self {
            DecimalSign::Point => '.',
            DecimalSign::Comma => ',',
        }
    }
}

/// The text of a cell, or nothing where the cell is blank or holds a word that means so.
pub fn present(cell: &str) -> Option<&str> {
    let text = cell.trim_matches(|letter: char| letter.is_whitespace() || letter == '\0');
    let missing = match text.len() {
        0 => true,
        1 => text == "?",
        2 => text == "\\N",
        3 => matches!(text, "N/A" | "n/a" | "NaN" | "nan" | "NA"),
        4 => matches!(text, "NULL" | "null" | "None" | "#N/A"),
        7 => text == "(blank)",
        _ => false,
    };
    (!missing).then_some(text)
}

/// The text of a cell that holds a number, or nothing: a dash alone is how tables write that there is none.
pub fn numeric(cell: &str) -> Option<&str> {
    present(cell).filter(|text| {
        !text.chars().all(|letter| ['-', '\u{2013}', '\u{2014}', '\u{2212}'].contains(&letter))
    })
}

/// An id as it is meant: without the apostrophe a spreadsheet puts before it, and without `.0` where the whole
/// column is written as floats. Leading zeros are part of it.
pub fn id(cell: &str, floats: bool) -> Option<&str> {
    let text = present(cell)?;
    let text = text.strip_prefix('\'').unwrap_or(text).trim();
    let text = if floats { whole_of_float(text).unwrap_or(text) } else { text };
    (!text.is_empty()).then_some(text)
}

/// `17850` of `17850.0`; nothing where it is no float of an integer.
pub fn whole_of_float(text: &str) -> Option<&str> {
    let (whole, zeros) = text.split_once('.')?;
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    let number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    (number && !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0')).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_as_text() {
        assert_eq!(id("00123", false), Some("00123"));
        assert_eq!(id("'560029", false), Some("560029"));
        assert_eq!(id(" Val2 ", false), Some("Val2"));
        assert_eq!(id("0015000000WaDmAAAV", false), Some("0015000000WaDmAAAV"));
        assert_eq!(id("17850.0", true), Some("17850"));
        assert_eq!(id("17850.5", true), Some("17850.5"));
        assert_eq!(id("17850.0", false), Some("17850.0"));
    }

    #[test]
    fn words_for_nothing_are_nothing() {
        for cell in ["", " ", "NULL", "\\N", "?", "(blank)", "\0", "NaN", "\u{a0}"] {
            assert_eq!(present(cell), None, "{cell:?}");
        }
        assert_eq!(present("0"), Some("0"));
        assert_eq!((present("-"), numeric("-"), numeric(" \u{2013} ")), (Some("-"), None, None));
        assert_eq!(numeric("-5"), Some("-5"));
    }
}
