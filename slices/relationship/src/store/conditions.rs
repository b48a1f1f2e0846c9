//! Conditions of the book as one part of a statement, written for both engines, each value bound.

use kernel::Day;

use super::search::Values;
use crate::{
    Class, Fit,
    condition::{Condition, Field, Op, Operand, Wanted},
};

/// A part of a statement that holds where the filter does. No column is ever null here, so each condition is true or false
/// and *not* turns it round.
pub(super) fn sql<'a>(wanted: &'a Wanted, today: Day, values: &mut Values<'a>) -> String {
    match wanted {
        Wanted::All(parts) => joined(parts, " AND ", today, values),
        Wanted::Any(parts) => joined(parts, " OR ", today, values),
        Wanted::Not(inner) => format!("NOT {}", sql(inner, today, values)),
        Wanted::One(condition) => format!("({})", one(condition, today, values)),
    }
}

fn joined<'a>(parts: &'a [Wanted], word: &str, today: Day, values: &mut Values<'a>) -> String {
    let parts: Vec<_> = parts.iter().map(|part| sql(part, today, values)).collect();
    format!("({})", parts.join(word))
}

fn one<'a>(condition: &'a Condition, today: Day, values: &mut Values<'a>) -> String {
    let Condition { field, op, value } = condition;
    match value {
        Operand::Word(word) => worded(*field, *op, word, values),
        Operand::Text(text) => text_of(*field, *op, text, values),
        Operand::Number(number) => {
            let column = column(*field);
            let mark = values.add(*number);
            let compared = format!("{column} {} {mark}", sign(*op));
            // Without a score there is no strength, and without spend no rank: they are in no comparison.
            match field {
                Field::Strength | Field::Spend => format!("{column} >= 0 AND {compared}"),
                _ => compared,
            }
        }
        Operand::Money(money) => {
            let currency = values.add(money.currency.code());
            let amount = values.add(money.amount);
            format!("relationship.currency = {currency} AND relationship.net {} {amount}", sign(*op))
        }
        Operand::Day(when) => {
            let day = values.add(i64::from(when.day(today).0));
            format!("{} {} {day}", column(*field), sign(*op))
        }
    }
}

fn sign(op: Op) -> &'static str {
    match op {
        Op::IsNot => "<>",
        other => other.sign(),
    }
}

fn column(field: Field) -> &'static str {
    match field {
        Field::Class => "relationship.class",
        Field::Line => "relationship.line",
        Field::Fit => "relationship.fit",
        Field::Confidence => "relationship.confidence",
        Field::Coverage => "relationship.coverage",
        Field::Strength => "relationship.strength",
        Field::Net => "relationship.net",
        Field::Currency => "relationship.currency",
        Field::Purchases => "relationship.purchases",
        Field::Spend => "relationship.spend_rank",
        Field::Last => "relationship.last_day",
        Field::Since => "relationship.since",
        Field::Preference => "relationship.preference",
        Field::Override => "relationship.override",
        Field::Country => "relationship.country",
        Field::Name => "relationship.name_key",
    }
}

fn worded<'a>(field: Field, op: Op, word: &'static str, values: &mut Values<'a>) -> String {
    if field == Field::Override {
        return by_hand(op, word);
    }
    let stored = match (field, word) {
        (Field::Class, word) => Class::parse(word).map_or(word, Class::as_str),
        (Field::Fit, word) => Fit::parse(word).map_or(word, Fit::as_str),
        (_, "none") => "",
        (_, word) => word,
    };
    format!("{} {} {}", column(field), sign(op), values.add(stored))
}

fn by_hand(op: Op, word: &str) -> String {
    let holds = match word {
        "none" => "relationship.override = 0",
        "disagreeing" => "relationship.override > 0 AND relationship.class <> relationship.computed",
        _ => "relationship.override > 0",
    };
    if op == Op::IsNot { format!("NOT ({holds})") } else { holds.to_owned() }
}

fn text_of<'a>(field: Field, op: Op, text: &'a str, values: &mut Values<'a>) -> String {
    let not = if op == Op::IsNot { "NOT " } else { "" };
    match field {
        Field::Name => {
            let from = values.add(text);
            format!("{not}({})", begins("relationship.name_key", &from))
        }
        Field::Currency if text == "none" => format!("relationship.currency {} ''", sign(op)),
        field => format!("{} {} {}", column(field), sign(op), values.add(text)),
    }
}

/// A column that begins with a text.
pub(super) fn begins(column: &str, mark: &str) -> String {
    format!("{column} >= {mark} AND {column} < {mark} || CAST('\u{10FFFF}' AS TEXT)")
}
