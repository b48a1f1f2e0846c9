//! Trust-region Newton for the maximum of a log-likelihood, inside a box.
//!
//! Three properties matter more than speed here.
//!
//! *It knows where it stands.* A search that stops because the likelihood hardly
//! changes stops in the middle of a flat ridge. This one stops when the
//! quadratic model predicts a gain below 1e-10, which on a ridge it does not
//! until the end.
//!
//! *It is not thrown by saddles.* Far from the maximum the Hessian is indefinite;
//! the trust region solution exists all the same.
//!
//! *It ends.* Where the maximum lies at infinity, in a parameter that wants to
//! vanish or to grow for ever, the box stops it, and the caller reports a
//! boundary instead of an error.

use super::Matrix;

/// A log-likelihood with its exact derivatives at one point.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// The log-likelihood.
    pub value: f64,
    /// Its gradient.
    pub gradient: Vec<f64>,
    /// Its Hessian.
    pub hessian: Matrix,
}

impl Evaluation {
    /// True if value and derivatives are all finite numbers.
    pub fn is_finite(&self) -> bool {
        self.value.is_finite() && self.gradient.iter().all(|g| g.is_finite()) && self.hessian.is_finite()
    }
}

/// How a search ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The predicted gain of another step is below the tolerance.
    Converged,
    /// The budget of evaluations ran out first.
    Exhausted,
    /// The start itself was not finite.
    Lost,
}

/// The end of a search.
#[derive(Clone, Debug)]
pub struct Optimum {
    /// Where it ended.
    pub point: Vec<f64>,
    /// The likelihood there.
    pub at: Evaluation,
    /// How it ended.
    pub status: Status,
    /// Evaluations spent, one Hessian each.
    pub evaluations: usize,
}

/// Stop when another Newton step would gain less log-likelihood than this.
const TOLERANCE: f64 = 1e-10;
/// Evaluations before giving up.
const BUDGET: usize = 120;
/// The longest step in log-parameters: a factor of about fifty.
const LONGEST: f64 = 4.0;

/// Maximises `objective` from `start` within `[low, high]` in every
/// coordinate; coordinates with `fixed` set stay where they are.
///
/// Each step solves the trust-region problem exactly in the eigenbasis of the
/// negative Hessian, which handles saddles and flat valleys without a line
/// search: these likelihoods have long curved ridges where heterogeneity
/// trades against rate. A coordinate at the edge of the box whose gradient
/// points outward is held there for the step. The search stops on the Newton
/// decrement, not on a small change of the likelihood, so a flat ridge is
/// walked to its end.
///
/// ```
/// use btyd::optimise::{Evaluation, Matrix, Status, maximise};
/// // -(x-1)² - (y-2)⁴ has its maximum at (1, 2).
/// let hill = |p: &[f64]| Evaluation {
///     value: -(p[0] - 1.0).powi(2) - (p[1] - 2.0).powi(4),
///     gradient: vec![-2.0 * (p[0] - 1.0), -4.0 * (p[1] - 2.0).powi(3)],
///     hessian: Matrix::from_rows(&[[-2.0, 0.0], [0.0, -12.0 * (p[1] - 2.0).powi(2)]]),
/// };
/// let end = maximise(hill, &[5.0, 5.0], &[false, false], (-10.0, 10.0));
/// assert_eq!(end.status, Status::Converged);
/// assert!((end.point[0] - 1.0).abs() < 1e-6 && (end.point[1] - 2.0).abs() < 0.01);
/// ```
pub fn maximise(
    objective: impl Fn(&[f64]) -> Evaluation,
    start: &[f64],
    fixed: &[bool],
    (low, high): (f64, f64),
) -> Optimum {
    let mut point: Vec<f64> = start.iter().map(|x| x.clamp(low, high)).collect();
    let mut at = objective(&point);
    let mut optimum_status = Status::Exhausted;
    let (mut radius, mut evaluations, mut noise_steps) = (1.0, 1, 0);
    if !at.is_finite() {
        return Optimum { point, at, status: Status::Lost, evaluations };
    }
    while evaluations < BUDGET {
        let free = free_coordinates(&point, &at, fixed, (low, high));
        let step = trust_step(&at, &free, radius);
        // Rounding noise of a long sum: below it the ratio of gains says nothing.
        let noise = 1e-13 * at.value.abs();
        if step.gain <= TOLERANCE.max(noise * 1e-3) || noise_steps >= 2 {
            optimum_status = Status::Converged;
            break;
        }
        let trial: Vec<f64> = point.iter().zip(&step.by).map(|(x, d)| (x + d).clamp(low, high)).collect();
        let next = objective(&trial);
        evaluations += 1;
        let gain = next.value - at.value;
        let within_noise = step.gain < noise * 10.0;
        let ratio = if within_noise { 1.0 } else { gain / step.gain };
        if !next.is_finite() || ratio < 0.05 {
            radius = 0.25 * radius.min(step.length);
            if radius < 1e-12 {
                break;
            }
            continue;
        }
        noise_steps = if within_noise { noise_steps + 1 } else { 0 };
        if ratio > 0.7 && step.length > 0.8 * radius {
            radius = (2.0 * radius).min(LONGEST);
        } else if ratio < 0.25 {
            radius *= 0.5;
        }
        (point, at) = (trial, next);
    }
    Optimum { point, at, status: optimum_status, evaluations }
}

/// The coordinates that may move: not fixed, and not pressed against the box.
fn free_coordinates(point: &[f64], at: &Evaluation, fixed: &[bool], (low, high): (f64, f64)) -> Vec<usize> {
    let pressed =
        |i: usize| (point[i] <= low && at.gradient[i] <= 0.0) || (point[i] >= high && at.gradient[i] >= 0.0);
    (0..point.len()).filter(|&i| !fixed[i] && !pressed(i)).collect()
}

/// A proposed move.
struct Step {
    by: Vec<f64>,
    /// The gain of the quadratic model.
    gain: f64,
    length: f64,
}

/// The exact solution of the trust-region problem: `(-H + μ I) p = g` with
/// `|p| <= radius`.
fn trust_step(at: &Evaluation, free: &[usize], radius: f64) -> Step {
    let n = free.len();
    let mut curvature = Matrix::zero(n);
    for (i, &p) in free.iter().enumerate() {
        for (j, &q) in free.iter().enumerate() {
            curvature.set(i, j, -at.hessian.at(p, q));
        }
    }
    let (values, vectors) = curvature.eigen();
    let slope: Vec<f64> =
        (0..n).map(|k| (0..n).map(|i| vectors.at(i, k) * at.gradient[free[i]]).sum()).collect();
    let shift = trust_shift(&values, &slope, radius);
    let along: Vec<f64> =
        (0..n).map(|k| if slope[k] == 0.0 { 0.0 } else { slope[k] / (values[k] + shift) }).collect();
    let mut by = vec![0.0; at.gradient.len()];
    for (i, &p) in free.iter().enumerate() {
        by[p] = (0..n).map(|k| vectors.at(i, k) * along[k]).sum();
    }
    let gain = (0..n).map(|k| along[k] * (slope[k] - 0.5 * values[k] * along[k])).sum();
    let length = along.iter().map(|a| a * a).sum::<f64>().sqrt();
    Step { by, gain, length }
}

/// The multiplier `μ >= 0` that makes the matrix positive and the step no
/// longer than the radius.
fn trust_shift(values: &[f64], slope: &[f64], radius: f64) -> f64 {
    let length = |shift: f64| {
        values
            .iter()
            .zip(slope)
            .map(|(v, s)| if *s == 0.0 { 0.0 } else { (s / (v + shift)).powi(2) })
            .sum::<f64>()
            .sqrt()
    };
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let largest = values.iter().copied().fold(0.0, |m: f64, v| m.max(v.abs()));
    // A direction flat to rounding is treated as slightly curved, not as infinitely long.
    let floor = if least > 1e-14 * largest { 0.0 } else { -least + 1e-12 * largest + f64::MIN_POSITIVE };
    if length(floor) <= radius {
        return floor;
    }
    let (mut low, mut high) = (floor, floor.max(1e-8) * 2.0 + largest * 1e-6);
    while length(high) > radius && high < 1e300 {
        high *= 4.0;
    }
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        if length(middle) > radius {
            low = middle
        } else {
            high = middle
        }
        if high - low < 1e-10 * high {
            break;
        }
    }
    high
}
