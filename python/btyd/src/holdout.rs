//! How well forecasts did.

use btyd::{Accuracy, InputError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::base::{Column, numbers, whole};
use crate::errors;

/// Measures of forecasts of counts, by name.
#[pyfunction]
pub fn accuracy<'py>(
    py: Python<'py>,
    predicted: Column<'py>,
    actual: Column<'py>,
) -> PyResult<Bound<'py, PyDict>> {
    let actual = whole("actual", numbers(&actual)?).map_err(errors::input)?;
    let found = Accuracy::of(numbers(&predicted)?, &actual);
    let found = found.ok_or_else(|| errors::input(InputError::UnequalColumns))?;
    let report = PyDict::new(py);
    report.set_item("predicted", found.predicted)?;
    report.set_item("actual", found.actual)?;
    report.set_item("total_error", found.total_error())?;
    report.set_item("mae", found.mae)?;
    report.set_item("rmse", found.rmse)?;
    report.set_item("msle", found.msle)?;
    report.set_item("correlation", found.correlation)?;
    report.set_item("gini", found.gini)?;
    report.set_item("auc", found.auc)?;
    Ok(report)
}
