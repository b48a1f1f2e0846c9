//! A filter while it is being made: what was typed, right or wrong, read from the fields of the form in their order.

use slice::Visit;
use speech::say;

use crate::condition::{Condition, DEEPEST, Field, Kind, MOST, Op, Operand, Wanted};

/// Conditions and groups that hold together.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    pub(super) joins: Joins,
    pub(super) parts: Vec<Part>,
    /// Of which field a condition is to be added.
    adds: Option<Field>,
}

/// How the parts of a group hold together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Joins {
    /// All of them.
    #[default]
    All,
    /// At least one of them.
    Any,
    /// None of them.
    No,
}

impl Joins {
    /// Its word in the form.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Joins::All => "all",
            Joins::Any => "any",
            Joins::No => "none",
        }
    }

    fn parse(word: &str) -> Joins {
        [Joins::Any, Joins::No].into_iter().find(|joins| joins.as_str() == word).unwrap_or_default()
    }
}

/// A part of a group.
#[derive(Clone, Debug)]
pub(super) enum Part {
    /// A group within.
    Group(Group),
    /// A condition.
    Row(Row),
}

/// A condition as it was typed.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) field: Field,
    pub(super) op: Op,
    pub(super) value: String,
    pub(super) currency: String,
    pub(super) problem: Option<String>,
    /// It was added just now: the page opens at it.
    pub(super) is_new: bool,
}

impl Row {
    fn new(field: Field) -> Row {
        let op = field.comparisons().first().copied().unwrap_or(Op::Is);
        Row { field, op, value: String::new(), currency: String::new(), problem: None, is_new: false }
    }

    fn of(condition: &Condition) -> Row {
        let Condition { field, op, value } = condition;
        let typed = value.typed(*field);
        let (value, currency) = match value {
            Operand::Money(_) => typed.split_once(' ').unwrap_or((&typed, "")),
            _ => (&*typed, ""),
        };
        Row { op: *op, value: value.to_owned(), currency: currency.to_owned(), ..Row::new(*field) }
    }

    /// The condition, or nothing for a blank one that need not be filled in yet.
    fn read(&mut self, strictly: bool) -> Option<Condition> {
        let value = self.value.trim();
        if value.is_empty() && !strictly {
            return None;
        }
        let text = match self.field.kind() {
            Kind::Money => format!("{value} {}", self.currency),
            _ => value.to_owned(),
        };
        let read = match value {
            "" => Err(say!("say with what it is compared, or remove the condition").into_owned()),
            _ => Condition::read(self.field, self.op, &text),
        };
        read.map_err(|why| self.problem = Some(why)).ok()
    }
}

/// Whether the form was sent, or the page is only opened.
pub(super) fn is_sent(visit: &Visit<'_>) -> bool {
    visit.query.iter().any(|(name, _)| name == "join")
}

impl Group {
    /// The group that makes these conditions.
    pub(super) fn of(wanted: Option<&Wanted>) -> Group {
        match wanted {
            None => Group::default(),
            Some(Wanted::All(parts)) => Group::with(Joins::All, parts),
            Some(Wanted::Any(parts)) => Group::with(Joins::Any, parts),
            Some(Wanted::Not(inner)) => match &**inner {
                Wanted::Any(parts) => Group::with(Joins::No, parts),
                one => Group::with(Joins::No, std::slice::from_ref(one)),
            },
            Some(one) => Group::with(Joins::All, std::slice::from_ref(one)),
        }
    }

    fn with(joins: Joins, parts: &[Wanted]) -> Group {
        let part = |wanted: &Wanted| match wanted {
            Wanted::One(condition) => Part::Row(Row::of(condition)),
            other => Part::Group(Group::of(Some(other))),
        };
        Group { joins, parts: parts.iter().map(part).collect(), adds: None }
    }

    /// What the form sent.
    pub(super) fn sent(visit: &Visit<'_>) -> Group {
        let mut pairs = visit.query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        Group::next(&mut pairs, 0)
    }

    /// Takes the fields of one group, up to the one that closes it.
    fn next<'v>(pairs: &mut impl Iterator<Item = (&'v str, &'v str)>, depth: usize) -> Group {
        let mut group = Group::default();
        while let Some((name, value)) = pairs.next() {
            let last = match group.parts.last_mut() {
                Some(Part::Row(row)) => Some(row),
                _ => None,
            };
            match (name, last) {
                ("join", _) => group.joins = Joins::parse(value),
                ("open", _) if depth < DEEPEST => {
                    group.parts.push(Part::Group(Group::next(pairs, depth + 1)))
                }
                ("close", _) => return group,
                ("field", _) => {
                    group.parts.extend(Field::parse(value).map(|field| Part::Row(Row::new(field))))
                }
                ("add", _) => group.adds = Field::parse(value),
                ("is", Some(row)) => row.op = Op::of_sign(value).unwrap_or(row.op),
                ("value", Some(row)) => value.clone_into(&mut row.value),
                ("in", Some(row)) => value.clone_into(&mut row.currency),
                _ => (),
            }
        }
        group
    }

    /// Does what a button asks: `add:0.1`, `group:0`, `remove:0.1.2`, with the places of the parts within one another.
    pub(super) fn act(&mut self, act: &str) {
        let Some((verb, path)) = act.split_once(':') else { return };
        let path: Vec<usize> = path.split('.').filter_map(|place| place.parse().ok()).collect();
        let full = MOST <= self.rows();
        match (verb, path.split_last()) {
            ("add", _) if !full => self.within(&path, |group| {
                let field = group.adds.unwrap_or(Field::Class);
                group.parts.push(Part::Row(Row { is_new: true, ..Row::new(field) }));
            }),
            ("group", _) if path.len() + 1 < DEEPEST => self.within(&path, |group| {
                let joins = if group.joins == Joins::Any { Joins::All } else { Joins::Any };
                group.parts.push(Part::Group(Group { joins, ..Group::default() }));
            }),
            ("remove", Some((last, before))) => self.within(before, |group| {
                if *last < group.parts.len() {
                    group.parts.remove(*last);
                }
            }),
            _ => (),
        }
    }

    fn within(&mut self, path: &[usize], change: impl FnOnce(&mut Group)) {
        match path.split_first() {
            None => change(self),
            Some((first, rest)) => {
                if let Some(Part::Group(group)) = self.parts.get_mut(*first) {
                    group.within(rest, change);
                }
            }
        }
    }

    fn rows(&self) -> usize {
        let of = |part: &Part| match part {
            Part::Group(group) => group.rows(),
            Part::Row(_) => 1,
        };
        self.parts.iter().map(of).sum()
    }

    /// The conditions, and whether each of them holds together; what does not says why beside it.
    pub(super) fn wanted(&mut self, strictly: bool) -> (Option<Wanted>, bool) {
        let mut holds = true;
        let mut parts = Vec::new();
        for part in &mut self.parts {
            match part {
                Part::Row(row) => {
                    parts.extend(row.read(strictly).map(Wanted::One));
                    holds &= row.problem.is_none();
                }
                Part::Group(group) => {
                    let (wanted, all_hold) = group.wanted(strictly);
                    parts.extend(wanted);
                    holds &= all_hold;
                }
            }
        }
        let wanted = match self.joins {
            Joins::All => Wanted::all(parts),
            Joins::Any => Wanted::any(parts),
            Joins::No => Wanted::any(parts).map(Wanted::negated),
        };
        (wanted, holds)
    }
}
