//! The shape of the BG/NBD and the MBG/NBD: Poisson buying, and a coin tossed
//! after purchases.
//!
//! The two differ in one switch, whether the coin is tossed after the first
//! purchase too. The switch is part of the type, so that a fit of one is
//! never taken for a fit of the other; [`BgNbd`](crate::BgNbd) and
//! [`MbgNbd`](crate::MbgNbd) are its two settings, and carry what there is to
//! say of each.

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

/// A beta-geometric / NBD model by its switch: with `AT_START` a customer may
/// leave at the first purchase already.
///
/// Called [`BgNbd`](crate::BgNbd) without and [`MbgNbd`](crate::MbgNbd) with
/// it.
///
/// ```
/// use btyd::{BgNbd, Toss, Unit};
/// let model: Toss<false> = BgNbd::new(Unit::Week, [0.243, 4.414, 0.793, 2.426]).unwrap();
/// assert_eq!(btyd::Model::form(&model).model, "bg-nbd");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Toss<const AT_START: bool> {
    unit: Unit,
    theta: [f64; 4],
}

impl<const AT_START: bool> Toss<AT_START> {
    const FAMILY: Family = Family { k: 1, at_start: AT_START };
    const NAME: &'static str = if AT_START { "mbg-nbd" } else { "bg-nbd" };

    /// The model with parameters `[r, alpha, a, b]`; `alpha` is a time in the
    /// given unit.
    pub fn new(unit: Unit, parameters: [f64; 4]) -> Result<Self, ParameterError> {
        Ok(Toss { unit, theta: checked(&NAMES, &parameters)? })
    }

    /// The maximum-likelihood model of a base, in the unit of the base.
    pub fn fit(base: &Customers) -> Result<Fit<Self>, FitError> {
        Toss::of(base.unit(), [1.0; 4]).refit(base)
    }

    /// The model of parameters known to be allowed.
    pub(crate) fn of(unit: Unit, theta: [f64; 4]) -> Self {
        Toss { unit, theta }
    }
}

impl<const AT_START: bool> Model for Toss<AT_START> {
    type Base = Customers;

    fn form(&self) -> Form {
        Form::timed(Self::NAME, self.unit)
    }

    fn of_form(form: &Form) -> Option<Self> {
        Some(Toss { unit: form.unit_of(Self::NAME)?, theta: [1.0; 4] })
    }

    fn parameters(&self) -> Vec<f64> {
        self.theta.to_vec()
    }

    fn with_parameters(&self, values: &[f64]) -> Result<Self, ParameterError> {
        Ok(Toss { unit: self.unit, theta: checked(&NAMES, values)? })
    }

    fn problem<'a>(&self, base: &'a Customers) -> Problem<'a> {
        shared::problem(Self::FAMILY, base)
    }

    fn refuse(&self, base: &Customers) -> Option<FitError> {
        shared::refuse(base)
    }
}

impl<const AT_START: bool> Purchases for Toss<AT_START> {
    fn unit(&self) -> Unit {
        self.unit
    }

    fn solve<S: Scalar>(&self, theta: &[S], ask: &Ask, who: &History) -> S {
        shared::solve(Self::FAMILY, theta, ask, who)
    }

    fn score_one(&self, theta: &[f64], who: &History, horizon: f64) -> Score {
        shared::score(Self::FAMILY, theta, who, horizon)
    }

    fn score_lanes(&self, theta: &[f64], who: &[History; LANES], horizon: f64) -> [Score; LANES] {
        scores(Self::FAMILY, theta, who, horizon)
            .unwrap_or_else(|| who.map(|who| self.score_one(theta, &who, horizon)))
    }

    fn simulate(&self, age: f64, future: f64, chance: &mut impl Chance) -> Simulated {
        Self::FAMILY.simulate(&self.theta, age, future, chance)
    }
}
