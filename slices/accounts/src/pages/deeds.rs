//! What an entry of the audit did, in words: what the house says of the operation, or the button that was pressed.

use slice::{Method, PageRoute, Slice};
use speech::{Language, language, word};

/// What was done. The table of operations is written in English; other languages have the words of the button.
pub(super) fn said(slices: &[Slice], operation: &str) -> String {
    let route = route(slices, operation);
    let name = route.and_then(|route| route.reaches.first()).copied().unwrap_or(operation);
    let mut all = slices.iter().flat_map(|slice| &slice.operations);
    let sentence = all.find(|one| one.head.name == name).map(|one| one.head.sentence);
    let button = route.map(|route| route.by.trim_matches(['(', ')'])).filter(|by| !by.is_empty());
    match (language(), sentence, button) {
        (Language::English, Some(sentence), _) | (_, Some(sentence), None) => first_part(sentence).to_owned(),
        (_, _, Some(button)) => word!(button),
        (_, None, None) => String::new(),
    }
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
        let told = said(&slices, "POST /merges/{id}/undo");
        assert!(!told.is_empty() && !told.contains('/'), "{told}");
        assert_eq!(told, said(&slices, "merge.undo"));
        assert_eq!(said(&slices, "unheard.of"), "");
    }
}
