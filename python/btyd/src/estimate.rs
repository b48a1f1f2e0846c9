//! What a fit found, as Python reads it.

use btyd::Toward;
use pyo3::prelude::*;

/// Maximum-likelihood parameters with what is needed to judge them.
#[pyclass(frozen, module = "btyd._native")]
#[derive(Clone)]
pub struct Estimate(pub btyd::Estimate);

#[pymethods]
impl Estimate {
    /// Names of the parameters, in order.
    #[getter]
    fn names(&self) -> Vec<String> {
        self.0.names.clone()
    }

    /// Their values, in the unit of the model.
    #[getter]
    fn values(&self) -> Vec<f64> {
        self.0.values.clone()
    }

    /// The log-likelihood at the maximum.
    #[getter]
    fn log_likelihood(&self) -> f64 {
        self.0.log_likelihood
    }

    /// Customers it rests on.
    #[getter]
    fn customers(&self) -> u64 {
        self.0.customers
    }

    /// Passes over the customers.
    #[getter]
    fn evaluations(&self) -> usize {
        self.0.evaluations
    }

    /// Parameters that ran away, each with where to: "zero" or "infinity".
    #[getter]
    fn boundary(&self) -> Vec<(String, &'static str)> {
        let end = |toward| match toward {
            Toward::Zero => "zero",
            Toward::Infinity => "infinity",
        };
        self.0.boundary.iter().map(|b| (b.parameter.clone(), end(b.toward))).collect()
    }

    /// The covariance of the parameters, row by row; none at a boundary.
    #[getter]
    fn covariance(&self) -> Option<Vec<Vec<f64>>> {
        let matrix = self.0.covariance.as_ref()?;
        let size = matrix.size();
        Some((0..size).map(|i| (0..size).map(|j| matrix.at(i, j)).collect()).collect())
    }

    /// Square roots of its diagonal.
    #[getter]
    fn standard_errors(&self) -> Option<Vec<f64>> {
        self.0.standard_errors()
    }

    /// Akaike's criterion.
    #[getter]
    fn aic(&self) -> f64 {
        self.0.aic()
    }

    /// Schwarz's criterion.
    #[getter]
    fn bic(&self) -> f64 {
        self.0.bic()
    }
}
