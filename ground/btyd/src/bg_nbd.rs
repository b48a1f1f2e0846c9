//! The BG/NBD model: Poisson buying, and a coin tossed after every repeat
//! purchase.
//!
//! The model has replaced the Pareto/NBD in much of practice because its
//! likelihood is elementary, and most of the time the two forecast alike
//! (their conditional expectations on CDNOW correlate at .996). Where they
//! differ, look at one-time buyers: this model holds them active for ever.
//!
//! A customer is described by how the history splits the odds:
//!
//! - many purchases, the last one long ago: surely gone, the more surely the more
//!   purchases (the silence is out of character);
//! - few purchases, the last one long ago: perhaps only slow.
//!
//! This is why more purchases can mean a *lower* expectation, a property no
//! rule of thumb has.

use crate::beta_geometric::{self as shared, NAMES};
use crate::chance::Chance;
use crate::customer::History;
use crate::fit_error::{FitError, ParameterError, checked};
use crate::geometric::Family;
use crate::lanes::{LANES, scores};
use crate::model::{Fit, Form, Model};
use crate::number::Scalar;
use crate::problem::Problem;
use crate::purchases::{Purchases, Score, Simulated};
use crate::question::Ask;
use crate::{Customers, Unit};

const FAMILY: Family = Family { k: 1, at_start: false };

/// The beta-geometric / negative binomial model of Fader, Hardie & Lee
/// (2005), "Counting your customers" the easy way, Marketing Science
/// 24:275-284.
///
/// Assumptions: while active a customer buys as a Poisson process of rate λ;
/// λ is gamma(r, α) over customers; after each *repeat* purchase the customer
/// leaves with probability p; p is beta(a, b) over customers; λ and p are
/// independent.
///
/// A customer without repeat purchases has not yet tossed a coin, so is
/// active with certainty. Where that is implausible use
/// [`MbgNbd`](crate::MbgNbd).
///
/// ```
/// use btyd::{BgNbd, Customer, Purchases, Span, Unit};
/// // Parameters of the paper's Table 2; the customer of its worked example.
/// let model = BgNbd::new(Unit::Week, [0.243, 4.414, 0.793, 2.426]).unwrap();
/// let customer = Customer::new(2, Span::weeks(30.43), Span::weeks(38.86)).unwrap();
/// let expected = model.expected_purchases(&customer, Span::weeks(39.0));
/// assert!((expected - 1.226).abs() < 5e-4);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct BgNbd {
    unit: Unit,
    theta: [f64; 4],
}

impl BgNbd {
    /// The model with parameters `[r, alpha, a, b]`; `alpha` is a time in the
    /// given unit.
    pub fn new(unit: Unit, parameters: [f64; 4]) -> Result<BgNbd, ParameterError> {
        Ok(BgNbd { unit, theta: checked(&NAMES, &parameters)? })
    }

    /// The maximum-likelihood model of a base, in the unit of the base.
    pub fn fit(base: &Customers) -> Result<Fit<BgNbd>, FitError> {
        BgNbd::of(base.unit(), [1.0; 4]).refit(base)
    }

    /// The model of parameters known to be allowed.
    pub(crate) fn of(unit: Unit, theta: [f64; 4]) -> BgNbd {
        BgNbd { unit, theta }
    }
}

impl Model for BgNbd {
    type Base = Customers;

    fn form(&self) -> Form {
        Form::timed("bg-nbd", self.unit)
    }

    fn of_form(form: &Form) -> Option<BgNbd> {
        Some(BgNbd { unit: form.unit_of("bg-nbd")?, theta: [1.0; 4] })
    }

    fn parameters(&self) -> Vec<f64> {
        self.theta.to_vec()
    }

    fn with_parameters(&self, values: &[f64]) -> Result<BgNbd, ParameterError> {
        Ok(BgNbd { unit: self.unit, theta: checked(&NAMES, values)? })
    }

    fn problem<'a>(&self, base: &'a Customers) -> Problem<'a> {
        shared::problem(FAMILY, base)
    }

    fn refuse(&self, base: &Customers) -> Option<FitError> {
        shared::refuse(base)
    }
}

impl Purchases for BgNbd {
    fn unit(&self) -> Unit {
        self.unit
    }

    fn solve<S: Scalar>(&self, theta: &[S], ask: &Ask, who: &History) -> S {
        shared::solve(FAMILY, theta, ask, who)
    }

    fn score_one(&self, theta: &[f64], who: &History, horizon: f64) -> Score {
        shared::score(FAMILY, theta, who, horizon)
    }

    fn score_lanes(&self, theta: &[f64], who: &[History; LANES], horizon: f64) -> [Score; LANES] {
        scores(FAMILY, theta, who, horizon)
            .unwrap_or_else(|| who.map(|who| self.score_one(theta, &who, horizon)))
    }

    fn simulate(&self, age: f64, future: f64, chance: &mut impl Chance) -> Simulated {
        FAMILY.simulate(&self.theta, age, future, chance)
    }
}
