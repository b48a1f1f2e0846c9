//! Tables as they lie in files, some rows at a time.
//!
//! A delimited file knows only text, a Parquet file knows numbers and days; both become a [`Batch`] of [`Column`]s.
//! Nobody holds a whole table: what is read, scored and written is one batch.

mod delimited;
mod parquet_in;
mod parquet_out;
mod reader;
mod writer;

use std::borrow::Cow;

use btyd::Day;

pub use reader::Reader;
pub use writer::{Layout, Writer};

/// Rows of a batch at most.
pub(crate) const ROWS: usize = 65_536;

/// Some rows of every column of a table.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// How many rows of the table came before.
    pub before: u64,
    /// The columns, in the order of the table, of equal length.
    pub columns: Vec<Column>,
}

impl Batch {
    /// Rows of this batch.
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, Column::len)
    }
}

/// Some rows of one column.
#[derive(Clone, Debug)]
pub enum Column {
    /// As written; empty where there is nothing.
    Text(Vec<String>),
    /// Numbers; NaN where there is nothing.
    Number(Vec<f64>),
    /// Whole numbers.
    Whole(Vec<Option<i64>>),
    /// Days since 1970-01-01.
    Day(Vec<Option<i32>>),
}

impl Column {
    /// How many rows.
    pub fn len(&self) -> usize {
        match self {
            Column::Text(values) => values.len(),
            Column::Number(values) => values.len(),
            Column::Whole(values) => values.len(),
            Column::Day(values) => values.len(),
        }
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number in a row: nothing where there is none, what stands there where it is no number.
    pub fn number(&self, row: usize) -> Result<Option<f64>, Cow<'_, str>> {
        match self {
            Column::Number(values) => Ok(Some(values[row]).filter(|value| !value.is_nan())),
            Column::Whole(values) => Ok(values[row].map(|value| value as f64)),
            Column::Day(_) => Err(self.text(row)),
            Column::Text(values) => match values[row].trim() {
                "" => Ok(None),
                text => text.parse().map(Some).map_err(|_| Cow::from(text)),
            },
        }
    }

    /// The day in a row: nothing where there is none, what stands there where it is no day.
    pub fn day(&self, row: usize) -> Result<Option<Day>, Cow<'_, str>> {
        match self {
            Column::Day(values) => Ok(values[row].map(|day| Day::numbered(i64::from(day)))),
            _ => match self.text(row).trim() {
                "" => Ok(None),
                text => Day::parse(text).map(Some).ok_or_else(|| Cow::from(text.to_owned())),
            },
        }
    }

    /// What stands in a row, as text; empty where there is nothing.
    pub fn text(&self, row: usize) -> Cow<'_, str> {
        match self {
            Column::Text(values) => Cow::from(&values[row]),
            Column::Number(values) if values[row].is_nan() => Cow::from(""),
            Column::Number(values) => Cow::from(shown(values[row])),
            Column::Whole(values) => Cow::from(values[row].map_or_else(String::new, |n| n.to_string())),
            Column::Day(values) => {
                let day = values[row].map(|day| Day::numbered(i64::from(day)));
                Cow::from(day.map_or_else(String::new, |day| day.to_string()))
            }
        }
    }
}

/// The shortest text that reads back as the same number.
pub(crate) fn shown(value: f64) -> String {
    let size = value.abs();
    if value == 0.0 || (1e-5..1e16).contains(&size) { value.to_string() } else { format!("{value:e}") }
}
