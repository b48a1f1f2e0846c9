//! The gamma-gamma model: what a purchase of each customer is worth.

use std::sync::Arc;

use btyd::chance::Seeded;
use btyd::{Fit, GammaGamma, InputError, Model, Saved, Spend};
use numpy::PyArray1;
use pyo3::prelude::*;

use crate::base::{Column, numbers, numbers_if, whole, whole_if};
use crate::errors;
use crate::estimate::Estimate;
use crate::timing::Out;

/// The gamma-gamma model, with its fit if it has one.
#[pyclass(frozen, module = "btyd._native")]
pub struct Values {
    model: GammaGamma,
    fit: Option<btyd::Estimate>,
    base: Option<Arc<Spend>>,
}

#[pymethods]
impl Values {
    /// The model of given parameters.
    #[new]
    fn new(parameters: [f64; 3]) -> PyResult<Values> {
        Ok(Values { model: GammaGamma::new(parameters).map_err(errors::parameter)?, fit: None, base: None })
    }

    /// The maximum-likelihood model of purchases and mean values. `least_q` keeps q from falling below it.
    #[staticmethod]
    #[pyo3(signature = (purchases, mean, counts, ridge, least_q))]
    fn fit(
        py: Python<'_>,
        purchases: Column<'_>,
        mean: Column<'_>,
        counts: Option<Column<'_>>,
        ridge: Option<[f64; 3]>,
        least_q: Option<f64>,
    ) -> PyResult<Values> {
        let (x, z, n) = (numbers(&purchases)?, numbers(&mean)?, numbers_if(&counts)?);
        let base = py
            .detach(|| Spend::weighted(&whole("purchases", x)?, z, whole_if("count", n)?.as_deref()))
            .map_err(errors::input)?;
        let ridge = ridge.unwrap_or_default();
        let fitted = py.detach(|| {
            let blank = GammaGamma::new([1.0; 3]).map_err(btyd::FitError::Parameter)?;
            if let Some(reason) = blank.refuse(&base) {
                return Err(reason);
            }
            let mut estimate = blank.problem(&base).with_ridge(&ridge).solve()?;
            if let Some(least) = least_q.filter(|least| estimate.values[1] < *least) {
                estimate = blank.problem(&base).with_ridge(&ridge).holding(1, least).solve()?;
            }
            let model = blank.with_parameters(&estimate.values).map_err(btyd::FitError::Parameter)?;
            Ok(Fit { model, estimate })
        });
        let Fit { model, estimate } = fitted.map_err(errors::fit)?;
        Ok(Values { model, fit: Some(estimate), base: Some(Arc::new(base)) })
    }

    /// The parameters.
    #[getter]
    fn parameters(&self) -> Vec<f64> {
        self.model.parameters()
    }

    /// What the fit found.
    #[getter]
    fn estimate(&self) -> Option<Estimate> {
        self.fit.clone().map(Estimate)
    }

    /// Expected value of a purchase of each customer, or its median.
    fn values<'py>(
        &self,
        py: Python<'py>,
        purchases: Column<'py>,
        mean: Column<'py>,
        median: bool,
    ) -> PyResult<Out<'py>> {
        let (x, z) = (numbers(&purchases)?, numbers(&mean)?);
        if x.len() != z.len() {
            return Err(errors::input(InputError::UnequalColumns));
        }
        let m = &self.model;
        let one = |row: usize| {
            let (count, value) = (x[row] as u32, z[row]);
            if f64::from(count) != x[row] {
                return Err(InputError::NotAQuantity { row, column: "purchases", value: x[row] });
            }
            if !value.is_finite() || value < 0.0 {
                return Err(InputError::NotAQuantity { row, column: "mean value", value });
            }
            // Told apart below, once all rows are known to be good.
            Ok(if median {
                m.median_value(count, value)
            } else {
                m.expected_value(count, value).unwrap_or(f64::NAN)
            })
        };
        let found: Result<Vec<f64>, InputError> = py.detach(|| (0..x.len()).map(one).collect());
        let found = found.map_err(errors::input)?;
        if found.iter().any(|value| value.is_nan()) {
            return Err(errors::MeanUndefined::new_err(btyd::MeanUndefined.to_string()));
        }
        Ok(PyArray1::from_vec(py, found))
    }

    /// The log-likelihood of a base.
    fn log_likelihood(&self, purchases: Column<'_>, mean: Column<'_>) -> PyResult<f64> {
        let base = whole("purchases", numbers(&purchases)?)
            .and_then(|x| Spend::new(&x, mean.as_slice().unwrap_or(&[])));
        Ok(self.model.log_likelihood(&base.map_err(errors::input)?))
    }

    /// The profile-likelihood interval of a parameter.
    fn profile(&self, py: Python<'_>, name: &str, level: f64) -> PyResult<(Option<f64>, Option<f64>)> {
        let (Some(estimate), Some(base)) = (&self.fit, &self.base) else {
            return Err(errors::BtydError::new_err("profiles need the customers of the fit; fit again"));
        };
        let fit = Fit { model: self.model.clone(), estimate: estimate.clone() };
        let found = py.detach(|| fit.profile(base, name, level));
        let found = found.ok_or_else(|| errors::unknown("parameter", name, "p, q, v"))?;
        Ok((found.low, found.high))
    }

    /// Draws the mean value of each customer's purchases.
    fn simulate<'py>(&self, py: Python<'py>, purchases: Column<'py>, seed: u64) -> PyResult<Out<'py>> {
        let x = whole("purchases", numbers(&purchases)?).map_err(errors::input)?;
        let mut chance = Seeded::new(seed);
        let drawn: Vec<f64> = py.detach(|| x.iter().map(|x| self.model.simulate(*x, &mut chance)).collect());
        Ok(PyArray1::from_vec(py, drawn))
    }

    /// The fit as a small document.
    fn to_json(&self) -> PyResult<String> {
        let estimate =
            self.fit.clone().ok_or_else(|| errors::BtydError::new_err("only a fit can be saved"))?;
        crate::document::written(&Saved::of(&Fit { model: self.model.clone(), estimate }))
    }

    /// The fit of a document.
    #[staticmethod]
    fn from_json(text: &str) -> PyResult<Values> {
        let Fit { model, estimate } = crate::document::read(text)?;
        Ok(Values { model, fit: Some(estimate), base: None })
    }
}
