//! Customers as three columns, before and after they are checked.

use btyd::{Customer, History, InputError, Unit};
use pyo3::prelude::*;

use crate::base::whole;
use crate::errors;

/// The three columns of customers, in the unit of the model.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    /// Repeat purchases.
    pub frequency: &'a [f64],
    /// Time of the last.
    pub recency: &'a [f64],
    /// Time observed.
    pub age: &'a [f64],
}

impl Seen<'_> {
    /// Whether all columns are of this length.
    pub fn are(&self, rows: usize) -> bool {
        [self.frequency, self.recency, self.age].iter().all(|column| column.len() == rows)
    }

    /// One customer; `None` if the numbers are no times and counts at all.
    pub fn at(&self, row: usize) -> Option<History> {
        let (x, recency, age) = (self.frequency[row], self.recency[row], self.age[row]);
        let sane = [x, recency, age].iter().all(|v| v.is_finite() && *v >= 0.0) && recency <= age;
        sane.then_some(History { x, recency, age })
    }
}

/// Refuses columns that are not all of this length.
pub fn uneven(seen: &Seen<'_>, rows: usize) -> PyResult<()> {
    if seen.are(rows) { Ok(()) } else { Err(errors::input(InputError::UnequalColumns)) }
}

/// Every row as a checked customer.
pub fn customers<T>(seen: &Seen<'_>, unit: Unit, keep: fn(Customer) -> T) -> Result<Vec<T>, InputError> {
    let counts = whole("frequency", seen.frequency)?;
    let one = |row: usize| Customer::in_unit(unit, counts[row], seen.recency[row], seen.age[row]).map(keep);
    (0..counts.len()).map(|row| one(row).map_err(|error| in_row(error, row))).collect()
}

/// The error of one customer, with the row it stood in.
fn in_row(error: InputError, row: usize) -> InputError {
    use btyd::InputError::{FrequencyAgainstRecency, NotAQuantity, OutOfRange, RecencyBeyondAge};
    match error {
        NotAQuantity { column, value, .. } => NotAQuantity { row, column, value },
        RecencyBeyondAge { .. } => RecencyBeyondAge { row },
        FrequencyAgainstRecency { .. } => FrequencyAgainstRecency { row },
        OutOfRange { .. } => OutOfRange { row },
        other => other,
    }
}
