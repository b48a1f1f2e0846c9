//! A draft: a few numbers laid over the text of a policy, and what one text changes in another.

use std::collections::BTreeMap;

use kernel::{Problem, Result};
use speech::say;
use toml_edit::{DocumentMut, Item, Value};

use crate::DimensionName;

/// Numbers laid over a policy; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Its name.
    pub name: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// Strength at which one becomes a client, permille.
    pub becomes: Option<i64>,
    /// Strength at or below which a client stops being one, permille.
    pub stops: Option<i64>,
    /// Days without a change back.
    pub dwell: Option<i64>,
    /// Weights, permille.
    pub weights: BTreeMap<DimensionName, i64>,
}

impl Draft {
    /// The text of the policy with these numbers in it; comments and order stay.
    ///
    /// # Errors
    /// `policy.format` for a text that is no policy. That the numbers hold is for [`crate::Policy::parse`] to say.
    pub fn over(&self, text: &str) -> Result<String> {
        let refused =
            |why: String| Problem::invalid("policy", "policy.format", say!("cannot read the policy: {why}"));
        let mut document: DocumentMut =
            text.parse().map_err(|cause: toml_edit::TomlError| refused(cause.message().to_owned()))?;
        let mut put = |path: [&str; 3], value: Value| {
            set(document.as_item_mut(), &path, value)
                .ok_or_else(|| refused(say!("{} is missing", path.join(".").trim_matches('.'))))
        };
        for (key, text) in [("policy", &self.name), ("version", &self.version)] {
            if let Some(text) = text {
                put(["", "", key], text.as_str().into())?;
            }
        }
        for (key, permille) in [("become", self.becomes), ("stop", self.stops)] {
            if let Some(permille) = permille {
                put(["", "decision", &format!("{key}_permille")], permille.into())?;
                put(["", "decision", key], log_odds(permille).into())?;
            }
        }
        if let Some(days) = self.dwell {
            put(["", "decision", "dwell_days"], days.into())?;
        }
        for (name, weight) in &self.weights {
            put(["dimension", name.as_str(), "weight"], (*weight).into())?;
        }
        // Weights that somebody changed by hand are not those that were learned any more.
        if document.contains_key("learned")
            && differences(text, &document.to_string())?.iter().any(|one| one.key.ends_with(".weight"))
        {
            document.remove("learned");
        }
        Ok(document.to_string())
    }
}

/// Replaces a value that is there, with its comment left beside it.
fn set(root: &mut Item, path: &[&str], mut value: Value) -> Option<()> {
    let item = path.iter().filter(|key| !key.is_empty()).try_fold(root, |item, key| item.get_mut(key))?;
    let known = item.as_value_mut()?;
    *value.decor_mut() = known.decor().clone();
    *known = value;
    Some(())
}

/// The log-odds of a strength in permille, in millionths (policy.md §4).
fn log_odds(permille: i64) -> i64 {
    let p = permille as f64 / 1000.0;
    libm::rint(libm::log(p / (1.0 - p)) * 1e6) as i64
}

/// A number or a text of a policy that differs between two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where it stands: `dimension.tenure.weight`.
    pub key: String,
    /// What it was; absent where there was none.
    pub before: Option<String>,
    /// What it is; absent where there is none.
    pub after: Option<String>,
}

/// What a policy changes in another, key by key.
///
/// # Errors
/// `policy.format` for a text that is no TOML.
pub fn differences(before: &str, after: &str) -> Result<Vec<Difference>> {
    let (before, after) = (leaves(before)?, leaves(after)?);
    let keys: std::collections::BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let pairs = keys.into_iter().map(|key| (key, before.get(key).cloned(), after.get(key).cloned()));
    Ok(pairs
        .filter(|(_, before, after)| before != after)
        .map(|(key, before, after)| Difference { key: key.clone(), before, after })
        .collect())
}

fn leaves(text: &str) -> Result<BTreeMap<String, String>> {
    let table: toml::Table = toml::from_str(text).map_err(|cause| {
        Problem::invalid("policy", "policy.format", say!("cannot read the policy: {}", cause.message()))
    })?;
    let mut found = BTreeMap::new();
    let mut open = vec![(String::new(), toml::Value::Table(table))];
    while let Some((key, value)) = open.pop() {
        match value {
            toml::Value::Table(table) => {
                open.extend(table.into_iter().map(|(name, value)| {
                    (if key.is_empty() { name } else { format!("{key}.{name}") }, value)
                }))
            }
            toml::Value::String(text) => drop(found.insert(key, text)),
            other => drop(found.insert(key, other.to_string())),
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Policy, policy::SHIPPED};

    #[test]
    fn a_draft_changes_its_numbers_and_nothing_else() {
        for (name, text) in SHIPPED {
            assert_eq!(Draft::default().over(text).unwrap(), text, "{name}: nothing is laid over it");
            let draft = Draft {
                name: Some("ours".to_owned()),
                version: Some("1".to_owned()),
                becomes: Some(650),
                stops: Some(350),
                dwell: Some(60),
                weights: [(DimensionName::Tenure, 1300)].into(),
            };
            let drafted = draft.over(text).unwrap();
            let policy = Policy::parse(&drafted).unwrap();
            assert_eq!((&*policy.name, &*policy.version), ("ours", "1"));
            assert_eq!((policy.rules.become_permille, policy.rules.stop_permille), (650, 350));
            assert_eq!(policy.curves.of(DimensionName::Tenure).weight, 1300);
            let comments = |text: &str| text.matches('#').count();
            assert_eq!(comments(&drafted), comments(text), "{name}: comments stay");
            let changed: Vec<_> =
                differences(text, &drafted).unwrap().into_iter().map(|one| one.key).collect();
            let allowed = [
                "decision.become",
                "decision.become_permille",
                "decision.dwell_days",
                "decision.stop",
                "decision.stop_permille",
                "dimension.tenure.weight",
                "policy",
                "version",
            ];
            assert!(changed.iter().all(|key| allowed.contains(&key.as_str())), "{name}: {changed:?}");
            assert!(changed.contains(&"decision.dwell_days".to_owned()));
        }
    }

    #[test]
    fn numbers_that_do_not_hold_are_refused_when_the_draft_is_read() {
        let wrong = Draft { becomes: Some(300), stops: Some(400), ..Draft::default() };
        let problem = Policy::parse(&wrong.over(SHIPPED[0].1).unwrap()).unwrap_err();
        assert_eq!(problem.field.as_deref(), Some("decision.stop"));
        for permille in [0, 1000, -5] {
            let wrong = Draft { becomes: Some(permille), ..Draft::default() };
            assert!(Policy::parse(&wrong.over(SHIPPED[0].1).unwrap()).is_err(), "{permille}");
        }
        assert_eq!(
            Draft { dwell: Some(1), ..Draft::default() }.over("policy = 'x'").unwrap_err().code,
            "policy.format"
        );
    }

    #[test]
    fn a_difference_says_what_came_and_what_went() {
        let found = differences("a = 1\n[b]\nc = 'x'\n", "a = 2\n[b]\nd = [[1, 2]]\n").unwrap();
        let told: Vec<_> =
            found.iter().map(|one| (one.key.as_str(), one.before.as_deref(), one.after.as_deref())).collect();
        assert_eq!(
            told,
            [("a", Some("1"), Some("2")), ("b.c", Some("x"), None), ("b.d", None, Some("[[1, 2]]"))]
        );
    }
}
