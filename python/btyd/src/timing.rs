//! A model of repeat buying in time, with its fit if it has one.

use std::sync::Arc;

use btyd::{Customers, Purchases, Span};
use numpy::{PyArray1, PyReadonlyArray1};
use pyo3::prelude::*;

use crate::answers::{Asked, answers, conditional_counts, limits};
use crate::base::{Column, numbers, numbers_if, unit, whole, whole_if};
use crate::errors;
use crate::estimate::Estimate;
use crate::fitted::{AnyModel, Leaning, form, with_model};
use crate::seen::{Seen, customers, uneven};

/// An array handed to Python.
pub type Out<'py> = Bound<'py, PyArray1<f64>>;

/// A model in time.
#[pyclass(frozen, module = "btyd._native")]
pub struct Timing {
    pub(crate) model: AnyModel,
    pub(crate) fit: Option<btyd::Estimate>,
    pub(crate) base: Option<Arc<Customers>>,
}

impl Timing {
    /// What the fit found.
    pub(crate) fn estimated(&self) -> PyResult<&btyd::Estimate> {
        self.fit
            .as_ref()
            .ok_or_else(|| errors::BtydError::new_err("the parameters were given, not fitted; call fit"))
    }
}

fn asked(name: &str) -> PyResult<Asked> {
    Asked::named(name)
        .ok_or_else(|| errors::unknown("question", name, "active, expected, newcomer, count, discounted"))
}

#[pymethods]
impl Timing {
    /// The model of given parameters.
    #[new]
    fn new(model: &str, unit_name: &str, parameters: Vec<f64>, k: u32, leaving: &str) -> PyResult<Timing> {
        let blank = AnyModel::blank(&form(model, unit(unit_name)?, k, leaving)?)?;
        let model = blank.with_parameters(&parameters).map_err(errors::parameter)?;
        Ok(Timing { model, fit: None, base: None })
    }

    /// The maximum-likelihood model of a base; with a ridge, of the likelihood less the ridge.
    #[staticmethod]
    #[pyo3(signature = (model, unit_name, frequency, recency, age, counts, ln_gaps, k, leaving, ridge, start))]
    #[expect(clippy::too_many_arguments, reason = "called from one place in Python, by position")]
    fn fit(
        py: Python<'_>,
        model: &str,
        unit_name: &str,
        frequency: Column<'_>,
        recency: Column<'_>,
        age: Column<'_>,
        counts: Option<Column<'_>>,
        ln_gaps: Option<f64>,
        k: u32,
        leaving: &str,
        ridge: Option<Vec<f64>>,
        start: Option<Vec<f64>>,
    ) -> PyResult<Timing> {
        let unit = unit(unit_name)?;
        let blank = AnyModel::blank(&form(model, unit, k, leaving)?)?;
        let size = blank.names().len();
        if [&ridge, &start].into_iter().flatten().any(|v| v.len() != size) {
            return Err(errors::BtydError::new_err(format!("ridge and start need {size} numbers each")));
        }
        let (f, r, t) = (numbers(&frequency)?, numbers(&recency)?, numbers(&age)?);
        let n = numbers_if(&counts)?;
        let base = py
            .detach(|| {
                let (f, n) = (whole("frequency", f)?, whole_if("count", n)?);
                let base = Customers::weighted(unit, &f, r, t, n.as_deref())?;
                Ok(match ln_gaps {
                    Some(total) => base.with_ln_gaps(total),
                    None => base,
                })
            })
            .map_err(errors::input)?;
        let leaning = Leaning { ridge, start };
        let (model, estimate) = py.detach(|| blank.fit(&base, &leaning)).map_err(errors::fit)?;
        Ok(Timing { model, fit: Some(estimate), base: Some(Arc::new(base)) })
    }

    /// The parameters.
    #[getter]
    fn parameters(&self) -> Vec<f64> {
        self.model.parameters()
    }

    /// Their names.
    #[getter]
    fn names(&self) -> Vec<&'static str> {
        self.model.names().to_vec()
    }

    /// The unit of the model.
    #[getter]
    fn unit(&self) -> String {
        self.model.unit().to_string()
    }

    /// Its name.
    #[getter]
    fn model(&self) -> String {
        self.model.form().model
    }

    /// Ticks per purchase and when a customer may leave; none for models without regularity.
    #[getter]
    fn regularity(&self) -> Option<(u32, &'static str)> {
        let word =
            |leaving| if leaving == btyd::Leaving::FromTheFirst { "from-the-first" } else { "after-repeats" };
        self.model.form().regularity.map(|(k, leaving)| (k, word(leaving)))
    }

    /// What the fit found; none if the parameters were given.
    #[getter]
    fn estimate(&self) -> Option<Estimate> {
        self.fit.clone().map(Estimate)
    }

    /// The answers to one question about many customers. Rows that are no customers are answered by NaN.
    #[expect(clippy::too_many_arguments, reason = "called from one place in Python, by position")]
    fn answer<'py>(
        &self,
        py: Python<'py>,
        ask: &str,
        first: PyReadonlyArray1<'py, f64>,
        second: PyReadonlyArray1<'py, f64>,
        frequency: Column<'py>,
        recency: Column<'py>,
        age: Column<'py>,
    ) -> PyResult<Out<'py>> {
        let seen = Seen { frequency: numbers(&frequency)?, recency: numbers(&recency)?, age: numbers(&age)? };
        let (a, b) = (first.as_array(), second.as_array());
        uneven(&seen, a.len().max(b.len()))?;
        uneven(&seen, a.len().min(b.len()))?;
        let numbers = |row: usize| (a[row], b[row]);
        let found = match ask {
            "conditional-count" => {
                let refused = || errors::BtydError::new_err("models of regular buying count newcomers only");
                py.detach(|| conditional_counts(&self.model, numbers, seen)).ok_or_else(refused)?
            }
            _ => {
                let asked = asked(ask)?;
                py.detach(|| answers(&self.model, asked, numbers, seen))
            }
        };
        Ok(PyArray1::from_vec(py, found))
    }

    /// The answers with their limits: three arrays. None where the fit has no covariance.
    #[expect(clippy::too_many_arguments, reason = "called from one place in Python, by position")]
    fn limits<'py>(
        &self,
        py: Python<'py>,
        ask: &str,
        first: PyReadonlyArray1<'py, f64>,
        second: PyReadonlyArray1<'py, f64>,
        frequency: Column<'py>,
        recency: Column<'py>,
        age: Column<'py>,
        level: f64,
    ) -> PyResult<Option<(Out<'py>, Out<'py>, Out<'py>)>> {
        let fit = self.estimated()?;
        let asked = asked(ask)?;
        let seen = Seen { frequency: numbers(&frequency)?, recency: numbers(&recency)?, age: numbers(&age)? };
        let (a, b) = (first.as_array(), second.as_array());
        uneven(&seen, a.len().max(b.len()))?;
        uneven(&seen, a.len().min(b.len()))?;
        let customers = customers(&seen, self.model.unit(), |c| c).map_err(errors::input)?;
        let found =
            py.detach(|| limits((&self.model, fit), asked, |row| (a[row], b[row]), &customers, level));
        let array = |pick: fn(&btyd::Interval) -> f64, found: &[btyd::Interval]| {
            PyArray1::from_vec(py, found.iter().map(pick).collect())
        };
        Ok(found.map(|f| (array(|i| i.estimate, &f), array(|i| i.low, &f), array(|i| i.high, &f))))
    }

    /// Refuses columns that cannot be customers, naming the row.
    fn check(
        &self,
        py: Python<'_>,
        frequency: Column<'_>,
        recency: Column<'_>,
        age: Column<'_>,
    ) -> PyResult<()> {
        let seen = Seen { frequency: numbers(&frequency)?, recency: numbers(&recency)?, age: numbers(&age)? };
        uneven(&seen, seen.frequency.len())?;
        let unit = self.model.unit();
        py.detach(|| customers(&seen, unit, |_| ())).map_err(errors::input)?;
        Ok(())
    }

    /// The probability of being active and the purchases expected within a horizon, of every customer.
    fn score<'py>(
        &self,
        py: Python<'py>,
        frequency: Column<'py>,
        recency: Column<'py>,
        age: Column<'py>,
        within: f64,
    ) -> PyResult<(Out<'py>, Out<'py>)> {
        let (f, r, t) = (numbers(&frequency)?, numbers(&recency)?, numbers(&age)?);
        let within = Span::new(within, self.model.unit());
        let scores = py
            .detach(|| {
                let f = whole("frequency", f)?;
                with_model!(&self.model, m => m.score_rows(&f, r, t, within))
            })
            .map_err(errors::input)?;
        let active = PyArray1::from_iter(py, scores.iter().map(|s| s.active));
        Ok((active, PyArray1::from_iter(py, scores.iter().map(|s| s.expected))))
    }

    /// The log-likelihood of a base at these parameters.
    fn log_likelihood(
        &self,
        py: Python<'_>,
        frequency: Column<'_>,
        recency: Column<'_>,
        age: Column<'_>,
        counts: Option<Column<'_>>,
    ) -> PyResult<f64> {
        let (f, r, t) = (numbers(&frequency)?, numbers(&recency)?, numbers(&age)?);
        let n = numbers_if(&counts)?;
        py.detach(|| {
            let (f, n) = (whole("frequency", f)?, whole_if("count", n)?);
            let base = Customers::weighted(self.model.unit(), &f, r, t, n.as_deref())?;
            Ok(with_model!(&self.model, m => btyd::Model::log_likelihood(m, &base)))
        })
        .map_err(errors::input)
    }
}
