//! What was bought, billed, paid and given back, and the time spent on it.

use kernel::Day;
use serde::{Deserialize, Serialize};

use super::{
    FactId,
    encoding::{optional_day, optional_fact},
    words::{Channel, Custom, Offer, RefundReason},
};

/// An order, an invoice or a payment.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
pub struct Purchase {
    /// Tax excluded.
    pub amount: i64,
    /// What kind of thing was bought, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offer: Option<Offer>,
    /// Which offering.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offering: Option<String>,
    /// The need it meets, in their words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub need: Option<String>,
    /// What was made for them: empty means as it stands, absent means unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom: Option<Vec<Custom>>,
    /// How it was bought.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// The first day it pays for.
    #[serde(skip_serializing_if = "Option::is_none", with = "optional_day")]
    pub period_start: Option<Day>,
    /// The last day it pays for.
    #[serde(skip_serializing_if = "Option::is_none", with = "optional_day")]
    pub period_end: Option<Day>,
    /// The order or invoice it settles: then it is not counted again.
    #[serde(skip_serializing_if = "Option::is_none", with = "optional_fact")]
    pub of: Option<FactId>,
}

/// Money given back.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
pub struct Refund {
    /// Positive.
    pub amount: i64,
    /// The purchase it belongs to, where the source says.
    #[serde(skip_serializing_if = "Option::is_none", with = "optional_fact")]
    pub of: Option<FactId>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<RefundReason>,
}

/// Time spent for them.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
pub struct Work {
    /// Minutes.
    pub minutes: i64,
    /// Who.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// As what it counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offer: Option<Offer>,
    /// For which offering.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offering: Option<String>,
    /// For which need.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub need: Option<String>,
}
