//! The BG/BB model: buying or not on fixed occasions.

use std::sync::Arc;

use btyd::chance::Seeded;
use btyd::{Attendance, Attendances, BgBb, Fit, InputError, Model, Saved};
use numpy::PyArray1;
use pyo3::prelude::*;

use crate::base::{Column, numbers, numbers_if, whole, whole_if};
use crate::errors;
use crate::estimate::Estimate;
use crate::timing::Out;

/// The BG/BB, with its fit if it has one.
#[pyclass(frozen, module = "btyd._native")]
pub struct Occasions {
    model: BgBb,
    fit: Option<btyd::Estimate>,
    base: Option<Arc<Attendances>>,
}

/// Checked customers, one a row.
fn attendances(columns: [&[f64]; 3]) -> Result<Vec<Attendance>, InputError> {
    let [x, last, n] = columns;
    if x.len() != last.len() || x.len() != n.len() {
        return Err(InputError::UnequalColumns);
    }
    let (x, last, n) = (whole("frequency", x)?, whole("recency", last)?, whole("occasions", n)?);
    let one = |i: usize| {
        // A base of one names row zero; the row it stood in is known here.
        Attendance::new(x[i], last[i], n[i]).map_err(|error| match error {
            InputError::RecencyBeyondAge { .. } => InputError::RecencyBeyondAge { row: i },
            InputError::FrequencyAgainstRecency { .. } => InputError::FrequencyAgainstRecency { row: i },
            InputError::OutOfRange { .. } => InputError::OutOfRange { row: i },
            other => other,
        })
    };
    (0..x.len()).map(one).collect()
}

#[pymethods]
impl Occasions {
    /// The model of given parameters.
    #[new]
    fn new(parameters: [f64; 4]) -> PyResult<Occasions> {
        Ok(Occasions { model: BgBb::new(parameters).map_err(errors::parameter)?, fit: None, base: None })
    }

    /// The maximum-likelihood model of a base.
    #[staticmethod]
    #[pyo3(signature = (frequency, recency, occasions, counts, ridge))]
    fn fit(
        py: Python<'_>,
        frequency: Column<'_>,
        recency: Column<'_>,
        occasions: Column<'_>,
        counts: Option<Column<'_>>,
        ridge: Option<[f64; 4]>,
    ) -> PyResult<Occasions> {
        let (x, last, n) = (numbers(&frequency)?, numbers(&recency)?, numbers(&occasions)?);
        let counts = numbers_if(&counts)?;
        let base = py
            .detach(|| {
                let (x, last, n) = (whole("frequency", x)?, whole("recency", last)?, whole("occasions", n)?);
                let counts = whole_if("count", counts)?.unwrap_or_else(|| vec![1; x.len()]);
                Attendances::new(&x, &last, &n, &counts)
            })
            .map_err(errors::input)?;
        let fitted = py.detach(|| match ridge {
            None => BgBb::fit(&base),
            Some(ridge) => {
                let blank = BgBb::new([1.0; 4]).map_err(btyd::FitError::Parameter)?;
                if let Some(reason) = blank.refuse(&base) {
                    return Err(reason);
                }
                let estimate = blank.problem(&base).with_ridge(&ridge).solve()?;
                let model = blank.with_parameters(&estimate.values).map_err(btyd::FitError::Parameter)?;
                Ok(Fit { model, estimate })
            }
        });
        let Fit { model, estimate } = fitted.map_err(errors::fit)?;
        Ok(Occasions { model, fit: Some(estimate), base: Some(Arc::new(base)) })
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

    /// "active" so many occasions ahead (1 is the next), "expected" purchases over so many, or purchases "discounted"
    /// at a rate per occasion; for every customer.
    fn answer<'py>(
        &self,
        py: Python<'py>,
        ask: &str,
        number: f64,
        frequency: Column<'py>,
        recency: Column<'py>,
        occasions: Column<'py>,
    ) -> PyResult<Out<'py>> {
        let columns = [numbers(&frequency)?, numbers(&recency)?, numbers(&occasions)?];
        let steps = number.clamp(0.0, 1e6) as u32;
        let m = &self.model;
        let all = |f: &dyn Fn(&Attendance) -> f64| -> Result<Vec<f64>, InputError> {
            Ok(attendances(columns)?.iter().map(f).collect())
        };
        let found = match ask {
            "active" => py.detach(|| all(&|seen| m.probability_active(seen, steps))),
            "expected" => py.detach(|| all(&|seen| m.expected_purchases(seen, steps))),
            "discounted" => py.detach(|| all(&|seen| m.discounted_purchases(seen, number))),
            _ => return Err(errors::unknown("question", ask, "active, expected, discounted")),
        };
        Ok(PyArray1::from_vec(py, found.map_err(errors::input)?))
    }

    /// Purchases of a newcomer over so many occasions.
    fn expected_of_newcomer(&self, occasions: u32) -> f64 {
        self.model.expected_of_newcomer(occasions)
    }

    /// The probability that a newcomer buys exactly so many times in so many occasions.
    fn probability_of_count(&self, purchases: u32, occasions: u32) -> f64 {
        self.model.probability_of_count(purchases, occasions)
    }

    /// The profile-likelihood interval of a parameter.
    fn profile(&self, py: Python<'_>, name: &str, level: f64) -> PyResult<(Option<f64>, Option<f64>)> {
        let (Some(estimate), Some(base)) = (&self.fit, &self.base) else {
            return Err(errors::BtydError::new_err("profiles need the customers of the fit; fit again"));
        };
        let fit = Fit { model: self.model.clone(), estimate: estimate.clone() };
        let found = py.detach(|| fit.profile(base, name, level));
        let found = found.ok_or_else(|| errors::unknown("parameter", name, "alpha, beta, gamma, delta"))?;
        Ok((found.low, found.high))
    }

    /// Draws customers over so many occasions, and the purchases of the ones after.
    fn simulate<'py>(
        &self,
        py: Python<'py>,
        size: usize,
        occasions: u32,
        future: u32,
        seed: u64,
    ) -> (Out<'py>, Out<'py>, Out<'py>) {
        let mut chance = Seeded::new(seed);
        let drawn: Vec<(Attendance, u32)> =
            py.detach(|| (0..size).map(|_| self.model.simulate(occasions, future, &mut chance)).collect());
        (
            PyArray1::from_iter(py, drawn.iter().map(|d| f64::from(d.0.frequency()))),
            PyArray1::from_iter(py, drawn.iter().map(|d| f64::from(d.0.recency()))),
            PyArray1::from_iter(py, drawn.iter().map(|d| f64::from(d.1))),
        )
    }

    /// The fit as a small document.
    fn to_json(&self) -> PyResult<String> {
        let estimate =
            self.fit.clone().ok_or_else(|| errors::BtydError::new_err("only a fit can be saved"))?;
        crate::document::written(&Saved::of(&Fit { model: self.model.clone(), estimate }))
    }

    /// The fit of a document.
    #[staticmethod]
    fn from_json(text: &str) -> PyResult<Occasions> {
        let Fit { model, estimate } = crate::document::read(text)?;
        Ok(Occasions { model, fit: Some(estimate), base: None })
    }
}
