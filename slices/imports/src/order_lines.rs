//! The order lines of a file: its records read by a mapping, one at a time.

use std::collections::HashSet;

use kernel::Result;

use crate::{
    Dialect, Mapping, Read, Records, Source,
    plan::{Plan, Repeated},
};

/// The order lines of a file.
pub struct OrderLines {
    records: Records,
    plan: Plan,
    totalled: HashSet<u128>,
    repeated: Repeated,
}

impl OrderLines {
    /// Reads a file by a mapping.
    ///
    /// # Errors
    /// `imports.no_column` where the mapping names a column that the file has not, and whatever
    /// [`Records::open`] and [`Mapping::check`] refuse.
    pub fn open(source: Source, dialect: &Dialect, mapping: &Mapping) -> Result<OrderLines> {
        OrderLines::of(Records::open(source, dialect)?, mapping)
    }

    /// Reads records by a mapping.
    ///
    /// # Errors
    /// As [`OrderLines::open`].
    pub(crate) fn of(records: Records, mapping: &Mapping) -> Result<OrderLines> {
        mapping.check()?;
        let plan = Plan::new(mapping, records.names(), records.own())?;
        Ok(OrderLines { records, plan, totalled: HashSet::new(), repeated: Repeated::default() })
    }

    /// The next line or rejection; nothing at the end of the file.
    ///
    /// # Errors
    /// `imports.damaged` where the file breaks off; all rows before that place have been given.
    pub fn read(&mut self) -> Result<Option<Read<'_>>> {
        Ok(match self.records.advance()? {
            None => None,
            Some(Some(rejection)) => Some(Read::Rejected(rejection)),
            Some(None) => {
                let record = self.records.current();
                Some(match self.plan.line(record, &mut self.repeated, &mut self.totalled) {
                    Ok(line) => Read::Line(line),
                    Err(wrong) => Read::Rejected(wrong.at(record.row(), self.records.names())),
                })
            }
        })
    }

    /// The records the lines are read from: names of columns, row, offset, file.
    pub fn records(&self) -> &Records {
        &self.records
    }
}
