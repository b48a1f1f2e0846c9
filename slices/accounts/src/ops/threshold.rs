//! From which probability on duplicates are merged without being asked.

use ::store::{DataClass, Tx};
use kernel::{Context, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use speech::say;

use super::{duplicates::least, searching};

pub(super) const AUTO: Head = Head {
    name: "duplicates.auto",
    act: Act::Write,
    method: Method::Put,
    path: "/duplicates/auto",
    command: "duplicates auto",
    permission: Permission::Manage,
    class: DataClass::Business,
    sentence: "Sets from which probability on duplicates are merged without being asked; without one, none is.",
    examples: &["mainstay duplicates auto --least 0.999", "mainstay duplicates auto"],
};

/// From which probability on.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// The least probability, at least 0.9; absent for never.
    #[serde(default)]
    pub least: Option<f64>,
}

/// From which probability on duplicates are merged by themselves.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownThreshold {
    /// The least probability; absent for never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least: Option<f64>,
}

/// Sets from which probability on duplicates are merged by themselves.
///
/// # Errors
/// `duplicates.least` for one below 0.9.
pub fn auto(_: &Context, tx: &mut Tx<'_>, input: Threshold) -> Result<ShownThreshold> {
    let text = match input.least {
        None => String::new(),
        Some(probability) if probability < 0.9 => {
            let text = say!(
                "merge by itself from {probability} on: at least 0.9 is asked for; let people decide the others"
            );
            return Err(Problem::invalid("least", "duplicates.least", text));
        }
        Some(probability) => least(probability)?.to_string(),
    };
    tx.set(searching::AUTO, &text)?;
    Ok(ShownThreshold { least: input.least })
}

/// From which probability on duplicates are merged by themselves now.
///
/// # Errors
/// `store.statement`.
pub fn in_force(tx: &mut Tx<'_>) -> Result<ShownThreshold> {
    let text = tx.setting(searching::AUTO)?;
    let millionths = text.and_then(|text| text.parse::<i64>().ok());
    Ok(ShownThreshold { least: millionths.map(|least| least as f64 / 1_000_000.0) })
}
