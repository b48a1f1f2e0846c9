//! What was done, as the audit tells it to people.

use serde_json::Value;
use speech::say;

/// What an operation of this slice did with that input, in a few words; nothing for one of another slice.
pub(crate) fn deed(operation: &str, _: &Value) -> Option<String> {
    let said = match operation {
        "import.receive" => say!("Brought a file"),
        "import.leave_out" => say!("Left a part of an import out"),
        "import.take_in" => say!("Took a part of an import in"),
        "import.reading" => say!("Said how a file is to be read"),
        "import.mapping" => say!("Said what the columns of a file mean"),
        "import.plan" => say!("Had a dry run made"),
        "import.run" => say!("Brought an import in"),
        "import.pause" => say!("Paused an import"),
        "import.resume" => say!("Resumed an import"),
        "import.cancel" => say!("Cancelled an import"),
        "import.discard" => say!("Discarded an import"),
        "import.undo" => say!("Took an import back"),
        _ => return None,
    };
    Some(said.into_owned())
}
