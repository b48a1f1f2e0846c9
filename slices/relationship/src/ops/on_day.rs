//! A relationship on another day than now, and as it was known on another.

use ::store::Tx;
use kernel::{Context, Day, Problem, Result};
use schemars::JsonSchema;
use serde::Deserialize;
use timeline::{AccountId, Entry, LineId, store as facts};

use crate::jobs::{
    Clocks,
    recall::{on_record, remembered},
};

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

/// The facts of a relationship: those in force, or those that were on record when a day ended, taken back since or not.
///
/// # Errors
/// `store.statement`, `timeline.body`.
pub(super) fn entries(
    cx: &Context,
    tx: &mut Tx<'_>,
    (account, line): (AccountId, LineId),
    clocks: Clocks,
) -> Result<Vec<Entry>> {
    match clocks.known_at {
        None => facts::facts(tx, account, line),
        Some(day) => Ok(on_record(&remembered(tx, account)?, line, ends(cx, day))),
    }
}

/// The last moment of a day, in microseconds.
pub(crate) fn ends(cx: &Context, day: Day) -> i64 {
    let next = day.plus(1);
    let begins = cx.zone.to_timestamp(next.date().at(0, 0, 0, 0));
    begins.map_or(next.moment().micros, |at| at.as_microsecond()) - 1
}
