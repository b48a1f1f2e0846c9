//! What was done, as the audit tells it to people.

use serde_json::Value;
use speech::say;

/// What an operation of this slice did with that input, in a few words; nothing for one of another slice.
pub(crate) fn deed(operation: &str, input: &Value) -> Option<String> {
    let said = match operation {
        "crossing.answer" => match input.get("answer").and_then(Value::as_str) {
            Some("accept") => say!("Agreed to a new class"),
            Some("not_now") => say!("Put off the answer to a new class"),
            Some("decline") => say!("Declined a new class"),
            Some("take_back") => say!("Took back the answer to a new class"),
            _ => return None,
        },
        "override.set" => say!("Set a class by hand"),
        "override.withdraw" => say!("Withdrew a class that was set by hand"),
        "policy.adopt" => say!("Put a policy in force"),
        "policy.learn" => say!("Had a policy learned from labels"),
        "policy.preview" => say!("Looked at what a policy would change"),
        "line.baseline" => say!("Took the ranks of spend anew"),
        "line.now" => say!("Set which day counts as now on a line"),
        "preference.state" => say!("Noted what a party wants"),
        "preference.accept" => say!("Took up what a party seems to want"),
        "preference.link" => say!("Gave a party the link to say what they want"),
        "POST /preferences/{token}" => say!("Said what they want"),
        "bulk.preview" => say!("Looked at a change to many"),
        "bulk.apply" => say!("Changed many at once"),
        "bulk.undo" => say!("Undid a change to many"),
        "view.save" => say!("Saved a view"),
        "view.change" => say!("Changed a view"),
        "view.delete" => say!("Deleted a view"),
        "view.restore" => say!("Brought a view back"),
        "switch.apply" => match input.get("to").and_then(Value::as_str) {
            Some("client") => say!("Switched to service as a client"),
            Some("customer") => say!("Switched to service as a customer"),
            _ => say!("Switched the service"),
        },
        "switch.undo" => say!("Undid a switch"),
        _ => return None,
    };
    Some(said.into_owned())
}
