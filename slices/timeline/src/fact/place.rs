//! Where they stand: in a sale, among all buyers, on other lines, in registers that are complete.

use serde::{Deserialize, Serialize};

use super::words::Register;

/// A step of a sale.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
pub struct Stage {
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// How many people of theirs took part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stakeholders: Option<i64>,
}

/// Rank of net spend.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SpendRank {
    /// 0 to 1000.
    pub permille: i64,
}

/// Dealings on another line.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OtherLine {
    /// Its label.
    pub line: String,
}

/// A complete register.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RecordKept {
    /// Which.
    pub register: Register,
}
