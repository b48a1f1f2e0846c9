//! What was done, as the audit tells it to people.

use serde_json::Value;
use speech::say;

/// What an operation of this slice did with that input, in a few words; nothing for one of another slice.
pub(crate) fn deed(operation: &str, input: &Value) -> Option<String> {
    let said = match operation {
        "account.add" => say!("Added an account"),
        "account.change" => say!("Corrected what is known of an account"),
        "account.link" => say!("Linked an account to others"),
        "account.wall" => say!("Set who may see an account"),
        "contacts.record" => say!("Added people who act for an account"),
        "contact.change" => say!("Corrected what is known of a person"),
        "contact.remove" => say!("Removed a person"),
        "facts.record" => say!("Recorded what happened"),
        "fact.withdraw" => say!("Took a fact back"),
        "duplicate.decide" => match input.get("decision").and_then(Value::as_str) {
            Some("same") => say!("Merged two accounts that are one party"),
            Some("not_same") => say!("Said that two accounts are not the same party"),
            Some("open") => say!("Asked again whether two accounts are one party"),
            Some("later") => say!("Put off whether two accounts are one party"),
            _ => return None,
        },
        "duplicates.merge" => say!("Merged many pairs at once"),
        "duplicates.search" => say!("Had all accounts compared again"),
        "duplicates.auto" => say!("Set from when on duplicates are merged unasked"),
        "accounts.merge" => say!("Merged accounts"),
        "merge.undo" => say!("Undid a merge"),
        _ => return None,
    };
    Some(said.into_owned())
}
