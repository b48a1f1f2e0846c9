//! Expectation–maximization over patterns of levels: how the share of pairs that are the same, and the chances of each
//! level among both classes, are found without examples.

use serde::{Deserialize, Serialize};

use super::compare::{ABSENT, Level};

/// Patterns of levels, each with how many pairs show it.
#[derive(Clone, Debug, Default)]
pub struct Patterns {
    /// How many levels each column has.
    pub levels: Vec<usize>,
    /// A level per column ([`ABSENT`] where a value is missing), and the number of pairs.
    pub rows: Vec<(Vec<Level>, f64)>,
    /// By column and level, how many of all pairs show it, also of those that were never compared.
    pub all: Vec<Vec<f64>>,
    /// How many pairs there are, those included that were never compared because they have no key in common.
    pub pairs: f64,
    /// How much weighs what is expected of pairs that are the same before anything was seen (each level twice as often as
    /// the one below), beside what is seen weighing 1. With 0 the estimate is the plain one of greatest likelihood; else a tenth
    /// of what all pairs show of a level is also left to chance.
    pub expected: f64,
    /// Where each record has one partner at most: who competes with whom.
    pub contest: Option<Contest>,
}

/// Two sources without duplicates of their own: records of one compete for those of the other.
#[derive(Clone, Debug, Default)]
pub struct Contest {
    /// By pair: its pattern, its record of the first source and its record of the second, counted from 0.
    pub pairs: Vec<(u32, u32, u32)>,
    /// How many records the two sources hold.
    pub sizes: (usize, usize),
}

/// What the model is made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parameters {
    /// λ: the share of pairs that are the same, between 0 and 1.
    pub prior: f64,
    /// By column and level: the probability of the level among pairs that are the same.
    pub m: Vec<Vec<f64>>,
    /// By column and level: the probability of the level among pairs that are not.
    pub u: Vec<Vec<f64>>,
}

/// What the estimation came to.
#[derive(Clone, Debug)]
pub struct Fit {
    /// The estimates.
    pub parameters: Parameters,
    /// How many rounds it took.
    pub rounds: usize,
    /// The last round moved nothing by more than 10⁻⁷.
    pub converged: bool,
    /// The logarithm of the likelihood of the patterns before each round.
    pub likelihoods: Vec<f64>,
}

const ROUNDS: usize = 1_000;
const STILL: f64 = 1e-7;
/// No chance is estimated as none: what was never seen may still come.
const FLOOR: f64 = 1e-7;
/// Of what all pairs show of a level, at least this part is chance.
const CHANCE: f64 = 0.1;
/// What is expected weighs four times what is seen: records that live in one town and buy at one place are
/// not the same for that.
const EXPECTED: f64 = 4.0;

impl Patterns {
    /// Patterns of pairs all of which were compared.
    pub fn whole(levels: Vec<usize>, rows: Vec<(Vec<Level>, f64)>) -> Patterns {
        let mut all: Vec<_> = levels.iter().map(|levels| vec![0.0; *levels]).collect();
        for (pattern, count) in &rows {
            present(pattern).for_each(|(column, level)| all[column][level] += count);
        }
        let pairs = rows.iter().map(|(_, count)| count).sum();
        Patterns { levels, rows, all, pairs, expected: EXPECTED, contest: None }
    }
}

/// Finds the parameters under which the patterns are most likely, beginning from `start`; missing levels tell nothing
/// (Enamorado et al. 2019).
///
/// Pairs that were never compared count as not the same. What all pairs show is what both classes show together, so the
/// chances among pairs that are not the same follow from those that are by subtraction; when all pairs were compared this
/// is the usual step.
pub fn fit(patterns: &Patterns, start: Parameters) -> Fit {
    let mut parameters = start;
    let (mut likelihoods, mut converged) = (Vec::new(), false);
    while likelihoods.len() < ROUNDS && !converged {
        let (next, likelihood) = round(patterns, &parameters);
        converged = distance(&next, &parameters) < STILL;
        likelihoods.push(likelihood);
        parameters = next;
    }
    Fit { parameters, rounds: likelihoods.len(), converged, likelihoods }
}

/// One round: what each pattern is under the parameters, and the parameters that follow from that.
fn round(patterns: &Patterns, from: &Parameters) -> (Parameters, f64) {
    let mut m: Vec<_> = patterns.levels.iter().map(|levels| vec![0.0; *levels]).collect();
    let odds: Vec<f64> = patterns.rows.iter().map(|(levels, _)| odds(from, levels)).collect();
    let shares = match &patterns.contest {
        Some(contest) => contest.shares(&odds, from.prior * patterns.pairs, patterns.rows.len()),
        None => {
            let prior = from.prior / (1.0 - from.prior);
            odds.iter()
                .zip(&patterns.rows)
                .map(|(odds, (_, count))| count * odds * prior / (1.0 + odds * prior))
                .collect()
        }
    };
    for ((levels, _), share) in patterns.rows.iter().zip(&shares) {
        present(levels).for_each(|(column, level)| m[column][level] += share);
    }
    let same: f64 = shares.iter().sum();
    let chance = if patterns.expected > 0.0 { CHANCE } else { 0.0 };
    let mut u: Vec<_> = patterns.all.iter().zip(&m).map(|(all, same)| rest(all, same, chance)).collect();
    for column in &mut m {
        let (sum, expected) = (column.iter().sum::<f64>() * patterns.expected, expected(column.len()));
        column.iter_mut().zip(expected).for_each(|(seen, expected)| *seen += sum * expected);
        normalize(column);
    }
    u.iter_mut().for_each(|column| normalize(column));
    let prior = (same / patterns.pairs.max(1.0)).clamp(1e-12, 1.0 - 1e-12);
    (Parameters { prior, m, u }, likelihood(patterns, from))
}

/// How much more often a pattern comes up among pairs that are the same.
fn odds(from: &Parameters, levels: &[Level]) -> f64 {
    present(levels).map(|(column, level)| from.m[column][level] / from.u[column][level]).product()
}

/// What all pairs show without what those show that are the same.
fn rest(all: &[f64], same: &[f64], chance: f64) -> Vec<f64> {
    all.iter().zip(same).map(|(all, same)| (all - same).max(chance * all)).collect()
}

/// How the same values are expected to agree before anything was seen: each level twice as often as the one below.
pub(super) fn expected(levels: usize) -> impl Iterator<Item = f64> {
    let sum = (levels as f64).exp2() - 1.0;
    (0..levels).map(move |level| (level as f64).exp2() / sum)
}

fn likelihood(patterns: &Patterns, from: &Parameters) -> f64 {
    let chance = |chances: &[Vec<f64>], levels: &[Level]| {
        present(levels).map(|(column, level)| chances[column][level]).product::<f64>()
    };
    let each = patterns.rows.iter().map(|(levels, count)| {
        let sum = from.prior * chance(&from.m, levels) + (1.0 - from.prior) * chance(&from.u, levels);
        count * sum.max(f64::MIN_POSITIVE).ln()
    });
    each.sum()
}

impl Contest {
    /// How many pairs of each pattern are the same when `same` are expected.
    fn shares(&self, odds: &[f64], same: f64, patterns: usize) -> Vec<f64> {
        let mut shares = vec![0.0; patterns];
        let won = self.won(|pattern| odds[pattern as usize], same);
        self.pairs.iter().zip(won).for_each(|((pattern, ..), won)| shares[*pattern as usize] += won);
        shares
    }

    /// By pair: the probability that it is the same, where each record has one partner or none. A record of the first
    /// source has a partner with probability `same`/size, and before anything is compared any of the other source alike.
    pub(super) fn won(&self, odds: impl Fn(u32) -> f64, same: f64) -> Vec<f64> {
        let (first, second) = (self.sizes.0 as f64, self.sizes.1 as f64);
        let none = ((1.0 - same / first).max(ALONE) * (1.0 - same / second).max(ALONE)).sqrt();
        let prior = same / (first * second) / none;
        let (mut left, mut right) = (vec![0.0; self.sizes.0], vec![0.0; self.sizes.1]);
        for (pattern, a, b) in &self.pairs {
            let own = odds(*pattern) * prior;
            left[*a as usize] += own;
            right[*b as usize] += own;
        }
        let won = self.pairs.iter().map(|(pattern, a, b)| {
            let own = odds(*pattern) * prior;
            own / (1.0 + left[*a as usize] + right[*b as usize] - own)
        });
        won.collect()
    }
}

/// However many have partners, this part may have none.
const ALONE: f64 = 0.02;

fn present(levels: &[Level]) -> impl Iterator<Item = (usize, usize)> + '_ {
    let numbered = levels.iter().enumerate().filter(|(_, level)| **level != ABSENT);
    numbered.map(|(column, level)| (column, usize::from(*level)))
}

fn normalize(chances: &mut [f64]) {
    let sum: f64 = chances.iter().sum();
    let sum = if sum > 0.0 { sum } else { 1.0 };
    chances.iter_mut().for_each(|chance| *chance = (*chance / sum).max(FLOOR));
}

/// The furthest that any parameter moved.
fn distance(a: &Parameters, b: &Parameters) -> f64 {
    let flat = |p: &Parameters| {
        let chances = p.m.iter().chain(&p.u).flatten().copied();
        std::iter::once(p.prior).chain(chances).collect::<Vec<f64>>()
    };
    flat(a).iter().zip(flat(b)).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}
