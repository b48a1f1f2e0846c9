//! A tool: an operation as an assistant sees it, its name, its sentence and the shape of what goes in and comes out.

use std::sync::Arc;

use kernel::Actor;
use rmcp::model::{Tool, ToolAnnotations};
use schemars::{Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};
use slice::{Act, Method, Operation, Slice};

/// The argument by which nothing of a write stays.
pub const DRY_RUN: &str = "dry_run";
/// The argument by which a person has agreed.
pub const CONFIRM: &str = "confirm";

/// Operations that are no tool, each with why. `import.receive` is none of the table: a file is sent to REST.
pub const LEFT_OUT: &[(&str, &str)] = &[
    ("person.add", "answers a link that signs in, which is for that person and no model's memory"),
    ("person.link", "answers a link that signs in, which is for that person and no model's memory"),
    ("preference.link", "answers a link by which they speak for themselves, which is theirs alone"),
    ("token.add", "answers a token, which outlives the conversation that it would stand in"),
];

/// Where the operation of a tool stands in the house.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seat {
    slice: usize,
    operation: usize,
}

impl Seat {
    pub(super) fn operation(self, slices: &[Slice]) -> &Operation {
        &slices[self.slice].operations[self.operation]
    }
}

/// A tool and its operation.
pub(super) struct Seated {
    pub(super) seat: Seat,
    permission: kernel::Permission,
    is_read: bool,
    tool: Tool,
}

/// All tools of the house.
pub struct Toolbox(Vec<Seated>);

impl Toolbox {
    /// The tools of these slices, in the order of the table.
    pub fn of(slices: &[Slice]) -> Toolbox {
        let mut tools = Vec::new();
        for (slice, of) in slices.iter().enumerate() {
            for (n, operation) in of.operations.iter().enumerate() {
                if LEFT_OUT.iter().any(|(name, _)| *name == operation.head.name) {
                    continue;
                }
                tools.push(Seated {
                    seat: Seat { slice, operation: n },
                    permission: operation.head.permission,
                    is_read: operation.is_read(),
                    tool: tool(operation),
                });
            }
        }
        Toolbox(tools)
    }

    /// The tool of that name.
    pub(super) fn find(&self, name: &str) -> Option<&Seated> {
        self.0.iter().find(|seated| seated.tool.name == name)
    }

    /// What somebody may do; reading only, if they want it so.
    pub(super) fn open_to(&self, actor: &Actor, only_reads: bool) -> Vec<Tool> {
        let open = |seated: &&Seated| actor.may(seated.permission) && (seated.is_read || !only_reads);
        self.0.iter().filter(open).map(|seated| seated.tool.clone()).collect()
    }
}

/// The name of an operation's tool: `relationship_view` of `relationship.view`.
pub fn name(operation: &str) -> String {
    operation.replace('.', "_")
}

fn tool(operation: &Operation) -> Tool {
    let head = &operation.head;
    let mut tool = Tool::new(name(head.name), head.sentence, Arc::new(input(operation)));
    if let Some(output) = output(operation) {
        tool = tool.with_raw_output_schema(Arc::new(output));
    }
    let sets = matches!(head.method, Method::Put | Method::Delete);
    let takes_away = head.act == Act::Danger || head.method == Method::Delete;
    tool.with_annotations(ToolAnnotations::from_raw(
        None,
        Some(operation.is_read()),
        Some(takes_away && !operation.is_read()),
        Some(operation.is_read() || sets),
        Some(false),
    ))
}

/// The shape of what goes in: the fields of the operation, and how a write is rehearsed and confirmed.
fn input(operation: &Operation) -> Map<String, Value> {
    let mut schema = whole(SchemaSettings::draft2020_12().for_deserialize(), operation.input);
    // The sentence of the tool says it.
    schema.remove("description");
    schema.entry("type").or_insert_with(|| json!("object"));
    let fields = schema.entry("properties").or_insert_with(|| json!({}));
    if let Some(fields) = fields.as_object_mut().filter(|_| !operation.is_read()) {
        let rehearsed = "Answers what would be done, and writes nothing.";
        fields.insert(DRY_RUN.to_owned(), json!({ "type": "boolean", "description": rehearsed }));
        if operation.head.act == Act::Danger {
            let agreed =
                "What the call without it answered, once a person has agreed to exactly these arguments.";
            fields.insert(CONFIRM.to_owned(), json!({ "type": "string", "description": agreed }));
        }
    }
    schema
}

/// The shape of what comes out; nothing where it may be anything.
fn output(operation: &Operation) -> Option<Map<String, Value>> {
    let mut schema = whole(SchemaSettings::draft2020_12().for_serialize(), operation.output);
    if schema.is_empty() {
        return None;
    }
    if operation.is_read() {
        return Some(schema);
    }
    let definitions = schema.remove("$defs");
    let is_object = schema.get("type").is_some_and(|kind| kind == "object");
    let rehearsed = json!({
        "type": "object",
        "required": [DRY_RUN, "would_answer"],
        "properties": { DRY_RUN: { "const": true }, "would_answer": {} },
    });
    let mut either = Map::new();
    if is_object {
        either.insert("type".to_owned(), json!("object"));
    }
    either.insert("anyOf".to_owned(), json!([schema, rehearsed]));
    either.extend(definitions.map(|definitions| ("$defs".to_owned(), definitions)));
    Some(either)
}

/// A schema that stands by itself: its fields in place, what it refers to below `$defs`.
fn whole(settings: SchemaSettings, make: fn(&mut SchemaGenerator) -> Schema) -> Map<String, Value> {
    let mut generator = settings.with(|settings| settings.meta_schema = None).into_generator();
    let root = make(&mut generator).to_value();
    let definitions = generator.take_definitions(true);
    let mut schema =
        crate::api::shape::resolved(&root, &definitions).as_object().cloned().unwrap_or_default();
    schema.remove("title");
    let mut wanted = Map::new();
    let mut waiting = vec![Value::Object(schema.clone())];
    while let Some(value) = waiting.pop() {
        for (name, definition) in &definitions {
            if !wanted.contains_key(name) && refers(&value, name) {
                wanted.insert(name.clone(), definition.clone());
                waiting.push(definition.clone());
            }
        }
    }
    if !wanted.is_empty() {
        schema.insert("$defs".to_owned(), Value::Object(wanted));
    }
    schema
}

fn refers(schema: &Value, name: &str) -> bool {
    match schema {
        Value::Object(fields) => fields.iter().any(|(word, value)| match value.as_str() {
            Some(place) if word == "$ref" => place.strip_prefix("#/$defs/") == Some(name),
            _ => refers(value, name),
        }),
        Value::Array(values) => values.iter().any(|value| refers(value, name)),
        _ => false,
    }
}
