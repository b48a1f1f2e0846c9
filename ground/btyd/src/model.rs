//! What every model offers: parameters, likelihood, a fit, intervals.
//!
//! Every model, whatever it is about, has named parameters, a likelihood on a
//! kind of data, and a maximum. [`Model`] is that much and no more; what a
//! model can
//! *answer* differs, and stays with the models or, for repeat buying, with
//! [`Purchases`].

use crate::Unit;
use crate::cnbd::Leaving;
use crate::customer::Customer;
use crate::estimate::Estimate;
use crate::fit_error::{FitError, ParameterError};
use crate::interval::{Interval, ProfileInterval};
use crate::problem::Problem;
use crate::purchases::Purchases;
use crate::question::Question;

/// A model with a few parameters and a likelihood.
///
/// The associated type [`Base`](Model::Base) is the data:
/// [`Customers`](crate::Customers) for the models in time,
/// [`Attendances`](crate::Attendances), [`Contracts`](crate::Contracts) and
/// [`Spend`](crate::Spend) for the others.
pub trait Model: Clone {
    /// The kind of data it is fitted to.
    type Base;

    /// What distinguishes it from other models besides its parameters.
    fn form(&self) -> Form;

    /// A model of this form whose parameters do not matter; `None` if the
    /// form is another model's.
    fn of_form(form: &Form) -> Option<Self>;

    /// Its parameters, in order.
    fn parameters(&self) -> Vec<f64>;

    /// The same kind of model (unit, regularity) with other parameters.
    fn with_parameters(&self, values: &[f64]) -> Result<Self, ParameterError>;

    /// Its likelihood on a base.
    fn problem<'a>(&self, base: &'a Self::Base) -> Problem<'a>;

    /// Why the base could not identify the model at all, if so.
    fn refuse(&self, base: &Self::Base) -> Option<FitError>;

    /// The log-likelihood of the base at these parameters.
    ///
    /// Constants that hold no parameter are kept as the papers print them, so
    /// values can be compared with theirs and between models of the same
    /// data.
    fn log_likelihood(&self, base: &Self::Base) -> f64 {
        self.problem(base).at(&self.parameters()).value
    }

    /// Fits the same kind of model to a base.
    ///
    /// The bootstrap uses it; so may anyone who wants to watch parameters
    /// move as the window of data does.
    fn refit(&self, base: &Self::Base) -> Result<Fit<Self>, FitError> {
        if let Some(reason) = self.refuse(base) {
            return Err(reason);
        }
        let estimate = self.problem(base).solve()?;
        let model = self.with_parameters(&estimate.values).map_err(FitError::Parameter)?;
        Ok(Fit { model, estimate })
    }
}

/// A fitted model: the model itself, and how well it is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit<M> {
    /// The model at the maximum.
    pub model: M,
    /// Parameters, likelihood and uncertainty.
    pub estimate: Estimate,
}

impl<M: Model> Fit<M> {
    /// The profile-likelihood interval of the parameter with this name, on
    /// the base it was fitted to.
    ///
    /// `None` if there is no such parameter. Prefer it to the standard error
    /// whenever the two disagree: dropout parameters have skewed likelihoods.
    ///
    /// ```
    /// use btyd::{Contracts, Sbg};
    /// let cohort = Contracts::from_survivors(&[&[1000, 869, 743, 653, 593]]).unwrap();
    /// let fit = Sbg::fit(&cohort).unwrap();
    /// let limits = fit.profile(&cohort, "alpha", 0.95).unwrap();
    /// // Lopsided: the upper limit is much farther away than the lower.
    /// let alpha = fit.estimate.values[0];
    /// assert!(limits.high.unwrap() - alpha > 2.0 * (alpha - limits.low.unwrap()));
    /// ```
    pub fn profile(&self, base: &M::Base, parameter: &str, level: f64) -> Option<ProfileInterval> {
        let index = self.estimate.index(parameter)?;
        Some(self.model.problem(base).profile(&self.estimate, index, level))
    }
}

impl<M: Purchases> Fit<M> {
    /// An answer with a delta-method interval, `None` where the fit has no
    /// covariance.
    ///
    /// The limits say what is known of the *expectation*. What one customer
    /// will do varies around it by chance besides.
    pub fn interval(&self, question: Question, customer: &Customer, level: f64) -> Option<Interval> {
        let ask = question.in_unit(self.model.unit());
        let (value, gradient) = self.model.answer_with_gradient(&ask, &customer.history(self.model.unit()));
        self.estimate.delta_interval(value, &gradient, ask.range(), level)
    }
}

/// Which model: its name, the unit of its times, and how regular its buying
/// is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Form {
    /// The name, such as `bg-nbd`.
    pub model: String,
    /// The unit of its times, for models in time.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub unit: Option<Unit>,
    /// Clock ticks per purchase and when a customer may leave, for models of
    /// regularity.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub regularity: Option<(u32, Leaving)>,
}

impl Form {
    /// A model in time.
    pub(crate) fn timed(model: &str, unit: Unit) -> Form {
        Form { model: model.to_owned(), unit: Some(unit), regularity: None }
    }

    /// A model without a unit.
    pub(crate) fn plain(model: &str) -> Form {
        Form { model: model.to_owned(), unit: None, regularity: None }
    }

    /// The unit, if the name is this one.
    pub(crate) fn unit_of(&self, model: &str) -> Option<Unit> {
        self.unit.filter(|_| self.model == model)
    }
}
