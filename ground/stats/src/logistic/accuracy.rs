//! How good log-odds are: do they tell the classes apart, and do they mean what they say?

use super::{Fit, Prior, Sample, fit, logistic, softplus};

/// How good predictions were.
#[derive(Clone, Debug, PartialEq)]
pub struct Accuracy {
    /// How many rows.
    pub rows: usize,
    /// How many of them are `true`.
    pub positives: usize,
    /// The chance that a row that is `true` stands above one that is not, ties counted half (Hanley and McNeil 1982); 0.5
    /// tells nothing.
    pub auc: f64,
    /// The mean squared distance between probability and truth (Brier 1950); 0 is best.
    pub brier: f64,
    /// The mean of minus the logarithm of the probability that was given to the truth; 0 is best.
    pub log_loss: f64,
    /// Whether probabilities mean what they say; none where predictions tell the classes apart without error.
    pub calibration: Option<Calibration>,
    /// Rows in the order of what was predicted, in groups of about equal size.
    pub groups: Vec<Group>,
}

/// Cox's calibration (1958): how predicted log-odds would have to be changed to fit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    /// What would have to be added, with the slope left at 1; 0 is best, above 0 they are too low.
    pub intercept: f64,
    /// By what they would have to be multiplied; 1 is best, below 1 they are too far out.
    pub slope: f64,
}

/// Rows with about the same prediction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Group {
    /// How many.
    pub rows: usize,
    /// Their mean probability.
    pub predicted: f64,
    /// The share that is `true`.
    pub observed: f64,
}

/// No more groups than this, and no fewer rows in one than this.
const GROUPS: usize = 10;

/// How good these log-odds are; none without rows of both classes, or for numbers that are none.
pub fn accuracy(log_odds: &[f64], labels: &[bool]) -> Option<Accuracy> {
    let positives = labels.iter().filter(|label| **label).count();
    let fits = log_odds.len() == labels.len() && log_odds.iter().all(|one| one.is_finite());
    if !fits || positives == 0 || positives == labels.len() {
        return None;
    }
    let n = labels.len() as f64;
    let pairs = || log_odds.iter().copied().zip(labels.iter().copied());
    let distance = |(eta, label): (f64, bool)| {
        let away = logistic(eta) - f64::from(u8::from(label));
        away * away
    };
    let loss = |(eta, label): (f64, bool)| softplus(if label { -eta } else { eta });
    Some(Accuracy {
        rows: labels.len(),
        positives,
        auc: auc(log_odds, labels),
        brier: pairs().map(distance).sum::<f64>() / n,
        log_loss: pairs().map(loss).sum::<f64>() / n,
        calibration: calibration(log_odds, labels),
        groups: groups(log_odds, labels),
    })
}

/// The places of the rows from the least to the greatest prediction, ties in their order.
fn order(log_odds: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..log_odds.len()).collect();
    order.sort_by(|a, b| log_odds[*a].total_cmp(&log_odds[*b]).then(a.cmp(b)));
    order
}

/// Twice the pairs in which the `true` one stands above, ties once, over twice all pairs: whole numbers until the end.
fn auc(log_odds: &[f64], labels: &[bool]) -> f64 {
    let order = order(log_odds);
    let (mut below, mut won, mut at) = (0u64, 0u64, 0);
    while at < order.len() {
        let same = order[at..].iter().take_while(|row| log_odds[**row] == log_odds[order[at]]).count();
        let yes = order[at..at + same].iter().filter(|row| labels[**row]).count() as u64;
        let no = same as u64 - yes;
        won += yes * (2 * below + no);
        below += no;
        at += same;
    }
    let yes = labels.iter().filter(|label| **label).count() as u64;
    won as f64 / (2 * yes * below) as f64
}

fn calibration(log_odds: &[f64], labels: &[bool]) -> Option<Calibration> {
    let nothing = vec![Vec::new(); labels.len()];
    let shifted = fit(Sample { rows: &nothing, offsets: log_odds, labels }, Prior::NONE).ok()?;
    let rows: Vec<Vec<f64>> = log_odds.iter().map(|eta| vec![*eta]).collect();
    let zeros = vec![0.0; labels.len()];
    let Fit { slopes, .. } = fit(Sample { rows: &rows, offsets: &zeros, labels }, Prior::NONE).ok()?;
    slopes.first().map(|slope| Calibration { intercept: shifted.intercept, slope: *slope })
}

fn groups(log_odds: &[f64], labels: &[bool]) -> Vec<Group> {
    let order = order(log_odds);
    let count = (order.len() / GROUPS).clamp(1, GROUPS);
    let bounds = |n: usize| n * order.len() / count;
    let group = |n: usize| {
        let rows = &order[bounds(n)..bounds(n + 1)];
        let size = rows.len() as f64;
        let yes = rows.iter().filter(|row| labels[**row]).count() as f64;
        let predicted = rows.iter().map(|row| logistic(log_odds[*row])).sum::<f64>() / size;
        Group { rows: rows.len(), predicted, observed: yes / size }
    };
    (0..count).map(group).collect()
}
