//! What was done, as the audit tells it to people.

use serde_json::Value;
use speech::say;

/// What an operation of this slice did with that input, in a few words; nothing for one of another slice.
pub(crate) fn deed(operation: &str, _: &Value) -> Option<String> {
    let said = match operation {
        "sign_in" => say!("Signed in"),
        "sign_out" => say!("Signed out"),
        "owner_link" => say!("Asked for a link with which an owner signs in"),
        "person.add" => say!("Added somebody of ours"),
        "person.link" => say!("Gave somebody a new link to sign in"),
        "person.role" => say!("Set what somebody may do"),
        "person.leave" => say!("Wrote down that somebody left"),
        "person.language" => say!("Chose a language"),
        "house.word" => say!("Set what the house calls somebody"),
        "token.add" => say!("Made a token"),
        "token.revoke" => say!("Revoked a token"),
        _ => return None,
    };
    Some(said.into_owned())
}
