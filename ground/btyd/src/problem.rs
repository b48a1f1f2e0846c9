//! A likelihood put as a problem: evaluate it, maximise it, profile it.
//!
//! A [`Problem`] is what the search sees of a model and its data: names,
//! natural sizes, starts, and a function with its derivatives. Fits, profile
//! intervals and models with covariates are all made of it.
//!
//! **Why logarithms.** All parameters are positive and matter by factors: a
//! likelihood that is a banana in `α` is nearly a parabola in `ln α`.
//! Positivity needs no constraint, and the unit of time becomes a shift that
//! the search does not notice.
//!
//! **Why a box.** When heterogeneity or leaving vanishes, the maximum lies at
//! infinity. The box, a factor of 6.6e7 around the natural size either way,
//! is so wide that at its edge the limit is reached to rounding; ending there
//! is reported, not repaired.
//!
//! **Why several starts.** One is usually enough and costs the least, so it
//! is tried first, from the best of four. Only a search that ends badly or at
//! a boundary makes the others worth their time.

use crate::estimate::{Boundary, Estimate, Toward};
use crate::fit_error::FitError;
use crate::interval::ProfileInterval;
use crate::number::{Jet, Scalar};
use crate::optimise::{Evaluation, Matrix, Optimum, Status, maximise};
use crate::special::normal_quantile;

/// Half the width of the search box in log-parameters: a factor of 6.6e7
/// around the centre.
const BOX: f64 = 18.0;
/// An estimate this close to the edge of the box is a boundary solution.
const EDGE: f64 = 4.0;

/// A likelihood with its derivatives, in natural parameters.
type Likelihood<'a> = Box<dyn Fn(&[f64]) -> Evaluation + 'a>;

/// The likelihood of one model on one base, over its natural parameters.
///
/// The search works in logarithms of the positive parameters, shifted so that
/// the unit of time drops out: fitting in days or in years takes the same
/// steps to the same digits.
pub struct Problem<'a> {
    /// Names of the parameters, in order.
    pub(crate) names: Vec<String>,
    /// The natural size of each positive parameter; zero marks one that may
    /// have any sign.
    pub(crate) scale: Vec<f64>,
    /// Points to start from, in natural parameters, the most promising first.
    pub(crate) starts: Vec<Vec<f64>>,
    /// Customers (or cells of a table) behind the likelihood.
    pub(crate) customers: u64,
    /// Value, gradient and Hessian at a point, in natural parameters.
    pub(crate) evaluate: Likelihood<'a>,
}

impl<'a> Problem<'a> {
    /// From a likelihood over `N` positive parameters written on jets.
    pub(crate) fn positive<const N: usize>(
        names: &[&str; N],
        scale: [f64; N],
        starts: &[[f64; N]],
        customers: u64,
        likelihood: impl Fn(&[Jet<N>; N]) -> Jet<N> + 'a,
    ) -> Problem<'a> {
        Problem {
            names: names.iter().map(|n| (*n).to_owned()).collect(),
            scale: scale.to_vec(),
            starts: starts.iter().map(|s| s.to_vec()).collect(),
            customers,
            evaluate: Box::new(move |theta| {
                let mut fixed = [0.0; N];
                fixed.copy_from_slice(theta);
                evaluation(&likelihood(&Jet::parameters(fixed)))
            }),
        }
    }

    /// The log-likelihood with its derivatives in the natural parameters.
    ///
    /// ```
    /// use btyd::{Contracts, Model, Sbg};
    /// let cohort = Contracts::from_survivors(&[&[1000, 631, 468, 382, 326]]).unwrap();
    /// let model = Sbg::fit(&cohort).unwrap().model;
    /// let at = model.problem(&cohort).at(&model.parameters());
    /// // At the maximum the slope is gone and the curvature is downward.
    /// assert!(at.gradient.iter().all(|g| g.abs() < 1e-3) && at.hessian.at(0, 0) < 0.0);
    /// ```
    pub fn at(&self, theta: &[f64]) -> Evaluation {
        (self.evaluate)(theta)
    }

    /// The maximum, from the best start; from all of them if that one ends
    /// badly or at a boundary. Models do this for themselves in their `fit`.
    pub fn solve(&self) -> Result<Estimate, FitError> {
        let fixed = vec![false; self.names.len()];
        let mut starts: Vec<(f64, Vec<f64>)> = Vec::new();
        for start in &self.starts {
            let inner = self.inward(start);
            let value = self.inner_at(&inner).value;
            if value.is_finite() {
                starts.push((value, inner));
            }
        }
        // Stable: equal starts keep their order, so the path is the same on every machine.
        starts.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut best: Option<Optimum> = None;
        let mut evaluations = self.starts.len();
        for (_, start) in &starts {
            let end = maximise(|p| self.inner_at(p), start, &fixed, (-BOX, BOX));
            evaluations += end.evaluations;
            let better = best.as_ref().is_none_or(|b| end.at.value > b.at.value + 1e-9);
            if better && end.status != Status::Lost {
                best = Some(end);
            }
            let clean = |o: &Optimum| o.status == Status::Converged && self.boundaries(&o.point).is_empty();
            if best.as_ref().is_some_and(clean) {
                break;
            }
        }
        let best = best.ok_or(FitError::NoFiniteStart)?;
        if best.status == Status::Exhausted && self.boundaries(&best.point).is_empty() {
            return Err(FitError::NotConverged { evaluations });
        }
        Ok(self.estimate(&best, evaluations))
    }

    fn estimate(&self, optimum: &Optimum, evaluations: usize) -> Estimate {
        let boundary = self.boundaries(&optimum.point);
        let values = self.outward(&optimum.point);
        let covariance = if boundary.is_empty() { self.covariance(&optimum.at, &values) } else { None };
        Estimate {
            names: self.names.clone(),
            values,
            log_likelihood: optimum.at.value,
            customers: self.customers,
            evaluations,
            boundary,
            covariance,
        }
    }

    /// The inverse observed information, carried from logs by the outer
    /// product `θ_i θ_j C_ij`.
    fn covariance(&self, at: &Evaluation, values: &[f64]) -> Option<Matrix> {
        let n = self.names.len();
        let mut information = Matrix::zero(n);
        for i in 0..n {
            for j in 0..n {
                information.set(i, j, -at.hessian.at(i, j));
            }
        }
        let mut inverse = information.inverse_positive()?;
        for i in 0..n {
            for j in 0..n {
                let stretch = self.stretch(i, values) * self.stretch(j, values);
                inverse.set(i, j, inverse.at(i, j) * stretch);
            }
        }
        Some(inverse)
    }

    /// The profile-likelihood interval of one parameter.
    ///
    /// The ends are where twice the drop of the maximised likelihood reaches
    /// the chi-square quantile; an end that never does is open, which is the
    /// honest answer for a parameter the data cannot bound.
    pub(crate) fn profile(&self, fit: &Estimate, parameter: usize, level: f64) -> ProfileInterval {
        let z = normal_quantile(0.5 + 0.5 * level);
        let target = fit.log_likelihood - 0.5 * z * z;
        let centre = self.inward(&fit.values);
        let reach = fit
            .standard_errors()
            .map_or(0.5, |se| z * se[parameter] / self.stretch(parameter, &fit.values))
            .clamp(1e-6, 3.0);
        ProfileInterval {
            low: self.profile_end(&centre, parameter, -reach, target),
            high: self.profile_end(&centre, parameter, reach, target),
        }
    }

    /// Walks outward until the profile falls below the target, then halves by
    /// regula falsi.
    fn profile_end(&self, centre: &[f64], parameter: usize, reach: f64, target: f64) -> Option<f64> {
        let mut fixed = vec![false; centre.len()];
        fixed[parameter] = true;
        let mut from = centre.to_vec();
        let mut drop = |offset: f64| {
            let mut start = from.clone();
            start[parameter] = centre[parameter] + offset;
            let end = maximise(|p| self.inner_at(p), &start, &fixed, (-2.0 * BOX, 2.0 * BOX));
            from = end.point;
            end.at.value - target
        };
        let (mut near, mut far) = (0.0, reach);
        let (mut near_drop, mut far_drop) = (1.0, drop(far));
        while far_drop > 0.0 {
            if (centre[parameter] + far).abs() > BOX {
                return None;
            }
            (near, near_drop) = (far, far_drop);
            far *= 1.6;
            far_drop = drop(far);
        }
        for step in 0..60 {
            // Every third step bisects, so a lopsided profile cannot stall the secant.
            let share = if step % 3 == 2 { 0.5 } else { near_drop / (near_drop - far_drop) };
            let middle = near + (far - near) * share.clamp(0.02, 0.98);
            let at = drop(middle);
            if at > 0.0 {
                (near, near_drop) = (middle, at);
            } else {
                (far, far_drop) = (middle, at);
            }
            if at.abs() < 1e-7 || (far - near).abs() < 1e-10 {
                break;
            }
        }
        let mut end = centre.to_vec();
        end[parameter] += 0.5 * (near + far);
        Some(self.outward(&end)[parameter])
    }

    /// Natural parameters to search coordinates.
    fn inward(&self, theta: &[f64]) -> Vec<f64> {
        theta.iter().zip(&self.scale).map(|(t, s)| if *s > 0.0 { (t / s).ln() } else { *t }).collect()
    }

    /// Search coordinates to natural parameters.
    fn outward(&self, inner: &[f64]) -> Vec<f64> {
        inner.iter().zip(&self.scale).map(|(p, s)| if *s > 0.0 { p.exp() * s } else { *p }).collect()
    }

    /// How much a natural parameter moves per search coordinate.
    fn stretch(&self, i: usize, values: &[f64]) -> f64 {
        if self.scale[i] > 0.0 { values[i] } else { 1.0 }
    }

    /// The likelihood with derivatives in search coordinates.
    fn inner_at(&self, inner: &[f64]) -> Evaluation {
        let theta = self.outward(inner);
        let mut at = self.at(&theta);
        for i in 0..theta.len() {
            at.gradient[i] *= self.stretch(i, &theta);
            for j in 0..theta.len() {
                let stretch = self.stretch(i, &theta) * self.stretch(j, &theta);
                at.hessian.set(i, j, at.hessian.at(i, j) * stretch);
            }
            if self.scale[i] > 0.0 {
                at.hessian.set(i, i, at.hessian.at(i, i) + at.gradient[i]);
            }
        }
        at
    }

    /// The positive parameters that ended at the edge of the box.
    fn boundaries(&self, inner: &[f64]) -> Vec<Boundary> {
        let at_edge = |i: &usize| self.scale[*i] > 0.0 && inner[*i].abs() > BOX - EDGE;
        (0..inner.len())
            .filter(at_edge)
            .map(|i| Boundary {
                parameter: self.names[i].clone(),
                toward: if inner[i] < 0.0 { Toward::Zero } else { Toward::Infinity },
            })
            .collect()
    }
}

/// A jet as an evaluation.
pub(crate) fn evaluation<const N: usize>(jet: &Jet<N>) -> Evaluation {
    Evaluation {
        value: jet.value(),
        gradient: jet.gradient().to_vec(),
        hessian: Matrix::from_rows(jet.hessian()),
    }
}
