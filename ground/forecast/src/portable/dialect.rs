//! What differs between the engines: little, and only this.

use kernel::{Problem, Result};

/// An engine whose words are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Apache Spark 3.4 and later.
    Spark,
    /// DuckDB.
    DuckDb,
    /// PostgreSQL.
    Postgres,
    /// Snowflake.
    Snowflake,
    /// Google BigQuery.
    BigQuery,
    /// Trino.
    Trino,
}

const NAMES: &[(&str, Dialect)] = &[
    ("spark", Dialect::Spark),
    ("duckdb", Dialect::DuckDb),
    ("postgres", Dialect::Postgres),
    ("snowflake", Dialect::Snowflake),
    ("bigquery", Dialect::BigQuery),
    ("trino", Dialect::Trino),
];

impl Dialect {
    /// The engine of a name.
    pub fn parse(name: &str) -> Result<Dialect> {
        NAMES.iter().find(|(own, _)| *own == name).map(|(_, dialect)| *dialect).ok_or_else(|| {
            let all: Vec<_> = NAMES.iter().map(|(own, _)| *own).collect();
            let text = format!("there is no dialect {name:?}; choose one of {}", all.join(", "));
            Problem::invalid("dialect", "model.dialect", text)
        })
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(_, own)| *own == self).map_or("", |(name, _)| name)
    }

    /// All of them.
    pub fn all() -> impl Iterator<Item = Dialect> {
        NAMES.iter().map(|(_, dialect)| *dialect)
    }

    /// Whole days from one date to another.
    pub(super) fn days(self, from: &str, to: &str) -> String {
        match self {
            Dialect::Spark => format!("DATEDIFF({to}, {from})"),
            Dialect::DuckDb | Dialect::Trino => format!("DATE_DIFF('day', {from}, {to})"),
            Dialect::Postgres => format!("({to} - {from})"),
            Dialect::Snowflake => format!("DATEDIFF('day', {from}, {to})"),
            Dialect::BigQuery => format!("DATE_DIFF({to}, {from}, DAY)"),
        }
    }

    /// A number of double precision.
    pub(super) fn double(self, value: &str) -> String {
        let kind = match self {
            Dialect::Postgres => "DOUBLE PRECISION",
            Dialect::BigQuery => "FLOAT64",
            _ => "DOUBLE",
        };
        format!("CAST({value} AS {kind})")
    }

    /// An amount that adds up without rounding.
    pub(super) fn exact(self, value: &str) -> String {
        match self {
            Dialect::BigQuery => format!("CAST({value} AS NUMERIC)"),
            _ => format!("CAST({value} AS DECIMAL(18, 4))"),
        }
    }

    /// The sign around a name that needs one.
    pub(super) fn quote(self) -> char {
        if matches!(self, Dialect::Spark | Dialect::BigQuery) { '`' } else { '"' }
    }

    /// What stands between the name of a new table and its query.
    pub(super) fn kept_as(self) -> &'static str {
        // Without a format Spark asks for a Hive catalogue, which not every Spark has.
        if self == Dialect::Spark { "USING PARQUET AS" } else { "AS" }
    }
}
