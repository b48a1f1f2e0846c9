//! Second-order forward duals: a value with its gradient and Hessian in `N`
//! parameters.
//!
//! Forward differentiation of second order costs about as many operations per
//! product as there are pairs of parameters. With two to four parameters that
//! is cheaper than any bookkeeping of a reverse pass, needs no memory beyond
//! the stack, and gives the Hessian, from which the standard errors come.
//!
//! The Hessian is stored whole rather than as a triangle: the compiler turns
//! the square loops into wide instructions, and indexing stays readable.

use std::ops::{Add, Div, Mul, Neg, Sub};

use super::Scalar;

/// A value with exact first and second derivatives in `N` parameters.
///
/// Arithmetic follows the product and chain rules, so a likelihood written
/// over [`Scalar`] and evaluated on jets returns gradient and Hessian to
/// rounding error, in one pass.
///
/// ```
/// use btyd::number::{Jet, Scalar};
/// let [x, y] = Jet::parameters([3.0, 2.0]);
/// let f = x * x * y.ln();
/// assert_eq!(f.gradient()[1], 9.0 / 2.0);
/// assert!((f.hessian()[0][1] - 6.0 / 2.0).abs() < 1e-15);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Jet<const N: usize> {
    value: f64,
    gradient: [f64; N],
    hessian: [[f64; N]; N],
}

impl<const N: usize> Jet<N> {
    /// The zero, a neutral start for sums.
    pub const ZERO: Jet<N> = Jet { value: 0.0, gradient: [0.0; N], hessian: [[0.0; N]; N] };

    /// A jet from its three parts; the Hessian must be symmetric.
    pub fn new(value: f64, gradient: [f64; N], hessian: [[f64; N]; N]) -> Jet<N> {
        Jet { value, gradient, hessian }
    }

    /// The parameters themselves: each has derivative one in its own
    /// direction.
    ///
    /// ```
    /// use btyd::number::{Jet, Scalar};
    /// let [x, y] = Jet::parameters([2.0, 5.0]);
    /// assert_eq!((x * y).gradient(), &[5.0, 2.0]);
    /// assert_eq!((x * y).hessian(), &[[0.0, 1.0], [1.0, 0.0]]);
    /// ```
    pub fn parameters(values: [f64; N]) -> [Jet<N>; N] {
        let mut jets = [Jet::ZERO; N];
        for (i, jet) in jets.iter_mut().enumerate() {
            jet.value = values[i];
            jet.gradient[i] = 1.0;
        }
        jets
    }

    /// First derivatives.
    pub fn gradient(&self) -> &[f64; N] {
        &self.gradient
    }

    /// Second derivatives.
    pub fn hessian(&self) -> &[[f64; N]; N] {
        &self.hessian
    }

    /// Adds `weight` times another jet in place; the inner step of every
    /// likelihood sum.
    ///
    /// A base has fewer distinct histories than customers, so the weight is
    /// the number of customers who share one.
    pub fn add_scaled(&mut self, other: &Jet<N>, weight: f64) {
        self.value += weight * other.value;
        for i in 0..N {
            self.gradient[i] += weight * other.gradient[i];
            for j in 0..N {
                self.hessian[i][j] += weight * other.hessian[i][j];
            }
        }
    }

    /// The same function seen from the logarithms of its positive parameters.
    ///
    /// With `θ = exp(φ)`: `∂f/∂φ_i = θ_i f_i` and
    /// `∂²f/∂φ_i∂φ_j = θ_i θ_j f_ij + [i = j] θ_i f_i`.
    #[must_use]
    pub fn in_logs(&self, theta: &[f64; N]) -> Jet<N> {
        let mut out = Jet { value: self.value, ..Jet::ZERO };
        for i in 0..N {
            out.gradient[i] = theta[i] * self.gradient[i];
            for j in 0..N {
                out.hessian[i][j] = theta[i] * theta[j] * self.hessian[i][j];
            }
            out.hessian[i][i] += out.gradient[i];
        }
        out
    }

    fn map(self, f: impl Fn(f64) -> f64) -> Jet<N> {
        Jet {
            value: f(self.value),
            gradient: self.gradient.map(&f),
            hessian: self.hessian.map(|row| row.map(&f)),
        }
    }

    fn zip(self, other: Jet<N>, f: impl Fn(f64, f64) -> f64) -> Jet<N> {
        let mut out = Jet { value: f(self.value, other.value), ..Jet::ZERO };
        for i in 0..N {
            out.gradient[i] = f(self.gradient[i], other.gradient[i]);
            for j in 0..N {
                out.hessian[i][j] = f(self.hessian[i][j], other.hessian[i][j]);
            }
        }
        out
    }
}

impl<const N: usize> Scalar for Jet<N> {
    fn constant(value: f64) -> Jet<N> {
        Jet { value, ..Jet::ZERO }
    }

    fn value(self) -> f64 {
        self.value
    }

    fn lift<const K: usize>(
        value: f64,
        gradient: [f64; K],
        hessian: [[f64; K]; K],
        of: [Jet<N>; K],
    ) -> Jet<N> {
        let mut out = Jet { value, ..Jet::ZERO };
        for k in 0..K {
            for i in 0..N {
                out.gradient[i] += gradient[k] * of[k].gradient[i];
                for j in 0..N {
                    out.hessian[i][j] += gradient[k] * of[k].hessian[i][j];
                }
            }
            for l in 0..K {
                for i in 0..N {
                    let outer = hessian[k][l] * of[k].gradient[i];
                    for j in 0..N {
                        out.hessian[i][j] += outer * of[l].gradient[j];
                    }
                }
            }
        }
        out
    }
}

impl<const N: usize> Add for Jet<N> {
    type Output = Jet<N>;
    fn add(self, other: Jet<N>) -> Jet<N> {
        self.zip(other, |a, b| a + b)
    }
}

impl<const N: usize> Sub for Jet<N> {
    type Output = Jet<N>;
    fn sub(self, other: Jet<N>) -> Jet<N> {
        self.zip(other, |a, b| a - b)
    }
}

impl<const N: usize> Mul for Jet<N> {
    type Output = Jet<N>;
    fn mul(self, other: Jet<N>) -> Jet<N> {
        let mut out = Jet { value: self.value * other.value, ..Jet::ZERO };
        for i in 0..N {
            out.gradient[i] = self.value * other.gradient[i] + other.value * self.gradient[i];
            for j in 0..N {
                out.hessian[i][j] = self.value * other.hessian[i][j]
                    + other.value * self.hessian[i][j]
                    + self.gradient[i] * other.gradient[j]
                    + self.gradient[j] * other.gradient[i];
            }
        }
        out
    }
}

impl<const N: usize> Div for Jet<N> {
    type Output = Jet<N>;
    #[expect(clippy::suspicious_arithmetic_impl, reason = "a quotient is the product with the reciprocal")]
    fn div(self, other: Jet<N>) -> Jet<N> {
        self * other.recip()
    }
}

impl<const N: usize> Neg for Jet<N> {
    type Output = Jet<N>;
    fn neg(self) -> Jet<N> {
        self.map(|a| -a)
    }
}

impl<const N: usize> Add<f64> for Jet<N> {
    type Output = Jet<N>;
    fn add(self, constant: f64) -> Jet<N> {
        Jet { value: self.value + constant, ..self }
    }
}

impl<const N: usize> Sub<f64> for Jet<N> {
    type Output = Jet<N>;
    fn sub(self, constant: f64) -> Jet<N> {
        Jet { value: self.value - constant, ..self }
    }
}

impl<const N: usize> Mul<f64> for Jet<N> {
    type Output = Jet<N>;
    fn mul(self, constant: f64) -> Jet<N> {
        self.map(|a| a * constant)
    }
}

impl<const N: usize> Div<f64> for Jet<N> {
    type Output = Jet<N>;
    fn div(self, constant: f64) -> Jet<N> {
        self.map(|a| a / constant)
    }
}
