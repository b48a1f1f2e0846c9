//! Cells as values: days, moments, amounts and ids, by the format decided for their column.

use serde::{Deserialize, Serialize};

/// In which order a column writes its dates. A year written first is read whatever the order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateOrder {
    /// `2025-03-04`, with or without a time.
    #[default]
    #[serde(rename = "year-month-day")]
    YearFirst,
    /// `04.03.2025`, `4/3/25`, `04-Mar-11`.
    #[serde(rename = "day.month.year")]
    DayFirst,
    /// `3/4/2025 8:26`.
    #[serde(rename = "month/day/year")]
    MonthFirst,
    /// Seconds since 1970, UTC.
    #[serde(rename = "epoch seconds")]
    EpochSeconds,
    /// Milliseconds since 1970, UTC.
    #[serde(rename = "epoch milliseconds")]
    EpochMillis,
}

/// What stands between the whole and the decimals of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum DecimalSign {
    /// `1,234.50`
    #[default]
    #[serde(rename = ".")]
    Point,
    /// `1.234,50`
    #[serde(rename = ",")]
    Comma,
}
