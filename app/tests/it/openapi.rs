//! The description of the REST door: complete, sound, and the same as last time.

use serde_json::Value;

use crate::town::{Town, Who};

fn document() -> Value {
    Town::one().page(Who::Nobody, "/api/v1/openapi.json").json()
}

#[test]
fn every_operation_is_described() {
    let document = document();
    assert_eq!(document["openapi"], "3.1.0");
    for operation in mainstay::slices::all().iter().flat_map(|slice| &slice.operations) {
        let head = &operation.head;
        let found = &document["paths"][head.path][head.method.as_str().to_lowercase()];
        assert_eq!(found["operationId"], head.name);
        assert_eq!(found["summary"], head.sentence);
        assert_eq!(found["x-permission"], serde_json::to_value(head.permission).unwrap());
        assert!(found["responses"]["200"].is_object() && found["responses"]["default"].is_object());
        for part in mainstay::api::shape::parts(head.path) {
            let parameters = found["parameters"].as_array().unwrap();
            let described =
                parameters.iter().any(|parameter| parameter["name"] == part && parameter["in"] == "path");
            assert!(described, "{}: {part}", head.name);
        }
    }
    assert_eq!(document["paths"]["/imports"]["post"]["operationId"], "import.receive");
}

#[test]
fn every_reference_leads_somewhere_and_nothing_stands_about_unused() {
    let document = document();
    let mut used = Vec::new();
    collect(&document, &mut used);
    for reference in &used {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
    for name in document["components"]["schemas"].as_object().unwrap().keys() {
        assert!(used.contains(&format!("#/components/schemas/{name}")), "{name}");
    }
}

fn collect(value: &Value, used: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            used.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|value| collect(value, used));
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, used)),
        _ => (),
    }
}

#[test]
fn the_document_is_the_same_as_last_time() {
    insta::assert_snapshot!("openapi", serde_json::to_string_pretty(&document()).unwrap());
}
