//! Any model of repeat buying in time: which one is known only when Python asks.

use btyd::{
    BgNbd, Cnbd, Customers, Estimate, Fit, FitError, Form, Leaving, LoadError, MbgNbd, Model, Nbd, ParetoNbd,
    Saved, Unit,
};
use pyo3::prelude::*;

use crate::errors;

/// One of the models in time.
#[derive(Clone)]
pub enum AnyModel {
    /// Nobody ever leaves.
    Nbd(Nbd),
    /// One may leave at each repeat purchase.
    BgNbd(BgNbd),
    /// One may leave at each purchase.
    MbgNbd(MbgNbd),
    /// One may leave at any time.
    ParetoNbd(ParetoNbd),
    /// As the second or third, with regular buying.
    Cnbd(Cnbd),
}

/// Does the same with whichever model it is.
macro_rules! with_model {
    ($any:expr, $model:ident => $body:expr) => {
        match $any {
            $crate::fitted::AnyModel::Nbd($model) => $body,
            $crate::fitted::AnyModel::BgNbd($model) => $body,
            $crate::fitted::AnyModel::MbgNbd($model) => $body,
            $crate::fitted::AnyModel::ParetoNbd($model) => $body,
            $crate::fitted::AnyModel::Cnbd($model) => $body,
        }
    };
}
pub(crate) use with_model;

/// How a fit departs from plain maximum likelihood.
#[derive(Default)]
pub struct Leaning {
    /// Taken off per squared parameter.
    pub ridge: Option<Vec<f64>>,
    /// Where to start first.
    pub start: Option<Vec<f64>>,
}

impl AnyModel {
    /// The model of a form, its parameters all one.
    pub fn blank(form: &Form) -> PyResult<AnyModel> {
        let found = Nbd::of_form(form)
            .map(AnyModel::Nbd)
            .or_else(|| BgNbd::of_form(form).map(AnyModel::BgNbd))
            .or_else(|| MbgNbd::of_form(form).map(AnyModel::MbgNbd))
            .or_else(|| ParetoNbd::of_form(form).map(AnyModel::ParetoNbd))
            .or_else(|| Cnbd::of_form(form).map(AnyModel::Cnbd));
        found.ok_or_else(|| {
            errors::unknown("model in time", &form.model, "nbd, bg-nbd, mbg-nbd, pareto-nbd, cnbd")
        })
    }

    /// The same kind of model with these parameters.
    pub fn with_parameters(&self, values: &[f64]) -> Result<AnyModel, btyd::ParameterError> {
        if values.len() != self.names().len() {
            let name = format!("the number of parameters ({})", self.names().join(", "));
            return Err(btyd::ParameterError { name, value: values.len() as f64 });
        }
        Ok(match self {
            AnyModel::Nbd(m) => AnyModel::Nbd(m.with_parameters(values)?),
            AnyModel::BgNbd(m) => AnyModel::BgNbd(m.with_parameters(values)?),
            AnyModel::MbgNbd(m) => AnyModel::MbgNbd(m.with_parameters(values)?),
            AnyModel::ParetoNbd(m) => AnyModel::ParetoNbd(m.with_parameters(values)?),
            AnyModel::Cnbd(m) => AnyModel::Cnbd(m.with_parameters(values)?),
        })
    }

    /// Names of the parameters.
    pub fn names(&self) -> &'static [&'static str] {
        match self {
            AnyModel::Nbd(_) => &["r", "alpha"],
            AnyModel::ParetoNbd(_) => &["r", "alpha", "s", "beta"],
            AnyModel::BgNbd(_) | AnyModel::MbgNbd(_) | AnyModel::Cnbd(_) => &["r", "alpha", "a", "b"],
        }
    }

    /// The values of the parameters.
    pub fn parameters(&self) -> Vec<f64> {
        with_model!(self, m => m.parameters())
    }

    /// What tells it from other models.
    pub fn form(&self) -> Form {
        with_model!(self, m => m.form())
    }

    /// The unit of its times.
    pub fn unit(&self) -> Unit {
        with_model!(self, m => btyd::Purchases::unit(m))
    }

    /// Fits the same kind of model.
    pub fn fit(&self, base: &Customers, leaning: &Leaning) -> Result<(AnyModel, Estimate), FitError> {
        with_model!(self, m => fit(self, m, base, leaning))
    }

    /// A fit as a document.
    pub fn save(&self, estimate: &Estimate) -> Saved {
        with_model!(self, m => Saved::of(&Fit { model: m.clone(), estimate: estimate.clone() }))
    }

    /// The fit of a document, checked.
    pub fn load(saved: &Saved) -> PyResult<(AnyModel, Estimate)> {
        let refused = |e: LoadError| errors::LoadError::new_err(e.to_string());
        match AnyModel::blank(&saved.form)? {
            AnyModel::Nbd(_) => saved.fit().map(|f: Fit<Nbd>| (AnyModel::Nbd(f.model), f.estimate)),
            AnyModel::BgNbd(_) => saved.fit().map(|f: Fit<BgNbd>| (AnyModel::BgNbd(f.model), f.estimate)),
            AnyModel::MbgNbd(_) => saved.fit().map(|f: Fit<MbgNbd>| (AnyModel::MbgNbd(f.model), f.estimate)),
            AnyModel::ParetoNbd(_) => {
                saved.fit().map(|f: Fit<ParetoNbd>| (AnyModel::ParetoNbd(f.model), f.estimate))
            }
            AnyModel::Cnbd(_) => saved.fit().map(|f: Fit<Cnbd>| (AnyModel::Cnbd(f.model), f.estimate)),
        }
        .map_err(refused)
    }
}

fn fit<M: Model<Base = Customers>>(
    any: &AnyModel,
    model: &M,
    base: &Customers,
    leaning: &Leaning,
) -> Result<(AnyModel, Estimate), FitError> {
    if let Some(reason) = model.refuse(base) {
        return Err(reason);
    }
    let mut problem = model.problem(base);
    if let Some(ridge) = &leaning.ridge {
        problem = problem.with_ridge(ridge);
    }
    if let Some(start) = &leaning.start {
        problem = problem.starting_at(start);
    }
    let estimate = problem.solve()?;
    let fitted = any.with_parameters(&estimate.values).map_err(FitError::Parameter)?;
    Ok((fitted, estimate))
}

/// The form of a model by the words of Python.
pub fn form(model: &str, unit: Unit, k: u32, leaving: &str) -> PyResult<Form> {
    let leaving = match leaving {
        "after-repeats" => Leaving::AfterRepeats,
        "from-the-first" => Leaving::FromTheFirst,
        _ => return Err(errors::unknown("way of leaving", leaving, "after-repeats, from-the-first")),
    };
    let regularity = (model == "cnbd").then_some((k, leaving));
    Ok(Form { model: model.to_owned(), unit: Some(unit), regularity })
}
