//! Rows as the server takes them.

use kernel::{Problem, Result};
use tokio_postgres::types::Type;

use crate::{ColumnKind, Table, Value};

/// A row has a value for each column of its table.
pub(super) fn must_be_whole(table: &Table, row: &[Value<'_>]) -> Result<()> {
    if row.len() == table.columns.len() {
        return Ok(());
    }
    let text = format!(
        "a row of the table {} has {} values for {} columns",
        table.name,
        row.len(),
        table.columns.len()
    );
    Err(Problem::internal("store.column", text))
}

/// The values of each column, in the order of the rows.
pub(super) fn lists<'v, R: AsRef<[Value<'v>]>>(rows: &[R], columns: usize) -> Vec<Vec<Value<'v>>> {
    let value = |row: &R, n| row.as_ref().get(n).copied().unwrap_or(Value::Null);
    (0..columns).map(|n| rows.iter().map(|row| value(row, n)).collect()).collect()
}

/// The type of a column, as it travels.
pub(super) fn wire(kind: ColumnKind) -> Type {
    match kind {
        ColumnKind::Text => Type::TEXT,
        ColumnKind::Bytes => Type::BYTEA,
        _ => Type::INT8,
    }
}

/// How a type is written in a statement.
pub(super) fn name_of(kind: &Type) -> &'static str {
    match *kind {
        Type::TEXT => "text",
        Type::BYTEA => "bytea",
        _ => "bigint",
    }
}
