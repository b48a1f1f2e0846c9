//! Conditions in words, as pages say them.

use speech::say;

use super::{Condition, Field, Kind, Op, Operand, When, field::NONE};
use crate::{Class, Fit, phrase};
use timeline::fact::Dealing;

impl Field {
    /// What it is called on pages.
    pub fn label(self) -> &'static str {
        match self {
            Field::Class => "Class",
            Field::Line => "Service line",
            Field::Fit => "Service fit",
            Field::Confidence => "Confidence",
            Field::Coverage => "Coverage",
            Field::Strength => "Strength of evidence",
            Field::Net => "Net",
            Field::Currency => "Currency",
            Field::Purchases => "Purchases",
            Field::Spend => "Rank of spend",
            Field::Last => "Last day",
            Field::Since => "Class since",
            Field::Preference => "They want",
            Field::Override => "Set by hand",
            Field::Country => "Country",
            Field::Name => "Name",
        }
    }
}

/// A comparison in words.
pub fn comparison(field: Field, op: Op) -> &'static str {
    let is_day = field.kind() == Kind::Day;
    match op {
        Op::Is if field == Field::Name => "begins with",
        Op::IsNot if field == Field::Name => "does not begin with",
        Op::Is => "is",
        Op::IsNot => "is not",
        Op::AtLeast if is_day => "on or after",
        Op::AtMost if is_day => "on or before",
        Op::Over if is_day => "after",
        Op::Under if is_day => "before",
        Op::AtLeast => "at least",
        Op::AtMost => "at most",
        Op::Over => "over",
        Op::Under => "under",
    }
}

/// A condition in words: `class is client`, `net at least €1,000.00`.
pub fn spoken(condition: &Condition) -> String {
    let Condition { field, op, .. } = condition;
    let value = said(condition);
    match (field, op) {
        (Field::Preference, Op::Is) => say!("they want {value}"),
        (Field::Preference, _) => say!("they want other than {value}"),
        (Field::Fit, Op::Is) => say!("service fit \u{201c}{value}\u{201d}"),
        (Field::Fit, _) => say!("service fit other than \u{201c}{value}\u{201d}"),
        _ => {
            let label = phrase::inside(&speech::word!(field.label()));
            match op {
                Op::AtLeast if field.kind() == Kind::Day => return say!("{label} on or after {value}"),
                Op::AtMost if field.kind() == Kind::Day => return say!("{label} on or before {value}"),
                Op::Over if field.kind() == Kind::Day => return say!("{label} after {value}"),
                Op::Under if field.kind() == Kind::Day => return say!("{label} before {value}"),
                _ => (),
            }
            format!("{label} {} {value}", speech::word!(comparison(*field, *op)))
        }
    }
}

fn said(condition: &Condition) -> String {
    match &condition.value {
        Operand::Word(word) => word_of(condition.field, word),
        Operand::Text(text) if condition.field == Field::Name => say!("\u{201c}{text}\u{201d}"),
        Operand::Text(text) => text.clone(),
        Operand::Number(number) => match condition.field.kind() {
            Kind::Share => speech::decimal(&share(*number)),
            Kind::Percent => speech::decimal(&condition.value.typed(condition.field).replace('%', " %")),
            Kind::Rank => say!("{number} of 1000"),
            _ => number.to_string(),
        },
        Operand::Money(money) => speech::money(*money),
        Operand::Day(When::On(day)) => phrase::day(*day),
        Operand::Day(When::Ago(0)) => say!("today").into_owned(),
        Operand::Day(When::Ago(days)) => say!("{n} day ago" | "{n} days ago" % *days),
    }
}

/// At least two decimals, as strength is shown everywhere.
fn share(millionths: i64) -> String {
    let text = format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000);
    let short = text.trim_end_matches('0');
    text[..short.len().max(4)].to_owned()
}

/// One of the words of a field, as pages say it.
pub fn word_of(field: Field, word: &str) -> String {
    let nothing = word == NONE;
    match field {
        Field::Class => Class::parse(word).map_or_else(|| word.to_owned(), Class::said),
        Field::Fit => {
            let fit = Fit::ALL.iter().find(|fit| fit.as_str().replace(' ', "-") == word);
            phrase::uncapital(&fit.map_or_else(|| word.to_owned(), |fit| fit.said()))
        }
        Field::Preference if nothing => say!("nothing that they said").into_owned(),
        Field::Preference => Dealing::read(word).map_or_else(|| word.to_owned(), Dealing::spoken),
        Field::Override if nothing => say!("by nobody").into_owned(),
        Field::Override if word == "disagreeing" => say!("otherwise than the evidence").into_owned(),
        Field::Override => say!("any class").into_owned(),
        _ => speech::word!(word),
    }
}
