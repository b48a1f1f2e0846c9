//! The JSON form in which cases come in.

use timeline::{Fact, FactId};

use crate::case::Case;

fn refusal(facts: &str) -> String {
    let text = format!(r#"{{"as_of": "2025-03-10", "facts": [{facts}]}}"#);
    Case::parse(&text).unwrap_err().to_string()
}

#[test]
fn ids_become_numbers_in_the_order_of_their_code_points() {
    let case = Case::parse(
        r#"{"as_of": "2025-03-10", "facts": [
            {"id": "b", "kind": "order", "on": "2025-01-01", "amount": 5, "weather": "mild"},
            {"id": "a10", "kind": "refund", "on": "2025-01-02", "amount": 5, "of": "b", "reason": "whim"},
            {"id": "a9", "kind": "contract_end", "on": "2025-01-02", "contract": "nobody", "reason": "who knows"}]}"#,
    )
    .unwrap();
    let ids: Vec<i64> = case.entries.iter().map(|entry| entry.id.0).collect();
    assert_eq!(ids, [3, 1, 2]);
    assert_eq!(case.name(FactId::new(2)), Some("a9"));
    assert!(
        matches!(&case.entries[1].fact, Fact::Refund(refund) if refund.of == Some(FactId::new(3)) && refund.reason.is_none())
    );
    assert!(
        matches!(&case.entries[2].fact, Fact::ContractEnd(end) if end.contract == FactId::new(0) && end.reason.is_none())
    );
}

#[test]
fn an_unknown_kind_an_unknown_word_and_a_missing_field_are_refused_by_name() {
    assert!(refusal(r#"{"id": "f1", "kind": "omen", "on": "2025-01-01"}"#).contains("omen"));
    let channel = r#"{"id": "f1", "kind": "order", "on": "2025-01-01", "amount": 1, "channel": "pigeon"}"#;
    assert!(refusal(channel).contains("pigeon"));
    assert!(refusal(r#"{"id": "f1", "kind": "order", "on": "2025-01-01"}"#).contains("amount"));
    assert!(refusal(r#"{"id": "f1", "kind": "goal", "on": "yesterday"}"#).contains("yesterday"));
    let twice = r#"{"id": "f1", "kind": "goal", "on": "2025-01-01"}"#;
    assert!(refusal(&format!("{twice}, {twice}")).contains("occurs twice"));
}
