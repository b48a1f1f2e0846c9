//! Finding the maximum of a smooth likelihood in a handful of parameters.
//!
//! The likelihoods of this crate have two to about ten parameters, exact
//! Hessians and long curved ridges along which a scale trades against a
//! shape. For that the right tool is Newton's method with a trust region;
//! [`maximise`] is one, in a hundred lines, without a dependency.

mod matrix;
mod newton;

pub use matrix::Matrix;
pub use newton::{Evaluation, Optimum, Status, maximise};
