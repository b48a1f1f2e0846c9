//! A transaction: the only thing through which a slice reads or writes.

use kernel::{Problem, Result};

use crate::{Block, Row, Table, Value, pg, sqlite};

/// An open transaction on either engine.
pub struct Tx<'a>(pub(crate) Engine<'a>);

pub(crate) enum Engine<'a> {
    Lite(&'a sqlite::Connection),
    Pg(&'a mut pg::Connection),
}

impl Tx<'_> {
    /// Runs a statement; gives the number of rows it touched.
    ///
    /// # Errors
    /// `store.conflict` for a broken uniqueness, `store.nul` for a text that no database can hold, `store.statement`
    /// otherwise.
    pub fn execute(&mut self, sql: &str, values: &[Value<'_>]) -> Result<u64> {
        can_be_held(values)?;
        match &mut self.0 {
            Engine::Lite(connection) => connection.execute(sql, values),
            Engine::Pg(connection) => connection.execute(sql, values),
        }
    }

    /// Hands each row of an answer to `each`, without holding the answer in memory.
    ///
    /// # Errors
    /// `store.statement`, or what `each` answers.
    pub fn for_each(
        &mut self,
        sql: &str,
        values: &[Value<'_>],
        mut each: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        can_be_held(values)?;
        match &mut self.0 {
            Engine::Lite(connection) => connection.for_each(sql, values, &mut each),
            Engine::Pg(connection) => connection.for_each(sql, values, &mut each),
        }
    }

    /// The rows of an answer, each made into a value.
    ///
    /// # Errors
    /// As [`Tx::for_each`].
    pub fn query<T>(
        &mut self,
        sql: &str,
        values: &[Value<'_>],
        mut make: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut found = Vec::new();
        self.for_each(sql, values, |row| {
            found.push(make(row)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// The first row of an answer, if there is one.
    ///
    /// # Errors
    /// As [`Tx::for_each`].
    pub fn first<T>(
        &mut self,
        sql: &str,
        values: &[Value<'_>],
        make: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        Ok(self.query(sql, values, make)?.into_iter().next())
    }

    /// Inserts many rows, each with a value for every column of the table; gives their number.
    ///
    /// # Errors
    /// As [`Tx::execute`]; then no row of the transaction stays.
    pub fn insert_all<'v, R: AsRef<[Value<'v>]>>(
        &mut self,
        table: &Table,
        rows: impl IntoIterator<Item = R>,
    ) -> Result<u64> {
        let mut held = Ok(());
        let rows = rows.into_iter().inspect(|row| {
            if held.is_ok() {
                held = can_be_held(row.as_ref());
            }
        });
        let inserted = match &mut self.0 {
            Engine::Lite(connection) => connection.insert_all(table, rows),
            Engine::Pg(connection) => connection.insert_all(table, rows),
        };
        held.and(inserted)
    }

    /// Writes some columns of rows that are there, many at once: the first of `columns` is the key by which each is found,
    /// the others are what is written. Gives how many were found. An index that none of the written columns is part of
    /// costs nothing.
    ///
    /// # Errors
    /// As [`Tx::execute`]; `store.column` for a column that the table does not have.
    pub fn rewrite_all<'v, R: AsRef<[Value<'v>]>>(
        &mut self,
        table: &Table,
        columns: &[&str],
        rows: &[R],
    ) -> Result<u64> {
        rows.iter().try_for_each(|row| can_be_held(row.as_ref()))?;
        if rows.is_empty() {
            return Ok(0);
        }
        match &mut self.0 {
            Engine::Lite(connection) => connection.rewrite_all(table, columns, rows),
            Engine::Pg(connection) => connection.rewrite_all(table, columns, rows),
        }
    }

    /// Takes so many new ids of a noun, in one unbroken block.
    ///
    /// # Errors
    /// `store.statement`.
    pub fn allocate(&mut self, noun: &str, count: i64) -> Result<Block> {
        crate::ids::allocate(self, noun, count)
    }

    /// Statements run by this transaction so far.
    pub fn statements(&self) -> u64 {
        match &self.0 {
            Engine::Lite(connection) => connection.statements.get(),
            Engine::Pg(connection) => connection.statements,
        }
    }

    /// Runs a script of several statements without parameters.
    pub(crate) fn script(&mut self, sql: &str) -> Result<()> {
        match &mut self.0 {
            Engine::Lite(connection) => connection.script(sql),
            Engine::Pg(connection) => connection.script(&crate::dialect::definition(sql)),
        }
    }
}

/// One engine takes a NUL in a text and the other refuses it; here neither gets to see one.
fn can_be_held(values: &[Value<'_>]) -> Result<()> {
    let holds_nul = |value: &Value<'_>| matches!(value, Value::Text(text) if text.as_bytes().contains(&0));
    match values.iter().any(holds_nul) {
        false => Ok(()),
        true => Err(Problem::invalid(
            "text",
            "store.nul",
            "a text holds the character NUL, which no database takes; remove it and try again",
        )),
    }
}
