//! The policy: every number of a decision, as a versioned TOML file that people may edit.
//!
//! Log-odds are thousandths, `become` and `stop` millionths, weights and credits permille, windows days.
//! A policy that exists is valid: [`Policy::parse`] refuses what policy.md §2 and §4 forbid.

mod check;
mod credit;
mod curve;
mod draft;
mod guarantee;
mod industry;
mod learned;
mod number;

use std::sync::Arc;

use kernel::{Problem, Result};
use serde::Deserialize;
use speech::say;

pub use self::credit::{
    ClauseCredit, Credit, CustomCredit, FormCredit, GiveCredit, NamedCredit, OfferCredit,
};
pub use self::curve::{Curve, Curves, Family};
pub use self::draft::{Difference, Draft, differences};
pub use self::guarantee::Guarantee;
pub use self::industry::{Industries, IndustryPolicy, Pack};
pub use self::learned::{Learned, Weights, same_scores};
use self::number::numbers;

/// The readings that ship with the house: their file name without ending, and their text.
pub const SHIPPED: [(&str, &str); 3] = [
    ("default", include_str!("../policies/default.toml")),
    ("relationship", include_str!("../policies/relationship.toml")),
    ("professional-service", include_str!("../policies/professional-service.toml")),
];

/// A valid policy.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Its name.
    #[serde(rename = "policy", deserialize_with = "shared")]
    pub name: Arc<str>,
    /// Its version, named in every decision.
    #[serde(deserialize_with = "shared")]
    pub version: Arc<str>,
    /// What it means by a client, in one sentence.
    pub sentence: String,
    /// Base, thresholds, dwell.
    #[serde(rename = "decision")]
    pub rules: Rules,
    /// How far back each dimension looks.
    pub windows: Windows,
    /// When a relationship is over.
    pub former: Former,
    /// What facts count.
    pub credit: Credit,
    /// One curve per dimension.
    #[serde(rename = "dimension")]
    pub curves: Curves,
    /// What its weights were learned from; absent where they were reasoned.
    #[serde(default)]
    pub learned: Option<Learned>,
}

impl Policy {
    /// Reads and checks a policy.
    ///
    /// # Errors
    /// `policy.format` for what is not such a TOML file, `policy.invalid` (with the field) for numbers that a
    /// decision cannot stand on: curves that fall, bounds that do not include 0, thresholds that are not the
    /// log-odds of their permille, windows of no length.
    pub fn parse(text: &str) -> Result<Policy> {
        let policy: Policy = toml::from_str(text).map_err(|cause| {
            Problem::invalid("policy", "policy.format", say!("cannot read the policy: {}", cause.message()))
        })?;
        check::check(&policy)?;
        Ok(policy)
    }

    /// The policy that ships under that file name.
    ///
    /// # Errors
    /// `policy.unknown` for a name that does not ship.
    pub fn shipped(name: &str) -> Result<Policy> {
        let found = SHIPPED.iter().find(|(known, _)| *known == name);
        let (_, text) = found.ok_or_else(|| {
            Problem::not_found(
                "policy.unknown",
                say!("no policy {name:?} ships; there are default, relationship and professional-service"),
            )
        })?;
        Policy::parse(text)
    }
}

/// A text that every decision shares.
fn shared<'de, D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Arc<str>, D::Error> {
    String::deserialize(deserializer).map(Arc::from)
}

/// The rules that make a class of a score.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Log-odds of client for one of whom we know only that it bought, thousandths.
    pub base: i64,
    /// Strength at which one becomes a client, permille.
    pub become_permille: i64,
    /// The same as log-odds in millionths.
    #[serde(rename = "become")]
    pub becomes: i64,
    /// Strength at or below which a client stops being one, permille.
    pub stop_permille: i64,
    /// The same as log-odds in millionths.
    pub stop: i64,
    /// Days without a change back after a change between customer and client.
    pub dwell_days: i64,
    /// Coverage below which there is not enough evidence, permille.
    pub min_coverage: i64,
    /// Weight of the industry prior, permille.
    pub industry_weight: i64,
    /// Score without our own care from which client care is called for, thousandths.
    pub fit_client: i64,
    /// Score without our own care below which customer care is called for, thousandths.
    pub fit_customer: i64,
}

numbers! {
    /// How far back each dimension looks, in days unless said otherwise.
    Windows {
        /// Service bought and personalization count in full this long; exclusivity looks so far back.
        share,
        /// Then they fade over this long, to a quarter while the stretch goes on.
        fade,
        /// Support relation, proactive contact, reciprocity, spend rank.
        contact,
        /// Breadth (and all of the running stretch), decision basis.
        breadth,
        /// Adoption.
        usage,
        /// A named person serves who acted within it.
        serving,
        /// Months.
        continuity_months,
        /// A purchase keeps tenure running this long.
        warm,
        /// The rhythm of our own contact where none is agreed.
        rhythm,
        /// A prospect's last sign of interest.
        interest,
    }
}

numbers! {
    /// When silence means that a relationship is over, in days.
    Former {
        /// After the last contract ended other than by will.
        contract_days,
        /// The trade's gap between purchases; counts as two observed ones.
        typical_gap,
        /// So many expected gaps of silence.
        multiple,
        /// The limit is never shorter.
        minimum,
        /// The limit is never longer.
        maximum,
    }
}
