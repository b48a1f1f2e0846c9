//! The integral over an unseen moment of leaving, with its exact derivatives:
//! the core of the Pareto/NBD.
//!
//! The moment of leaving is not seen. The likelihood of a customer therefore
//! adds up all moments at which they may have left since the last purchase,
//! and that integral is the whole difficulty of the model. Textbooks solve it
//! by two hypergeometric functions, one at the last purchase and one at the
//! end of observation, and subtract. For x = 150 both overflow; for a
//! purchase yesterday they agree in all digits; and which of two formulas
//! applies depends on whether α or β is larger.
//!
//! As an integral it has none of these troubles. In the logarithm of the
//! smaller scale the integrand is the exponential of a gentle function, eight
//! nodes of a Gauss rule give thirteen digits for the usual customer, and the
//! same nodes give all fourteen derivatives.

use crate::customer::History;
use crate::number::Scalar;
use crate::special::{EIGHT, SIXTEEN, WIDE, exp_wide, ln_1p_wide, ln_wide};

/// `ln` of the odds of having left over being active, with gradient and
/// Hessian in `r, α, s, β`.
///
/// The odds are `s I (α+T)^(r+x) (β+T)^s` with
/// `I = ∫ (α+u)^-(r+x) (β+u)^-(s+1) du` over `u` from `t_x` to `T` (Fader &
/// Hardie 2005, A note on deriving the Pareto/NBD model, eq. 18). The
/// literature writes `I` as a difference of two hypergeometric functions,
/// which overflows for frequent buyers and cancels for recent ones.
///
/// Here it is computed as the integral it is. With `v = ln[(m+u)/(m+t_x)]`, m
/// the smaller of α and β, the integrand is smooth whatever the parameters:
/// its nearest singularity is π away. Gauss-Legendre panels of at most two
/// units, shortened where the exponent is steep, give full precision from
/// positive terms only. Derivatives of `ln I` are means and covariances of
/// `ln(α+u)`, `ln(β+u)`, `1/(α+u)`, `1/(β+u)` under the integrand, so they
/// come from the same nodes. `None` if there was no time to leave in
/// (`t_x = T`).
pub(crate) fn ln_odds<S: Scalar>(theta: &[S], who: &History) -> Option<S> {
    let values = [theta[0].value(), theta[1].value(), theta[2].value(), theta[3].value()];
    let odds = Odds::at(&values, who)?;
    Some(S::lift(odds.value, odds.gradient, odds.hessian, [theta[0], theta[1], theta[2], theta[3]]))
}

/// The log-odds and their derivatives in natural parameters.
pub(crate) struct Odds {
    pub(crate) value: f64,
    pub(crate) gradient: [f64; 4],
    pub(crate) hessian: [[f64; 4]; 4],
}

impl Odds {
    /// Value and derivatives at `[r, α, s, β]`.
    pub(crate) fn at(theta: &[f64; 4], who: &History) -> Option<Odds> {
        let [r, alpha, s, beta] = *theta;
        let path = Path::new(theta, who)?;
        let mut sums = Moments::default();
        path.integrate(|weight, v, far_log, far_grown| {
            sums.add(weight, v, far_log, (-v).exp(), 1.0 / far_grown)
        });
        let mean = sums.means(&path);
        let (n, s1) = (r + who.x, s + 1.0);
        let (up_a, up_b) = (1.0 / (alpha + who.age), 1.0 / (beta + who.age));
        let (ya, yb) = path.stretches(who);
        let [la, lb, ra, rb] = mean.first;
        let c = &mean.covariance;
        let gradient = [ya - la, n * (up_a - ra), 1.0 / s + yb - lb, s * up_b - s1 * rb];
        let mut h = [[0.0; 4]; 4];
        h[0] = [c[0][0], up_a - ra + n * c[0][2], c[0][1], s1 * c[0][3]];
        h[1][1] = -n * up_a * up_a + n * (c[2][2] + ra * ra) + n * n * c[2][2];
        h[1][2] = n * c[2][1];
        h[1][3] = n * s1 * c[2][3];
        h[2][2] = c[1][1] - 1.0 / (s * s);
        h[2][3] = up_b - rb + s1 * c[1][3];
        h[3][3] = -s * up_b * up_b + s1 * (c[3][3] + rb * rb) + s1 * s1 * c[3][3];
        for i in 1..4 {
            for j in 0..i {
                h[i][j] = h[j][i];
            }
        }
        Some(Odds { value: path.log_odds(theta, who, sums.mass), gradient, hessian: h })
    }

    /// The value alone, for scoring.
    pub(crate) fn value(theta: &[f64; 4], who: &History) -> Option<f64> {
        let path = Path::new(theta, who)?;
        Some(path.log_odds(theta, who, path.mass()))
    }
}

/// The probabilities of being active of customers side by side: one over one
/// plus the odds.
pub(crate) fn active_wide(theta: &[f64; 4], who: &[History; WIDE]) -> [f64; WIDE] {
    let [r, alpha, s, beta] = *theta;
    let rises = |scale: f64| ln_1p_wide(who.map(|who| (who.age - who.recency) / (scale + who.recency)));
    let (of_alpha, of_beta) = (rises(alpha), rises(beta));
    let tail = ln_wide(who.map(|who| {
        // Who had no time to leave in is set apart below.
        let mass = Path::new(theta, &who).map(|path| s * path.near / (beta + who.recency) * path.mass());
        mass.filter(|mass| mass.is_normal()).unwrap_or(1.0)
    }));
    let odds = std::array::from_fn(|i| (r + who[i].x) * of_alpha[i] + s * of_beta[i] + tail[i]);
    let odds = exp_wide(odds);
    std::array::from_fn(|i| if who[i].age > who[i].recency { 1.0 / (1.0 + odds[i]) } else { 1.0 })
}

/// The integrand along `v`, written relative to its value at `t_x`.
struct Path {
    /// `m + t_x`, the smaller scale at the start, and the larger.
    near: f64,
    far: f64,
    /// Exponents of the nearer and the farther power.
    near_power: f64,
    far_power: f64,
    /// Whether α is the smaller of the two.
    alpha_near: bool,
    /// Length of the integral in `v`, and its exponential.
    width: f64,
    stretch: f64,
}

impl Path {
    fn new(theta: &[f64; 4], who: &History) -> Option<Path> {
        let [r, alpha, s, beta] = *theta;
        if who.age <= who.recency {
            return None;
        }
        let alpha_near = alpha <= beta;
        let (a, b) = (alpha + who.recency, beta + who.recency);
        let (near, far) = if alpha_near { (a, b) } else { (b, a) };
        let (n, s1) = (r + who.x, s + 1.0);
        let (near_power, far_power) = if alpha_near { (n, s1) } else { (s1, n) };
        let rise = (who.age - who.recency) / near;
        Some(Path { near, far, near_power, far_power, alpha_near, width: rise.ln_1p(), stretch: 1.0 + rise })
    }

    /// Visits weight, `v`, `ln` of the growth of the farther scale, and that
    /// growth.
    fn integrate(&self, mut visit: impl FnMut(f64, f64, f64, f64)) {
        let share = self.near / self.far;
        let mut node = |v: f64, weight: f64| {
            // Rounding of the logarithm counts as often as the power; plain ones are twice as fast.
            let (grown, far_log) = if self.far_power < 1e3 {
                let grown = 1.0 + share * (v.exp() - 1.0);
                (grown, grown.ln())
            } else {
                let rise = share * v.exp_m1();
                (1.0 + rise, rise.ln_1p())
            };
            let log = v * (1.0 - self.near_power) - self.far_power * far_log;
            let mass = weight * log.exp();
            visit(mass, v, far_log, grown);
            mass
        };
        self.panels(|middle, half, short| {
            let nodes: &[(f64, f64)] = if short { &EIGHT } else { &SIXTEEN };
            let both =
                |(x, w): &(f64, f64)| node(middle - half * x, half * w) + node(middle + half * x, half * w);
            nodes.iter().map(both).sum()
        });
    }

    /// Splits the path into panels, each with its middle, half its length and
    /// whether eight nodes suffice for it; the sum over all that count.
    fn panels(&self, mut panel: impl FnMut(f64, f64, bool) -> f64) -> f64 {
        let share = self.near / self.far;
        let steepness = |e: f64| {
            let grown = share * e;
            let fall = self.far_power * grown / (1.0 - share + grown);
            (self.near_power - 1.0 + fall, (self.near_power - 1.0).abs() + fall)
        };
        let (mut from, mut total) = (0.0, 0.0);
        while from < self.width {
            let is_last = from + 2.0 >= self.width;
            let (_, steep) = steepness(if is_last { self.stretch } else { (from + 2.0).exp() });
            let to = (from + (8.0 / steep.max(1e-9)).min(2.0)).min(self.width);
            let half = 0.5 * (to - from);
            // Eight nodes err by less than 2e-13 here: y^16 2e-18 for the exponent, 6.4^-16 for the pole.
            let found = panel(0.5 * (from + to), half, steep * half < 2.0);
            total += found;
            if to >= self.width {
                break;
            }
            // Once falling, the integrand falls ever faster: what is left is below the last panel.
            let left = (self.width - to) / (to - from);
            if steepness(to.exp()).0 > 0.0 && found * left < total * 1e-18 {
                break;
            }
            from = to;
        }
        total
    }

    /// The integral alone, eight nodes at once.
    fn mass(&self) -> f64 {
        let mut total = 0.0;
        if self.far_power >= 1e3 {
            self.integrate(|weight, _, _, _| total += weight);
            return total;
        }
        self.panels(|middle, half, short| {
            if short {
                return self.eight(middle, half, &EIGHT);
            }
            let (inner, outer) = SIXTEEN.split_at(4);
            self.eight(middle, half, inner) + self.eight(middle, half, outer)
        })
    }

    /// Four nodes of a panel on either side of its middle.
    fn eight(&self, middle: f64, half: f64, nodes: &[(f64, f64)]) -> f64 {
        let share = self.near / self.far;
        let (mut v, mut weight) = ([0.0; WIDE], [0.0; WIDE]);
        for (k, (x, w)) in nodes.iter().enumerate().take(WIDE / 2) {
            (v[2 * k], v[2 * k + 1]) = (middle - half * x, middle + half * x);
            (weight[2 * k], weight[2 * k + 1]) = (half * w, half * w);
        }
        let far_log = ln_wide(exp_wide(v).map(|e| 1.0 + share * (e - 1.0)));
        let (near, far) = (1.0 - self.near_power, self.far_power);
        let mut log = [0.0; WIDE];
        for k in 0..WIDE {
            log[k] = v[k] * near - far * far_log[k];
        }
        exp_wide(log).iter().zip(weight).map(|(e, w)| e * w).sum()
    }

    /// `ln[(α+T)/(α+t_x)]` and `ln[(β+T)/(β+t_x)]`.
    fn stretches(&self, who: &History) -> (f64, f64) {
        // One of the two is the width itself.
        let far = ((who.age - who.recency) / self.far).ln_1p();
        if self.alpha_near { (self.width, far) } else { (far, self.width) }
    }

    /// `ln s + ln I + (r+x) ln(α+T) + s ln(β+T)` from the relative integral.
    fn log_odds(&self, theta: &[f64; 4], who: &History, mass: f64) -> f64 {
        let [r, _, s, beta] = *theta;
        let (ya, yb) = self.stretches(who);
        (r + who.x) * ya + s * yb + (s * self.near / (beta + who.recency) * mass).ln()
    }
}

/// Sums of the four functions and their products under the integrand.
#[derive(Default)]
struct Moments {
    mass: f64,
    first: [f64; 4],
    second: [[f64; 4]; 4],
}

/// Means and covariances of `ln(α+u)`, `ln(β+u)`, `1/(α+u)`, `1/(β+u)`, logs
/// relative to `t_x`.
struct Means {
    first: [f64; 4],
    covariance: [[f64; 4]; 4],
}

impl Moments {
    /// One node; functions ordered near log, far log, near reciprocal, far
    /// reciprocal, relative.
    fn add(&mut self, weight: f64, near_log: f64, far_log: f64, near_inverse: f64, far_inverse: f64) {
        let f = [near_log, far_log, near_inverse, far_inverse];
        self.mass += weight;
        for i in 0..4 {
            let wf = weight * f[i];
            self.first[i] += wf;
            for j in i..4 {
                self.second[i][j] += wf * f[j];
            }
        }
    }

    fn means(&self, path: &Path) -> Means {
        let stretch = [1.0, 1.0, 1.0 / path.near, 1.0 / path.far];
        // Near and far change places if β is the smaller.
        let order = if path.alpha_near { [0, 1, 2, 3] } else { [1, 0, 3, 2] };
        let mut out = Means { first: [0.0; 4], covariance: [[0.0; 4]; 4] };
        for i in 0..4 {
            let p = order[i];
            out.first[i] = self.first[p] / self.mass * stretch[p];
            for j in 0..4 {
                let (low, high) = (p.min(order[j]), p.max(order[j]));
                let mean = self.first[low] / self.mass * (self.first[high] / self.mass);
                out.covariance[i][j] =
                    (self.second[low][high] / self.mass - mean) * stretch[low] * stretch[high];
            }
        }
        out
    }
}
