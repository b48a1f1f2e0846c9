//! The model once it is estimated: what each comparison adds to the weight of a pair.

use serde::{Deserialize, Serialize};

use super::{
    column::Records,
    compare::{ABSENT, Level, level},
    em::Parameters,
    kind::Kind,
};

/// A model of records with these kinds of columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// The kind of each column.
    pub kinds: Vec<Kind>,
    /// Its parameters.
    pub parameters: Parameters,
}

/// What one column adds to the weight of a pair.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// The column.
    pub column: usize,
    /// How like the values are.
    pub level: Level,
    /// What that adds, in bits: log2 of how much more often it comes up among pairs that are the same.
    pub weight: f64,
}

/// The probability that a pair of this weight (in bits) is the same: 1/(1+2^−weight).
pub fn probability(weight: f64) -> f64 {
    1.0 / (1.0 + (-weight).exp2())
}

impl Model {
    /// What the share of pairs that are the same says before anything is compared, in bits.
    pub fn prior(&self) -> f64 {
        let prior = self.parameters.prior;
        (prior / (1.0 - prior)).log2()
    }

    /// What a level of a column adds, in bits; a missing value adds nothing.
    pub fn weigh(&self, column: usize, level: Level) -> f64 {
        if level == ABSENT {
            return 0.0;
        }
        let level = usize::from(level);
        (self.parameters.m[column][level] / self.parameters.u[column][level]).log2()
    }

    /// What a level adds when both have one value, which this share of records has (Winkler 2000): a value that few have
    /// tells more than one that many have.
    pub fn weigh_shared(&self, column: usize, level: Level, share: f64) -> f64 {
        let usual = self.parameters.u[column][usize::from(level)];
        self.weigh(column, level) + (usual / share.max(f64::MIN_POSITIVE)).log2()
    }

    /// The parts of the weight of a pair of records, column by column.
    pub fn parts(&self, records: &Records, left: usize, right: usize) -> Vec<Part> {
        let columns = 0..records.columns.len();
        columns
            .map(|column| {
                let level = level(records, column, left, right);
                Part { column, level, weight: self.weigh_pair(records, column, level, left) }
            })
            .collect()
    }

    fn weigh_pair(&self, records: &Records, column: usize, level: Level, left: usize) -> f64 {
        let own = &records.columns[column];
        let same = level != ABSENT && usize::from(level) + 1 == own.kind.levels();
        match own.value(left) {
            Some(value)
                if same
                    && matches!(own.kind, Kind::Word | Kind::Code | Kind::Text | Kind::Day | Kind::Email) =>
            {
                self.weigh_shared(column, level, own.share(value))
            }
            _ => self.weigh(column, level),
        }
    }

    /// The weight of a pair of records, in bits.
    pub fn weight(&self, records: &Records, left: usize, right: usize) -> f64 {
        self.prior() + self.parts(records, left, right).iter().map(|part| part.weight).sum::<f64>()
    }
}
