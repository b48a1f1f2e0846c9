//! What was done, as the audit tells it to people.

use serde_json::Value;
use speech::say;

/// What an operation of this slice did with that input, in a few words; nothing for one of another slice.
pub(crate) fn deed(operation: &str, input: &Value) -> Option<String> {
    let said = match operation {
        "contracts.record" => say!("Recorded contracts"),
        "subscriptions.record" => say!("Recorded subscriptions"),
        "contract.amend" => say!("Changed a contract"),
        "subscription.change" => say!("Changed a subscription"),
        "contract.retract" => say!("Took a version of a contract back"),
        "contract.renew" => match input.get("choice").and_then(Value::as_str) {
            Some("renew") => say!("Decided to renew a contract"),
            Some("renegotiate") => say!("Decided to renegotiate a contract"),
            Some("end") => say!("Decided to end a contract"),
            Some("lapse") => say!("Decided to let a contract lapse"),
            _ => return None,
        },
        "contract.withdraw" => say!("Recorded that notice or a withdrawal arrived"),
        "contract.step" => say!("Did a step of a withdrawal"),
        "calendar.set" => say!("Wrote a calendar"),
        _ => return None,
    };
    Some(said.into_owned())
}
