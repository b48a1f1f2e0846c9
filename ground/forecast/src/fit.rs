//! `model fit`: a table of customers becomes a fitted model.

use std::path::{Path, PathBuf};

use btyd::{
    Attendances, BgBb, BgNbd, Cnbd, CovariateFit, Customers, Described, Fit, FitError, Form, GammaGamma,
    Leaving, MbgNbd, Model, Nbd, ParetoNbd, Purchases, Spend, Unit, WithCovariates,
};
use kernel::{Problem, Result};

use crate::{Document, ModelName, Named, Roles, base::Base, renew};

/// What is asked of a fit.
#[derive(Clone, Debug)]
pub struct FitAsked {
    /// Which model.
    pub model: ModelName,
    /// The table of customers, or of survivors for the models of renewal.
    pub input: PathBuf,
    /// Columns that are not found by their names.
    pub roles: Roles,
    /// The unit of the times; by default what the column `unit` says, else weeks.
    pub unit: Option<Unit>,
    /// Ticks per purchase for the models of regularity; by default the likeliest.
    pub ticks: Option<u32>,
    /// Columns of covariates.
    pub covariates: Vec<String>,
    /// The level of profile intervals, where they are wanted.
    pub profile: Option<f64>,
    /// Whether the covariance is to be the robust one.
    pub robust: bool,
}

impl FitAsked {
    /// A plain fit.
    pub fn of(model: ModelName, input: &Path) -> FitAsked {
        FitAsked {
            model,
            input: input.to_owned(),
            roles: Roles::default(),
            unit: None,
            ticks: None,
            covariates: Vec::new(),
            profile: None,
            robust: false,
        }
    }
}

/// Fits a model to a table; beside a model of buying also the one of spend, where there are amounts.
pub fn fit(asked: &FitAsked) -> Result<Document> {
    check(asked)?;
    match asked.model {
        ModelName::Sbg | ModelName::Bdw => return renew::fitted(asked.model, &asked.input, asked.profile),
        ModelName::GammaGamma => {
            let base = Base::read(&asked.input, &asked.roles, false, &[])?;
            return spend(&base, asked)?.ok_or_else(|| {
                let why = format!("{} has no column of amounts; say which by --monetary", base.file);
                Problem::invalid("monetary", "model.columns", why)
            });
        }
        _ => {}
    }
    let base = Base::read(&asked.input, &asked.roles, true, &asked.covariates)?;
    let mut document = match asked.model {
        ModelName::BgBb => occasions(&base, asked)?,
        _ if asked.covariates.is_empty() => timed(&base, asked)?,
        _ => described(&base, asked)?,
    };
    if base.monetary.is_some() {
        document.spend = spend(&base, asked)?.map(Box::new);
    }
    Ok(document)
}

/// Options that do not go together.
fn check(asked: &FitAsked) -> Result<()> {
    let regular = matches!(asked.model, ModelName::BgCnbd | ModelName::MbgCnbd);
    let may = matches!(asked.model, ModelName::BgNbd | ModelName::MbgNbd | ModelName::ParetoNbd);
    let plain = matches!(asked.model, ModelName::Nbd) || regular || may;
    let wrong = |option: &str, models: &str| {
        let why = format!("--{option} is for {models}, not for {}; leave it out", asked.model.name());
        Err(Problem::invalid(option, "model.option", why))
    };
    if asked.ticks.is_some() && !regular {
        return wrong("k", "bg-cnbd-k and mbg-cnbd-k");
    }
    if !asked.covariates.is_empty() && !may {
        return wrong("covariates", "bg-nbd, mbg-nbd and pareto-nbd");
    }
    if asked.robust && (!plain || !asked.covariates.is_empty()) {
        return wrong("robust", "the models of repeat buying without covariates");
    }
    if asked.profile.is_some() && !asked.covariates.is_empty() {
        return wrong("profile", "models without covariates");
    }
    Ok(())
}

fn timed(base: &Base, asked: &FitAsked) -> Result<Document> {
    let counts = base.count.as_deref();
    let customers =
        Customers::weighted(unit_of(base, asked)?, &base.frequency, &base.recency, &base.age, counts);
    let mut customers = customers.map_err(|cause| base.refused(&cause))?;
    if let Some(gaps) = base.ln_gaps {
        customers = customers.with_ln_gaps(gaps);
    }
    let refused = |cause: FitError| unfitted(&base.file, asked.model, &cause);
    match asked.model {
        ModelName::Nbd => told(Nbd::fit(&customers).map_err(refused)?, &customers, asked),
        ModelName::BgNbd => told(BgNbd::fit(&customers).map_err(refused)?, &customers, asked),
        ModelName::MbgNbd => told(MbgNbd::fit(&customers).map_err(refused)?, &customers, asked),
        ModelName::ParetoNbd => told(ParetoNbd::fit(&customers).map_err(refused)?, &customers, asked),
        _ => told(regular(&customers, base, asked)?, &customers, asked),
    }
}

/// With a given regularity, or the likeliest.
fn regular(customers: &Customers, base: &Base, asked: &FitAsked) -> Result<Fit<Cnbd>> {
    let leaving = match asked.model {
        ModelName::BgCnbd => Leaving::AfterRepeats,
        _ => Leaving::FromTheFirst,
    };
    let found = match asked.ticks {
        Some(ticks) => Some(Cnbd::fit(customers, ticks, leaving)),
        None => Cnbd::fit_regularity(customers, leaving),
    };
    let Some(found) = found else {
        let why = format!(
            "{} says nothing of the times between purchases, so no regularity can be chosen; say one by --k, or make \
             the table by `mainstay model summarize`, which writes ln_gaps",
            base.file
        );
        return Err(Problem::invalid("k", "model.regularity", why));
    };
    found.map_err(|cause| unfitted(&base.file, asked.model, &cause))
}

fn told<M>(fit: Fit<M>, customers: &Customers, asked: &FitAsked) -> Result<Document>
where
    M: Purchases + Send,
{
    let mut document = with_profile(&fit, customers, asked.profile);
    if asked.robust {
        let Some(robust) = fit.robust(customers) else {
            let why = "the maximum lies at a boundary, where no covariance holds; leave --robust out";
            return Err(Problem::conflict("model.boundary", why));
        };
        let intervals = document.intervals.take();
        document = Document { robust: true, intervals, ..Document::of(fit.model.form(), &robust.estimate) };
    }
    Ok(document)
}

/// The document of a fit, with the profile of each parameter where it is wanted.
pub(crate) fn with_profile<M: Model>(fit: &Fit<M>, base: &M::Base, level: Option<f64>) -> Document {
    let mut document = Document::of(fit.model.form(), &fit.estimate);
    document.intervals = level.map(|level| {
        let ends = |name: &String| {
            let profile = fit.profile(base, name, level);
            profile.map_or((None, None), |profile| (profile.low, profile.high))
        };
        Named::of(&fit.estimate.names, fit.estimate.names.iter().map(ends))
    });
    document
}

fn described(base: &Base, asked: &FitAsked) -> Result<Document> {
    if base.count.is_some() {
        let why = format!(
            "{} has counts, and with covariates a row is one customer; leave the counts out",
            base.file
        );
        return Err(Problem::invalid("count", "model.columns", why));
    }
    let unit = unit_of(base, asked)?;
    let columns: Vec<(&str, &[f64])> = asked
        .covariates
        .iter()
        .zip(&base.covariates)
        .map(|(name, values)| (name.as_str(), values.as_slice()))
        .collect();
    let all = Described::new(unit, &base.frequency, &base.recency, &base.age, &columns)
        .map_err(|cause| base.refused(&cause))?;
    let document = |name: &str, fit: std::result::Result<CovariateFit, FitError>| {
        let fit = fit.map_err(|cause| unfitted(&base.file, asked.model, &cause))?;
        let form = Form { model: name.to_owned(), unit: Some(unit), regularity: None };
        Ok(Document { covariates: asked.covariates.clone(), ..Document::of(form, &fit.estimate) })
    };
    fn of<M: WithCovariates>(all: &Described) -> std::result::Result<CovariateFit, FitError> {
        CovariateFit::of::<M>(all)
    }
    match asked.model {
        ModelName::BgNbd => document("bg-nbd", of::<BgNbd>(&all)),
        ModelName::MbgNbd => document("mbg-nbd", of::<MbgNbd>(&all)),
        _ => document("pareto-nbd", of::<ParetoNbd>(&all)),
    }
}

fn occasions(base: &Base, asked: &FitAsked) -> Result<Document> {
    let whole = |values: &[f64]| -> Result<Vec<u32>> {
        let each = values.iter().enumerate().map(|(row, value)| {
            if value.fract() == 0.0 && (0.0..=100_000.0).contains(value) {
                return Ok(*value as u32);
            }
            let why =
                format!("{} row {}: {value} is not a number of occasions; count them", base.file, row + 1);
            Err(Problem::invalid("input", "model.row", why))
        });
        each.collect()
    };
    let (last, all) = (whole(&base.recency)?, whole(&base.age)?);
    let ones = vec![1; all.len()];
    let counts = base.count.as_deref().unwrap_or(&ones);
    let seen =
        Attendances::new(&base.frequency, &last, &all, counts).map_err(|cause| base.refused(&cause))?;
    let fit = BgBb::fit(&seen).map_err(|cause| unfitted(&base.file, asked.model, &cause))?;
    Ok(with_profile(&fit, &seen, asked.profile))
}

/// The model of spend, from those who bought again for some amount; nothing without a column of amounts.
fn spend(base: &Base, asked: &FitAsked) -> Result<Option<Document>> {
    let Some(amounts) = &base.monetary else { return Ok(None) };
    if let Some(row) = amounts.iter().position(|amount| *amount < 0.0) {
        let why = format!(
            "{} row {}: a mean amount below zero; refunds belong to their purchase",
            base.file,
            row + 1
        );
        return Err(Problem::invalid("monetary", "model.row", why));
    }
    let buyers: Vec<usize> =
        (0..amounts.len()).filter(|row| base.frequency[*row] > 0 && amounts[*row] > 0.0).collect();
    let x: Vec<u32> = buyers.iter().map(|row| base.frequency[*row]).collect();
    let z: Vec<f64> = buyers.iter().map(|row| amounts[*row]).collect();
    let counts =
        base.count.as_ref().map(|counts| buyers.iter().map(|row| counts[*row]).collect::<Vec<u32>>());
    let spend = Spend::weighted(&x, &z, counts.as_deref()).map_err(|cause| base.refused(&cause))?;
    let fit = GammaGamma::fit(&spend).map_err(|cause| unfitted(&base.file, ModelName::GammaGamma, &cause))?;
    Ok(Some(with_profile(&fit, &spend, asked.profile)))
}

/// The unit that was asked for and the one that the table says must be one.
fn unit_of(base: &Base, asked: &FitAsked) -> Result<Unit> {
    match (asked.unit, base.unit) {
        (Some(asked), Some(said)) if asked != said => {
            let why = format!(
                "{} says that its times are in {said}s, and --unit says {asked}; drop --unit",
                base.file
            );
            Err(Problem::invalid("unit", "model.units", why))
        }
        (asked, said) => Ok(asked.or(said).unwrap_or(Unit::Week)),
    }
}

/// A base that cannot carry the model.
pub(crate) fn unfitted(file: &str, model: ModelName, cause: &FitError) -> Problem {
    Problem::conflict("model.fit", format!("{} cannot be fitted to {file}: {cause}", model.name()))
}
