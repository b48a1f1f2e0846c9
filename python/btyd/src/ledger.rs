//! From raw transactions to one row per customer.

use btyd::{Convention, Day, Ledger, Rules};
use numpy::{PyArray1, PyReadonlyArray1};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::base::unit;
use crate::errors;

/// Day numbers (days since 1970-01-01) of dates written as text, such as 2024-03-31 or 20240331.
#[pyfunction]
pub fn days<'py>(py: Python<'py>, texts: Vec<String>) -> PyResult<Bound<'py, PyArray1<i64>>> {
    let mut days = Vec::with_capacity(texts.len());
    for (row, text) in texts.iter().enumerate() {
        let refused =
            || errors::LedgerError::new_err(format!("row {row}: {text:?} is no date; write 2024-03-31"));
        days.push(Day::parse(text).ok_or_else(refused)?.number());
    }
    Ok(PyArray1::from_vec(py, days))
}

/// One row per customer, in the order of first appearance by day: a dict of columns. `who` numbers the customers.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "called from one place in Python, by position")]
pub fn summarize<'py>(
    py: Python<'py>,
    who: PyReadonlyArray1<'py, i64>,
    day: PyReadonlyArray1<'py, i64>,
    amount: PyReadonlyArray1<'py, f64>,
    unit_name: &str,
    end: i64,
    holdout: Option<i64>,
    acquired: Option<(i64, i64)>,
    calendar_periods: bool,
) -> PyResult<Bound<'py, PyDict>> {
    let mut rules = Rules::new(unit(unit_name)?, Day::numbered(end));
    if let Some(last) = holdout {
        rules = rules.holdout(Day::numbered(last));
    }
    if let Some((from, to)) = acquired {
        rules = rules.acquired(Day::numbered(from), Day::numbered(to));
    }
    if calendar_periods {
        rules = rules.convention(Convention::Lifetimes);
    }
    let (who, day, amount) = (who.as_array(), day.as_array(), amount.as_array());
    if who.len() != day.len() || day.len() != amount.len() {
        return Err(errors::input(btyd::InputError::UnequalColumns));
    }
    let found = py.detach(|| {
        let mut order: Vec<u32> = (0..who.len() as u32).collect();
        if !day.as_slice().is_some_and(|days| days.is_sorted()) {
            order.sort_by_key(|row| day[*row as usize]);
        }
        let mut ledger = Ledger::new(rules);
        for row in order {
            let row = row as usize;
            ledger.record(who[row], Day::numbered(day[row]), amount[row]).map_err(|error| (row, error))?;
        }
        Ok(ledger.finish())
    });
    let found = found.map_err(|(row, error): (usize, btyd::LedgerError)| {
        errors::LedgerError::new_err(format!("row {row}: {error}"))
    })?;
    let rows = found.rows();
    let columns = PyDict::new(py);
    columns.set_item("who", PyArray1::from_iter(py, rows.iter().map(|r| r.id)))?;
    let set = |name: &str, of: fn(&btyd::Summary<i64>) -> f64| {
        columns.set_item(name, PyArray1::from_iter(py, rows.iter().map(of)))
    };
    set("frequency", |r| f64::from(r.frequency))?;
    set("recency", |r| r.recency)?;
    set("age", |r| r.age)?;
    set("mean_value", |r| r.mean_value)?;
    set("holdout", |r| f64::from(r.holdout))?;
    set("holdout_value", |r| r.holdout_value)?;
    set("ln_gaps", |r| r.ln_gaps)?;
    Ok(columns)
}
