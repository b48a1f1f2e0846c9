//! The renewal models: customers under contract, whose leaving is seen.

use std::sync::Arc;

use btyd::chance::Seeded;
use btyd::{Bdw, Contracts, Fit, FitError, Model, Saved, Sbg};
use numpy::PyArray1;
use pyo3::prelude::*;

use crate::base::{Column, numbers, whole};
use crate::errors;
use crate::estimate::Estimate;
use crate::timing::Out;

/// One of the two.
#[derive(Clone)]
enum Kind {
    Sbg(Sbg),
    Bdw(Bdw),
}

/// Does the same with either.
macro_rules! with_kind {
    ($kind:expr, $model:ident => $body:expr) => {
        match $kind {
            Kind::Sbg($model) => $body,
            Kind::Bdw($model) => $body,
        }
    };
}

/// A renewal model, with its fit if it has one.
#[pyclass(frozen, module = "btyd._native")]
pub struct Renewals {
    kind: Kind,
    fit: Option<btyd::Estimate>,
    base: Option<Arc<Contracts>>,
}

fn unknown(model: &str) -> PyErr {
    errors::unknown("model of renewal", model, "sbg, bdw")
}

fn fitted(model: &str, base: Contracts, py: Python<'_>) -> PyResult<Renewals> {
    let both = |found: Result<(Kind, btyd::Estimate), FitError>| found.map_err(errors::fit);
    let (kind, estimate) = match model {
        "sbg" => both(py.detach(|| Sbg::fit(&base).map(|f| (Kind::Sbg(f.model), f.estimate))))?,
        "bdw" => both(py.detach(|| Bdw::fit(&base).map(|f| (Kind::Bdw(f.model), f.estimate))))?,
        _ => return Err(unknown(model)),
    };
    Ok(Renewals { kind, fit: Some(estimate), base: Some(Arc::new(base)) })
}

#[pymethods]
impl Renewals {
    /// The model of given parameters.
    #[new]
    fn new(model: &str, parameters: Vec<f64>) -> PyResult<Renewals> {
        let size = |n: usize| errors::BtydError::new_err(format!("{model} has {n} parameters"));
        let kind = match model {
            "sbg" => {
                let theta = parameters.try_into().map_err(|_| size(2))?;
                Kind::Sbg(Sbg::new(theta).map_err(errors::parameter)?)
            }
            "bdw" => {
                let theta = parameters.try_into().map_err(|_| size(3))?;
                Kind::Bdw(Bdw::new(theta).map_err(errors::parameter)?)
            }
            _ => return Err(unknown(model)),
        };
        Ok(Renewals { kind, fit: None, base: None })
    }

    /// From survivors of one or more cohorts, each beginning with those who signed.
    #[staticmethod]
    fn fit_survivors(py: Python<'_>, model: &str, cohorts: Vec<Vec<u32>>) -> PyResult<Renewals> {
        let cohorts: Vec<&[u32]> = cohorts.iter().map(Vec::as_slice).collect();
        fitted(model, Contracts::from_survivors(&cohorts).map_err(errors::input)?, py)
    }

    /// From single contracts: renewals made, and whether it has ended.
    #[staticmethod]
    fn fit_tenures(
        py: Python<'_>,
        model: &str,
        renewals: Column<'_>,
        ended: Vec<bool>,
    ) -> PyResult<Renewals> {
        let renewals = whole("renewals", numbers(&renewals)?).map_err(errors::input)?;
        fitted(model, Contracts::from_tenures(&renewals, &ended).map_err(errors::input)?, py)
    }

    /// The parameters.
    #[getter]
    fn parameters(&self) -> Vec<f64> {
        with_kind!(&self.kind, m => m.parameters())
    }

    /// What the fit found.
    #[getter]
    fn estimate(&self) -> Option<Estimate> {
        self.fit.clone().map(Estimate)
    }

    /// "survival" to, or "retention" at, each number of renewals.
    fn curve<'py>(&self, py: Python<'py>, which: &str, renewals: Column<'py>) -> PyResult<Out<'py>> {
        let t = whole("renewals", numbers(&renewals)?).map_err(errors::input)?;
        let found = match which {
            "survival" => t.iter().map(|t| with_kind!(&self.kind, m => m.survival(*t))).collect(),
            "retention" => t.iter().map(|t| with_kind!(&self.kind, m => m.retention(*t))).collect(),
            _ => return Err(errors::unknown("curve", which, "survival, retention")),
        };
        Ok(PyArray1::from_vec(py, found))
    }

    /// Discounted renewals to expect after each number of renewals made.
    fn residual_renewals<'py>(
        &self,
        py: Python<'py>,
        made: Column<'py>,
        discount: f64,
    ) -> PyResult<Out<'py>> {
        let made = whole("renewals made", numbers(&made)?).map_err(errors::input)?;
        let found = py.detach(|| {
            let one = |made: &u32| with_kind!(&self.kind, m => m.residual_renewals(*made, discount));
            made.iter().map(one).collect()
        });
        Ok(PyArray1::from_vec(py, found))
    }

    /// The log-likelihood of cohorts.
    fn log_likelihood(&self, cohorts: Vec<Vec<u32>>) -> PyResult<f64> {
        let cohorts: Vec<&[u32]> = cohorts.iter().map(Vec::as_slice).collect();
        let base = Contracts::from_survivors(&cohorts).map_err(errors::input)?;
        Ok(with_kind!(&self.kind, m => m.log_likelihood(&base)))
    }

    /// The profile-likelihood interval of a parameter.
    fn profile(&self, py: Python<'_>, name: &str, level: f64) -> PyResult<(Option<f64>, Option<f64>)> {
        let (Some(estimate), Some(base)) = (&self.fit, &self.base) else {
            return Err(errors::BtydError::new_err("profiles need the contracts of the fit; fit again"));
        };
        let found = py.detach(|| {
            with_kind!(&self.kind, m => {
                Fit { model: m.clone(), estimate: estimate.clone() }.profile(base, name, level)
            })
        });
        let found = found.ok_or_else(|| errors::unknown("parameter", name, &estimate.names.join(", ")))?;
        Ok((found.low, found.high))
    }

    /// Draws contracts: renewals made, at most so many, and whether each has ended.
    fn simulate<'py>(
        &self,
        py: Python<'py>,
        size: usize,
        most: u32,
        seed: u64,
    ) -> (Out<'py>, Bound<'py, PyArray1<bool>>) {
        let mut chance = Seeded::new(seed);
        let drawn: Vec<(u32, bool)> = py.detach(
            || with_kind!(&self.kind, m => (0..size).map(|_| m.simulate(most, &mut chance)).collect()),
        );
        (
            PyArray1::from_iter(py, drawn.iter().map(|d| f64::from(d.0))),
            PyArray1::from_iter(py, drawn.iter().map(|d| d.1)),
        )
    }

    /// The fit as a small document.
    fn to_json(&self) -> PyResult<String> {
        let estimate =
            self.fit.clone().ok_or_else(|| errors::BtydError::new_err("only a fit can be saved"))?;
        let saved = with_kind!(&self.kind, m => Saved::of(&Fit { model: m.clone(), estimate }));
        crate::document::written(&saved)
    }

    /// The fit of a document.
    #[staticmethod]
    fn from_json(model: &str, text: &str) -> PyResult<Renewals> {
        let saved = crate::document::parsed(text)?;
        let refused = |e: btyd::LoadError| errors::LoadError::new_err(e.to_string());
        let (kind, estimate) = if model == "bdw" {
            saved.fit().map(|f: Fit<Bdw>| (Kind::Bdw(f.model), f.estimate)).map_err(refused)?
        } else {
            saved.fit().map(|f: Fit<Sbg>| (Kind::Sbg(f.model), f.estimate)).map_err(refused)?
        };
        Ok(Renewals { kind, fit: Some(estimate), base: None })
    }
}
