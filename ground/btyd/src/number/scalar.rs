//! What a formula may do with a number, so that the same lines run on plain
//! floats and on jets.
//!
//! The trait asks for arithmetic, for constants, and for one way to bring in
//! a function whose derivatives are known. Everything else follows: the
//! provided methods state value, first and second derivative of each
//! elementary function once, and the implementations for floats skip what
//! they do not need.

use std::ops::{Add, Div, Mul, Neg, Sub};

use crate::special;

/// A real number, or a real number together with its derivatives.
///
/// Kernels of the models are generic over this trait. On `f64` they cost what
/// a hand-written formula costs; on [`Jet`](crate::number::Jet) the same
/// lines carry the exact gradient and Hessian, so no derivative in this crate
/// is a finite difference.
///
/// The one method that matters is [`lift`](Scalar::lift): a function whose
/// partial derivatives are known (a log-gamma, an integral, a continued
/// fraction) enters the chain rule through it.
pub trait Scalar:
    Copy
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + Add<f64, Output = Self>
    + Sub<f64, Output = Self>
    + Mul<f64, Output = Self>
    + Div<f64, Output = Self>
{
    /// A number that depends on no parameter.
    fn constant(value: f64) -> Self;

    /// The number itself, without derivatives.
    fn value(self) -> f64;

    /// A function of `of` whose value, gradient and Hessian are known, joined
    /// to the chain rule.
    ///
    /// If `f` has gradient `f_k` and Hessian `f_kl` in its `K` arguments, the
    /// result has gradient `Σ f_k ∂x_k` and Hessian
    /// `Σ f_k ∂²x_k + Σ f_kl ∂x_k ∂x_l`.
    ///
    /// ```
    /// use btyd::number::{Jet, Scalar};
    /// // x²y, handed over as a function with known derivatives at (3, 2).
    /// let [x, y] = Jet::parameters([3.0, 2.0]);
    /// let f = Jet::lift(18.0, [12.0, 9.0], [[4.0, 6.0], [6.0, 0.0]], [x, y]);
    /// assert_eq!(f, x * x * y);
    /// ```
    fn lift<const K: usize>(value: f64, gradient: [f64; K], hessian: [[f64; K]; K], of: [Self; K]) -> Self;

    /// A function of one variable from its value and first two derivatives.
    fn chain(self, value: f64, first: f64, second: f64) -> Self {
        Self::lift(value, [first], [[second]], [self])
    }

    /// Natural logarithm.
    fn ln(self) -> Self {
        let (v, inverse) = (self.value(), 1.0 / self.value());
        self.chain(v.ln(), inverse, -inverse * inverse)
    }

    /// `ln(1 + x)`, exact for small `x`.
    fn ln_1p(self) -> Self {
        let inverse = 1.0 / (1.0 + self.value());
        self.chain(self.value().ln_1p(), inverse, -inverse * inverse)
    }

    /// Exponential.
    fn exp(self) -> Self {
        let e = self.value().exp();
        self.chain(e, e, e)
    }

    /// `exp(x) - 1`, exact for small `x`.
    fn exp_m1(self) -> Self {
        let e = self.value().exp();
        self.chain(self.value().exp_m1(), e, e)
    }

    /// One over the number.
    fn recip(self) -> Self {
        let inverse = 1.0 / self.value();
        self.chain(inverse, -inverse * inverse, 2.0 * inverse * inverse * inverse)
    }

    /// The logistic function `1 / (1 + exp(-x))`, which neither overflows nor
    /// loses its small side.
    fn logistic(self) -> Self {
        let p = special::logistic(self.value());
        let q = special::logistic(-self.value());
        self.chain(p, p * q, p * q * (q - p))
    }

    /// `ln(1 + exp(x))` for any `x`.
    ///
    /// A mixture of two histories, still here or gone, has the likelihood
    /// `ln(1 + odds)`; with odds in logarithms this is its stable form.
    fn softplus(self) -> Self {
        let p = special::logistic(self.value());
        let q = special::logistic(-self.value());
        self.chain(special::softplus(self.value()), p, p * q)
    }

    /// `ln Γ(x + n) - ln Γ(x)`, the logarithm of the rising factorial,
    /// without cancellation for large `x`; `n` is a constant.
    ///
    /// Likelihoods are full of such ratios: `Γ(r+x)/Γ(r)` for the purchases,
    /// `B(a, b+x)/B(a, b)` for the coins survived. Subtracting two log-gammas
    /// instead loses the digits of `n` behind those of `x`.
    fn ln_rising(self, n: f64) -> Self {
        let [value, first, second] = special::ln_rising(self.value(), n);
        self.chain(value, first, second)
    }

    /// `ln Γ(x)`.
    fn ln_gamma(self) -> Self {
        let x = self.value();
        self.chain(special::ln_gamma(x), special::digamma(x), special::trigamma(x))
    }
}

impl Scalar for f64 {
    fn constant(value: f64) -> f64 {
        value
    }

    fn value(self) -> f64 {
        self
    }

    fn lift<const K: usize>(value: f64, _: [f64; K], _: [[f64; K]; K], _: [f64; K]) -> f64 {
        value
    }

    // Plain floats skip the derivatives that the provided methods would prepare.
    fn ln(self) -> f64 {
        self.ln()
    }

    fn exp_m1(self) -> f64 {
        self.exp_m1()
    }

    fn logistic(self) -> f64 {
        special::logistic(self)
    }

    fn softplus(self) -> f64 {
        special::softplus(self)
    }

    fn ln_gamma(self) -> f64 {
        special::ln_gamma(self)
    }
}
