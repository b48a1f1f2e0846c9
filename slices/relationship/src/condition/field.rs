//! The fields of the book that can be asked for, and how their values are read and written.

use kernel::{Currency, Day, Money, plain as decimal, ten_thousandths};
use speech::say;

use super::{Condition, Op, Operand, When};
use crate::word::words;

words! {
    /// What of a relationship can be asked for.
    Field {
        /// Its class.
        Class = "class",
        /// Its service line.
        Line = "line",
        /// How it is served.
        Fit = "fit",
        /// Whether the unknown could turn the answer.
        Confidence = "confidence",
        /// How much of what could be known is.
        Coverage = "coverage",
        /// Strength of evidence.
        Strength = "strength",
        /// What they brought, in one currency.
        Net = "net",
        /// The currency of what they brought.
        Currency = "currency",
        /// Purchases that were kept.
        Purchases = "purchases",
        /// Rank of spend, permille.
        Spend = "spend",
        /// The last day on which something happened.
        Last = "last",
        /// Since when it is what it is.
        Since = "since",
        /// What they want.
        Preference = "preference",
        /// Whether a person set the class.
        Override = "override",
        /// The country of the account.
        Country = "country",
        /// How the name begins.
        Name = "name",
    }
}

/// What kind of value a field has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One of these words.
    Words(&'static [&'static str]),
    /// Any text.
    Text,
    /// A share from 0 to 1 with up to four decimals, kept in parts per million.
    Share,
    /// A percentage with up to one decimal, kept in permille.
    Percent,
    /// A rank from 0 to 1000.
    Rank,
    /// A whole number.
    Count,
    /// An amount with its currency.
    Money,
    /// A currency, or none.
    Currency,
    /// A day.
    Day,
}

const CLASSES: &[&str] = &["prospect", "customer", "client", "former", "not-enough-evidence"];
const FITS: &[&str] = &["fits", "under-served", "over-served", "not-known", "not-judged"];
const CONFIDENCES: &[&str] = &["low", "medium", "high", "none"];
const WISHES: &[&str] = &["no_relationship", "just_transactions", "renewals_only", "open_to_advice", "none"];
const BY_HAND: &[&str] = &["any", "disagreeing", "none"];

/// What stands for having none of it.
pub(crate) const NONE: &str = "none";

impl Field {
    /// What kind of value it has.
    pub fn kind(self) -> Kind {
        match self {
            Field::Class => Kind::Words(CLASSES),
            Field::Fit => Kind::Words(FITS),
            Field::Confidence => Kind::Words(CONFIDENCES),
            Field::Preference => Kind::Words(WISHES),
            Field::Override => Kind::Words(BY_HAND),
            Field::Line | Field::Country | Field::Name => Kind::Text,
            Field::Coverage => Kind::Percent,
            Field::Strength => Kind::Share,
            Field::Net => Kind::Money,
            Field::Currency => Kind::Currency,
            Field::Purchases => Kind::Count,
            Field::Spend => Kind::Rank,
            Field::Last | Field::Since => Kind::Day,
        }
    }

    /// Whether it can be more and less.
    pub fn is_measured(self) -> bool {
        !matches!(self.kind(), Kind::Words(_) | Kind::Text | Kind::Currency)
    }

    /// The comparisons that make sense for it.
    pub fn comparisons(self) -> &'static [Op] {
        if self.is_measured() {
            &[Op::AtLeast, Op::AtMost, Op::Over, Op::Under, Op::Is, Op::IsNot]
        } else {
            &[Op::Is, Op::IsNot]
        }
    }
}

impl Condition {
    /// A condition from its parts as somebody typed them; an amount has its currency after it.
    ///
    /// # Errors
    /// Why the value does not hold, as a fragment of a sentence.
    pub fn read(field: Field, op: Op, text: &str) -> Result<Condition, String> {
        if !field.comparisons().contains(&op) {
            return Err(say!("{field} is compared by : and != only, it is never more or less"));
        }
        Ok(Condition { field, op, value: value(field, text.trim())? })
    }
}

fn value(field: Field, text: &str) -> Result<Operand, String> {
    match field.kind() {
        Kind::Words(known) => match known.iter().find(|word| plain(word) == plain(text)) {
            Some(word) => Ok(Operand::Word(word)),
            None => Err(say!("{text:?} is no {field}; known are {}", known.join(", "))),
        },
        Kind::Text if text.is_empty() => Err(say!("{field} needs a text")),
        Kind::Text => Ok(Operand::Text(text.to_owned())),
        Kind::Share => match ten_thousandths(text) {
            Some(share @ 0..=10_000) => Ok(Operand::Number(share * 100)),
            _ => Err(say!("{text:?} is no strength; write it from 0 to 1, such as 0.7")),
        },
        Kind::Percent => match ten_thousandths(text.trim_end_matches('%').trim_end()) {
            Some(share @ 0..=1_000_000) if share % 1_000 == 0 => Ok(Operand::Number(share / 1_000)),
            _ => Err(say!("{text:?} is no percentage; write it such as 60%")),
        },
        Kind::Rank => match text.parse() {
            Ok(rank @ 0..=1_000) => Ok(Operand::Number(rank)),
            _ => Err(say!("{text:?} is no rank; write it from 0 to 1000: 900 is the top tenth")),
        },
        Kind::Count => match text.parse::<i64>() {
            Ok(count) if 0 <= count => Ok(Operand::Number(count)),
            _ => Err(say!("{text:?} is no count; write a whole number such as 10")),
        },
        Kind::Money => amount(text).map(Operand::Money),
        Kind::Currency => currency(text),
        Kind::Day => day(text).map(Operand::Day),
    }
}

/// Words are the same with blanks, hyphens or underscores, in capitals or not.
fn plain(word: &str) -> String {
    word.to_lowercase().replace([' ', '_'], "-")
}

fn amount(text: &str) -> Result<Money, String> {
    let (amount, code) = text.split_once(' ').map_or((text, ""), |(amount, code)| (amount, code.trim()));
    let no_currency = |_| say!("an amount needs its currency after it, such as \"{amount} EUR\"");
    let currency = Currency::parse(&code.to_uppercase()).map_err(no_currency)?;
    Money::parse(amount, currency).map_err(|problem| problem.message)
}

fn currency(text: &str) -> Result<Operand, String> {
    if plain(text) == NONE {
        return Ok(Operand::Text(NONE.to_owned()));
    }
    let code = text.to_uppercase();
    match Currency::parse(&code) {
        Ok(_) => Ok(Operand::Text(code)),
        Err(_) => Err(say!("{text:?} is no currency; write its three letters, such as EUR, or none")),
    }
}

fn day(text: &str) -> Result<When, String> {
    let ago = |rest: &str| match rest.trim() {
        "" => Some(0),
        rest => rest.strip_prefix('-')?.trim().parse().ok().filter(|days| (0..=36_600).contains(days)),
    };
    let found = match text.strip_prefix("today") {
        Some(rest) => ago(rest).map(When::Ago),
        None => Day::parse(text).map(When::On).ok(),
    };
    found.ok_or_else(|| {
        say!("{text:?} is no day; write it such as 2025-06-01, today or today-90 (90 days ago)")
    })
}

impl Operand {
    /// As it is typed, without quotes.
    pub fn typed(&self, field: Field) -> String {
        match self {
            Operand::Word(word) => (*word).to_owned(),
            Operand::Text(text) => text.clone(),
            Operand::Number(number) => match field.kind() {
                Kind::Share => decimal(number / 100),
                Kind::Percent => format!("{}%", decimal(number * 1_000)),
                _ => number.to_string(),
            },
            Operand::Money(money) => format!("{} {}", decimal(money.amount), money.currency),
            Operand::Day(When::On(day)) => day.to_string(),
            Operand::Day(When::Ago(0)) => "today".to_owned(),
            Operand::Day(When::Ago(days)) => format!("today-{days}"),
        }
    }
}
