//! What Python is told when something cannot be done: one family of `ValueError`s, with the words of the library.

use pyo3::create_exception;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

create_exception!(
    btyd,
    BtydError,
    PyValueError,
    "Anything that btyd refuses; every one of them is a ValueError."
);
create_exception!(
    btyd,
    InputError,
    BtydError,
    "A row of input that cannot be true; `row` names it, if it is one row."
);
create_exception!(
    btyd,
    FitError,
    BtydError,
    "A base that cannot carry the model; `reason` says why in one word."
);
create_exception!(btyd, ParameterError, BtydError, "A parameter that the model cannot have.");
create_exception!(btyd, LedgerError, BtydError, "A transaction that cannot be read.");
create_exception!(btyd, LoadError, BtydError, "A saved fit that cannot be read.");
create_exception!(btyd, MeanUndefined, BtydError, "A mean that does not exist; the median does.");

/// Adds the family to the module.
pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    module.add("BtydError", py.get_type::<BtydError>())?;
    module.add("InputError", py.get_type::<InputError>())?;
    module.add("FitError", py.get_type::<FitError>())?;
    module.add("ParameterError", py.get_type::<ParameterError>())?;
    module.add("LedgerError", py.get_type::<LedgerError>())?;
    module.add("LoadError", py.get_type::<LoadError>())?;
    module.add("MeanUndefined", py.get_type::<MeanUndefined>())
}

/// A refused row.
pub fn input(error: btyd::InputError) -> PyErr {
    use btyd::InputError::{
        Empty, FrequencyAgainstRecency, NotAQuantity, OutOfRange, RecencyBeyondAge, UnequalColumns,
    };
    let row = match &error {
        NotAQuantity { row, .. }
        | RecencyBeyondAge { row }
        | FrequencyAgainstRecency { row }
        | OutOfRange { row } => Some(*row),
        UnequalColumns | Empty => None,
    };
    with(InputError::new_err(error.to_string()), "row", row)
}

/// A refused fit.
pub fn fit(error: btyd::FitError) -> PyErr {
    let reason = match &error {
        btyd::FitError::NoRepeatPurchases => "no_repeat_purchases",
        btyd::FitError::NoTimeObserved => "no_time_observed",
        btyd::FitError::TooLittleVariety => "too_little_variety",
        btyd::FitError::NoFiniteStart => "no_finite_start",
        btyd::FitError::NotConverged { .. } => "not_converged",
        btyd::FitError::Parameter(_) => "parameter",
    };
    with(FitError::new_err(error.to_string()), "reason", reason)
}

/// A refused parameter.
pub fn parameter(error: btyd::ParameterError) -> PyErr {
    with(ParameterError::new_err(error.to_string()), "parameter", error.name)
}

/// A word that names nothing here.
pub fn unknown(what: &str, word: &str, known: &str) -> PyErr {
    BtydError::new_err(format!("there is no {what} {word:?}; say one of {known}"))
}

/// The error with an attribute, which is left off should Python refuse to set it.
fn with(error: PyErr, name: &str, value: impl for<'py> IntoPyObject<'py>) -> PyErr {
    Python::attach(|py| error.value(py).setattr(name, value).ok());
    error
}
