//! The customer-base models for Python: columns in, columns out, the interpreter let go while they work.
//!
//! Everything here is a thin skin over the `btyd` crate. Python's side of the package (`python/btyd`) knows frames,
//! units and names of columns; this side knows arrays of numbers.

mod answers;
mod base;
mod contracts;
mod covariates;
mod document;
mod errors;
mod estimate;
mod fitted;
mod holdout;
mod ledger;
mod occasions;
mod of_fit;
mod rows;
mod seen;
mod spend;
mod timing;

use pyo3::prelude::*;

/// The compiled half of the package `btyd`.
#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    errors::register(module)?;
    module.add_class::<estimate::Estimate>()?;
    module.add_class::<timing::Timing>()?;
    module.add_class::<occasions::Occasions>()?;
    module.add_class::<spend::Values>()?;
    module.add_class::<contracts::Renewals>()?;
    module.add_class::<covariates::Described>()?;
    module.add_function(wrap_pyfunction!(base::convert, module)?)?;
    module.add_function(wrap_pyfunction!(ledger::summarize, module)?)?;
    module.add_function(wrap_pyfunction!(ledger::days, module)?)?;
    module.add_function(wrap_pyfunction!(holdout::accuracy, module)?)?;
    module.add_function(wrap_pyfunction!(holdout::holdout, module)?)?;
    module.add_function(wrap_pyfunction!(rows::log_likelihood_rows, module)?)?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))
}
