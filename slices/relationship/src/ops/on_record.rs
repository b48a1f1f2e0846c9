//! The decision that stood on record when a day ended.

use ::store::Tx;
use kernel::{Context, Result};
use schemars::JsonSchema;
use serde::Serialize;

use super::on_day;
use crate::{
    jobs::Clocks,
    store::log::{self, Part},
    strength,
};

/// A decision that stood on record.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct OnRecord {
    /// The day it was decided for.
    pub as_of: String,
    /// What the evidence said.
    pub class: String,
    /// Strength of evidence with two decimals; only for customers and clients.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strength: Option<String>,
    /// Name of the policy; empty where it was not written down.
    pub policy: String,
    /// Its version.
    pub policy_version: String,
}

/// What the log has of the decision that stood when the day ended whose knowledge is asked for.
pub(super) fn on_record(cx: &Context, tx: &mut Tx<'_>, id: &str, clocks: Clocks) -> Result<Option<OnRecord>> {
    let Some(day) = clocks.known_at else { return Ok(None) };
    let until = Part::Until(on_day::ends(cx, day) + 1);
    let Some(stood) = log::logged(tx, cx.codes.read(id)?, until, 1)?.pop() else { return Ok(None) };
    let decision: serde_json::Value = serde_json::from_str(&stood.decision).unwrap_or_default();
    let class = decision["class"].as_str().unwrap_or_default().to_owned();
    let judged = ["customer", "client"].contains(&class.as_str());
    Ok(Some(OnRecord {
        as_of: stood.as_of.to_string(),
        strength: decision["score"].as_i64().filter(|_| judged).map(strength::shown),
        class,
        policy: stood.stood.policy_name,
        policy_version: stood.stood.policy_version,
    }))
}
