//! A relationship on another day than now, and as it was known on another.

use kernel::{Day, Problem, Result};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::jobs::Clocks;

/// A relationship by its id, as it was on a day.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OnDay {
    /// The id of the relationship.
    pub id: String,
    /// The day to judge it for, such as 2025-03-04; now where absent.
    #[serde(default)]
    pub as_of: Option<String>,
    /// Judge it as it was known on that day: what was recorded later does not count. All that is known now where absent.
    #[serde(default)]
    pub known_at: Option<String>,
}

impl OnDay {
    /// The two clocks.
    ///
    /// # Errors
    /// `day.format` for what is no day.
    pub(super) fn clocks(&self) -> Result<Clocks> {
        let day = |text: &Option<String>, field: &'static str| {
            text.as_deref()
                .map(Day::parse)
                .transpose()
                .map_err(|problem| Problem { field: Some(field.into()), ..problem })
        };
        Ok(Clocks { as_of: day(&self.as_of, "as_of")?, known_at: day(&self.known_at, "known_at")? })
    }
}
