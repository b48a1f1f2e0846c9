//! Cross-validation: each row is judged by a fit that has not seen it, nor any other of its group.

use std::collections::BTreeMap;

use super::{Prior, Refusal, Sample, fit};

/// A fold from 0 to `count − 1` for each row: rows of one group share one, and each fold gets its part of the groups that
/// hold a `true` and of the others. Which group goes where looks like chance and is always the same.
pub fn folds(groups: &[u64], labels: &[bool], count: usize) -> Vec<usize> {
    let mut kinds: BTreeMap<u64, bool> = BTreeMap::new();
    for (group, label) in groups.iter().zip(labels) {
        *kinds.entry(*group).or_default() |= *label;
    }
    let mut order: Vec<(bool, u64, u64)> =
        kinds.into_iter().map(|(group, holds)| (!holds, mixed(group), group)).collect();
    order.sort_unstable();
    let count = count.max(1);
    let places: BTreeMap<u64, usize> =
        order.into_iter().enumerate().map(|(place, (_, _, group))| (group, place % count)).collect();
    groups.iter().map(|group| places.get(group).copied().unwrap_or(0)).collect()
}

/// A number that tells nothing of the one it is made of (the finalizer of SplitMix64).
fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

/// The log-odds of each row by the fit to the rows of all other folds.
///
/// # Errors
/// [`Refusal`] of a fit; [`Refusal::OneClass`] where the rows outside some fold are all the same.
pub fn cross_validated(sample: Sample<'_>, prior: Prior, folds: &[usize]) -> Result<Vec<f64>, Refusal> {
    if folds.len() != sample.labels.len() || sample.rows.len() != folds.len() {
        return Err(Refusal::Shape);
    }
    let mut told = vec![0.0; folds.len()];
    let count = folds.iter().max().map_or(0, |last| last + 1);
    for fold in 0..count {
        let others: Vec<usize> = (0..folds.len()).filter(|row| folds[*row] != fold).collect();
        let rows: Vec<Vec<f64>> = others.iter().map(|row| sample.rows[*row].clone()).collect();
        let offsets: Vec<f64> = others.iter().map(|row| sample.offsets[*row]).collect();
        let labels: Vec<bool> = others.iter().map(|row| sample.labels[*row]).collect();
        let fitted = fit(Sample { rows: &rows, offsets: &offsets, labels: &labels }, prior)?;
        for row in (0..folds.len()).filter(|row| folds[*row] == fold) {
            told[row] = fitted.log_odds(&sample.rows[row], sample.offsets[row]);
        }
    }
    Ok(told)
}
