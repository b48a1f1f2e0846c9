//! First-order forward duals: a value with its gradient in `N` parameters.
//!
//! A fit needs the Hessian and pays for it; the interval of a forecast needs
//! the gradient alone. Scoring a base with intervals asks for millions of
//! gradients, and on a [`Slope`] each costs a third of what it costs on a
//! [`Jet`](super::Jet).

use std::ops::{Add, Div, Mul, Neg, Sub};

use super::Scalar;

/// A value with exact first derivatives in `N` parameters.
///
/// ```
/// use btyd::number::{Jet, Scalar, Slope};
/// fn formula<S: Scalar>([x, y]: [S; 2]) -> S {
///     (x * y).ln() / (x + y)
/// }
/// let (slope, jet) = (formula(Slope::parameters([3.0, 2.0])), formula(Jet::parameters([3.0, 2.0])));
/// assert_eq!((slope.value(), slope.gradient()), (jet.value(), jet.gradient()));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slope<const N: usize> {
    value: f64,
    gradient: [f64; N],
}

impl<const N: usize> Slope<N> {
    /// The parameters themselves, each with derivative one in its own
    /// direction.
    pub fn parameters(values: [f64; N]) -> [Slope<N>; N] {
        std::array::from_fn(|i| {
            let mut one = Slope::constant(values[i]);
            one.gradient[i] = 1.0;
            one
        })
    }

    /// First derivatives.
    pub fn gradient(&self) -> &[f64; N] {
        &self.gradient
    }

    fn zip(self, other: Slope<N>, value: f64, f: impl Fn(f64, f64) -> f64) -> Slope<N> {
        let gradient = std::array::from_fn(|i| f(self.gradient[i], other.gradient[i]));
        Slope { value, gradient }
    }

    fn map(self, f: impl Fn(f64) -> f64) -> Slope<N> {
        Slope { value: f(self.value), gradient: self.gradient.map(&f) }
    }
}

impl<const N: usize> Scalar for Slope<N> {
    fn constant(value: f64) -> Slope<N> {
        Slope { value, gradient: [0.0; N] }
    }

    fn value(self) -> f64 {
        self.value
    }

    fn lift<const K: usize>(value: f64, gradient: [f64; K], _: [[f64; K]; K], of: [Slope<N>; K]) -> Slope<N> {
        let mut out = Slope::constant(value);
        for k in 0..K {
            for i in 0..N {
                out.gradient[i] += gradient[k] * of[k].gradient[i];
            }
        }
        out
    }
}

impl<const N: usize> Add for Slope<N> {
    type Output = Slope<N>;
    fn add(self, other: Slope<N>) -> Slope<N> {
        self.zip(other, self.value + other.value, |a, b| a + b)
    }
}

impl<const N: usize> Sub for Slope<N> {
    type Output = Slope<N>;
    fn sub(self, other: Slope<N>) -> Slope<N> {
        self.zip(other, self.value - other.value, |a, b| a - b)
    }
}

impl<const N: usize> Mul for Slope<N> {
    type Output = Slope<N>;
    fn mul(self, other: Slope<N>) -> Slope<N> {
        let (x, y) = (self.value, other.value);
        Slope::lift(x * y, [y, x], [[0.0; 2]; 2], [self, other])
    }
}

impl<const N: usize> Div for Slope<N> {
    type Output = Slope<N>;
    #[expect(clippy::suspicious_arithmetic_impl, reason = "a quotient is the product with the reciprocal")]
    fn div(self, other: Slope<N>) -> Slope<N> {
        self * other.recip()
    }
}

impl<const N: usize> Neg for Slope<N> {
    type Output = Slope<N>;
    fn neg(self) -> Slope<N> {
        self.map(|a| -a)
    }
}

impl<const N: usize> Add<f64> for Slope<N> {
    type Output = Slope<N>;
    fn add(self, constant: f64) -> Slope<N> {
        Slope { value: self.value + constant, ..self }
    }
}

impl<const N: usize> Sub<f64> for Slope<N> {
    type Output = Slope<N>;
    fn sub(self, constant: f64) -> Slope<N> {
        Slope { value: self.value - constant, ..self }
    }
}

impl<const N: usize> Mul<f64> for Slope<N> {
    type Output = Slope<N>;
    fn mul(self, constant: f64) -> Slope<N> {
        self.map(|a| a * constant)
    }
}

impl<const N: usize> Div<f64> for Slope<N> {
    type Output = Slope<N>;
    fn div(self, constant: f64) -> Slope<N> {
        self.map(|a| a / constant)
    }
}
