//! What a slice says of its tables: one list that drives bulk load and the canonical dump, and later merge,
//! erasure, export and move.

use kernel::{Problem, Result};

/// A table of a slice.
#[derive(Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns, in the order in which rows are inserted.
    pub columns: &'static [Column],
    /// The columns that order its rows in the canonical dump; together unique.
    pub key: &'static [&'static str],
    /// The column that names the account its rows are about, if they are about one.
    pub account: Option<&'static str>,
    /// How careful one must be with it.
    pub class: DataClass,
    /// It belongs to the canonical dump.
    pub canonical: bool,
}

/// A column of a table.
#[derive(Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: ColumnKind,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// The number of this row among those of its noun; dumped as its dense rank.
    Id(&'static str),
    /// The number of a row of that noun, 0 for none; dumped as its dense rank.
    Ref(&'static str),
    /// A number that its slice gives rows of that noun; it means nothing outside, so it is not dumped.
    Own(&'static str),
    /// A whole number.
    Int,
    /// Ten-thousandths: an amount of money in its major unit, or a quantity.
    Amount,
    /// An instant, in microseconds since 1970 UTC.
    Moment,
    /// A day, counted from 1970-01-01.
    Day,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// A reading of our own clock; not dumped.
    Clock,
    /// Where it came from (import run, row); not dumped.
    Origin,
}

impl ColumnKind {
    /// Holds text.
    pub fn is_text(self) -> bool {
        self == ColumnKind::Text
    }

    /// Part of the canonical dump.
    pub fn is_dumped(self) -> bool {
        !matches!(self, ColumnKind::Clock | ColumnKind::Origin | ColumnKind::Own(_))
    }
}

/// How careful one must be with what a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataClass {
    /// About a person or firm.
    Personal,
    /// About the business itself.
    Business,
    /// Keys and secrets.
    Secret,
    /// Machinery.
    Internal,
}

impl Table {
    /// `UPDATE name SET b = ?2, c = ?3 WHERE a = ?1`, for the columns a, b, c.
    pub(crate) fn rewrite(&self, columns: &[&str]) -> String {
        let written = columns.iter().enumerate().skip(1);
        let set: Vec<_> = written.map(|(n, name)| format!("{name} = ?{}", n + 1)).collect();
        let key = columns.first().copied().unwrap_or_default();
        format!("UPDATE {} SET {} WHERE {key} = ?1", self.name, set.join(", "))
    }

    /// The same for many rows at once, from a list for each column, on the engine that takes lists. `types` are the types
    /// of the columns.
    pub(crate) fn rewrite_from_lists(&self, columns: &[&str], types: &[&str]) -> String {
        let set: Vec<_> = columns.iter().skip(1).map(|name| format!("{name} = given.{name}")).collect();
        let lists: Vec<_> = types.iter().enumerate().map(|(n, of)| format!("?{}::{of}[]", n + 1)).collect();
        let key = columns.first().copied().unwrap_or_default();
        format!(
            "UPDATE {} SET {} FROM unnest({}) AS given ({}) WHERE {}.{key} = given.{key}",
            self.name,
            set.join(", "),
            lists.join(", "),
            columns.join(", "),
            self.name
        )
    }

    /// `INSERT` of many rows at once, from a list for each column, as [`Table::rewrite_from_lists`].
    pub(crate) fn insert_from_lists(&self, types: &[&str]) -> String {
        let names: Vec<_> = self.columns.iter().map(|column| column.name).collect();
        let lists: Vec<_> = types.iter().enumerate().map(|(n, of)| format!("?{}::{of}[]", n + 1)).collect();
        format!("INSERT INTO {} ({}) SELECT * FROM unnest({})", self.name, names.join(", "), lists.join(", "))
    }

    /// What a column holds.
    ///
    /// # Errors
    /// `store.column` for one that the table does not have.
    pub(crate) fn kind(&self, name: &str) -> Result<ColumnKind> {
        let column = self.columns.iter().find(|column| column.name == name);
        column.map(|column| column.kind).ok_or_else(|| {
            Problem::internal("store.column", format!("the table {} has no column {name}", self.name))
        })
    }

    /// `INSERT INTO name (a, b) VALUES (?1, ?2)`.
    pub(crate) fn insert(&self) -> String {
        let names: Vec<_> = self.columns.iter().map(|column| column.name).collect();
        let marks = crate::dialect::placeholders(1, names.len());
        format!("INSERT INTO {} ({}) VALUES ({marks})", self.name, names.join(", "))
    }
}
