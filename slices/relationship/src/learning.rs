//! Learning: what labels say of the weights of a policy, or that they are too few to say anything. Knows no account, no
//! clock and no table; the card is docs/methods/learned-policy.md.

use std::collections::BTreeMap;

use kernel::{Id, Kind};
use stats::logistic::{Accuracy, Prior, Sample, accuracy, cross_validated, fit, folds};

use crate::{DimensionName, Policy, dimension::COUNT, policy::Weights};

/// The id of a learning.
pub type LearningId = Id<LearningKind>;

/// Marks ids of learnings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LearningKind;

impl Kind for LearningKind {
    const PREFIX: &'static str = "learn";
    const NOUN: &'static str = "a learning";
}

/// Labels of the rarer class below which nothing is learned.
pub const LEAST: usize = 20;
/// Labels of the rarer class for each number that is learned (Peduzzi et al. 1996).
pub const PER_NUMBER: usize = 10;
/// How strongly the shared scale is held to 1, and each weight to the shared scale: a standard deviation of one half,
/// `1 / 0.5²`.
const PENALTY: f64 = 4.0;
/// No weight beyond ten times, permille; as for every policy.
const MOST_WEIGHT: f64 = 10_000.0;
/// No base beyond this, thousandths; as for every policy.
const MOST_BASE: f64 = 100_000.0;

/// A labelled relationship, as it was on the day of its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// The number of its account: what is known of one account is judged by what was learned from others.
    pub account: i64,
    /// What each dimension gave it, millionths.
    pub micro: [i64; COUNT],
    /// What the trade gave it, millionths.
    pub industry: i64,
    /// Its score under the policy, millionths.
    pub score: i64,
    /// The label: client or not.
    pub client: bool,
}

/// What came of learning.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// There are too few labels of the rarer class.
    TooFew {
        /// So many there are.
        have: usize,
        /// So many there would have to be.
        need: usize,
    },
    /// The labels do not hold apart what would have to be compared: those of one class are all about one or two accounts.
    Alike,
    /// They say something.
    Learned(Box<Taught>),
}

/// What labels say.
#[derive(Clone, Debug, PartialEq)]
pub struct Taught {
    /// The new numbers.
    pub weights: Weights,
    /// The dimensions whose weight was learned alone, those that differ most first; all others share one scale.
    pub free: Vec<DimensionName>,
    /// How many parts the labels were cut into for trying.
    pub folds: usize,
    /// How good the policy is that it starts from, on the same labels.
    pub before: Accuracy,
    /// How good what is learned is, on labels that were not used for learning it.
    pub after: Accuracy,
}

/// How many of a class there are: clients, customers.
pub fn counts(lessons: &[Lesson]) -> (usize, usize) {
    let clients = lessons.iter().filter(|lesson| lesson.client).count();
    (clients, lessons.len() - clients)
}

/// Learns from labels.
pub fn learn(policy: &Policy, lessons: &[Lesson]) -> Outcome {
    let (clients, customers) = counts(lessons);
    let rarer = clients.min(customers);
    if rarer < LEAST {
        return Outcome::TooFew { have: rarer, need: LEAST };
    }
    // Two of the numbers are the base and the scale that all weights share.
    let free = free(policy, lessons, rarer / PER_NUMBER - 2);
    let labels: Vec<bool> = lessons.iter().map(|lesson| lesson.client).collect();
    let row = |lesson: &Lesson| -> Vec<f64> {
        let alone = free.iter().map(|name| lesson.micro[*name as usize]);
        std::iter::once(rest(lesson, &free)).chain(alone).map(odds).collect()
    };
    let rows: Vec<Vec<f64>> = lessons.iter().map(row).collect();
    let offsets: Vec<f64> = lessons.iter().map(|lesson| odds(lesson.industry)).collect();
    let sample = Sample { rows: &rows, offsets: &offsets, labels: &labels };
    let prior = Prior { penalty: PENALTY, towards: 1.0, shared: true, least: 0.0 };
    let groups: Vec<u64> = lessons.iter().map(|lesson| lesson.account.unsigned_abs()).collect();
    let count = if rarer < 50 { 5 } else { 10 };
    let scores: Vec<f64> = lessons.iter().map(|lesson| odds(lesson.score)).collect();
    let judged = fit(sample, prior)
        .and_then(|fitted| Ok((fitted, cross_validated(sample, prior, &folds(&groups, &labels, count))?)));
    let Ok((fitted, told)) = judged else { return Outcome::Alike };
    let (Some(before), Some(after)) = (accuracy(&scores, &labels), accuracy(&told, &labels)) else {
        return Outcome::Alike;
    };
    let weights = policy.curves.iter().map(|(name, curve)| {
        let place = free.iter().position(|free| *free == name).map_or(0, |place| place + 1);
        let weight = curve.weight as f64 * fitted.slopes[place];
        (name, libm::rint(weight.clamp(0.0, MOST_WEIGHT)) as i64)
    });
    let weights: BTreeMap<_, _> = weights.collect();
    let base = libm::rint((fitted.intercept * 1000.0).clamp(-MOST_BASE, MOST_BASE)) as i64;
    Outcome::Learned(Box::new(Taught {
        weights: Weights { base, weights },
        free,
        folds: count,
        before,
        after,
    }))
}

/// The dimensions whose weight is learned: those whose contributions differ most among the labelled, whatever the labels
/// say, as many as there are labels for.
fn free(policy: &Policy, lessons: &[Lesson], most: usize) -> Vec<DimensionName> {
    let spread = |name: DimensionName| -> i128 {
        let all = || lessons.iter().map(|lesson| i128::from(lesson.micro[name as usize]));
        let n = i128::try_from(lessons.len()).unwrap_or(1);
        // n times the sum of squares about the mean, exactly.
        n * all().map(|one| one * one).sum::<i128>() - all().sum::<i128>() * all().sum::<i128>()
    };
    let known = policy.curves.iter().filter(|(_, curve)| 0 < curve.weight);
    let mut names: Vec<_> =
        known.map(|(name, _)| (spread(name), name)).filter(|(spread, _)| 0 < *spread).collect();
    names.sort_by_key(|(spread, name)| (-spread, *name));
    names.into_iter().take(most).map(|(_, name)| name).collect()
}

/// What the dimensions gave that are not learned alone, millionths.
fn rest(lesson: &Lesson, free: &[DimensionName]) -> i64 {
    let others = DimensionName::ALL.iter().filter(|name| !free.contains(name));
    others.map(|name| lesson.micro[*name as usize]).sum()
}

fn odds(micro: i64) -> f64 {
    micro as f64 / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many labelled ones: clients have more of the first dimension, the second tells nothing, an account each.
    fn lessons(clients: usize, customers: usize) -> Vec<Lesson> {
        let one = |n: usize, client: bool| {
            let mut micro = [0; COUNT];
            let wave = i64::try_from(n % 7).unwrap() * 100_000;
            micro[0] = if client { 500_000 + wave } else { -200_000 + wave };
            micro[1] = if n.is_multiple_of(2) { 400_000 } else { -400_000 };
            let score = -1_700_000 + micro[0] + micro[1];
            Lesson {
                account: i64::try_from(2 * n + usize::from(client)).unwrap(),
                micro,
                industry: 0,
                score,
                client,
            }
        };
        (0..clients).map(|n| one(n, true)).chain((0..customers).map(|n| one(n, false))).collect()
    }

    #[test]
    fn too_few_labels_are_an_answer_that_says_how_many_there_would_have_to_be() {
        let policy = Policy::shipped("default").unwrap();
        assert_eq!(learn(&policy, &[]), Outcome::TooFew { have: 0, need: 20 });
        assert_eq!(learn(&policy, &lessons(19, 400)), Outcome::TooFew { have: 19, need: 20 });
    }

    #[test]
    fn no_more_numbers_are_learned_than_there_are_labels_for() {
        let policy = Policy::shipped("default").unwrap();
        for (clients, free) in [(20, 0), (29, 0), (30, 1), (300, 2)] {
            let Outcome::Learned(taught) = learn(&policy, &lessons(clients, 300)) else {
                panic!("{clients}")
            };
            assert_eq!(taught.free.len(), free, "{clients} clients; only two dimensions differ at all");
        }
    }

    #[test]
    fn what_tells_them_apart_gains_and_what_does_not_loses_and_no_weight_is_below_nothing() {
        let policy = Policy::shipped("default").unwrap();
        let Outcome::Learned(taught) = learn(&policy, &lessons(60, 90)) else { panic!("enough") };
        let weight = |at: usize| taught.weights.weights[&DimensionName::ALL[at]];
        assert!(1000 < weight(0), "{:?}", taught.weights);
        assert!((0..weight(0)).contains(&weight(1)), "{:?}", taught.weights);
        assert!(
            taught.before.brier > taught.after.brier && taught.before.auc < taught.after.auc,
            "{taught:?}"
        );
        assert_eq!(
            learn(&policy, &lessons(60, 90)),
            Outcome::Learned(taught),
            "the same labels teach the same"
        );
    }

    #[test]
    fn labels_of_one_account_teach_nothing_of_others() {
        let policy = Policy::shipped("default").unwrap();
        let mut alike = lessons(40, 60);
        alike.iter_mut().filter(|lesson| lesson.client).for_each(|lesson| lesson.account = 7);
        assert_eq!(learn(&policy, &alike), Outcome::Alike);
    }
}
