//! Why there is no fit, and which parameters a model cannot have.
//!
//! A base that cannot carry a model is not a failure of the search, and says
//! so before the search starts. What can be said of a base in which everybody
//! came back, or nobody left, is a boundary of the
//! [`Estimate`](crate::Estimate), not an error.

use std::fmt;

/// Why there is no fit.
///
/// ```
/// use btyd::{BgNbd, Customers, FitError, Unit};
/// let nobody_came_back = Customers::new(Unit::Week, &[0], &[0.0], &[9.0]).unwrap();
/// assert_eq!(BgNbd::fit(&nobody_came_back).unwrap_err(), FitError::NoRepeatPurchases);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum FitError {
    /// Nobody bought again, so nothing is known of rates or dropout.
    NoRepeatPurchases,
    /// Nobody was observed for any time.
    NoTimeObserved,
    /// There are too few distinct observations to tell the parameters apart.
    TooLittleVariety,
    /// The likelihood was not finite at any start.
    NoFiniteStart,
    /// The search ended without meeting its criterion.
    NotConverged {
        /// Passes over the data spent.
        evaluations: usize,
    },
    /// The search ended at parameters that the model refuses.
    Parameter(ParameterError),
}

impl fmt::Display for FitError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FitError::NoRepeatPurchases => {
                write!(
                    out,
                    "no customer bought again, so rates and dropout cannot be told apart; wait for repeat purchases"
                )
            }
            FitError::NoTimeObserved => write!(out, "every age is zero; choose a later end of observation"),
            FitError::TooLittleVariety => {
                write!(
                    out,
                    "too few distinct observations to tell the parameters apart; add customers or periods"
                )
            }
            FitError::NoFiniteStart => {
                write!(out, "the likelihood is not finite at any start; check the columns")
            }
            FitError::NotConverged { evaluations } => {
                write!(out, "the search did not settle within {evaluations} passes over the data")
            }
            FitError::Parameter(error) => write!(out, "the search ended outside the model: {error}"),
        }
    }
}

impl std::error::Error for FitError {}

/// A parameter the model cannot have.
///
/// The limits are wide enough for any customer base and narrow enough that no
/// formula here overflows within them.
#[derive(Clone, Debug, PartialEq)]
pub struct ParameterError {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: f64,
}

impl fmt::Display for ParameterError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} is {}, it must lie between 1e-15 and 1e15", self.name, self.value)
    }
}

impl std::error::Error for ParameterError {}

/// Parameters if all are positive and of a size on which the formulas keep
/// their digits.
pub(crate) fn checked<const N: usize>(names: &[&str; N], values: &[f64]) -> Result<[f64; N], ParameterError> {
    let mut checked = [f64::NAN; N];
    for (slot, value) in checked.iter_mut().zip(values) {
        *slot = *value;
    }
    for (name, value) in names.iter().zip(checked) {
        if !(1e-15..=1e15).contains(&value) {
            return Err(ParameterError { name: (*name).to_owned(), value });
        }
    }
    Ok(checked)
}
