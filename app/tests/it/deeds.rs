//! The audit tells everything that can be done in words, in every language.

use std::sync::Arc;

use serde_json::{Value, json};
use slice::{Act, Method};
use speech::{Language, Listener, speaking};

use crate::town::Town;

/// With what each deed is told: where one of several buttons sends it, every one of them.
fn pressed(operation: &str) -> Vec<Value> {
    let each = |field: &str, words: &[&str]| words.iter().map(|word| json!({ field: word })).collect();
    match operation {
        "duplicate.decide" => each("decision", &["same", "not_same", "later", "open"]),
        "crossing.answer" => each("answer", &["accept", "not_now", "decline", "take_back"]),
        "contract.renew" => each("choice", &["renew", "renegotiate", "end", "lapse"]),
        "switch.apply" => each("to", &["client", "customer"]),
        _ => vec![json!({})],
    }
}

#[test]
fn whatever_changes_something_is_told_by_its_slice_in_english_and_german() {
    let town = Town::one();
    let slices = &town.running.open.slices;
    let told = |name: &str, input: &Value| slices.iter().find_map(|slice| (slice.deeds)(name, input));
    let operations =
        slices.iter().flat_map(|slice| &slice.operations).filter(|one| one.head.act != Act::Read);
    let forms = slices.iter().flat_map(|slice| slice.pages).filter(|page| page.method == Method::Post);
    let unreached = forms.filter(|page| page.reaches.is_empty()).map(|page| format!("POST {}", page.path));
    let mut names: Vec<String> = operations.map(|one| one.head.name.to_owned()).chain(unreached).collect();
    names.extend(["sign_in", "sign_out", "owner_link", "import.receive"].map(str::to_owned));
    assert!(60 < names.len(), "the tables are walked");
    for (name, input) in
        names.iter().flat_map(|name| pressed(name).into_iter().map(move |input| (name, input)))
    {
        let english = told(name, &input).unwrap_or_else(|| panic!("nothing is said of {name} with {input}"));
        let german = Listener { language: Language::German, ..Listener::default() };
        let german = speaking(Arc::new(german), || told(name, &input)).unwrap();
        assert_ne!(english, german, "{name} {input}");
    }
}
