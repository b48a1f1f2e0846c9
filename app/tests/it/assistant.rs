//! An assistant before the tools over HTTP, with the token of whomever it speaks for.

use std::collections::BTreeMap;

use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use mainstay::{api::shape::Shape, mcp};
use serde_json::{Map, Value, json};
use slice::Operation;

use crate::{
    schema,
    town::{Answer, Town, Who},
};

/// The version in which it speaks.
pub const VERSION: &str = "2025-11-25";

/// A client with a token of each person.
pub struct Assistant<'t> {
    pub town: &'t Town,
    tokens: BTreeMap<Who, String>,
    /// What each tool says that its answers are.
    answers: BTreeMap<String, Value>,
}

impl<'t> Assistant<'t> {
    /// Whoever holds the machine gives each person a token.
    pub fn of(town: &'t Town) -> Assistant<'t> {
        let people = town.call(Who::Owner, Method::GET, "/people", None).json();
        let people = people.as_array().unwrap();
        let token = |who: Who| {
            let name = if who == Who::Owner { "Owner".to_owned() } else { format!("{who:?} of ours") };
            let person = people.iter().find(|one| one["name"] == name.as_str()).unwrap_or(&people[0]);
            let cx = town.cx();
            let add = operation(town, "token.add");
            let new = json!({ "name": "assistant", "person": person["id"] });
            let made = town.running.open.house.store.write(&cx, |tx| add.run(&cx, tx, new.clone())).unwrap();
            (who, made["token"].as_str().unwrap().to_owned())
        };
        let known = [Who::Reader, Who::Member, Who::Owner, Who::Maren];
        let answers = BTreeMap::new();
        let mut assistant = Assistant { town, tokens: known.map(token).into(), answers };
        // From now on each token has been used, so that using it again shows nowhere.
        for who in known {
            assistant.result(who, "ping", json!({}));
        }
        let tools = assistant.tools(Who::Owner).into_iter();
        let known =
            tools.map(|mut tool| (tool["name"].as_str().unwrap().to_owned(), tool["outputSchema"].take()));
        assistant.answers = known.collect();
        assistant
    }

    /// Sends one message as somebody; nobody has no token.
    pub fn says(&self, who: Who, message: &Value) -> Answer {
        self.says_with(self.tokens.get(&who).map(String::as_str), message)
    }

    /// Sends one message with that token.
    pub fn says_with(&self, token: Option<&str>, message: &Value) -> Answer {
        self.sends(token, &[], message.to_string())
    }

    /// Sends a body, with headers beside the usual ones; one of the same name stands in its place.
    pub fn sends(&self, token: Option<&str>, headers: &[(&str, &str)], body: String) -> Answer {
        let usual = [
            ("host", "localhost:7313"),
            ("accept", "application/json, text/event-stream"),
            ("content-type", "application/json"),
            ("mcp-protocol-version", VERSION),
        ];
        let usual = usual.into_iter().filter(|(name, _)| headers.iter().all(|(other, _)| other != name));
        let mut request = Request::post(mcp::PATH);
        for (name, value) in usual.chain(headers.iter().copied()) {
            request = request.header(name, value);
        }
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        self.town.send(request.body(Body::from(body)).unwrap())
    }

    pub fn token(&self, who: Who) -> &str {
        &self.tokens[&who]
    }

    /// What a method results in.
    pub fn result(&self, who: Who, method: &str, parameters: Value) -> Value {
        let answer = self.says(who, &request(method, parameters));
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        answer.json()["result"].clone()
    }

    /// The tools that somebody is offered.
    pub fn tools(&self, who: Who) -> Vec<Value> {
        self.result(who, "tools/list", json!({}))["tools"].as_array().unwrap().clone()
    }

    /// Calls a tool; gives status and body as REST would.
    pub fn calls(&self, who: Who, tool: &str, arguments: &Value) -> Answer {
        let call = request("tools/call", json!({ "name": tool, "arguments": arguments }));
        let answer = self.says(who, &call);
        if answer.status != StatusCode::OK {
            return answer;
        }
        let told = answer.json();
        let result = &told["result"];
        assert!(result.is_object(), "{tool} {arguments}: {told}");
        let text = result["content"][0]["text"].as_str().unwrap();
        let body: Value = serde_json::from_str(text).unwrap();
        if let Some(structure) = result.get("structuredContent") {
            assert_eq!(*structure, body, "text and structure are the same");
        } else {
            assert!(!body.is_object(), "only what is no object is left out of an older version");
        }
        let status = match result["isError"] == json!(true) {
            true => u16::try_from(body["status"].as_u64().unwrap()).unwrap(),
            false => {
                let known = self.answers.get(tool).filter(|schema| schema.is_object());
                let unfit = known.and_then(|schema| schema::unfit(schema, &body));
                assert_eq!(unfit, None, "{tool} {arguments} answers otherwise than it says");
                200
            }
        };
        Answer {
            status: StatusCode::from_u16(status).unwrap(),
            headers: answer.headers,
            text: body.to_string(),
        }
    }

    /// Calls the tool of the operation that REST has at this address.
    pub fn calls_at(
        &self,
        who: Who,
        method: &Method,
        pattern: &str,
        path: &str,
        body: Option<&Value>,
    ) -> Answer {
        let operations = self.town.running.open.slices.iter().flat_map(|slice| &slice.operations);
        let operation = operations
            .into_iter()
            .find(|one| one.head.path == pattern && one.head.method.as_str() == method.as_str())
            .unwrap_or_else(|| panic!("no operation at {method} {pattern}"));
        let arguments = arguments(operation, path, body);
        self.calls(who, &mcp::tool::name(operation.head.name), &arguments)
    }
}

/// A request of JSON-RPC.
pub fn request(method: &str, parameters: Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": 7, "method": method, "params": parameters })
}

pub fn operation<'t>(town: &'t Town, name: &str) -> &'t Operation {
    let mut all = town.running.open.slices.iter().flat_map(|slice| &slice.operations);
    all.find(|one| one.head.name == name).unwrap()
}

/// What stands in an address and a body, as the arguments of the tool.
pub fn arguments(operation: &Operation, path: &str, body: Option<&Value>) -> Value {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let parts = operation.head.path.split('/').zip(path.split('/'));
    let parts = parts.filter_map(|(name, value)| Some((name.strip_prefix('{')?.strip_suffix('}')?, value)));
    let asked = query.split('&').filter_map(|pair| pair.split_once('='));
    let texts = parts.chain(asked).map(|(name, value)| (name.to_owned(), value.replace('+', " ")));
    let mut fields: Map<String, Value> = body.and_then(Value::as_object).cloned().unwrap_or_default();
    fields.extend(Shape::of(operation).input(texts).unwrap());
    Value::Object(fields)
}
