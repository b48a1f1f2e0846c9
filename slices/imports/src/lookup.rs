//! A row of a kept file found by its number, with the rows around it. The file is read from its beginning, record by
//! record: the cost grows with the number of the row and not with the file, and nothing is kept beside the file that
//! could differ from it.

use crate::{Record, Records, Rejection};

/// How many numbers before and after the wanted one are looked at for neighbours.
const REACH: i64 = 32;

/// A row and those around it.
pub(crate) struct Around {
    /// The names of the columns.
    pub names: Vec<String>,
    /// How many of them are those of the file itself.
    pub own: usize,
    /// The rows that are not blank, in their order.
    pub rows: Vec<Near>,
    /// The place of the wanted one among them.
    pub at: usize,
}

/// A row of a file.
pub(crate) struct Near {
    /// Its cells; none where it is too long to keep.
    pub record: Record,
    /// Why it does not fit the table, if it does not.
    pub rejection: Option<Rejection>,
}

/// The row of that number; nothing where the file has none, or a blank one, there.
pub(crate) fn around(mut records: Records, wanted: i64) -> Option<Around> {
    let mut rows: Vec<Near> = Vec::new();
    let (first, last) = (wanted.saturating_sub(REACH), wanted.saturating_add(REACH));
    // A file that breaks off ends at that place.
    while 0 < wanted
        && records.row() < last
        && let Ok(Some(rejection)) = records.advance()
    {
        if first <= records.row() {
            rows.push(Near { record: records.current().clone(), rejection });
        }
    }
    let at = rows.iter().position(|near| near.record.row() == wanted);
    at.map(|at| Around { names: records.names().to_vec(), own: records.own(), rows, at })
}
