//! What one record says by a mapping, looked at alone: whose it is, where its line stands, how its cells read.

use std::collections::HashSet;

use kernel::{Day, Moment};

use super::{Plan, Repeated, order_key};
use crate::{Identity, LineKind, Meaning, Record, Rejection, Target, meaning::Reads};

impl Plan {
    /// Under which key the record's order stands, and what makes the record the same one elsewhere; nothing where its
    /// date cannot be read.
    pub(crate) fn place(&self, record: &Record) -> Option<(String, Identity)> {
        let (written, at) = self.date(record, &mut Repeated::default()).ok()?;
        let number = self.id(record, Meaning::OrderNumber).unwrap_or_default();
        let key = order_key(number, self.party(record).as_ref(), at, &self.zone).into_owned();
        Some((key, self.identity(record, written)))
    }

    /// Whom the record names: the numbering, and the id there.
    pub(crate) fn whose(&self, record: &Record) -> Option<(String, String)> {
        self.party(record).map(|party| (party.space.to_owned(), party.id.into_owned()))
    }

    /// The order number of a record, where it has one.
    pub(crate) fn number(&self, record: &Record) -> Option<String> {
        self.id(record, Meaning::OrderNumber).map(str::to_owned)
    }

    /// Whether a rule leaves the record out, or why it cannot be read. An amount that another row of its order may
    /// tell counts as missing.
    pub(crate) fn is_left_out(&self, record: &Record, names: &[String]) -> Result<bool, Rejection> {
        if self.target() != Target::OrdersRecord {
            let row = self.typed(record, &mut Repeated::default());
            return row.map(|row| row.excluded.is_some()).map_err(|wrong| wrong.at(record.row(), names));
        }
        let line = self.line(record, &mut Repeated::default(), &mut HashSet::new());
        line.map(|line| line.kind == LineKind::Excluded).map_err(|wrong| wrong.at(record.row(), names))
    }

    /// The places of the columns whose cells read so.
    pub(crate) fn reads(&self, reads: Reads) -> Vec<usize> {
        let read_so = Meaning::ALL.iter().filter(|meaning| meaning.reads() == reads);
        read_so.filter_map(|meaning| self.columns[meaning.index()]).collect()
    }

    /// The place of the column with that meaning.
    pub(crate) fn place_of(&self, meaning: Meaning) -> Option<usize> {
        self.columns[meaning.index()]
    }

    /// Whether a column has that meaning.
    pub(crate) fn has(&self, meaning: Meaning) -> bool {
        self.columns[meaning.index()].is_some()
    }

    /// The day of a moment, where the file was written.
    pub(crate) fn day(&self, at: Moment) -> Day {
        at.day(&self.zone)
    }

    /// The meaning of the column at this place.
    pub(crate) fn meaning_at(&self, place: usize) -> Option<Meaning> {
        Meaning::ALL.iter().copied().find(|meaning| self.columns[meaning.index()] == Some(place))
    }

    /// How the cell of that meaning reads; nothing where it is blank or cannot be read.
    pub(crate) fn read_as(&self, record: &Record, meaning: Meaning) -> Option<String> {
        match meaning {
            Meaning::Date => self.date(record, &mut Repeated::default()).ok().map(|(written, at)| {
                match written.date_only {
                    true => at.day(&self.zone).to_string(),
                    false => at.iso(),
                }
            }),
            _ if meaning.is_number() => self.amount(record, meaning).ok().flatten().map(kernel::plain),
            _ => match meaning.reads() {
                Reads::Id => self.id(record, meaning).map(str::to_owned),
                Reads::Date | Reads::Flag => self.said(record, meaning),
                _ => self.text(record, meaning).map(str::to_owned),
            },
        }
    }
}
