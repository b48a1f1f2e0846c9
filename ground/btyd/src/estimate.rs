//! What a fit answers: parameters, likelihood, uncertainty, and where it has
//! none.
//!
//! A fit is worth what is known about its quality. The estimate therefore
//! carries, beside the parameters, their full covariance (in natural
//! parameters, carried from the logarithms by the outer product, so that it
//! is symmetric), the likelihood on the scale the papers print, and the
//! parameters that ran to a boundary, if any did.

use std::fmt;

use crate::interval::{Interval, Range};
use crate::number::{Jet, Scalar};
use crate::optimise::Matrix;
use crate::special::normal_quantile;

/// Maximum-likelihood parameters with everything needed to judge them.
///
/// ```
/// use btyd::{Contracts, Sbg};
/// let cohort = Contracts::from_survivors(&[&[1000, 869, 743, 653, 593, 551, 517, 491]]).unwrap();
/// let estimate = Sbg::fit(&cohort).unwrap().estimate;
/// assert_eq!(estimate.index("beta"), Some(1));
/// let errors = estimate.standard_errors().unwrap();
/// assert!((errors[0] - 0.10373577984967655).abs() < 1e-6);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Estimate {
    /// Names of the parameters.
    pub names: Vec<String>,
    /// Their values, in the unit of the model.
    pub values: Vec<f64>,
    /// The log-likelihood at the maximum, constants of the data included as
    /// the papers print it.
    pub log_likelihood: f64,
    /// Customers it rests on.
    pub customers: u64,
    /// Passes over the data, each with gradient and Hessian.
    pub evaluations: usize,
    /// Parameters that ran to zero or infinity. If there are any, the maximum
    /// is a simpler model, `log_likelihood` is (to rounding) the likelihood
    /// of that model, and no standard errors are given: the usual theory does
    /// not hold there.
    pub boundary: Vec<Boundary>,
    /// The covariance of the parameters, unless at a boundary or not
    /// identified.
    pub covariance: Option<Matrix>,
}

/// A parameter that ran away.
///
/// ```
/// use btyd::{Boundary, Toward};
/// let gone = Boundary { parameter: "a".to_owned(), toward: Toward::Zero };
/// assert_eq!(gone.to_string(), "a runs to zero");
/// ```
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
    ///
    /// Both criteria compare models fitted to the same customers; neither is
    /// a test.
    pub fn bic(&self) -> f64 {
        self.values.len() as f64 * (self.customers as f64).ln() - 2.0 * self.log_likelihood
    }

    /// The position of a parameter by name.
    pub fn index(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|n| n == name)
    }

    /// A delta-method interval of any quantity written as a function of the
    /// parameters, `None` where there is no covariance or another number of
    /// parameters.
    ///
    /// Repeat buying has [`Fit::interval`](crate::Fit::interval); this is the
    /// way for spend, occasions and renewals.
    ///
    /// ```
    /// use btyd::{GammaGamma, Range, Spend};
    /// let spend = Spend::new(&[1, 2, 2, 4, 7, 3], &[9.0, 31.0, 12.0, 20.0, 17.0, 55.0]).unwrap();
    /// let fit = GammaGamma::fit(&spend).unwrap();
    /// let worth = fit.estimate.interval_of(|theta| GammaGamma::value(theta, 2.0, 31.0), Range::Positive, 0.9);
    /// assert!(worth.unwrap().low < worth.unwrap().estimate);
    /// ```
    pub fn interval_of<const N: usize>(
        &self,
        quantity: impl Fn(&[Jet<N>; N]) -> Jet<N>,
        range: Range,
        level: f64,
    ) -> Option<Interval> {
        let values: [f64; N] = self.values.as_slice().try_into().ok()?;
        let at = quantity(&Jet::parameters(values));
        self.delta_interval(at.value(), at.gradient(), range, level)
    }

    /// A normal interval for a quantity with this value and gradient in the
    /// parameters (delta method), formed on the scale on which the quantity
    /// has no limits.
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
