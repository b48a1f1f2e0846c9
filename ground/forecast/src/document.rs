//! A fit as it is kept: what `model fit` answers and `model predict` reads.

use std::path::Path;

use btyd::{
    Boundary, CovariateFit, Estimate, FORMAT, Fit, Form, Interval, Model, Saved, WithCovariates,
    optimise::Matrix,
};
use kernel::{Problem, Result};
use serde::{Deserialize, Serialize};

use crate::Named;

/// A fitted model without its customers.
///
/// Only `model`, the parameters and (for models in time) the unit are needed to predict; without a covariance the
/// predictions have no intervals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The version of this layout.
    #[serde(default = "newest")]
    pub format: u32,
    /// Which model, in which unit, how regular.
    #[serde(flatten)]
    pub form: Form,
    /// Customers it rests on.
    #[serde(default)]
    pub n: u64,
    /// The names of the parameters in the order of the model, which is that of the covariance.
    #[serde(default)]
    pub order: Vec<String>,
    /// The parameters, in their order.
    pub parameters: Named,
    /// Their standard errors; nothing at a boundary.
    #[serde(default)]
    pub standard_errors: Option<Named>,
    /// Profile-likelihood intervals, where they were asked for; an end that the data leave open is nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intervals: Option<Named<(Option<f64>, Option<f64>)>>,
    /// The log-likelihood at the maximum.
    #[serde(default)]
    pub log_likelihood: Option<f64>,
    /// Akaike's and Schwarz's criterion.
    #[serde(default)]
    pub aic: Option<f64>,
    /// See `aic`.
    #[serde(default)]
    pub bic: Option<f64>,
    /// Passes over the data, each with gradient and Hessian.
    #[serde(default)]
    pub iterations: usize,
    /// Parameters that ran to zero or infinity: the maximum is the simpler model without them.
    #[serde(default)]
    pub boundary: Vec<Boundary>,
    /// The covariance of the parameters, in their order.
    #[serde(default)]
    pub covariance: Option<Matrix>,
    /// Whether the covariance is the robust one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub robust: bool,
    /// The columns of the covariates, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covariates: Vec<String>,
    /// The model of spend fitted beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spend: Option<Box<Document>>,
}

fn newest() -> u32 {
    FORMAT
}

impl Document {
    /// The document of an estimate.
    pub(crate) fn of(form: Form, estimate: &Estimate) -> Document {
        let known = |value: f64| Some(value).filter(|value| value.is_finite());
        Document {
            format: FORMAT,
            form,
            n: estimate.customers,
            order: estimate.names.clone(),
            parameters: Named::of(&estimate.names, estimate.values.iter().copied()),
            standard_errors: estimate.standard_errors().map(|errors| Named::of(&estimate.names, errors)),
            intervals: None,
            log_likelihood: known(estimate.log_likelihood),
            aic: known(estimate.aic()),
            bic: known(estimate.bic()),
            iterations: estimate.evaluations,
            boundary: estimate.boundary.clone(),
            covariance: estimate.covariance.clone(),
            robust: false,
            covariates: Vec::new(),
            spend: None,
        }
    }

    /// Reads one from a file.
    pub fn read(path: &Path) -> Result<Document> {
        let name = path.display();
        let text = std::fs::read_to_string(path).map_err(|cause| {
            Problem::not_found("model.params", format!("cannot read {name}: {cause}; check that it is there"))
        })?;
        serde_json::from_str(&text).map_err(|cause| {
            let why = format!("{name} is no fit: {cause}; write one by `mainstay model fit … -o json`");
            Problem::invalid("params", "model.params", why)
        })
    }

    /// The fit of a model without covariates.
    pub(crate) fn fit<M: Model>(&self) -> Result<Fit<M>> {
        let saved = Saved { format: self.format, form: self.form.clone(), estimate: self.estimate()? };
        saved.fit().map_err(unusable)
    }

    /// The fit of a model with covariates.
    pub(crate) fn covariate_fit<M: WithCovariates>(&self) -> Result<CovariateFit> {
        let unit = self.form.unit.unwrap_or(btyd::Unit::Week);
        CovariateFit::from_estimate::<M>(unit, self.covariates.len(), self.estimate()?).ok_or_else(|| {
            let why = "the fit has another number of parameters than its covariates call for; fit it again";
            Problem::invalid("params", "model.params", why)
        })
    }

    /// The estimate, its parameters in the order of the model whatever the order they were written in.
    fn estimate(&self) -> Result<Estimate> {
        let names = self.names();
        let value = |name: &String| {
            self.parameters.get(name).copied().ok_or_else(|| {
                let why =
                    format!("the fit lacks the parameter {name}; the model {} needs it", self.form.model);
                Problem::invalid("params", "model.params", why)
            })
        };
        Ok(Estimate {
            values: names.iter().map(value).collect::<Result<_>>()?,
            names,
            log_likelihood: self.log_likelihood.unwrap_or(f64::NAN),
            customers: self.n,
            evaluations: self.iterations,
            boundary: self.boundary.clone(),
            covariance: self.covariance.clone(),
        })
    }

    /// The parameters in their order: as the fit says, else as the papers name them.
    fn names(&self) -> Vec<String> {
        if !self.order.is_empty() {
            return self.order.clone();
        }
        let names: &[&str] = match self.form.model.as_str() {
            "nbd" => &["r", "alpha"],
            "pareto-nbd" => &["r", "alpha", "s", "beta"],
            "bg-bb" => &["alpha", "beta", "gamma", "delta"],
            "gamma-gamma" => &["p", "q", "v"],
            "sbg" => &["alpha", "beta"],
            "bdw" => &["alpha", "beta", "c"],
            _ => &["r", "alpha", "a", "b"],
        };
        names.iter().map(|name| (*name).to_owned()).collect()
    }
}

/// A fit that cannot be used.
fn unusable(cause: btyd::LoadError) -> Problem {
    Problem::invalid("params", "model.params", cause.to_string())
}

/// An estimate with no limits known.
pub(crate) fn unlimited(estimate: f64) -> Interval {
    Interval { estimate, low: f64::NAN, high: f64::NAN }
}
