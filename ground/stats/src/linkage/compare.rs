//! How like two values are, in a few levels; the same rule for every column of a kind, whatever the data.

use rapidfuzz::distance;

use super::{
    column::{Column, Records, Value},
    kind::Kind,
};

/// How like two values are: 0 when they differ, the highest of their kind when they are the same.
pub type Level = u8;

/// The level of a comparison in which a value is missing: it tells nothing.
pub const ABSENT: Level = u8::MAX;

/// The level at which two words stand in each other's columns.
const CROSSED: Level = 6;
/// The level at which one of two words stands in the other's column.
const HALF_CROSSED: Level = 5;

/// How like two records are in one column.
///
/// | kind | levels, the highest first |
/// | --- | --- |
/// | word | the same; in each other's columns; one of both; one letter apart or Jaro–Winkler 0.95; 0.88; 0.8; 0.7 |
/// | text | the same words; SoftTFIDF 0.9; 0.8; 0.7; 0.6; 0.5; 0.4; 0.3; 0.2 |
/// | marks | one in common; one begins another |
/// | code | the same; one sign apart; two |
/// | day | the same; one digit apart; two, or two of year, month and day the same |
/// | email | the same; the same before the @; Jaro–Winkler 0.92; 0.85 |
/// | number | the same; 5 % apart; 20 % |
pub fn level(records: &Records, n: usize, left: usize, right: usize) -> Level {
    let column = &records.columns[n];
    let (Some(a), Some(b)) = (column.value(left), column.value(right)) else { return ABSENT };
    match records.twins[n].and_then(|twin| crossed(records, n, twin, left, right)) {
        Some(found) if found.first == n => found.level,
        Some(_) => ABSENT,
        None => of_kind(column, a, b),
    }
}

/// Two columns of words whose values stand in each other's place; told once, in the first of them.
struct Crossed {
    first: usize,
    level: Level,
}

fn crossed(records: &Records, n: usize, twin: usize, left: usize, right: usize) -> Option<Crossed> {
    let text = |column: usize, record: usize| records.columns[column].value(record).map(|value| &*value.text);
    let own = (text(n, left)?, text(n, right)?);
    let other = (text(twin, left), text(twin, right));
    if own.0 == own.1 || (other.0.is_some() && other.0 == other.1) {
        return None;
    }
    let level = match (Some(own.0) == other.1, Some(own.1) == other.0) {
        (true, true) => CROSSED,
        (false, false) => return None,
        _ => HALF_CROSSED,
    };
    let both = other.0.is_some() && other.1.is_some();
    Some(Crossed { first: if both { n.min(twin) } else { n }, level })
}

/// How like two values of a kind are whose likeness needs no other values: words, codes, days and email addresses.
pub fn alike(kind: Kind, a: &str, b: &str) -> Level {
    match kind {
        _ if a == b => Level::try_from(kind.levels() - 1).unwrap_or(Level::MAX),
        Kind::Code => 3 - Level::try_from(edits(a, b).min(3)).unwrap_or(3),
        Kind::Day => days(a, b),
        Kind::Email => emails(a, b),
        Kind::Word | Kind::Text | Kind::Marks | Kind::Number => words(a, b),
    }
}

fn of_kind(column: &Column, a: &Value, b: &Value) -> Level {
    let top = Level::try_from(column.kind.levels() - 1).unwrap_or(Level::MAX);
    if a.text == b.text && column.kind != Kind::Marks {
        return top;
    }
    match column.kind {
        Kind::Text => {
            steps(column.words.likeness(&a.bag, &b.bag), &[0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.999])
        }
        Kind::Marks => column.words.marks(&a.bag, &b.bag).unwrap_or(ABSENT),
        Kind::Word | Kind::Code | Kind::Day | Kind::Email => alike(column.kind, &a.text, &b.text),
        Kind::Number => {
            let larger = a.number.abs().max(b.number.abs());
            let apart = (a.number - b.number).abs() / larger.max(f64::MIN_POSITIVE);
            steps(-apart, &[-0.2, -0.05, -1e-9])
        }
    }
}

/// How many of these ascending thresholds a likeness reaches.
fn steps(likeness: f64, thresholds: &[f64]) -> Level {
    Level::try_from(thresholds.iter().filter(|least| **least <= likeness).count()).unwrap_or(0)
}

fn words(a: &str, b: &str) -> Level {
    let like = jaro_winkler(a, b, 0.7);
    let near = 0.7 < like && 3 < a.len().min(b.len()) && osa(a, b, 1) == 1;
    if near { 4 } else { steps(like, &[0.7, 0.8, 0.88, 0.95]) }
}

/// Jaro–Winkler likeness of two words; 0 where it is below the least that is asked for.
pub(super) fn jaro_winkler(a: &str, b: &str, least: f64) -> f64 {
    let args = distance::jaro_winkler::Args::default().score_cutoff(least);
    distance::jaro_winkler::similarity_with_args(a.chars(), b.chars(), &args).unwrap_or(0.0)
}

/// Insertions, deletions, replacements and swaps of neighbours between two texts; one more than the most that is asked
/// for where there are more.
fn osa(a: &str, b: &str, most: usize) -> usize {
    let args = distance::osa::Args::default().score_cutoff(most);
    distance::osa::distance_with_args(a.chars(), b.chars(), &args).unwrap_or(most + 1)
}

/// Insertions, deletions, replacements and swaps of neighbours between two codes.
fn edits(a: &str, b: &str) -> usize {
    match a.len().abs_diff(b.len()) {
        0..3 => osa(a, b, 2),
        apart => apart,
    }
}

fn days(a: &str, b: &str) -> Level {
    let parts = [0..4, 4..6, 6..8].into_iter();
    let same = parts.filter(|part| a.get(part.clone()).is_some_and(|own| Some(own) == b.get(part.clone())));
    match (osa(a, b, 2), same.count()) {
        (0 | 1, _) => 2,
        (2, _) | (_, 2) => 1,
        _ => 0,
    }
}

fn emails(a: &str, b: &str) -> Level {
    let before = |text: &str| text.split('@').next().unwrap_or_default().to_owned();
    if 3 < before(a).len() && before(a) == before(b) {
        return 3;
    }
    steps(jaro_winkler(a, b, 0.85), &[0.85, 0.92])
}
