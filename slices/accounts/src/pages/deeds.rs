//! What an entry of the audit did, in words: those of the slice whose operation it is, else the sentence of the operation.

use serde_json::Value;
use slice::{Method, PageRoute, Slice};

/// What was done with that input.
pub(super) fn said(slices: &[Slice], operation: &str, input: Option<&Value>) -> String {
    let route = route(slices, operation);
    let name = route.and_then(|route| route.reaches.first()).copied().unwrap_or(operation);
    let told = slices.iter().find_map(|slice| (slice.deeds)(name, input.unwrap_or(&Value::Null)));
    told.unwrap_or_else(|| {
        let mut all = slices.iter().flat_map(|slice| &slice.operations);
        all.find(|one| one.head.name == name).map_or("", |one| first_part(one.head.sentence)).to_owned()
    })
}

/// The form that was sent, or one by which people do the same.
fn route<'a>(slices: &'a [Slice], operation: &str) -> Option<&'a PageRoute> {
    let path = operation.strip_prefix("POST ");
    let mut forms = slices.iter().flat_map(|slice| slice.pages).filter(|route| route.method == Method::Post);
    forms.find(|route| path.map_or_else(|| route.reaches.contains(&operation), |path| route.path == path))
}

/// A sentence up to where it goes into detail.
fn first_part(sentence: &str) -> &str {
    sentence.split([':', ';', '.', ',']).next().unwrap_or(sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_and_its_operation_are_told_the_same() {
        let slices = [crate::slice()];
        assert_eq!(said(&slices, "POST /merges/{id}/undo", None), "Undid a merge");
        assert_eq!(said(&slices, "merge.undo", None), "Undid a merge");
        assert_eq!(said(&slices, "unheard.of", None), "");
    }

    #[test]
    fn of_a_form_with_several_buttons_the_one_that_was_pressed_is_told() {
        let slices = [crate::slice()];
        let pressed = |decision: &str| {
            let input = serde_json::json!({ "decision": decision });
            said(&slices, "POST /duplicates/{first}/{second}", Some(&input))
        };
        assert_eq!(pressed("same"), "Merged two accounts that are one party");
        assert_eq!(pressed("not_same"), "Said that two accounts are not the same party");
    }
}
