//! The NBD model: Poisson buying and nobody ever leaves; the yardstick the
//! others must beat.
//!
//! It answers one question well: is there any sign of leaving at all? The
//! models with leaving contain it as a limit, so twice the difference of the
//! log-likelihoods says how much evidence there is.

use crate::beta_geometric::{crude_rate, moment_shape, refuse};
use crate::chance::Chance;
use crate::customer::History;
use crate::fit_error::{FitError, ParameterError, checked};
use crate::model::{Fit, Form, Model};
use crate::number::{Jet, Scalar};
use crate::problem::Problem;
use crate::purchases::{Purchases, Simulated};
use crate::question::Ask;
use crate::sum::{ByFrequency, over_cells, runs};
use crate::ticks::Ticks;
use crate::{Customers, Unit};

const NAMES: [&str; 2] = ["r", "alpha"];

/// The negative binomial model of Ehrenberg (1959), The pattern of consumer
/// purchases, Applied Statistics 8:26-41.
///
/// Assumptions: a customer buys as a Poisson process of rate λ for ever; λ is
/// gamma(r, α) over customers. It over-forecasts wherever customers leave,
/// which is nearly everywhere, and is the limit of every other model here
/// when leaving vanishes.
///
/// ```
/// use btyd::{Customer, Nbd, Purchases, Span, Unit};
/// let model = Nbd::new(Unit::Week, [0.385, 12.07]).unwrap();
/// let customer = Customer::new(2, Span::weeks(30.43), Span::weeks(38.86)).unwrap();
/// let expected = model.expected_purchases(&customer, Span::weeks(39.0));
/// assert!((expected - 39.0 * 2.385 / 50.93).abs() < 1e-12);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Nbd {
    unit: Unit,
    theta: [f64; 2],
}

impl Nbd {
    /// The model with parameters `[r, alpha]`; `alpha` is a time in the given
    /// unit.
    pub fn new(unit: Unit, parameters: [f64; 2]) -> Result<Nbd, ParameterError> {
        Ok(Nbd { unit, theta: checked(&NAMES, &parameters)? })
    }

    /// The maximum-likelihood model of a base, in the unit of the base.
    pub fn fit(base: &Customers) -> Result<Fit<Nbd>, FitError> {
        Nbd { unit: base.unit(), theta: [1.0; 2] }.refit(base)
    }
}

impl Model for Nbd {
    type Base = Customers;

    fn form(&self) -> Form {
        Form::timed("nbd", self.unit)
    }

    fn of_form(form: &Form) -> Option<Nbd> {
        Some(Nbd { unit: form.unit_of("nbd")?, theta: [1.0; 2] })
    }

    fn parameters(&self) -> Vec<f64> {
        self.theta.to_vec()
    }

    fn with_parameters(&self, values: &[f64]) -> Result<Nbd, ParameterError> {
        Ok(Nbd { unit: self.unit, theta: checked(&NAMES, values)? })
    }

    fn problem<'a>(&self, base: &'a Customers) -> Problem<'a> {
        let (rate, age) = crude_rate(base);
        let r = moment_shape(base).clamp(0.05, 5.0);
        let starts = [[r, r / rate], [0.3, 0.3 / rate], [3.0, 3.0 / rate]];
        Problem::positive(&NAMES, [1.0, age], &starts, base.len(), |theta| likelihood(theta, base))
    }

    fn refuse(&self, base: &Customers) -> Option<FitError> {
        refuse(base)
    }
}

/// `Σ ln Γ(r+x)/Γ(r) + r ln α - (r+x) ln(α+T)`, the likelihood of the times
/// of purchase, as the other models write it (Ehrenberg 1959 for the counts).
fn likelihood(theta: &[Jet<2>; 2], base: &Customers) -> Jet<2> {
    let [r, alpha] = *theta;
    let table = ByFrequency::new(base.cells(), |x| r.ln_rising(f64::from(x)) + r * alpha.ln());
    over_cells(base.cells(), |part| {
        let mut total = Jet::ZERO;
        for (x, run) in runs(part) {
            let (mut count, mut log, mut first, mut second) = (0.0, 0.0, 0.0, 0.0);
            for cell in run {
                let (m, up) = (f64::from(cell.count), 1.0 / (alpha.value() + cell.age));
                count += m;
                log += m * (alpha.value() + cell.age).ln();
                first += m * up;
                second -= m * up * up;
            }
            total.add_scaled(table.at(x), count);
            total.add_scaled(&((r + f64::from(x)) * alpha.chain(log, first, second)), -1.0);
        }
        total
    })
}

impl Purchases for Nbd {
    fn unit(&self) -> Unit {
        self.unit
    }

    fn solve<S: Scalar>(&self, theta: &[S], ask: &Ask, who: &History) -> S {
        let [r, alpha] = [theta[0], theta[1]];
        let rate = (r + who.x) / (alpha + who.age);
        match *ask {
            Ask::Active(_) => S::constant(1.0),
            Ask::Expected(from, to) => rate * (to - from).max(0.0),
            Ask::Newcomer(time) => r / alpha * time,
            Ask::Count(n, time) => {
                let n = n as usize;
                Ticks::new(r, alpha, time, n).between(n, n + 1)
            }
            // ∫ e^(-δu) du up to the horizon.
            Ask::Discounted(horizon, discount) => rate * (-(-discount * horizon).exp_m1() / discount),
        }
    }

    fn simulate(&self, age: f64, future: f64, chance: &mut impl Chance) -> Simulated {
        let ln_rate = chance.ln_gamma(self.theta[0]) - self.theta[1].ln();
        let mut one = Simulated { frequency: 0, recency: 0.0, future: 0, active: true, ln_gaps: 0.0 };
        let mut clock = 0.0;
        for _ in 0..1_000_000 {
            let gap = (chance.exponential().ln() - ln_rate).exp();
            clock += gap;
            if clock > age + future {
                break;
            }
            if clock <= age {
                one.frequency += 1;
                one.recency = clock;
                one.ln_gaps += gap.max(f64::MIN_POSITIVE).ln();
            } else {
                one.future += 1;
            }
        }
        one
    }
}
