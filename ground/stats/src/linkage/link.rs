//! The whole way: which pairs are compared, what the comparisons tell, and who is the same.

use std::collections::HashMap;

use rayon::prelude::*;

use super::{
    block::Blocks,
    column::Records,
    compare::{Level, level},
    em::{Contest, Parameters, Patterns, expected, fit},
    model::Model,
    resolve::{clusters, one_to_one},
};

/// A search for records that are the same.
#[derive(Clone, Debug)]
pub struct Link<'r> {
    records: &'r Records,
    /// The first record of the second source, where two sources are linked that hold no duplicates themselves.
    second: Option<usize>,
    /// The least probability at which a pair counts as the same.
    pub least: f64,
    /// Where the drawing of pairs at random begins.
    pub seed: u64,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The pairs that count as the same, in ascending order.
    pub pairs: Vec<Pair>,
    /// Every pair that was compared and is not out of the question, with its weight in bits.
    pub weighed: Vec<(u32, u32, f64)>,
    /// The model they were weighed by.
    pub model: Model,
    /// How many pairs were compared.
    pub compared: usize,
}

/// Two records that count as the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The lower record.
    pub left: u32,
    /// The higher one.
    pub right: u32,
    /// The weight of the pair in bits; where both were found to be the same through a third, as compared with each other.
    pub weight: f64,
}

/// Pairs drawn at random to learn how often levels come up by chance.
const DRAWN: usize = 1_000_000;
/// With no more pairs than this all are compared.
const EVERY: u64 = 2_000_000;
/// Weights below this are not kept.
const OUT_OF_THE_QUESTION: f64 = -7.0;

impl<'r> Link<'r> {
    /// Looks for duplicates among records.
    pub fn within(records: &'r Records) -> Link<'r> {
        Link { records, second: None, least: 0.5, seed: 1 }
    }

    /// Links the records before `second` with those from there on, at most one with one.
    pub fn between(records: &'r Records, second: usize) -> Link<'r> {
        Link { second: Some(second), ..Link::within(records) }
    }

    /// How many pairs there are.
    fn all(&self) -> u64 {
        let count = self.records.count as u64;
        match self.second {
            Some(second) => second as u64 * (count - second as u64),
            None => count * count.saturating_sub(1) / 2,
        }
    }

    /// The pairs that are compared: all if they are few, else those with a key in common.
    fn candidates(&self) -> Vec<(u32, u32)> {
        let count = u32::try_from(self.records.count).unwrap_or(u32::MAX);
        let apart = |(left, right): &(u32, u32)| {
            self.second.is_none_or(|second| (*left as usize) < second && second <= *right as usize)
        };
        if self.all() <= EVERY {
            return (0..count)
                .flat_map(|left| (left + 1..count).map(move |right| (left, right)))
                .filter(apart)
                .collect();
        }
        Blocks::of(self.records).pairs().into_iter().filter(apart).collect()
    }

    /// Compares, estimates, weighs and resolves.
    pub fn find(&self) -> Found {
        let pairs = self.candidates();
        let columns = 0..self.records.columns.len();
        let compare = |(left, right): &(u32, u32)| -> Vec<Level> {
            columns.clone().map(|n| level(self.records, n, *left as usize, *right as usize)).collect()
        };
        let patterns: Vec<Vec<Level>> = pairs.par_iter().map(compare).collect();
        let mut numbers: HashMap<&[Level], u32> = HashMap::new();
        let mut rows: Vec<(Vec<Level>, f64)> = Vec::new();
        let numbered: Vec<u32> = patterns
            .iter()
            .map(|pattern| {
                let number = *numbers.entry(pattern).or_insert_with(|| {
                    rows.push((pattern.clone(), 0.0));
                    u32::try_from(rows.len() - 1).unwrap_or(u32::MAX)
                });
                rows[number as usize].1 += 1.0;
                number
            })
            .collect();
        let contest = self.second.map(|second| {
            let base = u32::try_from(second).unwrap_or(u32::MAX);
            let pairs =
                numbered.iter().zip(&pairs).map(|(pattern, (a, b))| (*pattern, *a, b - base)).collect();
            Contest { pairs, sizes: (second, self.records.count - second) }
        });
        let model = self.estimate(rows, pairs.len(), contest.clone());
        let weighed = self.weigh(&model, &pairs, contest);
        let pairs_found = self.resolve(&model, &weighed);
        Found { pairs: pairs_found, weighed, model, compared: pairs.len() }
    }

    fn estimate(&self, rows: Vec<(Vec<Level>, f64)>, compared: usize, contest: Option<Contest>) -> Model {
        let kinds: Vec<_> = self.records.columns.iter().map(|column| column.kind).collect();
        let levels: Vec<_> = kinds.iter().map(|kind| kind.levels()).collect();
        let mut patterns = Patterns::whole(levels, rows);
        let all = self.all();
        if (compared as u64) < all {
            self.draw(&mut patterns, all as f64);
        }
        patterns.pairs = all as f64;
        let count = self.records.count;
        patterns.contest = contest;
        let same = self.second.map_or(count, |second| second.min(count - second)) as f64 / 2.0;
        let start = start(&patterns, same);
        Model { kinds, parameters: fit(&patterns, start).parameters }
    }

    /// How often each level comes up among all pairs, from pairs drawn at random; never less often than among those
    /// that were compared.
    fn draw(&self, patterns: &mut Patterns, all: f64) {
        let mut chance = self.seed;
        let mut next = |below: usize| {
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((u128::from(chance >> 11) * below as u128) >> 53) as usize
        };
        let count = self.records.count;
        let mut drawn: Vec<Vec<f64>> = patterns.levels.iter().map(|levels| vec![0.0; *levels]).collect();
        for _ in 0..DRAWN {
            let (left, right) = match self.second {
                Some(second) => (next(second), second + next(count - second)),
                None => (next(count), next(count)),
            };
            for (n, counts) in drawn.iter_mut().enumerate().filter(|_| left != right) {
                let level = usize::from(level(self.records, n, left, right));
                if let Some(count) = counts.get_mut(level) {
                    *count += all / DRAWN as f64;
                }
            }
        }
        for (seen, drawn) in patterns.all.iter_mut().zip(drawn) {
            seen.iter_mut().zip(drawn).for_each(|(seen, drawn)| *seen = seen.max(drawn));
        }
    }

    fn weigh(&self, model: &Model, pairs: &[(u32, u32)], contest: Option<Contest>) -> Vec<(u32, u32, f64)> {
        let weigh = |(left, right): &(u32, u32)| model.weight(self.records, *left as usize, *right as usize);
        let mut weights: Vec<f64> = pairs.par_iter().map(weigh).collect();
        if let Some(contest) = contest {
            let same = model.parameters.prior * self.all() as f64;
            let odds: Vec<f64> = weights.iter().map(|weight| (weight - model.prior()).exp2()).collect();
            let numbered = contest.pairs.iter().zip(0..).map(|((_, a, b), n)| (n, *a, *b)).collect();
            let won = Contest { pairs: numbered, ..contest }.won(|pair| odds[pair as usize], same);
            weights = won.into_iter().map(|won| (won / (1.0 - won).max(1e-12)).log2()).collect();
        }
        let all = pairs.iter().zip(weights).map(|((left, right), weight)| (*left, *right, weight));
        all.filter(|(.., weight)| OUT_OF_THE_QUESTION <= *weight).collect()
    }

    fn resolve(&self, model: &Model, weighed: &[(u32, u32, f64)]) -> Vec<Pair> {
        let least = (self.least / (1.0 - self.least)).log2();
        if self.second.is_some() {
            let chosen = one_to_one(weighed, least).into_iter();
            return chosen.map(|(left, right, weight)| Pair { left, right, weight }).collect();
        }
        let mut pairs = Vec::new();
        for group in clusters(self.records.count, weighed, least) {
            for (n, left) in group.iter().enumerate() {
                pairs.extend(group[n + 1..].iter().map(|right| {
                    let weight = model.weight(self.records, *left as usize, *right as usize);
                    Pair { left: *left, right: *right, weight }
                }));
            }
        }
        pairs.sort_by_key(|pair| (pair.left, pair.right));
        pairs
    }
}

/// Where the estimation begins: most of the same agree, and by chance levels come up as they do among all.
fn start(patterns: &Patterns, same: f64) -> Parameters {
    let m = patterns.levels.iter().map(|levels| expected(*levels).collect());
    let u = patterns.all.iter().map(|counts| {
        let sum: f64 = counts.iter().sum();
        counts.iter().map(|count| (count / sum.max(1.0)).max(1e-7)).collect()
    });
    let prior = (same / patterns.pairs.max(1.0)).clamp(1e-9, 0.5);
    Parameters { prior, m: m.collect(), u: u.collect() }
}
