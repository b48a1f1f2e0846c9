//! What comes out of a query.

use kernel::{Id, Kind, Problem, Result};
use tokio_postgres::types::Type;

/// One row of an answer; columns are counted from 0.
pub struct Row<'a>(pub(crate) Inner<'a>);

pub(crate) enum Inner<'a> {
    Lite(&'a rusqlite::Row<'a>),
    Pg(&'a tokio_postgres::Row),
}

impl Row<'_> {
    /// A whole number.
    ///
    /// # Errors
    /// `store.column` when the column holds none.
    pub fn int(&self, column: usize) -> Result<i64> {
        self.opt_int(column)?.ok_or_else(|| wrong(column, "is null where a number was expected"))
    }

    /// A whole number or nothing.
    ///
    /// # Errors
    /// `store.column` when the column holds something else.
    pub fn opt_int(&self, column: usize) -> Result<Option<i64>> {
        match &self.0 {
            Inner::Lite(row) => {
                row.get(column).map_err(|cause| wrong(column, "holds no number").because(cause))
            }
            Inner::Pg(row) => match row.columns().get(column).map(tokio_postgres::Column::type_) {
                Some(&Type::INT4) => row.try_get::<_, Option<i32>>(column).map(|n| n.map(i64::from)),
                Some(&Type::BOOL) => row.try_get::<_, Option<bool>>(column).map(|n| n.map(i64::from)),
                _ => row.try_get::<_, Option<i64>>(column),
            }
            .map_err(|cause| wrong(column, "holds no number").because(cause)),
        }
    }

    /// Text.
    ///
    /// # Errors
    /// `store.column` when the column holds none.
    pub fn text(&self, column: usize) -> Result<&str> {
        self.opt_text(column)?.ok_or_else(|| wrong(column, "is null where text was expected"))
    }

    /// Text or nothing.
    ///
    /// # Errors
    /// `store.column` when the column holds something else.
    pub fn opt_text(&self, column: usize) -> Result<Option<&str>> {
        match &self.0 {
            Inner::Lite(row) => row
                .get_ref(column)
                .ok()
                .and_then(|value| value.as_str_or_null().ok())
                .ok_or_else(|| wrong(column, "holds no text")),
            Inner::Pg(row) => {
                row.try_get(column).map_err(|cause| wrong(column, "holds no text").because(cause))
            }
        }
    }

    /// Text of its own.
    ///
    /// # Errors
    /// As [`Row::text`].
    pub fn string(&self, column: usize) -> Result<String> {
        self.text(column).map(str::to_owned)
    }

    /// Text of its own, or nothing.
    ///
    /// # Errors
    /// As [`Row::opt_text`].
    pub fn opt_string(&self, column: usize) -> Result<Option<String>> {
        Ok(self.opt_text(column)?.map(str::to_owned))
    }

    /// Bytes.
    ///
    /// # Errors
    /// `store.column` when the column holds none.
    pub fn bytes(&self, column: usize) -> Result<&[u8]> {
        match &self.0 {
            Inner::Lite(row) => row
                .get_ref(column)
                .ok()
                .and_then(|value| value.as_blob().ok())
                .ok_or_else(|| wrong(column, "holds no bytes")),
            Inner::Pg(row) => {
                row.try_get(column).map_err(|cause| wrong(column, "holds no bytes").because(cause))
            }
        }
    }

    /// A mark: 0 is no, anything else yes.
    ///
    /// # Errors
    /// As [`Row::int`].
    pub fn bool(&self, column: usize) -> Result<bool> {
        Ok(self.int(column)? != 0)
    }

    /// An id.
    ///
    /// # Errors
    /// As [`Row::int`].
    pub fn id<K: Kind>(&self, column: usize) -> Result<Id<K>> {
        self.int(column).map(Id::new)
    }
}

fn wrong(column: usize, what: &str) -> Problem {
    Problem::internal("store.column", format!("column {column} of an answer {what}"))
}
