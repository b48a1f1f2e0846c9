//! What the columns of a table hold, whatever they mean: enough to say which of them name rows of another table.

mod sketch;

use kernel::Result;

pub(crate) use self::sketch::{Sketch, hash_of, key_of};
use crate::{
    Dialect, Records, Row, Source, Target,
    found::{Found, by_words_and_values},
    mapping::{Fixed, Formats},
    profile::Profile,
    unsaid,
};

/// How many rows are looked at closely.
const SAMPLE: u64 = 2_000;

/// What the columns of a table hold.
#[derive(Debug)]
pub(crate) struct Survey {
    /// The columns, in the order of the table.
    pub columns: Vec<Surveyed>,
    /// What their names and values speak for, as columns of orders.
    pub found: Found,
    /// How the cells of these are written.
    pub formats: Formats,
    /// What the table does not tell, as far as its values let it be guessed.
    pub fixed: Fixed,
    /// Rows of the table, with those that cannot be read.
    pub rows: i64,
}

/// What a column holds.
#[derive(Debug)]
pub(crate) struct Surveyed {
    /// Its name.
    pub name: String,
    /// What its values look like.
    pub profile: Profile,
    /// Which values it has.
    pub sketch: Sketch,
}

/// Reads all rows of a table.
///
/// # Errors
/// Whatever [`Records::open`] refuses; a file that breaks off is surveyed up to that place.
pub(crate) fn survey(source: Source, dialect: &Dialect) -> Result<Survey> {
    let mut records = Records::open(source, dialect)?;
    let names = records.names().to_vec();
    let mut profiles: Vec<Profile> = names.iter().map(|_| Profile::default()).collect();
    let mut sketches: Vec<Sketch> = names.iter().map(|_| Sketch::default()).collect();
    let mut looked = 0;
    while let Ok(Some(row)) = records.read() {
        let Row::Record(record) = row else { continue };
        looked += 1;
        for ((cell, profile), sketch) in record.cells().zip(&mut profiles).zip(&mut sketches) {
            match looked <= SAMPLE {
                true => profile.examine(cell),
                false => profile.count(cell),
            }
            if let Some(key) = key_of(cell) {
                sketch.add(key);
            }
        }
    }
    let found = by_words_and_values(&names, &profiles);
    let formats = unsaid::formats(&found, &profiles);
    let fixed = unsaid::fixed(Target::OrdersRecord, &names, &profiles, &found);
    let columns = names.into_iter().zip(profiles).zip(sketches);
    let columns = columns.map(|((name, profile), sketch)| Surveyed { name, profile, sketch }).collect();
    Ok(Survey { columns, found, formats, fixed, rows: records.row() })
}
