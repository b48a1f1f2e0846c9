//! OpenAPI 3.1: what the REST door offers, written from the operation table.

mod schemas;

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use kernel::Permission;
use serde_json::{Map, Value, json};
use slice::{Method, Operation, Slice};

use self::schemas::Schemas;
use crate::{api, api::shape, rows::Rows, serve::caller};

/// The whole document.
pub fn document(slices: &[Slice]) -> Value {
    let mut schemas = Schemas::default();
    let mut paths = Map::new();
    for operation in slices.iter().flat_map(|slice| &slice.operations) {
        let method = operation.head.method.as_str().to_lowercase();
        let entry = paths.entry(operation.head.path).or_insert_with(|| json!({}));
        entry[method] = described(operation, &mut schemas);
    }
    if slices.iter().any(|slice| slice.name == "imports") {
        let entry = paths.entry("/imports").or_insert_with(|| json!({}));
        entry["post"] = upload();
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Mainstay",
            "version": "v1",
            "summary": "Customer or client, from evidence.",
            "license": { "name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later" },
        },
        "servers": [{ "url": api::ROOT }],
        "security": [{ "token": [] }, { "session": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": security_schemes(),
            "responses": { "Problem": problem_response() },
            "schemas": schemas.all(problem()),
        },
    })
}

/// Sends the document.
pub fn answer(document: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], document).into_response()
}

fn described(operation: &Operation, schemas: &mut Schemas) -> Value {
    let head = &operation.head;
    let input = schemas.input(operation);
    let answer = schemas.output(operation);
    let mut text = json!({
        "operationId": head.name,
        "tags": [head.name.split('.').next().unwrap_or(head.name)],
        "summary": head.sentence,
        "parameters": parameters(operation, &input),
        "responses": responses(operation, &answer),
        "x-permission": head.permission,
        "x-act": format!("{:?}", head.act).to_lowercase(),
        "x-data-class": format!("{:?}", head.class).to_lowercase(),
        "x-commands": head.examples,
    });
    if head.permission == Permission::Public {
        text["security"] = json!([]);
    }
    if let Some(body) = body(operation, &input) {
        text["requestBody"] = body;
    }
    text
}

fn takes_body(operation: &Operation) -> bool {
    matches!(operation.head.method, Method::Post | Method::Put)
}

/// The parts of the path and, where no body is taken, the query.
fn parameters(operation: &Operation, input: &Value) -> Vec<Value> {
    let parts = shape::parts(operation.head.path);
    let fields = input["properties"].as_object();
    let field = |name: &str| fields.and_then(|fields| fields.get(name)).cloned().unwrap_or_else(|| json!({}));
    let mut parameters: Vec<Value> =
        parts.iter().map(|part| parameter("path", part, field(part), true)).collect();
    if !takes_body(operation) {
        let query = fields.into_iter().flatten().filter(|(name, _)| !parts.contains(&name.as_str()));
        parameters.extend(
            query.map(|(name, schema)| parameter("query", name, schema.clone(), requires(input, name))),
        );
    }
    parameters
}

fn parameter(place: &str, name: &str, mut schema: Value, required: bool) -> Value {
    let words = schema.as_object_mut().and_then(|fields| fields.remove("description"));
    let mut text = json!({ "name": name, "in": place, "required": required, "schema": schema });
    if let Some(words) = words {
        text["description"] = words;
    }
    text
}

fn requires(input: &Value, name: &str) -> bool {
    input["required"].as_array().is_some_and(|required| required.iter().any(|field| field == name))
}

/// The input without the parts of the path; nothing when nothing is left.
fn body(operation: &Operation, input: &Value) -> Option<Value> {
    if !takes_body(operation) {
        return None;
    }
    let parts = shape::parts(operation.head.path);
    let mut schema = input.clone();
    let fields = schema.get_mut("properties")?.as_object_mut()?;
    fields.retain(|name, _| !parts.contains(&name.as_str()));
    if fields.is_empty() {
        return None;
    }
    if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|name| name.as_str().is_none_or(|name| !parts.contains(&name)));
    }
    let required = schema["required"].as_array().is_some_and(|required| !required.is_empty());
    Some(json!({ "required": required, "content": { "application/json": { "schema": schema } } }))
}

fn responses(operation: &Operation, answer: &Value) -> Value {
    let permission = operation.head.permission;
    let mut responses = json!({
        "200": { "description": "Done.", "content": { "application/json": { "schema": answer } } },
        "default": { "$ref": "#/components/responses/Problem" },
    });
    // A list is a file for whoever accepts that, or ends the path in .csv: then with every row.
    if operation.head.method == Method::Get && Rows::of(operation).is_some() {
        responses["200"]["content"]["text/csv"] = json!({ "schema": { "type": "string" } });
    }
    let mut refusals = vec!["404", "409", "422", "503"];
    if permission != Permission::Public {
        refusals.extend(["401", "403"]);
    }
    for status in refusals {
        responses[status] = json!({ "$ref": "#/components/responses/Problem" });
    }
    responses
}

fn security_schemes() -> Value {
    json!({
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "A token made by `token.add`; it acts for a person, with no more than their role.",
        },
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": caller::COOKIE,
            "description": format!(
                "The session of a signed-in person; whatever writes repeats the `csrf` field of its pages in the \
                 header `{}`.",
                caller::CSRF_HEADER
            ),
        },
    })
}

fn problem_response() -> Value {
    json!({
        "description": "It was refused, or it failed; `code` says why and stays the same across versions.",
        "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
    })
}

/// The shape of a refusal, after RFC 9457.
fn problem() -> Value {
    let text = |words: &str| json!({ "type": "string", "description": words });
    json!({
        "type": "object",
        "required": ["type", "title", "status", "detail", "code", "request"],
        "properties": {
            "type": text("A URI of the code."),
            "title": text("The status in words."),
            "status": { "type": "integer", "description": "The status." },
            "detail": text("What was tried, on what, why not, and what to do."),
            "code": text("Why, in a word that stays the same across versions."),
            "field": text("The field of the input that is at fault, where there is one."),
            "request": text("The number of the request, as in the header `x-request-id` and in the log."),
        },
    })
}

/// The one route that takes a file instead of fields.
fn upload() -> Value {
    let file = json!({ "type": "object", "required": ["file"], "properties": {
        "file": { "type": "string", "format": "binary", "description": "The file, with its name." },
    } });
    json!({
        "operationId": "import.receive",
        "tags": ["import"],
        "summary": "Takes in a file to be read; nothing of it is written yet.",
        "parameters": [parameter("query", "name", json!({
            "type": "string", "description": "The name of the file, when it is the whole body.",
        }), false), parameter("query", "encoding", json!({
            "type": "string", "description": "The encoding of the file, where it is guessed wrong: windows-1252.",
        }), false), parameter("query", "delimiter", json!({
            "type": "string", "description": "What stands between two cells, where it is guessed wrong: semicolon.",
        }), false)],
        "requestBody": { "required": true, "content": {
            "application/octet-stream": { "schema": {} },
            "multipart/form-data": { "schema": file },
        } },
        "responses": {
            "201": {
                "description": "Taken in.",
                "headers": { "Location": { "description": "Where it is shown.", "schema": { "type": "string" } } },
                "content": { "application/json": { "schema": {
                    "type": "object", "required": ["id"], "properties": {
                        "id": { "type": "string" },
                        "parts": { "type": "array", "items": { "type": "string" } },
                    },
                } } },
            },
            "default": { "$ref": "#/components/responses/Problem" },
        },
        "x-permission": Permission::Write,
        "x-act": "write",
        "x-data-class": "personal",
        "x-commands": [],
    })
}
