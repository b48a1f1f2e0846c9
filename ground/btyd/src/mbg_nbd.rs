//! The MBG/NBD model: Poisson buying, and a coin tossed after every purchase,
//! the first included.
//!
//! The modification is small on paper, one more coin, and large in effect:
//! the zero class, usually more than half of a customer base, is no longer
//! certain to be active.

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

const FAMILY: Family = Family { k: 1, at_start: true };

/// The modified beta-geometric / negative binomial model of Batislam, Denizel
/// & Filiztekin (2007), Empirical validation and comparison of models for
/// customer base analysis, International Journal of Research in Marketing
/// 24:201-209.
///
/// Assumptions: as in the [`BgNbd`](crate::BgNbd), except that the coin is
/// tossed after the first purchase too, so that a one-time buyer may have
/// left at once.
///
/// ```
/// use btyd::{Customer, MbgNbd, Purchases, Span, Unit};
/// let model = MbgNbd::new(Unit::Week, [0.525, 6.183, 0.891, 1.614]).unwrap();
/// let once = Customer::new(0, Span::weeks(0.0), Span::weeks(38.86)).unwrap();
/// assert!((model.probability_active(&once) - 0.389735080918762898).abs() < 1e-12);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct MbgNbd {
    unit: Unit,
    theta: [f64; 4],
}

impl MbgNbd {
    /// The model with parameters `[r, alpha, a, b]`; `alpha` is a time in the
    /// given unit.
    pub fn new(unit: Unit, parameters: [f64; 4]) -> Result<MbgNbd, ParameterError> {
        Ok(MbgNbd { unit, theta: checked(&NAMES, &parameters)? })
    }

    /// The maximum-likelihood model of a base, in the unit of the base.
    pub fn fit(base: &Customers) -> Result<Fit<MbgNbd>, FitError> {
        MbgNbd::of(base.unit(), [1.0; 4]).refit(base)
    }

    /// The model of parameters known to be allowed.
    pub(crate) fn of(unit: Unit, theta: [f64; 4]) -> MbgNbd {
        MbgNbd { unit, theta }
    }
}

impl Model for MbgNbd {
    type Base = Customers;

    fn form(&self) -> Form {
        Form::timed("mbg-nbd", self.unit)
    }

    fn of_form(form: &Form) -> Option<MbgNbd> {
        Some(MbgNbd { unit: form.unit_of("mbg-nbd")?, theta: [1.0; 4] })
    }

    fn parameters(&self) -> Vec<f64> {
        self.theta.to_vec()
    }

    fn with_parameters(&self, values: &[f64]) -> Result<MbgNbd, ParameterError> {
        Ok(MbgNbd { unit: self.unit, theta: checked(&NAMES, values)? })
    }

    fn problem<'a>(&self, base: &'a Customers) -> Problem<'a> {
        shared::problem(FAMILY, base)
    }

    fn refuse(&self, base: &Customers) -> Option<FitError> {
        shared::refuse(base)
    }
}

impl Purchases for MbgNbd {
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
