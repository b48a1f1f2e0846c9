//! Curves: a monotone, bounded, piecewise-linear way from a measured value to log-odds.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{DimensionName, word::words};

words! {
    /// Kinds of evidence whose signals come and go together (policy.md §4).
    Family {
        /// Contract and sales process.
        Paper = "paper",
        /// Continuity, tenure, breadth, spend.
        Time = "time",
        /// Service bought, personalization.
        Substance = "substance",
        /// Named person, our contact, support relation.
        Care = "care",
        /// Reciprocity, adoption, exclusivity, decision basis.
        Theirs = "theirs",
    }
}

/// How one dimension weighs.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Curve {
    /// Its kind of evidence.
    pub family: Family,
    /// The unit of the measured value, in words.
    pub unit: String,
    /// Permille.
    pub weight: i64,
    /// Points from measured value to log-odds in thousandths, straight between, flat outside.
    pub knots: Vec<(i64, i64)>,
    /// No contribution lies below, thousandths; 0 or less.
    pub lower: i64,
    /// No contribution lies above, thousandths; 0 or more.
    pub upper: i64,
    /// While it is unknown and could turn the answer, there is none.
    #[serde(default)]
    pub decisive: bool,
    /// The question that would settle it.
    pub ask: String,
}

impl Curve {
    /// The contribution of a measured value in millionths of log-odds: one rounding, halves up, then the bounds.
    pub fn contribution(&self, x: i64) -> i64 {
        let (Some(&(first, _)), Some(&(last, _))) = (self.knots.first(), self.knots.last()) else { return 0 };
        let x = x.min(last).max(first);
        let segment = self.knots.windows(2).find(|pair| x <= pair[1].0);
        let Some(&[(x0, y0), (x1, y1)]) = segment else { return 0 };
        let den = x1 - x0;
        let num = y0 * den + (y1 - y0) * (x - x0);
        let micro = (2 * self.weight * num + den).div_euclid(2 * den);
        micro.min(self.upper * 1000).max(self.lower * 1000)
    }

    /// The least and the greatest contribution that any value can give, millionths.
    pub fn range(&self) -> (i64, i64) {
        let end = |knot: Option<&(i64, i64)>| knot.map_or(0, |&(x, _)| self.contribution(x));
        (end(self.knots.first()), end(self.knots.last()))
    }

    /// Lower and upper bound in millionths.
    pub fn bounds(&self) -> (i64, i64) {
        (self.lower * 1000, self.upper * 1000)
    }
}

/// One curve per dimension.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "BTreeMap<DimensionName, Curve>")]
pub struct Curves(Vec<Curve>);

impl Curves {
    /// The curve of a dimension.
    pub fn of(&self, name: DimensionName) -> &Curve {
        &self.0[name as usize]
    }

    /// All with their names, in the fixed order.
    pub fn iter(&self) -> impl Iterator<Item = (DimensionName, &Curve)> {
        DimensionName::ALL.iter().copied().zip(&self.0)
    }
}

impl TryFrom<BTreeMap<DimensionName, Curve>> for Curves {
    type Error = String;

    fn try_from(mut named: BTreeMap<DimensionName, Curve>) -> Result<Curves, String> {
        let take = |&name: &DimensionName| named.remove(&name).ok_or(format!("missing [dimension.{name}]"));
        DimensionName::ALL.iter().map(take).collect::<Result<Vec<_>, _>>().map(Curves)
    }
}
