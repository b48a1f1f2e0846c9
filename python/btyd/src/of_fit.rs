//! What a fit in time can tell beyond its answers: profiles, bootstraps, tables, simulated customers, documents.

use std::sync::Arc;

use btyd::chance::Seeded;
use btyd::{Customers, Fit, FrequencyTable, Purchases};
use numpy::PyArray1;
use pyo3::prelude::*;

use crate::base::{Column, numbers};
use crate::errors;
use crate::fitted::{AnyModel, with_model};
use crate::timing::{Out, Timing};

/// Actual and expected customers by count; chi-square, degrees of freedom, chance of a worse fit.
type Histogram = (Vec<(f64, f64)>, f64, f64, Option<f64>);

impl Timing {
    fn based(&self) -> PyResult<(&btyd::Estimate, &Arc<Customers>)> {
        let unfitted = || {
            errors::BtydError::new_err(
                "this needs the customers of the fit, which are not saved with it; fit again",
            )
        };
        Ok((self.estimated()?, self.base.as_ref().ok_or_else(unfitted)?))
    }
}

#[pymethods]
impl Timing {
    /// The profile-likelihood interval of a parameter of the fit; an open end is none.
    fn profile(&self, py: Python<'_>, name: &str, level: f64) -> PyResult<(Option<f64>, Option<f64>)> {
        let (estimate, base) = self.based()?;
        let found = py.detach(|| {
            with_model!(&self.model, m => {
                Fit { model: m.clone(), estimate: estimate.clone() }.profile(base, name, level)
            })
        });
        let found =
            found.ok_or_else(|| errors::unknown("parameter", name, &self.model.names().join(", ")))?;
        Ok((found.low, found.high))
    }

    /// Parameters fitted to bases drawn from the fit, one row each, and how many bases could not be fitted.
    fn bootstrap(&self, py: Python<'_>, replicates: usize, seed: u64) -> PyResult<(Vec<Vec<f64>>, usize)> {
        let (estimate, base) = self.based()?;
        Ok(py.detach(|| {
            with_model!(&self.model, m => {
                let fit = Fit { model: m.clone(), estimate: estimate.clone() };
                let drawn = fit.bootstrap(base, replicates, &mut Seeded::new(seed));
                (drawn.models.iter().map(btyd::Model::parameters).collect(), drawn.failed)
            })
        }))
    }

    /// Customers of the fit by number of purchases, actual and expected, with the chi-square test.
    fn frequency_table(&self, py: Python<'_>, most: u32) -> PyResult<Histogram> {
        let (_, base) = self.based()?;
        let table = py.detach(|| with_model!(&self.model, m => FrequencyTable::of(m, base, most)));
        Ok((table.rows, table.chi_square, table.freedom, table.p_value))
    }

    /// Cumulative repeat purchases of the whole base of the fit, expected at each period.
    fn tracking<'py>(&self, py: Python<'py>, periods: u32) -> PyResult<Out<'py>> {
        let (_, base) = self.based()?;
        Ok(PyArray1::from_vec(
            py,
            py.detach(|| with_model!(&self.model, m => btyd::tracking(m, base, periods))),
        ))
    }

    /// Draws customers watched for these ages and followed for a time: frequency, recency, purchases to come, active.
    fn simulate<'py>(
        &self,
        py: Python<'py>,
        ages: Column<'py>,
        future: f64,
        seed: u64,
    ) -> PyResult<(Out<'py>, Out<'py>, Out<'py>, Bound<'py, PyArray1<bool>>)> {
        let ages = numbers(&ages)?;
        let drawn: Vec<btyd::Simulated> = py.detach(|| {
            let mut chance = Seeded::new(seed);
            with_model!(&self.model, m => ages.iter().map(|age| m.simulate(*age, future, &mut chance)).collect())
        });
        Ok((
            PyArray1::from_iter(py, drawn.iter().map(|d| f64::from(d.frequency))),
            PyArray1::from_iter(py, drawn.iter().map(|d| d.recency)),
            PyArray1::from_iter(py, drawn.iter().map(|d| f64::from(d.future))),
            PyArray1::from_iter(py, drawn.iter().map(|d| d.active)),
        ))
    }

    /// The fit as a small document.
    fn to_json(&self) -> PyResult<String> {
        crate::document::written(&self.model.save(self.estimated()?))
    }

    /// The fit of a document.
    #[staticmethod]
    fn from_json(text: &str) -> PyResult<Timing> {
        let (model, estimate) = AnyModel::load(&crate::document::parsed(text)?)?;
        Ok(Timing { model, fit: Some(estimate), base: None })
    }
}
