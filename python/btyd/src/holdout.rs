//! How well forecasts did, alone and beside rules that need no model.

use btyd::{Accuracy, Holdout, InputError, Purchases, Span};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::base::{Column, numbers, whole};
use crate::errors;
use crate::fitted::with_model;
use crate::seen::{Seen, customers, uneven};
use crate::timing::Timing;

/// Measures of forecasts of counts, by name.
#[pyfunction]
pub fn accuracy<'py>(
    py: Python<'py>,
    predicted: Column<'py>,
    actual: Column<'py>,
) -> PyResult<Bound<'py, PyDict>> {
    let actual = whole("actual", numbers(&actual)?).map_err(errors::input)?;
    let found = Accuracy::of(numbers(&predicted)?, &actual);
    report(py, &found.ok_or_else(|| errors::input(InputError::UnequalColumns))?)
}

/// The model, everybody's own rate, and the hiatus rule, by name, and the hiatus in the unit of the model.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "called from one place in Python, by position")]
pub fn holdout<'py>(
    py: Python<'py>,
    model: &Timing,
    frequency: Column<'py>,
    recency: Column<'py>,
    age: Column<'py>,
    actual: Column<'py>,
    length: f64,
    hiatus: Option<f64>,
) -> PyResult<Bound<'py, PyDict>> {
    let seen = Seen { frequency: numbers(&frequency)?, recency: numbers(&recency)?, age: numbers(&age)? };
    let actual = whole("actual", numbers(&actual)?).map_err(errors::input)?;
    uneven(&seen, actual.len())?;
    let found = with_model!(&model.model, m => {
        let unit = m.unit();
        let base = customers(&seen, unit, |c| c).map_err(errors::input)?;
        let hiatus = hiatus.map(|h| Span::new(h, unit));
        py.detach(|| Holdout::of(m, &base, &actual, Span::new(length, unit), hiatus))
    });
    let found = found.ok_or_else(|| errors::input(InputError::Empty))?;
    let reports = PyDict::new(py);
    reports.set_item("model", report(py, &found.model)?)?;
    reports.set_item("naive_rate", report(py, &found.naive_rate)?)?;
    reports.set_item("hiatus_rule", report(py, &found.hiatus_rule)?)?;
    reports.set_item("hiatus", found.hiatus.in_unit(model.model.unit()))?;
    Ok(reports)
}

fn report<'py>(py: Python<'py>, found: &Accuracy) -> PyResult<Bound<'py, PyDict>> {
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
