//! Pieces of sentences: days, counts, shares and lists as people write them.

use kernel::Day;
use speech::{Language, say};

/// What is said where amounts would have to be added across currencies.
pub(crate) fn two_currencies() -> String {
    say!("No evidence: amounts in two currencies are never added").into_owned()
}

/// `4 March 2025`.
pub(crate) fn day(day: Day) -> String {
    speech::long_day(day)
}

/// `2025-03-04` in English, where programs read along; else as people write it.
pub(crate) fn plain_day(day: Day) -> String {
    if speech::language() == Language::English { day.to_string() } else { speech::long_day(day) }
}

/// The name of something inside a sentence: small in English, as it is written in a language whose nouns are capital.
pub(crate) fn inside(name: &str) -> String {
    if speech::language() == Language::English { name.to_lowercase() } else { name.to_owned() }
}

/// A sentence that goes on after a colon: with a small letter in English.
pub(crate) fn going_on(text: &str) -> String {
    if speech::language() == Language::English { uncapital(text) } else { text.to_owned() }
}

/// With a small letter at the start.
pub(crate) fn uncapital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// A piece of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'t> {
    /// Words.
    Text(&'t str),
    /// A day as [`day`] writes it.
    Day(Day),
}

/// A sentence by its words and its days, so that a page can give each day its machine value.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let (mut found, mut from) = (Vec::new(), 0);
    for (at, _) in text.match_indices(char::is_numeric) {
        let begins = from <= at && !text[from..at].ends_with(char::is_alphanumeric);
        let Some((day, length)) = begins.then(|| speech::read_long_day(&text[at..])).flatten() else {
            continue;
        };
        found.extend([Piece::Text(&text[from..at]), Piece::Day(day)]);
        from = at + length;
    }
    found.push(Piece::Text(&text[from..]));
    found.retain(|piece| *piece != Piece::Text(""));
    found
}

/// `1 month`, `7 months`.
pub(crate) fn count(n: impl Into<i128>, one: &str, many: &str) -> String {
    speech::noun(n.into(), one, many)
}

/// `a, b and c`.
pub(crate) fn list<T: AsRef<str>>(words: &[T]) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            say!("{} and {}", most.join(", "), last.as_ref())
        }
    }
}

/// `1,312`.
pub(crate) fn thousands(n: usize) -> String {
    speech::grouped(&n.to_string())
}

/// Whole sentences one after another.
pub(crate) fn joined<'a>(sentences: impl Iterator<Item = &'a str>) -> String {
    sentences.collect::<Vec<_>>().join(" ")
}

/// Millionths of log-odds with two decimals, a sign and a true minus: `+0.62`, `−1.70`, `0.00`.
pub(crate) fn log_odds(micro: i64) -> String {
    let hundredths = (micro.unsigned_abs() + 5_000) / 10_000;
    let sign = match micro {
        _ if hundredths == 0 => "",
        0.. => "+",
        _ => "\u{2212}",
    };
    format!("{sign}{}{}{:02}", hundredths / 100, speech::decimal_sign(), hundredths % 100)
}

/// Permille as `0.64`.
pub(crate) fn hundredths(permille: i64) -> String {
    format!("{}{}{:02}", permille / 1000, speech::decimal_sign(), permille % 1000 / 10)
}

/// Permille as `64 %`.
pub(crate) fn percent(permille: i64) -> String {
    format!("{} %", (permille.saturating_add(5)).div_euclid(10))
}

/// `1st`, `22nd`, `58th`; in German `58.`.
pub(crate) fn ordinal(n: i64) -> String {
    if speech::language() == Language::German {
        return format!("{n}.");
    }
    let ending = match (n % 100, n % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

/// With a capital at the start.
pub(crate) fn capital(word: impl AsRef<str>) -> String {
    let mut letters = word.as_ref().chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// `1 fact`, `12 facts`.
pub(crate) fn plural(n: i64, one: &str, many: &str) -> String {
    speech::noun(n, one, many)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_comes_apart_into_its_words_and_its_days() {
        let march = Day::parse("2025-03-04").unwrap();
        let told =
            pieces("A client since 4 March 2025: 14 March 2025, 4 Marsh 2025 and 31 February 2025, 4.");
        let days: Vec<_> = told.iter().filter(|piece| matches!(piece, Piece::Day(_))).collect();
        assert_eq!(days, [&Piece::Day(march), &Piece::Day(march.plus(10))]);
        assert_eq!(told[0], Piece::Text("A client since "));
        assert_eq!(told.last(), Some(&Piece::Text(", 4 Marsh 2025 and 31 February 2025, 4.")));
        assert_eq!(pieces("4 March 2025"), [Piece::Day(march)]);
        assert_eq!((pieces(""), pieces("x4 March 2025").len()), (Vec::new(), 1));
        assert_eq!(pieces("\u{bd} an hour on 4 March 2025").len(), 2);
    }
}
