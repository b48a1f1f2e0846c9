//! The schemas that the description refers to, each under one name, and only those that are referred to.

use std::collections::BTreeSet;

use schemars::{SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value};
use slice::Operation;

const PLACE: &str = "#/components/schemas/";

/// Collects schemas: of inputs as they are read, of outputs as they are written.
pub(super) struct Schemas {
    read: SchemaGenerator,
    written: SchemaGenerator,
    used: Vec<Value>,
}

impl Default for Schemas {
    fn default() -> Schemas {
        let settings = SchemaSettings::draft2020_12().with(|settings| {
            settings.definitions_path = "/components/schemas".into();
            settings.meta_schema = None;
        });
        Schemas {
            read: settings.clone().for_deserialize().into_generator(),
            written: settings.for_serialize().into_generator(),
            used: Vec::new(),
        }
    }
}

impl Schemas {
    /// The schema of an operation's input, with its fields in place.
    pub(super) fn input(&mut self, operation: &Operation) -> Value {
        let schema = renamed((operation.input)(&mut self.read).to_value());
        let name = schema.get("$ref").and_then(Value::as_str).and_then(plain_name);
        let fields = match name.and_then(|name| self.read.definitions().get(name)) {
            Some(definition) => renamed(definition.clone()),
            None => schema,
        };
        self.used.push(fields.clone());
        fields
    }

    /// The schema of an operation's answer.
    pub(super) fn output(&mut self, operation: &Operation) -> Value {
        let schema = (operation.output)(&mut self.written).to_value();
        self.used.push(schema.clone());
        schema
    }

    /// Everything that is referred to, and the problem.
    pub(super) fn all(mut self, problem: Value) -> Map<String, Value> {
        let mut known = self.written.take_definitions(true);
        let read = self.read.take_definitions(true);
        known.extend(read.into_iter().map(|(name, schema)| (read_name(&name), renamed(schema))));
        let mut wanted = BTreeSet::new();
        let mut waiting = self.used;
        while let Some(schema) = waiting.pop() {
            for name in references(&schema) {
                if wanted.insert(name.clone()) {
                    waiting.extend(known.get(&name).cloned());
                }
            }
        }
        let mut all: Map<String, Value> =
            known.into_iter().filter(|(name, _)| wanted.contains(name)).collect();
        all.insert("Problem".to_owned(), problem);
        all
    }
}

/// Two types of one name may be read and written differently, so what is read has a name of its own.
fn read_name(name: &str) -> String {
    format!("{name}Input")
}

fn plain_name(reference: &str) -> Option<&str> {
    reference.strip_prefix(PLACE).map(|name| name.strip_suffix("Input").unwrap_or(name))
}

/// Turns the references of a schema into those of what is read.
fn renamed(schema: Value) -> Value {
    match schema {
        Value::Object(fields) => fields
            .into_iter()
            .map(|(name, value)| match value.as_str() {
                Some(place) if name == "$ref" && place.starts_with(PLACE) => {
                    (name, Value::from(read_name(place)))
                }
                _ => (name, renamed(value)),
            })
            .collect(),
        Value::Array(values) => values.into_iter().map(renamed).collect(),
        other => other,
    }
}

fn references(schema: &Value) -> Vec<String> {
    match schema {
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(name, value)| match value.as_str().and_then(|place| place.strip_prefix(PLACE)) {
                Some(found) if name == "$ref" => vec![found.to_owned()],
                _ => references(value),
            })
            .collect(),
        Value::Array(values) => values.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}
