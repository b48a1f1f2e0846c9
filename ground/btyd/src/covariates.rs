//! Static covariates: what is known of a customer beforehand shifts the
//! scales of the mixtures.
//!
//! Two customers with the same three numbers get the same forecast, whatever
//! else is known of them. Covariates change that. They act on the scales of
//! the mixtures, so the *distribution* of rates in a group is stretched, and
//! the record of each customer still decides within it.
//!
//! The machinery is the plain likelihood of each group and the chain rule
//! around it; a new model joins by naming the parameters its covariates act
//! on.

use rayon::prelude::*;

use crate::described::Described;
use crate::estimate::Estimate;
use crate::fit_error::FitError;
use crate::interval::Interval;
use crate::model::Model;
use crate::optimise::{Evaluation, Matrix};
use crate::problem::Problem;
use crate::purchases::Purchases;
use crate::question::Question;
use crate::{Customer, Customers, ParetoNbd, Toss, Unit};

/// A model whose scale parameters may depend on covariates (Fader & Hardie
/// 2007, Incorporating time-invariant covariates into the Pareto/NBD and
/// BG/NBD models).
///
/// For covariates z the parameters named become `α exp(-γ₁·z)`,
/// `β exp(-γ₂·z)` in the Pareto/NBD and `α exp(-γ₁·z)`, `a exp(γ₂·z)`,
/// `b exp(γ₃·z)` in the (M)BG/NBD: a positive coefficient means more
/// purchases, or earlier leaving.
pub trait WithCovariates: Model<Base = Customers> + Sync {
    /// Parameters that depend on covariates: position, sign, name of the
    /// group of coefficients.
    const EFFECTS: &'static [(usize, f64, &'static str)];

    /// A model of the unit, whose parameters do not matter.
    fn blank(unit: Unit) -> Self;
}

impl WithCovariates for ParetoNbd {
    const EFFECTS: &'static [(usize, f64, &'static str)] = &[(1, -1.0, "purchase"), (3, -1.0, "leaving")];

    fn blank(unit: Unit) -> ParetoNbd {
        ParetoNbd::of(unit, [1.0; 4])
    }
}

impl<const AT_START: bool> WithCovariates for Toss<AT_START> {
    const EFFECTS: &'static [(usize, f64, &'static str)] =
        &[(1, -1.0, "purchase"), (2, 1.0, "a"), (3, 1.0, "b")];

    fn blank(unit: Unit) -> Self {
        Toss::of(unit, [1.0; 4])
    }
}

/// A fitted model with covariates.
#[derive(Clone, Debug, PartialEq)]
pub struct CovariateFit {
    /// The parameters at z = 0, then the coefficients, one group per affected
    /// parameter.
    pub estimate: Estimate,
    unit: Unit,
    covariates: usize,
}

impl CovariateFit {
    /// Fits a model with covariates, starting from the fit without them.
    pub fn of<M: WithCovariates>(base: &Described) -> Result<CovariateFit, FitError> {
        let plain_base = base.plain().map_err(|_| FitError::TooLittleVariety)?;
        let plain = M::blank(base.unit).refit(&plain_base)?;
        let extra = M::EFFECTS.len() * base.names.len();
        let mut names = plain.estimate.names.clone();
        for (_, _, group) in M::EFFECTS {
            names.extend(base.names.iter().map(|name| format!("{group}: {name}")));
        }
        let mut start = plain.estimate.values.clone();
        start.resize(start.len() + extra, 0.0);
        let mut scale = M::blank(base.unit).problem(&plain_base).scale;
        scale.resize(scale.len() + extra, 0.0);
        let problem = Problem {
            names,
            scale,
            starts: vec![start],
            customers: plain_base.len(),
            evaluate: Box::new(|theta| evaluate::<M>(base, theta)),
        };
        Ok(CovariateFit { estimate: problem.solve()?, unit: base.unit, covariates: base.names.len() })
    }

    /// A fit read back from what was kept of it: its estimate, the unit of
    /// its times and how many covariates it has. `None` unless the estimate
    /// has four parameters and one coefficient per covariate and effect.
    pub fn from_estimate<M: WithCovariates>(
        unit: Unit,
        covariates: usize,
        estimate: Estimate,
    ) -> Option<CovariateFit> {
        let size = 4 + M::EFFECTS.len() * covariates;
        let fits = estimate.values.len() == size
            && estimate.names.len() == size
            && estimate.covariance.as_ref().is_none_or(|c| c.size() == size);
        fits.then_some(CovariateFit { estimate, unit, covariates })
    }

    /// An answer about a customer with these covariates, with its
    /// delta-method interval; the coefficients' uncertainty is in it. `None`
    /// where the fit has no covariance.
    pub fn interval<M: WithCovariates + Purchases>(
        &self,
        question: Question,
        covariates: &[f64],
        customer: &Customer,
        level: f64,
    ) -> Option<Interval> {
        let model = self.model_for::<M>(covariates).ok()?;
        let ask = question.in_unit(self.unit);
        let (value, own) = model.answer_with_gradient(&ask, &customer.history(self.unit));
        let (local, theta) = (model.parameters(), &self.estimate.values);
        let mut gradient = vec![0.0; theta.len()];
        // ln θ of this customer is ln θ of the base plus the coefficients times z.
        for i in 0..4 {
            gradient[i] = own[i] * local[i] / theta[i];
        }
        for (group, (place, sign, _)) in M::EFFECTS.iter().enumerate() {
            for k in 0..self.covariates {
                let z = covariates.get(k).copied().unwrap_or(0.0);
                gradient[4 + group * self.covariates + k] = own[*place] * local[*place] * sign * z;
            }
        }
        self.estimate.delta_interval(value, &gradient, ask.range(), level)
    }

    /// The model of a customer with these covariates (missing ones count as
    /// zero).
    pub fn model_for<M: WithCovariates>(&self, covariates: &[f64]) -> Result<M, crate::ParameterError> {
        let z: Vec<f64> = (0..self.covariates).map(|k| covariates.get(k).copied().unwrap_or(0.0)).collect();
        M::blank(self.unit).with_parameters(&local::<M>(&self.estimate.values, &z))
    }
}

/// The four parameters of customers with covariates `z`.
fn local<M: WithCovariates>(theta: &[f64], z: &[f64]) -> Vec<f64> {
    let mut values = theta[..4].to_vec();
    for (group, (place, sign, _)) in M::EFFECTS.iter().enumerate() {
        let gamma = &theta[4 + group * z.len()..];
        let shift: f64 = gamma.iter().zip(z).map(|(g, z)| g * z).sum();
        values[*place] *= (sign * shift).clamp(-60.0, 60.0).exp();
    }
    values
}

/// The sum over groups of the plain likelihood at their own parameters,
/// joined to the chain rule.
///
/// In logarithms the parameters of a group are linear in the base parameters
/// and coefficients, so gradient and Hessian are `Dᵀ g` and `Dᵀ H D` with a
/// design matrix D of zeros, ones and z.
fn evaluate<M: WithCovariates>(base: &Described, theta: &[f64]) -> Evaluation {
    let size = theta.len();
    let one = |(z, customers): &(Vec<f64>, Customers)| {
        let values = local::<M>(theta, z);
        let at = M::blank(base.unit).problem(customers).at(&values);
        in_base_parameters::<M>(&at, &values, theta, z)
    };
    let parts: Vec<Evaluation> = base.groups.par_iter().with_min_len(64).map(one).collect();
    let mut total = Evaluation { value: 0.0, gradient: vec![0.0; size], hessian: Matrix::zero(size) };
    for part in &parts {
        total.value += part.value;
        for i in 0..size {
            total.gradient[i] += part.gradient[i];
            for j in 0..size {
                total.hessian.set(i, j, total.hessian.at(i, j) + part.hessian.at(i, j));
            }
        }
    }
    total
}

/// Derivatives in a group's own parameters, turned into derivatives in those
/// of the whole.
fn in_base_parameters<M: WithCovariates>(
    at: &Evaluation,
    values: &[f64],
    theta: &[f64],
    z: &[f64],
) -> Evaluation {
    let size = theta.len();
    // Row i: how ln of the i-th local parameter moves with each parameter of the whole.
    let mut design = vec![vec![0.0; size]; 4];
    for i in 0..4 {
        design[i][i] = 1.0 / theta[i];
    }
    for (group, (place, sign, _)) in M::EFFECTS.iter().enumerate() {
        for (k, z) in z.iter().enumerate() {
            design[*place][4 + group * (size - 4) / M::EFFECTS.len() + k] = sign * z;
        }
    }
    let mut out = Evaluation { value: at.value, gradient: vec![0.0; size], hessian: Matrix::zero(size) };
    for i in 0..4 {
        let slope = values[i] * at.gradient[i];
        for p in 0..size {
            out.gradient[p] += design[i][p] * slope;
        }
        // ln θ_i is not linear in θ_i itself.
        out.hessian.set(i, i, out.hessian.at(i, i) - slope / (theta[i] * theta[i]));
        for j in 0..4 {
            let curve = values[i] * values[j] * at.hessian.at(i, j) + if i == j { slope } else { 0.0 };
            for p in 0..size {
                for q in 0..size {
                    out.hessian.set(p, q, out.hessian.at(p, q) + design[i][p] * curve * design[j][q]);
                }
            }
        }
    }
    out
}
