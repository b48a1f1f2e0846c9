//! Finding the maximum of a smooth likelihood in a handful of parameters.

mod matrix;
mod newton;

pub use matrix::Matrix;
pub use newton::{Evaluation, Optimum, Status, maximise};
