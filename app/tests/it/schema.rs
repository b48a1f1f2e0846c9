//! Whether a value fits a schema, as far as the schemas of the house go: clients throw an answer away that does not.

use serde_json::{Map, Value};

/// Where a value does not fit; nothing where it does.
pub fn unfit(schema: &Value, value: &Value) -> Option<String> {
    against(schema, schema, value, "")
}

fn against(root: &Value, schema: &Value, value: &Value, at: &str) -> Option<String> {
    let no = |why: String| Some(format!("{at}: {why} ({value})"));
    let schema = match schema {
        Value::Bool(true) => return None,
        Value::Bool(false) => return no("nothing may stand here".to_owned()),
        schema => schema,
    };
    if let Some(place) = schema["$ref"].as_str() {
        let found = root.pointer(place.trim_start_matches('#')).unwrap_or_else(|| panic!("{place}"));
        return against(root, found, value, at);
    }
    if schema.get("const").is_some_and(|only| only != value) {
        return no(format!("is not {}", schema["const"]));
    }
    if schema["enum"].as_array().is_some_and(|all| !all.contains(value)) {
        return no("is none of those".to_owned());
    }
    if let Some(kinds) = schema.get("type") {
        let all = kinds.as_array().cloned().unwrap_or_else(|| vec![kinds.clone()]);
        if !all.iter().filter_map(Value::as_str).any(|kind| is(kind, value)) {
            return no(format!("is no {kinds}"));
        }
    }
    for (word, least) in [("anyOf", 1), ("oneOf", 1)] {
        let Some(ways) = schema[word].as_array() else { continue };
        let wrong: Vec<_> = ways.iter().filter_map(|way| against(root, way, value, at)).collect();
        if ways.len() - wrong.len() < least {
            return no(wrong.join(" / "));
        }
    }
    match value {
        Value::Object(fields) => object(root, schema, fields, at),
        Value::Array(items) => {
            let each = schema.get("items")?;
            (0..).zip(items).find_map(|(n, item): (usize, _)| against(root, each, item, &format!("{at}/{n}")))
        }
        _ => None,
    }
}

fn object(root: &Value, schema: &Value, fields: &Map<String, Value>, at: &str) -> Option<String> {
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    if let Some(lost) = required.into_iter().find(|name| !fields.contains_key(*name)) {
        return Some(format!("{at}: lacks {lost}"));
    }
    let others = schema.get("additionalProperties");
    fields.iter().find_map(|(name, value)| {
        let own = schema["properties"].get(name).or(others)?;
        against(root, own, value, &format!("{at}/{name}"))
    })
}

fn is(kind: &str, value: &Value) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("no kind {other}"),
    }
}

#[test]
fn what_does_not_fit_is_found() {
    use serde_json::json;
    let schema = json!({
        "type": "object", "required": ["id"],
        "properties": { "id": { "type": "string" }, "of": { "anyOf": [{ "$ref": "#/$defs/Line" }, { "type": "null" }] } },
        "additionalProperties": { "type": "integer" },
        "$defs": { "Line": { "type": "array", "items": { "enum": ["a", "b"] } } },
    });
    for fit in
        [json!({ "id": "x" }), json!({ "id": "x", "of": ["a"], "n": 1 }), json!({ "id": "", "of": null })]
    {
        assert_eq!(unfit(&schema, &fit), None);
    }
    for no in [
        json!([]),
        json!({}),
        json!({ "id": 1 }),
        json!({ "id": "x", "of": ["c"] }),
        json!({ "id": "x", "n": "1" }),
    ] {
        assert!(unfit(&schema, &no).is_some(), "{no}");
    }
}
