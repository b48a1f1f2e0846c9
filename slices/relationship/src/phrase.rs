//! Pieces of sentences: days, counts, shares and lists as people write them.

use kernel::Day;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// What is said where amounts would have to be added across currencies.
pub(crate) const TWO_CURRENCIES: &str = "No evidence: amounts in two currencies are never added";

/// `4 March 2025`.
pub(crate) fn day(day: Day) -> String {
    let date = day.date();
    let month = usize::try_from(date.month() - 1).ok().and_then(|at| MONTHS.get(at)).unwrap_or(&"");
    format!("{} {month} {}", date.day(), date.year())
}

/// `1 month`, `7 months`.
pub(crate) fn count(n: impl Into<i128>, one: &str, many: &str) -> String {
    match n.into() {
        1 => format!("1 {one}"),
        n => format!("{n} {many}"),
    }
}

/// `a, b and c`.
pub(crate) fn list<T: AsRef<str>>(words: &[T]) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", most.join(", "), last.as_ref())
        }
    }
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
    format!("{sign}{}.{:02}", hundredths / 100, hundredths % 100)
}

/// Permille as `64 %`.
pub(crate) fn percent(permille: i64) -> String {
    format!("{} %", (permille.saturating_add(5)).div_euclid(10))
}

/// `1st`, `22nd`, `58th`.
pub(crate) fn ordinal(n: i64) -> String {
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
    format!("{n} {}", if n == 1 { one } else { many })
}
