//! Conditions: which relationships somebody looks for, joined by and, or and not.
//!
//! A filter is a tree. It is written as a text that people can read and that stands in an address:
//! `class:client and (fit:under-served or confidence:low) and net>=1000 EUR`.

mod field;
mod spoken;
mod text;

use kernel::{Day, Money};

pub use self::{
    field::{Field, Kind},
    spoken::{comparison, spoken, word_of},
};

/// Letters of the longest text.
pub const LONGEST: usize = 2_000;
/// Brackets and nots that may stand within one another.
pub const DEEPEST: usize = 8;
/// Most conditions of one filter.
pub const MOST: usize = 40;

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// All of these hold.
    All(Vec<Wanted>),
    /// At least one of these holds.
    Any(Vec<Wanted>),
    /// This does not hold.
    Not(Box<Wanted>),
    /// A single condition.
    One(Condition),
}

/// One condition: a field of the book, a comparison, a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// What is compared.
    pub field: Field,
    /// How.
    pub op: Op,
    /// With what.
    pub value: Operand,
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// Is it; a name begins so.
    Is,
    /// Is not it.
    IsNot,
    /// It or more.
    AtLeast,
    /// It or less.
    AtMost,
    /// More than it.
    Over,
    /// Less than it.
    Under,
}

/// What a field is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operand {
    /// One of the words that the field knows.
    Word(&'static str),
    /// A name, a service line, a country, a currency.
    Text(String),
    /// Parts per million of strength, permille of coverage or of a rank, a count.
    Number(i64),
    /// An amount in one currency.
    Money(Money),
    /// A day.
    Day(When),
}

/// A day, fixed or told from today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// That day.
    On(Day),
    /// So many days before today, by the clock of the business.
    Ago(i32),
}

impl Op {
    /// Every comparison, in the order of every list.
    pub const ALL: [Op; 6] = [Op::Is, Op::IsNot, Op::AtLeast, Op::AtMost, Op::Over, Op::Under];

    /// The sign between a field that is measured and its value.
    pub fn sign(self) -> &'static str {
        match self {
            Op::Is => "=",
            Op::IsNot => "!=",
            Op::AtLeast => ">=",
            Op::AtMost => "<=",
            Op::Over => ">",
            Op::Under => "<",
        }
    }

    /// The comparison of that sign; a colon is the other sign for *is*.
    pub fn of_sign(sign: &str) -> Option<Op> {
        if sign == ":" { Some(Op::Is) } else { Op::ALL.into_iter().find(|op| op.sign() == sign) }
    }
}

impl When {
    /// The day that is meant.
    pub fn day(self, today: Day) -> Day {
        match self {
            When::On(day) => day,
            When::Ago(days) => today.plus(-days),
        }
    }
}

impl Wanted {
    /// All of these; those within one another are one list, and a single one stands for itself.
    pub fn all(parts: impl IntoIterator<Item = Wanted>) -> Option<Wanted> {
        let mut flat = Vec::new();
        for part in parts {
            match part {
                Wanted::All(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        if flat.len() < 2 { flat.pop() } else { Some(Wanted::All(flat)) }
    }

    /// At least one of these, made flat in the same way.
    pub fn any(parts: impl IntoIterator<Item = Wanted>) -> Option<Wanted> {
        let mut flat = Vec::new();
        for part in parts {
            match part {
                Wanted::Any(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        if flat.len() < 2 { flat.pop() } else { Some(Wanted::Any(flat)) }
    }

    /// Not this.
    #[must_use]
    pub fn negated(self) -> Wanted {
        match self {
            Wanted::Not(inner) => *inner,
            other => Wanted::Not(Box::new(other)),
        }
    }

    /// Its conditions, in their order.
    pub fn conditions(&self) -> Vec<&Condition> {
        match self {
            Wanted::All(parts) | Wanted::Any(parts) => parts.iter().flat_map(Wanted::conditions).collect(),
            Wanted::Not(inner) => inner.conditions(),
            Wanted::One(condition) => vec![condition],
        }
    }

    /// The same with something in the place of each condition.
    ///
    /// # Errors
    /// What `place` answers.
    pub fn replaced<E>(self, place: &mut impl FnMut(Condition) -> Result<Wanted, E>) -> Result<Wanted, E> {
        let mut each = |parts: Vec<Wanted>| -> Result<Vec<Wanted>, E> {
            parts.into_iter().map(|part| part.replaced(place)).collect()
        };
        Ok(match self {
            Wanted::All(parts) => Wanted::All(each(parts)?),
            Wanted::Any(parts) => Wanted::Any(each(parts)?),
            Wanted::Not(inner) => Wanted::Not(Box::new(inner.replaced(place)?)),
            Wanted::One(condition) => place(condition)?,
        })
    }

    /// Whether it holds where each condition is known to hold, known not to, or not known.
    pub fn holds(&self, known: &impl Fn(&Condition) -> Option<bool>) -> Option<bool> {
        match self {
            Wanted::One(condition) => known(condition),
            Wanted::Not(inner) => inner.holds(known).map(|holds| !holds),
            Wanted::All(parts) => together(parts.iter().map(|part| part.holds(known)), false),
            Wanted::Any(parts) => together(parts.iter().map(|part| part.holds(known)), true),
        }
    }

    /// The same without the condition at that place, counted in their order; nothing where none is left.
    pub fn without(&self, place: usize) -> Option<Wanted> {
        self.dropped(place, &mut 0)
    }

    fn dropped(&self, place: usize, seen: &mut usize) -> Option<Wanted> {
        let mut rest = |parts: &[Wanted]| -> Vec<Wanted> {
            parts.iter().filter_map(|part| part.dropped(place, seen)).collect()
        };
        match self {
            Wanted::All(parts) => Wanted::all(rest(parts)),
            Wanted::Any(parts) => Wanted::any(rest(parts)),
            Wanted::Not(inner) => inner.dropped(place, seen).map(Wanted::negated),
            Wanted::One(condition) => {
                *seen += 1;
                (*seen != place + 1).then(|| Wanted::One(condition.clone()))
            }
        }
    }
}

/// `decides` settles it where one part is known to be so; else it is known once all parts are.
fn together(parts: impl Iterator<Item = Option<bool>>, decides: bool) -> Option<bool> {
    let mut known = Some(!decides);
    for part in parts {
        match part {
            Some(holds) if holds == decides => return Some(decides),
            None => known = None,
            Some(_) => (),
        }
    }
    known
}
