//! Saved fits as text.

use btyd::{Fit, Model, Saved};
use pyo3::prelude::*;

use crate::errors;

/// The text of a saved fit.
pub fn written(saved: &Saved) -> PyResult<String> {
    serde_json::to_string(saved).map_err(|e| errors::LoadError::new_err(e.to_string()))
}

/// A document, not yet known to be of any model.
pub fn parsed(text: &str) -> PyResult<Saved> {
    serde_json::from_str(text)
        .map_err(|e| errors::LoadError::new_err(format!("the text is no saved fit: {e}")))
}

/// The fit of a text.
pub fn read<M: Model>(text: &str) -> PyResult<Fit<M>> {
    parsed(text)?.fit().map_err(|e| errors::LoadError::new_err(e.to_string()))
}
