//! Numbers that know their own derivatives: one formula, written once, yields
//! value, gradient and Hessian.
//!
//! Every formula of the models is written over the trait [`Scalar`]. Put in
//! plain floats and it is an ordinary formula; put in [`Jet`]s and the same
//! lines return the exact gradient and Hessian in the parameters. A
//! likelihood and its derivatives can therefore not disagree, which is the
//! usual cause of a search that does not converge and of standard errors that
//! are not numbers.
//!
//! Functions that are not elementary (log-gamma, an integral by quadrature)
//! enter the chain rule by [`Scalar::lift`], with derivatives of their own.

mod jet;
mod scalar;
mod slope;

pub use jet::Jet;
pub use scalar::Scalar;
pub use slope::Slope;
