//! What a running program is asked, and what has to be in its answers.

pub mod book;
pub mod finding;
pub mod records;

use serde_json::Value;

use crate::{Result, client::Client, floor::Cell, running::Running};

/// What is right or what is wrong.
pub type Checked = std::result::Result<(), String>;

/// Reads JSON.
///
/// # Errors
/// What is wrong with it.
pub fn json(text: &str) -> std::result::Result<Value, String> {
    serde_json::from_str(text).map_err(|cause| format!("no JSON ({cause})"))
}

/// Right where it holds.
///
/// # Errors
/// What was said else.
pub fn held(holds: bool, wrong: impl FnOnce() -> String) -> Checked {
    if holds { Ok(()) } else { Err(wrong()) }
}

/// A text as it stands in an address.
pub fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// A list as the program answers it now.
///
/// # Errors
/// When it does not.
pub fn rows(running: &Running, headers: &str, query: &str) -> Result<Vec<Value>> {
    let answer = Client::open(running.address)?.get(&format!("/api/v1/relationships?{query}"), headers)?;
    let list = json(&answer.text()?)?;
    list["rows"].as_array().cloned().ok_or_else(|| format!("{query}: {list}").into())
}

/// A text as a value of a statement.
pub(crate) fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}
