//! Numbers that know their own derivatives: one formula, written once, yields value, gradient and Hessian.

mod jet;
mod scalar;

pub use jet::Jet;
pub use scalar::Scalar;
