//! `model renew`: how long contracts last, and what those that stand are worth.

use std::path::{Path, PathBuf};

use btyd::{Bdw, Fit, Interval, Model, Range, Sbg, number::Jet};
use kernel::{Problem, Result};
use serde::Serialize;

use crate::{
    Document, ModelName,
    contracts::Cohorts,
    document::unlimited,
    fit::{unfitted, with_profile},
    table::Column,
};

/// What is asked of a projection of renewals.
#[derive(Clone, Debug)]
pub struct RenewAsked {
    /// Fit this model to the contracts…
    pub model: Option<ModelName>,
    /// …or use this fit.
    pub document: Option<Document>,
    /// The contracts: survivors by cohort, or single ones.
    pub input: Option<PathBuf>,
    /// So many periods are projected.
    pub periods: u32,
    /// The discount per period.
    pub discount: f64,
    /// What a contract leaves per period.
    pub margin: f64,
    /// The level of the intervals.
    pub level: f64,
}

/// A projection of renewals.
#[derive(Clone, Debug, Serialize)]
pub struct Renewal {
    /// The fit it rests on.
    pub fit: Document,
    /// One per number of renewals made, from none.
    pub periods: Vec<Period>,
    /// What the contracts that stand are worth together, the renewals now due included; nothing without contracts.
    pub base_value: Option<f64>,
}

/// The prospects after so many renewals.
#[derive(Clone, Debug, Serialize)]
pub struct Period {
    /// Renewals made.
    pub renewals: u32,
    /// The share that survives so long.
    pub survival: f64,
    /// Its interval.
    pub survival_low: Option<f64>,
    /// Its interval.
    pub survival_high: Option<f64>,
    /// What was seen, where one cohort shows it.
    pub observed: Option<f64>,
    /// The share of those there that makes the next renewal.
    pub retention: f64,
    /// Discounted expected residual lifetime: renewals to come, the one now due undiscounted.
    pub residual: f64,
    /// Its interval.
    pub residual_low: Option<f64>,
    /// Its interval.
    pub residual_high: Option<f64>,
    /// Residual times margin.
    pub value: f64,
    /// Contracts that stand here.
    pub standing: Option<f64>,
}

/// Fits or takes a model of renewal and projects it.
pub fn renew(asked: &RenewAsked) -> Result<Renewal> {
    let cohorts = asked.input.as_deref().map(Cohorts::read).transpose()?;
    let document = match (&asked.document, asked.model, &cohorts) {
        (Some(document), None, _) => document.clone(),
        (None, Some(model), Some(cohorts)) => of_cohorts(model, cohorts, None)?,
        _ => {
            let why = "say either --model and --input, or --params (and --input to value its contracts)";
            return Err(Problem::invalid("model", "model.option", why));
        }
    };
    match document.form.model.as_str() {
        "sbg" => Ok(project(&Of(document.fit::<Sbg>()?), asked, document, cohorts.as_ref())),
        "bdw" => Ok(project(&Of(document.fit::<Bdw>()?), asked, document, cohorts.as_ref())),
        other => {
            let why = format!("the fit is of {other:?}; renewals are projected by sbg and bdw");
            Err(Problem::invalid("params", "model.params", why))
        }
    }
}

/// The fit alone, for `model fit`.
pub(crate) fn fitted(model: ModelName, input: &Path, profile: Option<f64>) -> Result<Document> {
    of_cohorts(model, &Cohorts::read(input)?, profile)
}

fn of_cohorts(model: ModelName, cohorts: &Cohorts, profile: Option<f64>) -> Result<Document> {
    let refused = |cause| unfitted(&cohorts.file, model, &cause);
    let contracts = &cohorts.contracts;
    match model {
        ModelName::Sbg => Ok(with_profile(&Sbg::fit(contracts).map_err(refused)?, contracts, profile)),
        ModelName::Bdw => Ok(with_profile(&Bdw::fit(contracts).map_err(refused)?, contracts, profile)),
        other => {
            let why = format!("{} is not about contracts; choose sbg or bdw", other.name());
            Err(Problem::invalid("model", "model.name", why))
        }
    }
}

/// What both models answer.
trait Renews {
    fn survival(&self, renewals: u32, level: f64) -> Interval;
    fn retention(&self, renewals: u32) -> f64;
    fn residual(&self, renewals: u32, discount: f64, level: f64) -> Interval;
}

/// A fit of one of them.
struct Of<M>(Fit<M>);

impl<M: Model> Of<M> {
    fn limits<const N: usize>(
        &self,
        range: Range,
        level: f64,
        plain: f64,
        quantity: impl Fn(&[Jet<N>; N]) -> Jet<N>,
    ) -> Interval {
        self.0.estimate.interval_of(quantity, range, level).unwrap_or_else(|| unlimited(plain))
    }
}

impl Renews for Of<Sbg> {
    fn survival(&self, renewals: u32, level: f64) -> Interval {
        let plain = self.0.model.survival(renewals);
        self.limits(Range::Share, level, plain, |theta| Sbg::surviving(theta, renewals))
    }

    fn retention(&self, renewals: u32) -> f64 {
        self.0.model.retention(renewals + 1)
    }

    fn residual(&self, renewals: u32, discount: f64, level: f64) -> Interval {
        let plain = self.0.model.residual_renewals(renewals, discount);
        let discount = discount.max(1e-9);
        self.limits(Range::Positive, level, plain, |theta| {
            Sbg::discounted_renewals(theta, renewals, discount)
        })
    }
}

impl Renews for Of<Bdw> {
    fn survival(&self, renewals: u32, level: f64) -> Interval {
        let plain = self.0.model.survival(renewals);
        self.limits(Range::Share, level, plain, |theta| Bdw::surviving(theta, renewals))
    }

    fn retention(&self, renewals: u32) -> f64 {
        self.0.model.retention(renewals + 1)
    }

    fn residual(&self, renewals: u32, discount: f64, level: f64) -> Interval {
        let plain = self.0.model.residual_renewals(renewals, discount);
        let discount = discount.max(1e-5);
        self.limits(Range::Positive, level, plain, |theta| {
            Bdw::discounted_renewals(theta, renewals, discount)
        })
    }
}

fn project(model: &dyn Renews, asked: &RenewAsked, fit: Document, cohorts: Option<&Cohorts>) -> Renewal {
    let known = |value: f64| Some(value).filter(|value| value.is_finite());
    let last = cohorts.map_or(0, |cohorts| cohorts.standing.len().max(cohorts.observed.len()));
    let until = asked.periods.max(last.saturating_sub(1) as u32);
    let period = |renewals: u32| {
        let survival = model.survival(renewals, asked.level);
        let residual = model.residual(renewals, asked.discount, asked.level);
        let at = renewals as usize;
        Period {
            renewals,
            survival: survival.estimate,
            survival_low: known(survival.low),
            survival_high: known(survival.high),
            observed: cohorts.and_then(|cohorts| cohorts.observed.get(at).copied()),
            retention: model.retention(renewals),
            residual: residual.estimate,
            residual_low: known(residual.low),
            residual_high: known(residual.high),
            value: residual.estimate * asked.margin,
            standing: cohorts.and_then(|cohorts| cohorts.standing.get(at).copied()),
        }
    };
    let periods: Vec<Period> = (0..=until).map(period).collect();
    let base_value =
        cohorts.map(|_| periods.iter().map(|period| period.standing.unwrap_or(0.0) * period.value).sum());
    Renewal { fit, periods, base_value }
}

impl Renewal {
    /// The periods as columns, to be written as a table.
    pub fn table(&self) -> (Vec<String>, Vec<Column>) {
        let number = |of: &dyn Fn(&Period) -> Option<f64>| {
            Column::Number(self.periods.iter().map(|period| of(period).unwrap_or(f64::NAN)).collect())
        };
        let renewals = self.periods.iter().map(|period| Some(i64::from(period.renewals))).collect();
        let columns = [
            ("renewals", Column::Whole(renewals)),
            ("survival", number(&|p| Some(p.survival))),
            ("survival_low", number(&|p| p.survival_low)),
            ("survival_high", number(&|p| p.survival_high)),
            ("observed", number(&|p| p.observed)),
            ("retention", number(&|p| Some(p.retention))),
            ("residual", number(&|p| Some(p.residual))),
            ("residual_low", number(&|p| p.residual_low)),
            ("residual_high", number(&|p| p.residual_high)),
            ("value", number(&|p| Some(p.value))),
            ("standing", number(&|p| p.standing)),
        ];
        columns.into_iter().map(|(name, column)| (name.to_owned(), column)).unzip()
    }
}
