//! The audit tells everything that can be done in words, in every language.

use std::sync::Arc;

use serde_json::{Value, json};
use slice::{Act, Method};
use speech::{Language, Listener, speaking};

use crate::town::Town;

/// With what a deed is told that depends on which button was pressed.
fn pressed(operation: &str) -> Value {
    match operation {
        "duplicate.decide" => json!({ "decision": "not_same" }),
        "crossing.answer" => json!({ "answer": "not_now" }),
        "contract.renew" => json!({ "choice": "lapse" }),
        _ => json!({}),
    }
}

#[test]
fn whatever_changes_something_is_told_by_its_slice_in_english_and_german() {
    let town = Town::one();
    let slices = &town.running.open.slices;
    let told = |name: &str| slices.iter().find_map(|slice| (slice.deeds)(name, &pressed(name)));
    let operations =
        slices.iter().flat_map(|slice| &slice.operations).filter(|one| one.head.act != Act::Read);
    let forms = slices.iter().flat_map(|slice| slice.pages).filter(|page| page.method == Method::Post);
    let unreached = forms.filter(|page| page.reaches.is_empty()).map(|page| format!("POST {}", page.path));
    let mut names: Vec<String> = operations.map(|one| one.head.name.to_owned()).chain(unreached).collect();
    names.extend(["sign_in", "sign_out", "owner_link", "import.receive"].map(str::to_owned));
    assert!(60 < names.len(), "the tables are walked");
    for name in names {
        let english = told(&name).unwrap_or_else(|| panic!("nothing is said of {name}"));
        let german = Listener { language: Language::German, ..Listener::default() };
        let german = speaking(Arc::new(german), || told(&name)).unwrap();
        assert_ne!(english, german, "{name}");
    }
}
