//! The records of a file read by the meanings of their target, one at a time.

use kernel::Result;

use crate::{
    Dialect, Mapping, Records, Rejection, Source, TypedRow,
    plan::{Plan, Repeated},
};

/// The typed rows of a file.
pub struct TypedRows {
    records: Records,
    plan: Plan,
    repeated: Repeated,
}

impl TypedRows {
    /// Reads a file by a mapping.
    ///
    /// # Errors
    /// `imports.no_column` where the mapping names a column that the file has not, and whatever
    /// [`Records::open`] and [`Mapping::check`] refuse.
    pub fn open(source: Source, dialect: &Dialect, mapping: &Mapping) -> Result<TypedRows> {
        TypedRows::of(Records::open(source, dialect)?, mapping)
    }

    /// Reads records by a mapping.
    ///
    /// # Errors
    /// As [`TypedRows::open`].
    pub(crate) fn of(records: Records, mapping: &Mapping) -> Result<TypedRows> {
        mapping.check()?;
        let plan = Plan::new(mapping, records.names(), records.own())?;
        Ok(TypedRows { records, plan, repeated: Repeated::default() })
    }

    /// The next row, or why it cannot be read; nothing at the end of the file.
    ///
    /// # Errors
    /// `imports.damaged` where the file breaks off; all rows before that place have been given.
    pub fn read(&mut self) -> Result<Option<std::result::Result<TypedRow, Rejection>>> {
        Ok(match self.records.advance()? {
            None => None,
            Some(Some(rejection)) => Some(Err(rejection)),
            Some(None) => {
                let record = self.records.current();
                let read = self.plan.typed(record, &mut self.repeated);
                Some(read.map_err(|wrong| wrong.at(record.row(), self.records.names())))
            }
        })
    }

    /// The records the rows are read from: names of columns, row, offset, file.
    pub fn records(&self) -> &Records {
        &self.records
    }
}
