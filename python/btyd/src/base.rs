//! From Python's columns to the bases that models are fitted to, and units by their names.

use btyd::{InputError, Span, Unit};
use numpy::PyReadonlyArray1;
use pyo3::prelude::*;

use crate::errors;

/// A column as it comes: eight bytes a number, in one piece.
pub type Column<'py> = PyReadonlyArray1<'py, f64>;

/// The unit of this name.
pub fn unit(name: &str) -> PyResult<Unit> {
    match name {
        "day" => Ok(Unit::Day),
        "week" => Ok(Unit::Week),
        "month" => Ok(Unit::Month),
        "year" => Ok(Unit::Year),
        _ => Err(errors::unknown("unit", name, "day, week, month, year")),
    }
}

/// A length of time in another unit.
#[pyfunction]
pub fn convert(length: f64, of: &str, into: &str) -> PyResult<f64> {
    Ok(Span::new(length, unit(of)?).in_unit(unit(into)?))
}

/// Whole numbers from a column of floats.
pub fn whole(column: &'static str, values: &[f64]) -> Result<Vec<u32>, InputError> {
    let mut whole = Vec::with_capacity(values.len());
    for (row, &value) in values.iter().enumerate() {
        if !(0.0..=f64::from(u32::MAX)).contains(&value) || value.fract() != 0.0 {
            return Err(InputError::NotAQuantity { row, column, value });
        }
        whole.push(value as u32);
    }
    Ok(whole)
}

/// Whole numbers from a column that may be missing.
pub fn whole_if(column: &'static str, values: Option<&[f64]>) -> Result<Option<Vec<u32>>, InputError> {
    values.map(|values| whole(column, values)).transpose()
}

/// The numbers of a column.
pub fn numbers<'a>(column: &'a Column<'_>) -> PyResult<&'a [f64]> {
    column.as_slice().map_err(|_| errors::BtydError::new_err("a column must lie in memory in one piece"))
}

/// The numbers of a column that may be missing.
pub fn numbers_if<'a>(column: &'a Option<Column<'_>>) -> PyResult<Option<&'a [f64]>> {
    column.as_ref().map(numbers).transpose()
}
