//! What was done, as the audit tells it to people.

use serde_json::Value;
use speech::say;

/// What an operation of this slice did with that input, in a few words; nothing for one of another slice.
pub(crate) fn deed(operation: &str, _: &Value) -> Option<String> {
    let said = match operation {
        "catalog.record" => say!("Wrote a product down"),
        _ => return None,
    };
    Some(said.into_owned())
}
