//! What was done, as the audit tells it to people.

use serde_json::Value;
use speech::say;

/// What an operation of this slice did with that input, in a few words; nothing for one of another slice.
pub(crate) fn deed(operation: &str, _: &Value) -> Option<String> {
    let said = match operation {
        "sample.load" => say!("Loaded a sample business"),
        "sample.remove" => say!("Removed a sample business"),
        "job.again" => say!("Had a job tried again"),
        "POST /today/seen" => say!("Looked at what changed"),
        _ => return None,
    };
    Some(said.into_owned())
}
