//! The shape of an operation's input, and how texts from an address become values of that shape.

use std::collections::BTreeMap;

use kernel::{Problem, Result};
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value};
use slice::Operation;

/// What a field of an input holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// Yes or no.
    Truth,
    /// Several of a kind.
    Several(Box<Kind>),
    /// Anything else: written as JSON.
    Json,
}

/// The fields of an input and what each holds.
#[derive(Clone, Debug, Default)]
pub struct Shape(BTreeMap<String, Kind>);

impl Shape {
    /// The shape of an operation's input, from its schema.
    pub fn of(operation: &Operation) -> Shape {
        let mut generator = SchemaGenerator::default();
        let schema = (operation.input)(&mut generator);
        let definitions = generator.take_definitions(true);
        let schema = resolved(schema.as_value(), &definitions);
        let fields = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
        Shape(fields.map(|(name, field)| (name.clone(), kind(field, &definitions))).collect())
    }

    /// Makes an input of the texts of an address; a field that several texts name holds several. The operation
    /// itself refuses fields that it does not know.
    ///
    /// # Errors
    /// `input.shape` for a text that is not what its field holds, or named twice where it holds one.
    pub fn input(&self, texts: impl IntoIterator<Item = (String, String)>) -> Result<Map<String, Value>> {
        let mut input = Map::new();
        for (name, text) in texts {
            match self.0.get(&name).unwrap_or(&Kind::Text) {
                Kind::Several(each) => {
                    let value = read(&name, &text, each)?;
                    match input.get_mut(&name).and_then(Value::as_array_mut) {
                        Some(values) => values.push(value),
                        None => drop(input.insert(name, Value::Array(vec![value]))),
                    }
                }
                kind => {
                    let value = read(&name, &text, kind)?;
                    if input.insert(name.clone(), value).is_some() {
                        return Err(unfit(&name, "stands there twice and holds one value"));
                    }
                }
            }
        }
        Ok(input)
    }
}

fn read(name: &str, text: &str, kind: &Kind) -> Result<Value> {
    let trimmed = text.trim();
    Ok(match kind {
        Kind::Text => Value::from(text),
        Kind::Whole => Value::from(trimmed.parse::<i64>().map_err(|_| unfit(name, "is not a whole number"))?),
        Kind::Number => Value::from(trimmed.parse::<f64>().map_err(|_| unfit(name, "is not a number"))?),
        Kind::Truth => match trimmed {
            "true" => Value::from(true),
            "false" => Value::from(false),
            _ => return Err(unfit(name, "is neither true nor false")),
        },
        Kind::Several(_) | Kind::Json => {
            serde_json::from_str(text).map_err(|_| unfit(name, "is not JSON"))?
        }
    })
}

fn unfit(name: &str, why: &str) -> Problem {
    Problem::invalid(name, "input.shape", format!("{name:?} {why}"))
}

fn kind(schema: &Value, definitions: &Map<String, Value>) -> Kind {
    let schema = resolved(schema, definitions);
    let named = schema.get("type").map(|word| match word {
        Value::Array(words) => words.iter().find(|word| **word != "null").cloned().unwrap_or_default(),
        word => word.clone(),
    });
    match named.as_ref().and_then(Value::as_str) {
        Some("string") => Kind::Text,
        Some("integer") => Kind::Whole,
        Some("number") => Kind::Number,
        Some("boolean") => Kind::Truth,
        Some("array") => {
            let each = schema.get("items").map_or(Kind::Text, |items| kind(items, definitions));
            Kind::Several(Box::new(each))
        }
        Some(_) => Kind::Json,
        None => one_of(schema, definitions),
    }
}

/// An optional reference, or an enumeration of texts each with its own words.
fn one_of(schema: &Value, definitions: &Map<String, Value>) -> Kind {
    let ways = ["anyOf", "oneOf"].iter().find_map(|word| schema.get(*word).and_then(Value::as_array));
    let Some(ways) = ways else {
        let text = |value: &Value| value.as_str().is_some();
        let texts = schema.get("const").is_some_and(text)
            || schema.get("enum").and_then(Value::as_array).is_some_and(|values| values.iter().all(text));
        return if texts { Kind::Text } else { Kind::Json };
    };
    let present = ways.iter().filter(|way| way.get("type").is_none_or(|word| word != "null"));
    let mut kinds = present.map(|way| kind(way, definitions));
    let first = kinds.next().unwrap_or(Kind::Json);
    if kinds.all(|other| other == first) { first } else { Kind::Json }
}

/// Follows `{"$ref": "#/$defs/Name"}`.
pub(crate) fn resolved<'s>(schema: &'s Value, definitions: &'s Map<String, Value>) -> &'s Value {
    let name = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next());
    name.and_then(|name| definitions.get(name)).unwrap_or(schema)
}

/// The names of the parts of a path: `id` and `fact` of `/accounts/{id}/facts/{fact}`.
pub fn parts(path: &str) -> Vec<&str> {
    path.split('/').filter_map(|word| word.strip_prefix('{')?.strip_suffix('}')).collect()
}

/// The schema of something as JSON.
pub fn json(schema: &Schema) -> Value {
    schema.as_value().clone()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn shape() -> Shape {
        let kinds =
            [("limit", Kind::Whole), ("open", Kind::Truth), ("people", Kind::Several(Box::new(Kind::Text)))];
        Shape(kinds.into_iter().map(|(name, kind)| (name.to_owned(), kind)).collect())
    }

    fn input(texts: &[(&str, &str)]) -> Result<Value> {
        let texts = texts.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        shape().input(texts).map(Value::Object)
    }

    #[test]
    fn texts_become_what_their_fields_hold() {
        let texts =
            [("limit", "20"), ("people", "per_a"), ("open", "true"), ("people", "per_b"), ("name", "7")];
        let expected = json!({"limit": 20, "people": ["per_a", "per_b"], "open": true, "name": "7"});
        assert_eq!(input(&texts).unwrap(), expected);
    }

    #[test]
    fn a_text_that_is_something_else_is_refused_with_its_field() {
        for texts in [&[("limit", "many")][..], &[("open", "1")], &[("limit", "1"), ("limit", "2")]] {
            let problem = input(texts).unwrap_err();
            assert_eq!((problem.code, problem.field.as_deref()), ("input.shape", Some(texts[0].0)));
        }
    }

    #[test]
    fn a_schema_tells_what_a_field_holds_through_references_and_nothings() {
        let definitions = json!({
            "Role": {"oneOf": [{"type": "string", "const": "owner"}, {"type": "string", "const": "reader"}]},
            "Many": {"type": "array", "items": {"$ref": "#/$defs/Role"}},
        });
        let definitions = definitions.as_object().unwrap();
        let of = |schema: Value| kind(&schema, definitions);
        assert_eq!(of(json!({"anyOf": [{"$ref": "#/$defs/Role"}, {"type": "null"}]})), Kind::Text);
        assert_eq!(of(json!({"$ref": "#/$defs/Many"})), Kind::Several(Box::new(Kind::Text)));
        assert_eq!(of(json!({"type": ["integer", "null"]})), Kind::Whole);
        assert_eq!(of(json!({"enum": ["a", "b"]})), Kind::Text);
        assert_eq!(of(json!({"type": "object"})), Kind::Json);
        assert_eq!(of(json!(true)), Kind::Json);
    }

    #[test]
    fn the_parts_of_a_path_are_its_names_in_braces() {
        assert_eq!(parts("/accounts/{id}/facts/{fact}/withdrawal"), ["id", "fact"]);
        assert!(parts("/figures").is_empty());
    }
}
