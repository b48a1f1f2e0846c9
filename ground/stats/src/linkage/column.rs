//! The records that are compared, column by column.

use std::collections::HashMap;

use super::{
    kind::{self, Kind},
    words::{self, Bag, Words},
};

/// A column: its kind, and the value of each record.
#[derive(Clone, Debug)]
pub struct Column {
    /// What people call it.
    pub name: String,
    /// What kind of values it holds.
    pub kind: Kind,
    /// By record: the number of its value, or [`MISSING`].
    pub(super) rows: Vec<u32>,
    pub(super) values: Vec<Value>,
    pub(super) words: Words,
    /// How many records have a value.
    filled: usize,
}

/// A record lacks this value.
pub(super) const MISSING: u32 = u32::MAX;

/// A value as it is compared.
#[derive(Clone, Debug, Default)]
pub(super) struct Value {
    /// Small letters, single blanks, no quotes around.
    pub(super) text: String,
    /// For texts: its words.
    pub(super) bag: Bag,
    /// For quantities: how much.
    pub(super) number: f64,
    /// How many records have it.
    pub(super) held_by: u32,
}

/// Records of one shape.
#[derive(Clone, Debug)]
pub struct Records {
    /// Their columns, each with a value for every record.
    pub columns: Vec<Column>,
    /// How many records there are.
    pub count: usize,
    /// By column: another one in which its values are found too, if people mix the two up.
    pub(super) twins: Vec<Option<usize>>,
}

impl Column {
    /// Reads a column and finds out its kind.
    pub fn read<'v>(name: &str, cells: impl Iterator<Item = Option<&'v str>>) -> Column {
        let cells: Vec<_> = cells.map(|cell| cell.map(tidy).filter(|text| !text.is_empty())).collect();
        let kind = Kind::of(cells.iter().flatten().map(String::as_str));
        Column::of(name, kind, &cells)
    }

    /// A column of a kind that is known; cells as they are to be compared.
    pub fn of(name: &str, kind: Kind, cells: &[Option<String>]) -> Column {
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        let mut values: Vec<Value> = Vec::new();
        let mut rows = Vec::with_capacity(cells.len());
        for cell in cells {
            let Some(text) = cell.as_deref() else {
                rows.push(MISSING);
                continue;
            };
            let number = *numbers.entry(text).or_insert_with(|| {
                values.push(Value { text: text.to_owned(), ..Value::default() });
                u32::try_from(values.len() - 1).unwrap_or(MISSING)
            });
            values[number as usize].held_by += 1;
            rows.push(number);
        }
        let filled = rows.iter().filter(|row| **row != MISSING).count();
        let mut column =
            Column { name: name.to_owned(), kind, rows, values, words: Words::default(), filled };
        column.prepare();
        column
    }

    fn prepare(&mut self) {
        match self.kind {
            Kind::Text | Kind::Marks => {
                self.words = Words::of(self.values.iter().map(|value| value.text.as_str()));
                for value in &mut self.values {
                    value.bag = self.words.bag(&value.text);
                }
            }
            Kind::Day => {
                for value in &mut self.values {
                    value.text = kind::day(&value.text).unwrap_or(std::mem::take(&mut value.text));
                }
            }
            Kind::Number => {
                for value in &mut self.values {
                    value.number = kind::number(&value.text).unwrap_or(f64::NAN);
                }
            }
            Kind::Word | Kind::Code | Kind::Email => (),
        }
    }

    /// The value of a record as it is compared.
    pub fn text(&self, record: usize) -> Option<&str> {
        self.value(record).map(|value| &*value.text)
    }

    /// The value of a record.
    pub(super) fn value(&self, record: usize) -> Option<&Value> {
        self.values.get(self.rows[record] as usize)
    }

    /// The share of records with a value that have this one.
    pub(super) fn share(&self, value: &Value) -> f64 {
        f64::from(value.held_by) / self.filled.max(1) as f64
    }
}

impl Records {
    /// Records of these columns.
    ///
    /// # Panics
    /// When the columns are not equally long.
    pub fn new(mut columns: Vec<Column>) -> Records {
        let count = columns.first().map_or(0, |column| column.rows.len());
        assert!(columns.iter().all(|column| column.rows.len() == count), "columns are equally long");
        let marks = marks(&columns);
        let numerals: Vec<_> = columns.iter_mut().filter_map(numerals).collect();
        columns.extend(marks.into_iter().chain(numerals));
        let twins = (0..columns.len()).map(|n| twin(&columns, n)).collect();
        Records { columns, count, twins }
    }
}

/// The words with digits of all texts together, as a column of its own, where half of the records have one.
fn marks(columns: &[Column]) -> Option<Column> {
    let texts: Vec<_> = columns.iter().filter(|column| column.kind == Kind::Text).collect();
    let count = columns.first()?.rows.len();
    let cells: Vec<_> = (0..count)
        .map(|record| {
            let told = texts.iter().filter_map(|column| column.value(record));
            let words = told.flat_map(|value| words::split(&value.text)).filter(|word| words::is_mark(word));
            let joined = words.collect::<Vec<_>>().join(" ");
            (!joined.is_empty()).then_some(joined)
        })
        .collect();
    let filled = cells.iter().flatten().count();
    (count <= 2 * filled && 0 < filled).then(|| Column::of("marks", Kind::Marks, &cells))
}

/// The numbers in a text, as a column of its own, where half of the values hold one: they leave the text, so that each is
/// compared for what it is.
fn numerals(column: &mut Column) -> Option<Column> {
    if column.kind != Kind::Text {
        return None;
    }
    let of = |value: &Value, wanted: bool| {
        let words = words::split(&value.text).filter(|word| words::is_numeral(word) == wanted);
        let joined = words.collect::<Vec<_>>().join(" ");
        (!joined.is_empty()).then_some(joined)
    };
    let cells = |column: &Column, wanted: bool| -> Vec<Option<String>> {
        (0..column.rows.len()).map(|record| of(column.value(record)?, wanted)).collect()
    };
    let found = cells(column, true);
    if 2 * found.iter().flatten().count() < column.filled || column.filled == 0 {
        return None;
    }
    *column = Column::of(&column.name, Kind::Text, &cells(column, false));
    Some(Column::of(&format!("{} (numbers)", column.name), Kind::Marks, &found))
}

/// The other column of words that shares most values with this one, where it is at least one in ten.
fn twin(columns: &[Column], n: usize) -> Option<usize> {
    let own = columns.get(n).filter(|column| column.kind == Kind::Word)?;
    let others = columns.iter().enumerate().filter(|(m, other)| *m != n && other.kind == Kind::Word);
    let shared = others.map(|(m, other)| {
        let known: std::collections::HashSet<_> = other.values.iter().map(|value| &value.text).collect();
        let common = own.values.iter().filter(|value| known.contains(&value.text)).count();
        (10 * common / own.values.len().min(other.values.len()).max(1), m)
    });
    shared.max().filter(|(tenths, _)| 1 <= *tenths).map(|(_, m)| m)
}

/// Small letters, single blanks, no quotes around.
fn tidy(text: &str) -> String {
    let bare = text.trim().trim_matches(['"', '\'']);
    bare.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
