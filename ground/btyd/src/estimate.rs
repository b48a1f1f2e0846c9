//! What a fit answers: parameters, likelihood, uncertainty, and where it has none.

use std::fmt;

use crate::optimise::Matrix;
use crate::special::normal_quantile;

/// Maximum-likelihood parameters with everything needed to judge them.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Estimate {
    /// Names of the parameters.
    pub names: Vec<String>,
    /// Their values, in the unit of the model.
    pub values: Vec<f64>,
    /// The log-likelihood at the maximum, constants of the data included as the papers print it.
    pub log_likelihood: f64,
    /// Customers it rests on.
    pub customers: u64,
    /// Passes over the data, each with gradient and Hessian.
    pub evaluations: usize,
    /// Parameters that ran to zero or infinity. If there are any, the maximum is a simpler model,
    /// `log_likelihood` is (to rounding) the likelihood of that model, and no standard errors are
    /// given: the usual theory does not hold there.
    pub boundary: Vec<Boundary>,
    /// The covariance of the parameters, unless at a boundary or not identified.
    pub covariance: Option<Matrix>,
}

/// A parameter that ran away.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Boundary {
    /// Its name.
    pub parameter: String,
    /// Where to.
    pub toward: Toward,
}

/// The two ends of a positive parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
pub enum Toward {
    /// It vanishes.
    Zero,
    /// It grows without limit.
    Infinity,
}

impl fmt::Display for Boundary {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = match self.toward {
            Toward::Zero => "zero",
            Toward::Infinity => "infinity",
        };
        write!(out, "{} runs to {end}", self.parameter)
    }
}

impl Estimate {
    /// Square roots of the diagonal of the covariance, where there is one.
    pub fn standard_errors(&self) -> Option<Vec<f64>> {
        let covariance = self.covariance.as_ref()?;
        Some((0..self.values.len()).map(|i| covariance.at(i, i).sqrt()).collect())
    }

    /// Akaike's criterion, smaller is better.
    pub fn aic(&self) -> f64 {
        2.0 * (self.values.len() as f64 - self.log_likelihood)
    }

    /// Schwarz's criterion, smaller is better.
    pub fn bic(&self) -> f64 {
        self.values.len() as f64 * (self.customers as f64).ln() - 2.0 * self.log_likelihood
    }

    /// The position of a parameter by name.
    pub fn index(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|n| n == name)
    }

    /// A normal interval for a quantity with this value and gradient in the parameters (delta
    /// method), formed on the scale on which the quantity has no limits.
    pub(crate) fn delta_interval(
        &self,
        value: f64,
        gradient: &[f64],
        range: Range,
        level: f64,
    ) -> Option<Interval> {
        let variance = self.covariance.as_ref()?.quadratic(gradient).max(0.0);
        let reach = normal_quantile(0.5 + 0.5 * level) * variance.sqrt();
        Some(range.interval(value, reach))
    }
}

/// Which values a quantity may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Range {
    /// Between zero and one.
    Share,
    /// Not below zero.
    Positive,
}

impl Range {
    /// Back from the unlimited scale: the logit for shares, the logarithm for amounts.
    fn interval(self, value: f64, reach: f64) -> Interval {
        let certain = value <= 0.0 || (self == Range::Share && value >= 1.0) || reach == 0.0;
        if certain {
            return Interval { estimate: value, low: value, high: value };
        }
        match self {
            Range::Positive => {
                let factor = (reach / value).exp();
                Interval { estimate: value, low: value / factor, high: (value * factor).min(f64::MAX) }
            }
            Range::Share => {
                let logit = (value / (1.0 - value)).ln();
                let wide = reach / (value * (1.0 - value));
                let back = crate::special::logistic;
                Interval { estimate: value, low: back(logit - wide), high: back(logit + wide) }
            }
        }
    }
}

/// A value with the limits of what the data allow.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The value at the fitted parameters.
    pub estimate: f64,
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

/// A profile-likelihood interval; an end is `None` where the likelihood never falls far enough.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProfileInterval {
    /// Lower limit.
    pub low: Option<f64>,
    /// Upper limit.
    pub high: Option<f64>,
}

/// Why there is no fit.
#[derive(Clone, Debug, PartialEq)]
pub enum FitError {
    /// Nobody bought again, so nothing is known of rates or dropout.
    NoRepeatPurchases,
    /// Nobody was observed for any time.
    NoTimeObserved,
    /// There are too few distinct observations to tell the parameters apart.
    TooLittleVariety,
    /// The likelihood was not finite at any start.
    NoFiniteStart,
    /// The search ended without meeting its criterion.
    NotConverged {
        /// Passes over the data spent.
        evaluations: usize,
    },
    /// The search ended at parameters that the model refuses.
    Parameter(ParameterError),
}

impl fmt::Display for FitError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FitError::NoRepeatPurchases => {
                write!(
                    out,
                    "no customer bought again, so rates and dropout cannot be told apart; wait for repeat purchases"
                )
            }
            FitError::NoTimeObserved => write!(out, "every age is zero; choose a later end of observation"),
            FitError::TooLittleVariety => {
                write!(
                    out,
                    "too few distinct observations to tell the parameters apart; add customers or periods"
                )
            }
            FitError::NoFiniteStart => {
                write!(out, "the likelihood is not finite at any start; check the columns")
            }
            FitError::NotConverged { evaluations } => {
                write!(out, "the search did not settle within {evaluations} passes over the data")
            }
            FitError::Parameter(error) => write!(out, "the search ended outside the model: {error}"),
        }
    }
}

impl std::error::Error for FitError {}

/// A parameter the model cannot have.
#[derive(Clone, Debug, PartialEq)]
pub struct ParameterError {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: f64,
}

impl fmt::Display for ParameterError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} is {}, it must lie between 1e-15 and 1e15", self.name, self.value)
    }
}

impl std::error::Error for ParameterError {}

/// Parameters if all are positive and of a size on which the formulas keep their digits.
pub(crate) fn checked<const N: usize>(names: &[&str; N], values: &[f64]) -> Result<[f64; N], ParameterError> {
    let mut checked = [f64::NAN; N];
    for (slot, value) in checked.iter_mut().zip(values) {
        *slot = *value;
    }
    for (name, value) in names.iter().zip(checked) {
        if !(1e-15..=1e15).contains(&value) {
            return Err(ParameterError { name: (*name).to_owned(), value });
        }
    }
    Ok(checked)
}
