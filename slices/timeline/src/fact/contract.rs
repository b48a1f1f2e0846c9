//! What both sides signed, and how it ended.

use kernel::Day;
use serde::{Deserialize, Serialize};

use super::{
    FactId,
    encoding::{optional_day, some_fact},
    words::{Custom, EndReason, Form, Offer, Promised},
};

/// A contract.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
pub struct Contract {
    /// Begins; the day it was signed where absent.
    #[serde(skip_serializing_if = "Option::is_none", with = "optional_day")]
    pub start: Option<Day>,
    /// Ends, exclusive.
    #[serde(skip_serializing_if = "Option::is_none", with = "optional_day")]
    pub end: Option<Day>,
    /// How it was agreed; standard where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<Form>,
    /// Fees are stated.
    pub fees: bool,
    /// Scope is stated.
    pub scope: bool,
    /// Withdrawal is stated.
    pub withdrawal: bool,
    /// The clause on its term is known.
    pub term: bool,
    /// What kind of thing it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offer: Option<Offer>,
    /// For which need.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub need: Option<String>,
    /// For which offering.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offering: Option<String>,
    /// What was made for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom: Option<Vec<Custom>>,
    /// What it promises.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub promises: Vec<Promised>,
}

/// The end of a contract.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ContractEnd {
    /// Which one.
    #[serde(with = "some_fact")]
    pub contract: FactId,
    /// Why; unknown where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<EndReason>,
}
