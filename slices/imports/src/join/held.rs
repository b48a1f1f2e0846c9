//! One table held in memory to look values up in: its keys, sorted by their hashes, and the columns that are used.

use kernel::{Problem, Result};
use speech::say;

use super::{Lookup, Several, refusal};
use crate::{
    Records, Row,
    mapping::position,
    record::shortened,
    survey::{hash_of, key_of},
};

/// Most rows of a table in which values are looked up: with three columns of twenty letters some 200 MB.
pub(crate) const MOST_KEYS: usize = 2_000_000;
/// Most bytes of text that are held of one table.
const MOST_TEXT: usize = 1 << 30;

/// A table by its keys.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// Hash of the key and number of the row, sorted: of rows with the same key the first is found first.
    index: Vec<(u64, u32)>,
    /// The cells of all rows, the key of each first.
    text: String,
    /// Where each cell ends.
    ends: Vec<u32>,
    /// Cells of a row that are held, its key among them.
    width: usize,
    several: Several,
}

impl Held {
    /// Reads a table; rows without a key, and those that cannot be read, are passed over.
    pub(super) fn read(mut records: Records, lookup: &Lookup, columns: &[String]) -> Result<Held> {
        let names = records.names().to_vec();
        let place = |column: &str, what: &str| {
            position(&names, column).ok_or_else(|| {
                let seen = shortened(&names.join(", "));
                refusal(
                    &lookup.table,
                    what,
                    &say!("{} has no column {column:?}; it has {seen}", lookup.table),
                )
            })
        };
        let key_at = place(&lookup.key, "key")?;
        let places = columns.iter().map(|column| place(column, "columns")).collect::<Result<Vec<_>>>()?;
        let mut held = Held { width: 1 + places.len(), several: lookup.several, ..Held::default() };
        while let Some(row) = records.read()? {
            let Row::Record(record) = row else { continue };
            let Some(key) = key_of(record.cell(key_at)) else { continue };
            if MOST_KEYS <= held.index.len() || MOST_TEXT < held.text.len() {
                return Err(too_large(&lookup.table));
            }
            let number = u32::try_from(held.index.len()).unwrap_or(u32::MAX);
            held.index.push((hash_of(key), number));
            held.add(key);
            places.iter().for_each(|place| held.add(record.cell(*place)));
        }
        held.index.sort_unstable();
        held.index.shrink_to_fit();
        held.text.shrink_to_fit();
        held.ends.shrink_to_fit();
        Ok(held)
    }

    fn add(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    fn cell(&self, place: usize) -> &str {
        let end = |place: usize| self.ends.get(place).map_or(0, |end| *end as usize);
        let start = place.checked_sub(1).map_or(0, end);
        self.text.get(start..end(place)).unwrap_or_default()
    }

    /// The row that has that key; of several the first, or none, as its lookup says.
    pub(super) fn find(&self, key: &str) -> Option<usize> {
        let hash = hash_of(key);
        let first = self.index.partition_point(|(known, _)| *known < hash);
        let same = self.index[first..].iter().take_while(|(known, _)| *known == hash);
        let rows = same.map(|(_, row)| *row as usize);
        let mut rows = rows.filter(|row| self.cell(row * self.width) == key);
        let first = rows.next();
        if self.several == Several::Empty && rows.next().is_some() { None } else { first }
    }

    /// The cells of a row that are used; empty ones where there is none.
    pub(super) fn cells(&self, row: Option<usize>) -> impl Iterator<Item = &str> {
        (1..self.width).map(move |place| row.map_or("", |row| self.cell(row * self.width + place)))
    }
}

fn too_large(table: &str) -> Problem {
    let text = say!(
        "{table} has more rows than values can be looked up in (2,000,000, or 1 GB of the columns used); join it before, \
         or bring in fewer of its rows"
    );
    Problem::invalid("lookups", "imports.lookup_large", text)
}
