//! The spend baseline: the frozen ranks of net spend on a service line (policy.md §3, `spend_rank`).

use kernel::{Problem, Result};

/// Ranks of net spend as they were when the baseline was taken: a class never moves because strangers spent more.
///
/// Reproduces `⌊1000 · (n below + n at or below) / 2n⌋` exactly for every whole amount, in at most 1001 steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Baseline {
    version: i64,
    /// Least spend of each step with its permille, both rising; below the first step the rank is 0.
    steps: Vec<(i64, i64)>,
}

impl Baseline {
    /// The ranks among those net spends: all of one line, one currency, one for each that ever bought.
    pub fn of(version: i64, mut spends: Vec<i64>) -> Baseline {
        spends.sort_unstable();
        let all = i128::try_from(spends.len()).unwrap_or(i128::MAX);
        let mut steps: Vec<(i64, i64)> = Vec::new();
        let mut step = |spend: i64, twice: usize| {
            let permille = i128::try_from(twice).unwrap_or(i128::MAX) * 1000 / (2 * all);
            let permille = i64::try_from(permille).unwrap_or(1000);
            if steps.last().map_or(0, |(_, known)| *known) < permille {
                steps.push((spend, permille));
            }
        };
        let mut below = 0;
        for equal in spends.chunk_by(|a, b| a == b) {
            let until = below + equal.len();
            step(equal[0], below + until);
            if let Some(above) = equal[0].checked_add(1) {
                step(above, 2 * until);
            }
            below = until;
        }
        Baseline { version, steps: merged(steps) }
    }

    /// Its version, named in every decision that knew it.
    pub fn version(&self) -> i64 {
        self.version
    }

    /// The rank of a net spend, permille.
    pub fn rank(&self, spend: i64) -> i64 {
        let after = self.steps.partition_point(|(least, _)| *least <= spend);
        self.steps[..after].last().map_or(0, |(_, permille)| *permille)
    }

    /// A compact text: the version, then the steps, each as the difference to the one before.
    pub fn to_text(&self) -> String {
        let mut text = self.version.to_string();
        let (mut spend, mut permille) = (0i128, 0);
        for &(least, rank) in &self.steps {
            text.push_str(&format!(" {}:{}", i128::from(least) - spend, rank - permille));
            (spend, permille) = (i128::from(least), rank);
        }
        text
    }

    /// Reads what [`Baseline::to_text`] wrote.
    ///
    /// # Errors
    /// `baseline.format` for anything else.
    pub fn parse(text: &str) -> Result<Baseline> {
        let wrong = || {
            let message =
                "cannot read the spend baseline: it is not a version and rising steps such as 3 -500:1 70:2";
            Problem::invalid("baseline", "baseline.format", message)
        };
        let mut words = text.split_ascii_whitespace();
        let version = words.next().and_then(|word| word.parse().ok()).ok_or_else(wrong)?;
        let (mut spend, mut permille) = (0i128, 0i64);
        let mut steps: Vec<(i64, i64)> = Vec::new();
        for word in words {
            let (by, rise) = word.split_once(':').ok_or_else(wrong)?;
            spend = by.parse().ok().and_then(|by: i128| spend.checked_add(by)).ok_or_else(wrong)?;
            permille =
                rise.parse().ok().and_then(|rise: i64| permille.checked_add(rise)).ok_or_else(wrong)?;
            let least = i64::try_from(spend).map_err(|_| wrong())?;
            let rises = steps.last().is_none_or(|(before, known)| *before < least && *known < permille);
            if !rises || !(1..=1000).contains(&permille) {
                return Err(wrong());
            }
            steps.push((least, permille));
        }
        Ok(Baseline { version, steps })
    }
}

/// Of two steps at one spend the later, higher one.
fn merged(steps: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    let mut kept: Vec<(i64, i64)> = Vec::with_capacity(steps.len());
    for step in steps {
        match kept.last_mut() {
            Some(last) if last.0 == step.0 => *last = step,
            _ => kept.push(step),
        }
    }
    kept
}
