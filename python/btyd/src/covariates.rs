//! Fits in which more is known of each customer than their purchases.

use btyd::{BgNbd, CovariateFit, FitError, MbgNbd, ParetoNbd, WithCovariates};
use pyo3::prelude::*;

use crate::base::{Column, numbers, unit, whole};
use crate::errors;
use crate::estimate::Estimate;

/// A fit with covariates.
#[pyclass(frozen, module = "btyd._native")]
pub struct Described {
    fit: CovariateFit,
    model: String,
}

fn fitted(model: &str, base: &btyd::Described) -> Option<Result<CovariateFit, FitError>> {
    Some(match model {
        "bg-nbd" => CovariateFit::of::<BgNbd>(base),
        "mbg-nbd" => CovariateFit::of::<MbgNbd>(base),
        "pareto-nbd" => CovariateFit::of::<ParetoNbd>(base),
        _ => return None,
    })
}

fn parameters<M: WithCovariates>(fit: &CovariateFit, covariates: &[f64]) -> PyResult<Vec<f64>> {
    Ok(fit.model_for::<M>(covariates).map_err(errors::parameter)?.parameters())
}

#[pymethods]
impl Described {
    /// The maximum-likelihood fit of a model with covariates, one named column each.
    #[staticmethod]
    fn fit(
        py: Python<'_>,
        model: &str,
        unit_name: &str,
        frequency: Column<'_>,
        recency: Column<'_>,
        age: Column<'_>,
        covariates: Vec<(String, Column<'_>)>,
    ) -> PyResult<Described> {
        let x = whole("frequency", numbers(&frequency)?).map_err(errors::input)?;
        let columns: Vec<(&str, &[f64])> = covariates
            .iter()
            .map(|(name, column)| Ok((name.as_str(), numbers(column)?)))
            .collect::<PyResult<_>>()?;
        let base = btyd::Described::new(unit(unit_name)?, &x, numbers(&recency)?, numbers(&age)?, &columns)
            .map_err(errors::input)?;
        let found = py
            .detach(|| fitted(model, &base))
            .ok_or_else(|| errors::unknown("model with covariates", model, "bg-nbd, mbg-nbd, pareto-nbd"))?;
        Ok(Described { fit: found.map_err(errors::fit)?, model: model.to_owned() })
    }

    /// What the fit found: the parameters at zero, then the coefficients.
    #[getter]
    fn estimate(&self) -> Estimate {
        Estimate(self.fit.estimate.clone())
    }

    /// The four parameters of customers with these covariates.
    fn parameters_for(&self, covariates: Vec<f64>) -> PyResult<Vec<f64>> {
        match self.model.as_str() {
            "bg-nbd" => parameters::<BgNbd>(&self.fit, &covariates),
            "mbg-nbd" => parameters::<MbgNbd>(&self.fit, &covariates),
            _ => parameters::<ParetoNbd>(&self.fit, &covariates),
        }
    }
}
