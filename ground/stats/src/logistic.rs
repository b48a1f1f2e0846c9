//! Logistic regression with a prior: what a few labels say of weights that were reasoned before, and how far to believe it.
//!
//! Knows numbers only: rows, offsets, labels. The card is docs/methods/learned-policy.md.

mod accuracy;
mod fit;
mod folds;
mod solve;

pub use self::{
    accuracy::{Accuracy, Calibration, Group, accuracy},
    fit::{Fit, Prior, Sample, fit},
    folds::{cross_validated, folds},
};

/// Why there is no fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Rows, offsets and labels are not equally many, or rows not equally wide.
    Shape,
    /// A number is not finite.
    NotFinite,
    /// All labels are the same: nothing tells one class from the other.
    OneClass,
    /// No finite slopes are the best: the labels are told apart without error, and no prior holds the slopes back.
    NoEnd,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Refusal::Shape => "rows, offsets and labels do not fit together",
            Refusal::NotFinite => "a number is not finite",
            Refusal::OneClass => "all labels are the same",
            Refusal::NoEnd => "the labels are told apart without error, so no finite slopes are the best",
        })
    }
}

impl std::error::Error for Refusal {}

/// `1 / (1 + e^(−x))`.
pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

/// `ln(1 + e^x)`, also where the power itself is beyond every number.
fn softplus(x: f64) -> f64 {
    x.max(0.0) + libm::log1p(libm::exp(-x.abs()))
}
