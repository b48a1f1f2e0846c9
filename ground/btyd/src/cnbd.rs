//! The (M)BG/CNBD-k models: buying more regular than chance, with a coin
//! tossed after purchases.
//!
//! Subscribers of a magazine bought at the kiosk, customers of a hairdresser,
//! firms that order monthly: their purchases are spaced more evenly than
//! chance would have it. For them a late purchase is a strong sign. The
//! Poisson models, to which nothing is ever late, see it too weakly and too
//! late.
//!
//! Regularity is a whole number k here. The spread of the times between
//! purchases, relative to their mean, is `1/√k`: one for k = 1, a half for k
//! = 4.

use crate::beta_geometric::{self as shared, NAMES};
use crate::chance::Chance;
use crate::customer::History;
use crate::fit_error::{FitError, ParameterError, checked};
use crate::geometric::Family;
use crate::model::{Fit, Form, Model};
use crate::number::Scalar;
use crate::problem::Problem;
use crate::purchases::{Purchases, Score, Simulated};
use crate::question::Ask;
use crate::{Customers, Unit};

/// When a customer may leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Leaving {
    /// After a repeat purchase, as in the BG/NBD.
    AfterRepeats,
    /// After any purchase, the first included, as in the MBG/NBD.
    FromTheFirst,
}

/// The beta-geometric models with Erlang-k times between purchases: Platzer &
/// Reutterer (2016), Ticking away the moments, Marketing Science 35:779-799;
/// Reutterer, Platzer & Schröder (2020), Leveraging purchase regularity,
/// International Journal of Research in Marketing 38:194-215.
///
/// Assumptions: as in the [`BgNbd`](crate::BgNbd) or
/// [`MbgNbd`](crate::MbgNbd), but a purchase happens at every k-th tick of
/// the Poisson clock. `k = 1` is those models exactly; larger k is more
/// regular, and a regular customer who is late is gone the sooner.
///
/// `α` belongs to the clock: the mean time between purchases is about
/// `k α / r`.
///
/// ```
/// use btyd::{Cnbd, Customer, Leaving, Purchases, Span, Unit};
/// let theta = [0.5, 3.0, 0.9, 1.6];
/// let late = Customer::new(6, Span::weeks(30.0), Span::weeks(40.0)).unwrap();
/// let chance = |k| Cnbd::new(Unit::Week, k, Leaving::FromTheFirst, theta).unwrap().probability_active(&late);
/// assert!(chance(3) < chance(1));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Cnbd {
    unit: Unit,
    family: Family,
    theta: [f64; 4],
}

impl Cnbd {
    /// The most regular clock considered.
    pub const MOST_REGULAR: u32 = 50;

    /// The model with `k` ticks per purchase and parameters
    /// `[r, alpha, a, b]`; `k` is kept within 1 to 50.
    pub fn new(unit: Unit, k: u32, leaving: Leaving, parameters: [f64; 4]) -> Result<Cnbd, ParameterError> {
        Ok(Cnbd { unit, family: family(k, leaving), theta: checked(&NAMES, &parameters)? })
    }

    /// The maximum-likelihood model of a base for a given k.
    ///
    /// Likelihoods of different k are comparable only if the base knows the
    /// times between purchases ([`Customers::with_ln_gaps`]).
    pub fn fit(base: &Customers, k: u32, leaving: Leaving) -> Result<Fit<Cnbd>, FitError> {
        Cnbd { unit: base.unit(), family: family(k, leaving), theta: [1.0; 4] }.refit(base)
    }

    /// The k of greatest likelihood and its fit, `None` if the base does not
    /// know the times between purchases. The likelihood rises to one peak in
    /// k, so the search stops once it falls.
    pub fn fit_regularity(base: &Customers, leaving: Leaving) -> Option<Result<Fit<Cnbd>, FitError>> {
        base.ln_gaps?;
        let mut best = match Cnbd::fit(base, 1, leaving) {
            Ok(fit) => fit,
            Err(error) => return Some(Err(error)),
        };
        for k in 2..=Cnbd::MOST_REGULAR {
            match Cnbd::fit(base, k, leaving) {
                Ok(fit) if fit.estimate.log_likelihood > best.estimate.log_likelihood => best = fit,
                _ => break,
            }
        }
        Some(Ok(best))
    }

    /// Ticks per purchase.
    pub fn k(&self) -> u32 {
        self.family.k
    }
}

fn family(k: u32, leaving: Leaving) -> Family {
    Family { k: k.clamp(1, Cnbd::MOST_REGULAR), at_start: leaving == Leaving::FromTheFirst }
}

impl Model for Cnbd {
    type Base = Customers;

    fn form(&self) -> Form {
        let leaving = if self.family.at_start { Leaving::FromTheFirst } else { Leaving::AfterRepeats };
        Form { regularity: Some((self.family.k, leaving)), ..Form::timed("cnbd", self.unit) }
    }

    fn of_form(form: &Form) -> Option<Cnbd> {
        let (k, leaving) = form.regularity?;
        Some(Cnbd { unit: form.unit_of("cnbd")?, family: family(k, leaving), theta: [1.0; 4] })
    }

    fn parameters(&self) -> Vec<f64> {
        self.theta.to_vec()
    }

    fn with_parameters(&self, values: &[f64]) -> Result<Cnbd, ParameterError> {
        Ok(Cnbd { theta: checked(&NAMES, values)?, ..self.clone() })
    }

    fn problem<'a>(&self, base: &'a Customers) -> Problem<'a> {
        shared::problem(self.family, base)
    }

    fn refuse(&self, base: &Customers) -> Option<FitError> {
        shared::refuse(base)
    }
}

impl Purchases for Cnbd {
    fn unit(&self) -> Unit {
        self.unit
    }

    fn solve<S: Scalar>(&self, theta: &[S], ask: &Ask, who: &History) -> S {
        shared::solve(self.family, theta, ask, who)
    }

    fn score_one(&self, theta: &[f64], who: &History, horizon: f64) -> Score {
        shared::score(self.family, theta, who, horizon)
    }

    fn simulate(&self, age: f64, future: f64, chance: &mut impl Chance) -> Simulated {
        self.family.simulate(&self.theta, age, future, chance)
    }
}
