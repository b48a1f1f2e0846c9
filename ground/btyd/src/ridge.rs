//! Fits that lean: a ridge on the parameters, or one parameter held still.
//!
//! Neither is maximum likelihood. A ridge draws small bases toward small
//! parameters, as the older programs do when a search would not settle; a
//! held parameter answers "what would the others be, if". The covariance of
//! a leaning fit is that of its own objective and says less than it seems to.

use crate::optimise::Evaluation;
use crate::problem::Problem;

impl<'a> Problem<'a> {
    /// The problem with `Σ ridge_i θ_i²` taken off the log-likelihood.
    ///
    /// The estimate's `log_likelihood` is then the value with the ridge taken
    /// off.
    ///
    /// ```
    /// use btyd::{Contracts, Model, Sbg};
    /// let cohort = Contracts::from_survivors(&[&[1000, 631, 468, 382, 326]]).unwrap();
    /// let model = Sbg::fit(&cohort).unwrap().model;
    /// let leaning = model.problem(&cohort).with_ridge(&[1e3, 1e3]).solve().unwrap();
    /// assert!(leaning.values.iter().zip(model.parameters()).all(|(small, free)| *small < free));
    /// ```
    #[must_use]
    pub fn with_ridge(self, ridge: &[f64]) -> Problem<'a> {
        let ridge = ridge.to_vec();
        let free = self.evaluate;
        let evaluate = move |theta: &[f64]| {
            let mut at = free(theta);
            for (i, (t, c)) in theta.iter().zip(&ridge).enumerate() {
                at.value -= c * t * t;
                at.gradient[i] -= 2.0 * c * t;
                at.hessian.set(i, i, at.hessian.at(i, i) - 2.0 * c);
            }
            at
        };
        Problem { evaluate: Box::new(evaluate), ..self }
    }

    /// The problem with one parameter held at a value; the estimate has no
    /// covariance.
    ///
    /// ```
    /// use btyd::{Contracts, Model, Sbg};
    /// let cohort = Contracts::from_survivors(&[&[1000, 631, 468, 382, 326]]).unwrap();
    /// let model = Sbg::fit(&cohort).unwrap().model;
    /// let held = model.problem(&cohort).holding(1, 2.0).solve().unwrap();
    /// assert_eq!(held.values[1], 2.0);
    /// assert!(held.log_likelihood < model.log_likelihood(&cohort) && held.covariance.is_none());
    /// ```
    #[must_use]
    pub fn holding(self, parameter: usize, value: f64) -> Problem<'a> {
        let free = self.evaluate;
        let evaluate = move |theta: &[f64]| {
            let mut there = theta.to_vec();
            there[parameter] = value;
            still(free(&there), parameter)
        };
        let mut starts = self.starts;
        for start in &mut starts {
            start[parameter] = value;
        }
        let mut scale = self.scale;
        scale[parameter] = value;
        Problem { evaluate: Box::new(evaluate), starts, scale, ..self }
    }

    /// The same problem, its search started from here first.
    #[must_use]
    pub fn starting_at(mut self, theta: &[f64]) -> Problem<'a> {
        self.starts.insert(0, theta.to_vec());
        self
    }
}

/// No slope and no curvature in one direction: the search leaves it alone.
fn still(mut at: Evaluation, parameter: usize) -> Evaluation {
    at.gradient[parameter] = 0.0;
    for i in 0..at.gradient.len() {
        at.hessian.set(i, parameter, 0.0);
        at.hessian.set(parameter, i, 0.0);
    }
    at
}
