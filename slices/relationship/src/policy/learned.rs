//! A policy with weights that were learned from labels: laid over the text of the one it starts from, with a note of what
//! it was learned from.

use std::collections::BTreeMap;

use kernel::{Problem, Result};
use serde::Deserialize;
use speech::say;
use toml_edit::{DocumentMut, Item, Table, Value};

use super::{Curve, Policy};
use crate::DimensionName;

/// What a learned policy was learned from. Only under a policy that says so may a page call the strength a probability.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Learned {
    /// How many labels.
    pub labels: i64,
    /// How many of them say client.
    pub clients: i64,
    /// The day on which it was learned.
    pub on: String,
    /// The name and the version of the policy that it started from.
    pub from: String,
}

/// The numbers that were learned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weights {
    /// The base, thousandths.
    pub base: i64,
    /// New weights, permille.
    pub weights: BTreeMap<DimensionName, i64>,
}

impl Weights {
    /// The text of the policy with these numbers in it; comments and order stay. Bounds go with their weight (policy.md
    /// §4), outwards by less than a thousandth, so that they cut nothing that they did not cut before. The score below which
    /// even full care would hold no client moves with the bounds of our own care (policy.md §7).
    ///
    /// # Errors
    /// `policy.format` for a text that is no policy. That the numbers hold is for [`Policy::parse`] to say.
    pub fn over(&self, text: &str, learned: &Learned) -> Result<String> {
        let policy = Policy::parse(text)?;
        let refused =
            |why: String| Problem::invalid("policy", "policy.format", say!("cannot write the policy: {why}"));
        let mut document: DocumentMut =
            text.parse().map_err(|cause: toml_edit::TomlError| refused(cause.message().to_owned()))?;
        let mut put = |path: [&str; 3], value: Value| {
            put(document.as_item_mut(), path, value)
                .ok_or_else(|| refused(say!("{} is missing", path.join(".").trim_matches('.'))))
        };
        put(["", "", "version"], format!("learned {} from {} labels", learned.on, learned.labels).into())?;
        put(["", "decision", "base"], self.base.into())?;
        let mut care = 0;
        for (name, weight) in &self.weights {
            let curve = policy.curves.of(*name);
            let (lower, upper) = bounds(curve, *weight);
            put(["dimension", name.as_str(), "weight"], (*weight).into())?;
            put(["dimension", name.as_str(), "lower"], lower.into())?;
            put(["dimension", name.as_str(), "upper"], upper.into())?;
            if matches!(name, DimensionName::NamedPerson | DimensionName::ProactiveContact) {
                care += upper - curve.upper;
            }
        }
        put(["", "decision", "fit_customer"], (policy.rules.fit_customer - care).into())?;
        document.remove("learned");
        document.insert("learned", Item::Table(section(learned)));
        Ok(document.to_string())
    }
}

/// The bounds of a curve whose weight becomes this one, thousandths.
fn bounds(curve: &Curve, weight: i64) -> (i64, i64) {
    match curve.weight {
        0 => (curve.lower, curve.upper),
        known => ((curve.lower * weight).div_euclid(known), -(-curve.upper * weight).div_euclid(known)),
    }
}

/// Replaces a value that is there. A comment beside it spoke of the old one, so it goes.
fn put(root: &mut Item, path: [&str; 3], value: Value) -> Option<()> {
    let item = path.iter().filter(|key| !key.is_empty()).try_fold(root, |item, key| item.get_mut(key))?;
    let known = item.as_value_mut()?;
    if known.to_string().trim() != value.to_string().trim() {
        let before = known.decor().prefix().cloned();
        *known = value;
        if let Some(before) = before {
            known.decor_mut().set_prefix(before);
        }
    }
    Some(())
}

fn section(learned: &Learned) -> Table {
    let mut table = Table::new();
    table.decor_mut().set_prefix(
        "\n# What the weights and the base were learned from; without it no page says probability.\n",
    );
    for (key, number) in [("labels", learned.labels), ("clients", learned.clients)] {
        table.insert(key, toml_edit::value(number));
    }
    for (key, text) in [("on", &learned.on), ("from", &learned.from)] {
        table.insert(key, toml_edit::value(text.as_str()));
    }
    table
}

/// Whether two policies give every relationship the same score: their base, industry weight and curves are the same.
pub fn same_scores(one: &Policy, other: &Policy) -> bool {
    one.rules.base == other.rules.base
        && one.rules.industry_weight == other.rules.industry_weight
        && one.curves == other.curves
        && one.windows == other.windows
        && one.credit == other.credit
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::SHIPPED;

    fn learned() -> Learned {
        Learned { labels: 120, clients: 40, on: "2025-03-04".into(), from: "default 2.1.0".into() }
    }

    #[test]
    fn weight_and_bounds_go_together_so_that_the_clamp_undoes_nothing() {
        for (name, text) in SHIPPED {
            let before = Policy::parse(text).unwrap();
            let weights: BTreeMap<_, _> = DimensionName::ALL
                .iter()
                .map(|name| (*name, before.curves.of(*name).weight * 137 / 100))
                .collect();
            let numbers = Weights { base: before.rules.base - 41, weights };
            let after = Policy::parse(&numbers.over(text, &learned()).unwrap()).unwrap();
            assert_eq!(after.learned, Some(learned()));
            for (dimension, curve) in after.curves.iter() {
                let old = before.curves.of(dimension);
                for (x, _) in &old.knots {
                    let wanted = old.contribution(*x) as f64 * curve.weight as f64 / old.weight as f64;
                    let found = curve.contribution(*x) as f64;
                    assert!(
                        (found - wanted).abs() <= 1000.0,
                        "{name} {dimension} at {x}: {found}, not {wanted}"
                    );
                }
            }
            let care = |policy: &Policy| {
                policy.rules.fit_customer
                    + policy.curves.of(DimensionName::NamedPerson).upper
                    + policy.curves.of(DimensionName::ProactiveContact).upper
            };
            assert_eq!(care(&before), care(&after), "{name}: stop less the bounds of our own care");
            assert!(!same_scores(&before, &after));
        }
    }

    #[test]
    fn a_weight_of_nothing_bounds_nothing_and_learning_again_leaves_one_note() {
        let text = SHIPPED[0].1;
        let numbers = Weights { base: -1500, weights: [(DimensionName::Tenure, 0)].into() };
        let once = numbers.over(text, &learned()).unwrap();
        let policy = Policy::parse(&once).unwrap();
        let tenure = policy.curves.of(DimensionName::Tenure);
        assert_eq!((tenure.weight, tenure.lower, tenure.upper), (0, 0, 0));
        let again = numbers.over(&once, &Learned { labels: 300, ..learned() }).unwrap();
        assert_eq!(again.matches("[learned]").count(), 1, "{again}");
        assert_eq!(Policy::parse(&again).unwrap().learned.unwrap().labels, 300);
        assert!(same_scores(&policy, &Policy::parse(&again).unwrap()));
    }
}
