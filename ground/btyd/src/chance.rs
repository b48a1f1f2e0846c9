//! Randomness, always passed in: the distributions from which customers are
//! simulated.
//!
//! Simulation serves three ends here: to test the models against their own
//! assumptions, to bootstrap, and to let a user see what a model believes. In
//! all three the same seed must give the same customers, so chance is an
//! argument.
//!
//! Gamma numbers are drawn as logarithms. Shapes of 0.2, common for purchase
//! rates, produce numbers below 1e-300 now and then, and a rate that
//! underflows to zero would be a customer who waits for ever rather than very
//! long.

/// A source of uniform numbers. The crate never draws on its own; the caller
/// brings the chance, so a simulation can be repeated.
///
/// Any closure returning numbers between zero and one will do.
///
/// ```
/// use btyd::chance::{Chance, Seeded};
/// let mut chance = Seeded::new(7);
/// let mean = (0..10_000).map(|_| chance.gamma(2.0) / 3.0).sum::<f64>() / 10_000.0;
/// assert!((mean - 2.0 / 3.0).abs() < 0.02);
/// ```
pub trait Chance {
    /// The next number, between zero and one.
    fn next(&mut self) -> f64;

    /// A uniform number strictly between zero and one.
    fn uniform(&mut self) -> f64 {
        self.next().clamp(1e-16, 1.0 - 1e-16)
    }

    /// An exponential waiting time of rate one.
    fn exponential(&mut self) -> f64 {
        -self.uniform().ln()
    }

    /// A standard normal number (Box and Muller 1958, one of the pair).
    fn normal(&mut self) -> f64 {
        let radius = (2.0 * self.exponential()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }

    /// A gamma number of the given shape and rate one (Marsaglia and Tsang
    /// 2000).
    fn gamma(&mut self, shape: f64) -> f64 {
        self.ln_gamma(shape).exp()
    }

    /// The logarithm of a gamma number: for tiny shapes the number itself
    /// underflows.
    fn ln_gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            let boost = self.uniform().ln() / shape;
            return self.ln_gamma(shape + 1.0) + boost;
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let z = self.normal();
            let v = (1.0 + c * z).powi(3);
            if v > 0.0 && self.uniform().ln() < 0.5 * z * z + d * (1.0 - v + v.ln()) {
                return d.ln() + v.ln();
            }
        }
    }

    /// A beta number, from two gammas compared in logarithms.
    fn beta(&mut self, a: f64, b: f64) -> f64 {
        let difference = self.ln_gamma(b) - self.ln_gamma(a);
        crate::special::logistic(-difference)
    }
}

impl<F: FnMut() -> f64> Chance for F {
    fn next(&mut self) -> f64 {
        self()
    }
}

/// A small reproducible generator (SplitMix64, Steele, Lea & Flood 2014) for
/// simulations that need no other source.
///
/// It is not for secrets.
///
/// ```
/// use btyd::chance::{Chance, Seeded};
/// let (mut one, mut other) = (Seeded::new(7), Seeded::new(7));
/// assert_eq!(one.uniform(), other.uniform());
/// ```
#[derive(Clone, Debug)]
pub struct Seeded(u64);

impl Seeded {
    /// Starts at a seed.
    pub fn new(seed: u64) -> Seeded {
        Seeded(seed)
    }
}

impl Chance for Seeded {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^= z >> 31;
        (z >> 11) as f64 / (1u64 << 53) as f64
    }
}
