//! Fitted models as a small versioned document, to be written as JSON and
//! read back.
//!
//! Nothing of the customers is kept, only what was learnt from them. Reading
//! checks everything a hand-edited file could break: the version, the model,
//! the lengths, the ranges of the parameters.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::{Fit, Form, Model};
use crate::{Estimate, ParameterError};

/// The version this crate writes, and the newest it reads.
pub const FORMAT: u32 = 1;

/// A fit without its data: a few hundred bytes, whatever the size of the
/// base.
///
/// ```
/// use btyd::{BgNbd, Fit, Saved};
/// # use btyd::{Customers, Unit};
/// # let base = Customers::new(Unit::Week, &[2, 1, 0, 4], &[9.0, 3.0, 0.0, 7.0], &[12.0, 12.0, 11.0, 10.0]).unwrap();
/// # let fit = BgNbd::fit(&base).unwrap();
/// let text = serde_json::to_string(&Saved::of(&fit)).unwrap();
/// let saved: Saved = serde_json::from_str(&text).unwrap();
/// let again: Fit<BgNbd> = saved.fit().unwrap();
/// assert_eq!(again, fit);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Saved {
    /// Version of the layout.
    pub format: u32,
    /// Which model, in which unit.
    #[serde(flatten)]
    pub form: Form,
    /// Parameters and uncertainty.
    pub estimate: Estimate,
}

/// Why a document cannot become a fit.
#[derive(Clone, Debug, PartialEq)]
pub enum LoadError {
    /// It was written by a later version.
    NewerFormat(u32),
    /// It holds another model.
    AnotherModel(String),
    /// Its columns do not fit together.
    Uneven,
    /// A parameter is not allowed.
    Parameter(ParameterError),
}

impl fmt::Display for LoadError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoadError::NewerFormat(format) => {
                write!(
                    out,
                    "the fit was saved in format {format}, this version reads up to {FORMAT}; use a newer one"
                )
            }
            LoadError::AnotherModel(name) => {
                write!(out, "the saved fit is of the model {name}; load it as that")
            }
            LoadError::Uneven => {
                write!(out, "names, values and covariance of the saved fit differ in length")
            }
            LoadError::Parameter(error) => write!(out, "the saved fit cannot be used: {error}"),
        }
    }
}

impl std::error::Error for LoadError {}

impl Saved {
    /// The document of a fit.
    pub fn of<M: Model>(fit: &Fit<M>) -> Saved {
        Saved { format: FORMAT, form: fit.model.form(), estimate: fit.estimate.clone() }
    }

    /// The fit of a document, every part checked.
    pub fn fit<M: Model>(&self) -> Result<Fit<M>, LoadError> {
        if self.format > FORMAT {
            return Err(LoadError::NewerFormat(self.format));
        }
        let blank = M::of_form(&self.form).ok_or_else(|| LoadError::AnotherModel(self.form.model.clone()))?;
        let size = blank.parameters().len();
        let covariance = self.estimate.covariance.as_ref().map_or(size, crate::optimise::Matrix::size);
        if self.estimate.values.len() != size || self.estimate.names.len() != size || covariance != size {
            return Err(LoadError::Uneven);
        }
        let model = blank.with_parameters(&self.estimate.values).map_err(LoadError::Parameter)?;
        Ok(Fit { model, estimate: self.estimate.clone() })
    }
}
