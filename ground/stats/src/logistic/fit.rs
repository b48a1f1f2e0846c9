//! The fit: penalized likelihood, slopes held above a bound, by projected Newton steps (Bertsekas 1982).

use super::{Refusal, logistic, softplus, solve::solve};

/// What was seen.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'a> {
    /// A row for each label, all equally wide.
    pub rows: &'a [Vec<f64>],
    /// What is added to the log-odds of each row, whatever the slopes are.
    pub offsets: &'a [f64],
    /// What each row is.
    pub labels: &'a [bool],
}

/// What is believed of the slopes before anything was seen: each lies around its centre, with a variance of
/// `1 / penalty`, and not below `least`. Of the intercept nothing is believed.
#[derive(Clone, Copy, Debug)]
pub struct Prior {
    /// How strongly; 0 for not at all.
    pub penalty: f64,
    /// Around what.
    pub towards: f64,
    /// Only the first slope lies around `towards`, and each other one around the first: a scale that they share.
    pub shared: bool,
    /// The least value of a slope; minus infinity for none.
    pub least: f64,
}

impl Prior {
    /// Nothing is believed: the plain estimate of greatest likelihood.
    pub const NONE: Prior = Prior { penalty: 0.0, towards: 0.0, shared: false, least: f64::NEG_INFINITY };
}

impl Prior {
    /// Around what a slope lies; the first stands at 1, behind the intercept.
    fn centre(self, at: usize, point: &[f64]) -> f64 {
        if self.shared && 1 < at { point[1] } else { self.towards }
    }
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// Log-odds of a row of zeros without offset.
    pub intercept: f64,
    /// Change of the log-odds for one unit of each column.
    pub slopes: Vec<f64>,
    /// The logarithm of the likelihood of the labels, without the prior.
    pub likelihood: f64,
    /// Newton steps it took.
    pub rounds: usize,
}

impl Fit {
    /// The log-odds of a row.
    pub fn log_odds(&self, row: &[f64], offset: f64) -> f64 {
        let terms = row.iter().zip(&self.slopes);
        terms.fold(self.intercept + offset, |sum, (value, slope)| sum + value * slope)
    }
}

const ROUNDS: usize = 200;
/// The gradient of the mean log-likelihood below which nothing moves any more.
const STILL: f64 = 1e-12;
/// How far another step moves the log-odds of a row where there is no end to them: about 1 in theory.
const GOES_ON: f64 = 1e-3;

/// The intercept and the slopes of greatest penalized likelihood:
/// `Σ [y·η − ln(1 + e^η)] − penalty/2 · Σ (slope − centre)²` with `η = offset + intercept + Σ slope·column` and every
/// slope at or above `least`. The same input gives the same bits everywhere: sums run in the order of the rows, and
/// powers are those of `libm`.
///
/// # Errors
/// [`Refusal`].
pub fn fit(sample: Sample<'_>, prior: Prior) -> Result<Fit, Refusal> {
    let width = checked(sample)?;
    let mut point = vec![prior.towards.max(prior.least); width + 1];
    point[0] = 0.0;
    let mut value = objective(sample, prior, &point);
    for round in 1..=ROUNDS {
        let (gradient, curvature) = derivatives(sample, prior, &point);
        // A slope at its bound that wants to go below stays there for this step.
        let held: Vec<bool> =
            (0..=width).map(|at| 0 < at && point[at] <= prior.least && gradient[at] <= 0.0).collect();
        let scale = sample.rows.len() as f64;
        let moved = gradient.iter().zip(&held).filter(|(_, held)| !**held).map(|(one, _)| one.abs());
        let is_still = moved.fold(0.0, f64::max) <= STILL * scale;
        let step = solve(curvature, gradient, &held).ok_or(Refusal::NoEnd)?;
        let next = if is_still { None } else { along(sample, prior, (&point, value), &step) };
        let Some((next, better)) = next else {
            // As near as one comes in double precision; on the way to infinity another step would go as far again.
            let goes_on = sample.rows.iter().any(|row| GOES_ON < eta(row, 0.0, &step).abs());
            return if goes_on { Err(Refusal::NoEnd) } else { Ok(done(sample, &point, round)) };
        };
        (point, value) = (next, better);
    }
    Err(Refusal::NoEnd)
}

fn checked(sample: Sample<'_>) -> Result<usize, Refusal> {
    let (rows, n) = (sample.rows, sample.labels.len());
    let width = rows.first().map_or(0, Vec::len);
    if rows.len() != n || sample.offsets.len() != n || rows.iter().any(|row| row.len() != width) {
        return Err(Refusal::Shape);
    }
    let numbers = rows.iter().flatten().chain(sample.offsets);
    if numbers.into_iter().any(|one| !one.is_finite()) {
        return Err(Refusal::NotFinite);
    }
    let yes = sample.labels.iter().filter(|label| **label).count();
    if yes == 0 || yes == n { Err(Refusal::OneClass) } else { Ok(width) }
}

fn done(sample: Sample<'_>, point: &[f64], rounds: usize) -> Fit {
    let likelihood = objective(sample, Prior::NONE, point);
    Fit { intercept: point[0], slopes: point[1..].to_vec(), likelihood, rounds }
}

fn eta(row: &[f64], offset: f64, point: &[f64]) -> f64 {
    row.iter().zip(&point[1..]).fold(point[0] + offset, |sum, (value, slope)| sum + value * slope)
}

fn objective(sample: Sample<'_>, prior: Prior, point: &[f64]) -> f64 {
    let mut sum = 0.0;
    for ((row, offset), label) in sample.rows.iter().zip(sample.offsets).zip(sample.labels) {
        let eta = eta(row, *offset, point);
        sum -= softplus(if *label { -eta } else { eta });
    }
    let away = |at: usize| point[at] - prior.centre(at, point);
    sum - prior.penalty / 2.0 * (1..point.len()).map(|at| away(at) * away(at)).sum::<f64>()
}

/// The gradient, and the curvature with its sign turned, so that it is positive.
fn derivatives(sample: Sample<'_>, prior: Prior, point: &[f64]) -> (Vec<f64>, Vec<Vec<f64>>) {
    let size = point.len();
    let (mut gradient, mut curvature) = (vec![0.0; size], vec![vec![0.0; size]; size]);
    for ((row, offset), label) in sample.rows.iter().zip(sample.offsets).zip(sample.labels) {
        let p = logistic(eta(row, *offset, point));
        let rest = if *label { 1.0 - p } else { -p };
        let weight = p * (1.0 - p);
        let columns: Vec<f64> = std::iter::once(1.0).chain(row.iter().copied()).collect();
        for (at, line) in curvature.iter_mut().enumerate() {
            gradient[at] += rest * columns[at];
            for (cell, other) in line.iter_mut().zip(&columns).take(at + 1) {
                *cell += weight * columns[at] * other;
            }
        }
    }
    for at in 1..size {
        let pull = prior.penalty * (point[at] - prior.centre(at, point));
        gradient[at] -= pull;
        curvature[at][at] += prior.penalty;
        if prior.shared && 1 < at {
            gradient[1] += pull;
            curvature[1][1] += prior.penalty;
            curvature[at][1] -= prior.penalty;
        }
    }
    (gradient, curvature)
}

/// The first point along the step, halved as often as needed and held above the bound, that betters the objective.
fn along(
    sample: Sample<'_>,
    prior: Prior,
    (point, value): (&[f64], f64),
    step: &[f64],
) -> Option<(Vec<f64>, f64)> {
    let mut length = 1.0;
    for _ in 0..60 {
        let least = |at: usize| if at == 0 { f64::NEG_INFINITY } else { prior.least };
        let there = point.iter().zip(step).enumerate();
        let next: Vec<f64> = there.map(|(at, (from, by))| (from + length * by).max(least(at))).collect();
        let better = objective(sample, prior, &next);
        if value < better {
            return Some((next, better));
        }
        length /= 2.0;
    }
    None
}
