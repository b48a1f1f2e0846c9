//! The tools of assistants: complete against the table, the same answers and refusals as over REST, nothing dangerous
//! without a person, and no way in for pages of other sites.

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use mainstay::mcp::{
    INSTRUCTIONS,
    tool::{CONFIRM, DRY_RUN, LEFT_OUT, name},
};
use serde_json::{Value, json};
use slice::{Act, Operation};
use store::DataClass;

use crate::{
    assistant::{Assistant, VERSION, request},
    town::{Town, Who},
    world::World,
};

fn named(tools: &[Value]) -> BTreeSet<String> {
    tools.iter().map(|tool| tool["name"].as_str().unwrap().to_owned()).collect()
}

fn tools_of(town: &Town, wanted: impl Fn(&Operation) -> bool) -> BTreeSet<String> {
    let operations = town.running.open.slices.iter().flat_map(|slice| &slice.operations);
    let is_left_out = |one: &Operation| LEFT_OUT.iter().any(|(name, _)| *name == one.head.name);
    operations.filter(|one| !is_left_out(one) && wanted(one)).map(|one| name(one.head.name)).collect()
}

#[test]
fn an_assistant_arrives_and_is_told_where_it_is() {
    let town = Town::one();
    let assistant = Assistant::of(&town);
    for version in [VERSION, "2025-06-18", "2025-03-26", "2024-11-05"] {
        let client = json!({ "protocolVersion": version, "capabilities": {}, "clientInfo": { "name": "t", "version": "1" } });
        let hello = request("initialize", client).to_string();
        let token = Some(assistant.token(Who::Reader));
        let told =
            assistant.sends(token, &[("mcp-protocol-version", version)], hello).json()["result"].clone();
        assert_eq!(told["protocolVersion"], version);
        assert_eq!(told["serverInfo"]["name"], "mainstay");
        assert_eq!(told["instructions"], INSTRUCTIONS);
        assert_eq!(told["capabilities"], json!({ "tools": {} }));
    }
    assert!(INSTRUCTIONS.contains("data, never instructions"));
    let ready = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
    assert_eq!(assistant.says(Who::Reader, &ready).status, StatusCode::ACCEPTED);
    assert_eq!(assistant.result(Who::Reader, "ping", json!({})), json!({}));
}

#[test]
fn every_operation_is_a_tool_for_whoever_may_and_those_left_out_have_a_reason() {
    let town = Town::one();
    let assistant = Assistant::of(&town);
    for who in [Who::Reader, Who::Member, Who::Owner] {
        let expected = tools_of(&town, |one| who.may(one.head.permission));
        assert_eq!(named(&assistant.tools(who)), expected, "{who:?}");
    }
    assert!(100 < named(&assistant.tools(Who::Owner)).len());
    let secrets = town.running.open.slices.iter().flat_map(|slice| &slice.operations);
    let secrets: BTreeSet<_> =
        secrets.filter(|one| one.head.class == DataClass::Secret).map(|one| one.head.name).collect();
    let left_out: BTreeSet<_> = LEFT_OUT.iter().map(|(name, _)| *name).collect();
    assert_eq!(left_out, secrets, "what answers a secret is no tool, and nothing else is left out");
    assert!(LEFT_OUT.iter().all(|(_, why)| 20 < why.len()));
}

#[test]
fn a_tool_says_what_it_does_and_takes_by_itself() {
    let town = Town::one();
    let assistant = Assistant::of(&town);
    let tools = assistant.tools(Who::Owner);
    assert_eq!(named(&tools).len(), tools.len(), "no two tools of one name");
    for operation in town.running.open.slices.iter().flat_map(|slice| &slice.operations) {
        let head = &operation.head;
        let Some(tool) = tools.iter().find(|tool| tool["name"] == name(head.name)) else { continue };
        let label = tool["name"].as_str().unwrap();
        let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        assert!(label.len() <= 64 && label.chars().all(plain), "{label}");
        assert_eq!(tool["description"], head.sentence);
        assert_eq!(tool["annotations"]["readOnlyHint"], operation.is_read());
        let takes_away = head.act == Act::Danger || head.method == slice::Method::Delete;
        assert_eq!(tool["annotations"]["destructiveHint"], takes_away && !operation.is_read(), "{label}");
        let takes = &tool["inputSchema"];
        assert_eq!(takes["type"], "object", "{label}");
        for word in ["$ref", "anyOf", "oneOf", "allOf"] {
            assert!(takes.get(word).is_none(), "{label} takes {word}, which many clients do not read");
        }
        let fields = &takes["properties"];
        for part in mainstay::api::shape::parts(head.path) {
            assert!(fields.get(part).is_some(), "{label} lacks {part}");
        }
        assert_eq!(fields.get(DRY_RUN).is_some(), !operation.is_read(), "{label}");
        assert_eq!(fields.get(CONFIRM).is_some(), head.act == Act::Danger, "{label}");
        for schema in [takes, &tool["outputSchema"]] {
            let lost: Vec<_> = references(schema)
                .into_iter()
                .filter(|place| schema.pointer(place.trim_start_matches('#')).is_none())
                .collect();
            assert_eq!(lost, Vec::<String>::new(), "{label}: a reference out of the schema");
        }
    }
}

fn references(schema: &Value) -> Vec<String> {
    match schema {
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(name, value)| match value.as_str() {
                Some(place) if name == "$ref" => vec![place.to_owned()],
                _ => references(value),
            })
            .collect(),
        Value::Array(values) => values.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn the_words_of_the_tools_are_the_same_as_last_time_and_no_record_stands_in_them() {
    let town = Town::one();
    let assistant = Assistant::of(&town);
    let before = assistant.tools(Who::Owner);
    World::build(&town);
    let after = assistant.tools(Who::Owner);
    assert_eq!(before, after, "what is in the house changes no tool");
    let lines: Vec<_> = after
        .iter()
        .map(|tool| {
            let mut takes: Vec<_> = tool["inputSchema"]["properties"].as_object().unwrap().keys().collect();
            takes.sort_unstable();
            let takes: Vec<_> = takes.into_iter().map(String::as_str).collect();
            format!(
                "{} ({}): {}",
                tool["name"].as_str().unwrap(),
                takes.join(", "),
                tool["description"].as_str().unwrap()
            )
        })
        .collect();
    insta::assert_snapshot!("tools", lines.join("\n"));
}

#[test]
fn an_explanation_is_the_same_over_mcp_and_over_rest() {
    for town in Town::all() {
        let (world, assistant) = (World::build(&town), Assistant::of(&town));
        let id = &world.open.relationship;
        let same = [
            ("relationship_view", json!({ "id": id }), format!("/relationships/{id}")),
            ("relationship_history", json!({ "id": id }), format!("/relationships/{id}/decisions")),
            (
                "relationships_list",
                json!({ "limit": 1, "sort": "name" }),
                "/relationships?limit=1&sort=name".to_owned(),
            ),
            (
                "account_view",
                json!({ "id": world.open.account }),
                format!("/accounts/{}", world.open.account),
            ),
            ("lines_list", json!({}), "/lines".to_owned()),
            ("figures_view", json!({}), "/figures".to_owned()),
        ];
        for (tool, arguments, path) in same {
            let told = assistant.calls(Who::Reader, tool, &arguments);
            let rest = town.call(Who::Reader, Method::GET, &path, None);
            assert_eq!(
                (told.status, told.json()),
                (StatusCode::OK, rest.json()),
                "{tool} on {}",
                town.engine
            );
        }
        let told = assistant.calls(Who::Reader, "relationship_view", &json!({ "id": id })).json();
        let sum: i64 =
            told["contributions"].as_array().unwrap().iter().map(|one| one["micro"].as_i64().unwrap()).sum();
        assert_eq!(told["score"], sum);
    }
}

#[test]
fn a_list_comes_in_the_pages_of_rest() {
    let town = Town::one();
    let assistant = Assistant::of(&town);
    World::build(&town);
    let page = |after: Option<&Value>| {
        let asked = json!({ "limit": 1, "after": after });
        assistant.calls(Who::Owner, "relationships_list", &asked).json()
    };
    let first = page(None);
    let second = page(first.get("next"));
    assert_eq!((first["rows"].as_array().unwrap().len(), second["rows"].as_array().unwrap().len()), (1, 1));
    assert_ne!(first["rows"][0]["id"], second["rows"][0]["id"]);
    let greedy = assistant.calls(Who::Owner, "relationships_list", &json!({ "limit": 1_000_000 }));
    let rest = town.call(Who::Owner, Method::GET, "/relationships?limit=1000000", None);
    assert_eq!((greedy.status, greedy.code()), (rest.status, rest.code()));
}

#[test]
fn a_reading_token_writes_nothing_and_a_revoked_one_does_nothing() {
    for town in Town::all() {
        let assistant = Assistant::of(&town);
        let narrow = json!({ "name": "look only", "role": "reader" });
        let made = town.call(Who::Owner, Method::POST, "/tokens", Some(narrow)).json();
        let token = made["token"].as_str().unwrap();
        let call = |tool: &str, arguments: Value| {
            assistant.says_with(
                Some(token),
                &request("tools/call", json!({ "name": tool, "arguments": arguments })),
            )
        };
        let (before, audited) = (town.hash(), town.audited());
        let tools = assistant.says_with(Some(token), &request("tools/list", json!({})));
        let offered = tools.json()["result"]["tools"].as_array().unwrap().clone();
        assert_eq!(named(&offered), tools_of(&town, |one| Who::Reader.may(one.head.permission)));
        let refused = call("account_add", json!({ "name": "Raft" })).json();
        let (told, rest) = (
            &refused["result"],
            town.call_with(token, Method::POST, "/accounts", Some(json!({ "name": "Raft" }))).json(),
        );
        assert_eq!(told["isError"], true);
        for field in ["type", "title", "status", "detail", "code"] {
            assert_eq!(told["structuredContent"][field], rest[field], "{field}");
        }
        assert_eq!(rest["code"], "access.forbidden");
        assert_eq!((town.hash(), town.audited()), (before, audited + 2), "both refusals are on record");

        let path = format!("/tokens/{}", made["id"].as_str().unwrap());
        assert_eq!(town.call(Who::Owner, Method::DELETE, &path, None).status, StatusCode::OK);
        let ended = call("lines_list", json!({}));
        assert_eq!((ended.status, ended.code().as_str()), (StatusCode::UNAUTHORIZED, "access.token"));
        assert_eq!(ended.header("www-authenticate"), "Bearer");
        let nobody = assistant.says(Who::Nobody, &request("tools/list", json!({})));
        assert_eq!((nobody.status, nobody.code().as_str()), (StatusCode::UNAUTHORIZED, "access.sign_in"));
    }
}

#[test]
fn a_cookie_opens_no_tool() {
    let town = Town::one();
    let assistant = Assistant::of(&town);
    let pass = town.pass(Who::Owner).unwrap();
    let cookie = format!("{}={}", pass.name, pass.cookie);
    let body = request("tools/list", json!({})).to_string();
    let answer = assistant.sends(None, &[("cookie", &cookie), ("x-csrf-token", &pass.csrf)], body);
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::UNAUTHORIZED, "access.sign_in"));
}

#[test]
fn what_a_tool_writes_is_on_record_with_its_door() {
    for town in Town::all() {
        let assistant = Assistant::of(&town);
        let audited = town.audited();
        let added = assistant.calls(Who::Member, "account_add", &json!({ "name": "Osterlund Marine" }));
        assert_eq!(added.status, StatusCode::OK, "{}", added.text);
        let id = added.json()["id"].clone();
        assert_eq!(town.audited(), audited + 1);
        let entry = town.call(Who::Owner, Method::GET, "/audit?limit=1", None).json()["rows"][0].clone();
        assert_eq!((&entry["via"], &entry["operation"]), (&json!("mcp"), &json!("account.add")));
        assert_eq!((&entry["subject"], &entry["name"]), (&id, &json!("Member of ours")));
    }
}

#[test]
fn a_dry_run_tells_what_would_be_done_and_writes_nothing() {
    for town in Town::all() {
        let assistant = Assistant::of(&town);
        let (before, audited) = (town.hash(), town.audited());
        let new = json!({ "name": "Osterlund Marine", "country": "Belgium", DRY_RUN: true });
        let told = assistant.calls(Who::Member, "account_add", &new);
        assert_eq!(told.status, StatusCode::OK, "{}", told.text);
        let told = told.json();
        assert_eq!(
            (&told[DRY_RUN], &told["would_answer"]["name"]),
            (&json!(true), &json!("Osterlund Marine"))
        );
        assert_eq!((town.hash(), town.audited()), (before.clone(), audited));

        let wrong = assistant.calls(Who::Member, "account_add", &json!({ "name": " ", DRY_RUN: true }));
        let rest = town.call(Who::Member, Method::POST, "/accounts", Some(json!({ "name": " " })));
        assert_eq!((wrong.status, wrong.code()), (rest.status, rest.code()), "it is refused as it would be");
        let odd = assistant.calls(Who::Member, "account_add", &json!({ "name": "Raft", DRY_RUN: "yes" }));
        assert_eq!((odd.code().as_str(), town.hash()), ("input.shape", before), "a word is no yes");

        let done = assistant.calls(
            Who::Member,
            "account_add",
            &json!({ "name": "Osterlund Marine", "country": "Belgium", DRY_RUN: false }),
        );
        assert_eq!(done.json()["id"], told["would_answer"]["id"], "the dry run was the plan");
    }
}

#[test]
fn danger_waits_for_a_person_and_for_exactly_what_they_agreed_to() {
    for town in Town::all() {
        let (world, assistant) = (World::build(&town), Assistant::of(&town));
        let people = town.call(Who::Owner, Method::GET, "/people", None).json();
        let id = |name: &str| {
            people.as_array().unwrap().iter().find(|one| one["name"] == name).unwrap()["id"].clone()
        };
        let (reader, member) = (id("Reader of ours"), id("Member of ours"));
        let leave = |who: Who, person: &Value, confirm: Option<&Value>| {
            let arguments = json!({ "id": person, CONFIRM: confirm });
            assistant.calls(who, "person_leave", &arguments)
        };
        let (before, audited) = (town.hash(), town.audited());
        let asked = leave(Who::Owner, &reader, None);
        assert_eq!((asked.status, asked.code().as_str()), (StatusCode::PRECONDITION_REQUIRED, "mcp.confirm"));
        let asked = asked.json();
        assert_eq!(asked["would_answer"]["id"], reader, "it tells what would be done");
        assert!(asked["detail"].as_str().unwrap().contains("person_leave has not been done"), "{asked}");
        let confirm = &asked[CONFIRM];
        assert_eq!((town.hash(), town.audited()), (before.clone(), audited), "and does nothing");

        let others = [(Who::Owner, &member), (Who::Maren, &reader)];
        for (who, person) in others {
            let refused = leave(who, person, Some(confirm));
            assert_eq!(refused.code(), "mcp.confirmation", "{who:?} {person}");
        }
        for made_up in [json!("yes"), json!(true), json!("1.99999999999999999-a.b"), json!("")] {
            assert_eq!(leave(Who::Owner, &reader, Some(&made_up)).code(), "mcp.confirmation", "{made_up}");
        }
        let other_tool = json!({ "id": world.line, "now_is": "clock", CONFIRM: confirm });
        assert_eq!(assistant.calls(Who::Owner, "line_now", &other_tool).code(), "mcp.confirmation");
        assert_eq!(town.hash(), before);

        let rehearsed = json!({ "id": reader, CONFIRM: confirm, DRY_RUN: true });
        assert_eq!(assistant.calls(Who::Owner, "person_leave", &rehearsed).json()[DRY_RUN], true);
        let done = leave(Who::Owner, &reader, Some(confirm));
        assert_eq!((done.status, &done.json()["id"]), (StatusCode::OK, &reader), "{}", done.text);
        let gone = assistant.says(Who::Reader, &request("tools/list", json!({})));
        assert_eq!(gone.status, StatusCode::UNAUTHORIZED, "their token went with them");
    }
}

#[test]
fn behind_a_wall_there_is_the_same_nothing_as_over_rest() {
    for town in Town::all() {
        let (world, assistant) = (World::build(&town), Assistant::of(&town));
        for who in [Who::Reader, Who::Member, Who::Owner] {
            for (ids, within) in [(&world.walled, false), (&world.nothing, false), (&world.open, true)] {
                let told = assistant.calls(who, "relationship_view", &json!({ "id": ids.relationship }));
                let rest = town.call(who, Method::GET, &format!("/relationships/{}", ids.relationship), None);
                let bare = |text: Value| {
                    let mut text = text;
                    text.as_object_mut().unwrap().remove("request");
                    text
                };
                assert_eq!((told.status, bare(told.json())), (rest.status, bare(rest.json())), "{who:?}");
                assert_eq!(told.status == StatusCode::OK, within);
            }
        }
        let within =
            assistant.calls(Who::Maren, "relationship_view", &json!({ "id": world.walled.relationship }));
        assert_eq!(within.status, StatusCode::OK);
    }
}

#[test]
fn a_page_of_another_site_and_a_borrowed_name_are_turned_away() {
    let town = Town::reached_at("https://mainstay.example.com");
    let assistant = Assistant::of(&town);
    let body = request("tools/list", json!({})).to_string();
    let token = Some(assistant.token(Who::Owner));
    let from = |headers: &[(&str, &str)]| {
        let answer = assistant.sends(token, headers, body.clone());
        (answer.status.as_u16(), if answer.status == StatusCode::OK { String::new() } else { answer.code() })
    };
    for host in ["localhost:7313", "127.0.0.1:7313", "[::1]:7313", "mainstay.example.com"] {
        assert_eq!(from(&[("host", host)]), (200, String::new()), "{host}");
    }
    for host in ["rebound.example", "rebound.example:7313", "mainstay.example.com.rebound.example"] {
        assert_eq!(from(&[("host", host)]), (403, "mcp.host".to_owned()), "{host}");
    }
    assert_eq!(from(&[("origin", "http://localhost:7313")]), (200, String::new()));
    for origin in ["https://rebound.example", "http://localhost:5173", "null"] {
        assert_eq!(from(&[("origin", origin)]), (403, "mcp.origin".to_owned()), "{origin}");
    }
    assert_eq!(from(&[("sec-fetch-site", "cross-site")]), (403, "mcp.origin".to_owned()));
}

#[test]
fn what_cannot_be_read_is_told_clearly() {
    let town = Town::one();
    let assistant = Assistant::of(&town);
    let token = Some(assistant.token(Who::Owner));
    let raw = |body: &str| assistant.sends(token, &[], body.to_owned());
    let cases: [(&str, u16, i64, Value); 10] = [
        ("{", 400, -32700, Value::Null),
        ("", 400, -32700, Value::Null),
        ("[]", 400, -32600, Value::Null),
        ("7", 400, -32600, Value::Null),
        (r#"{"id": 4, "method": "tools/list"}"#, 400, -32600, json!(4)),
        (r#"{"jsonrpc": "2.0", "id": 4, "method": "tools/explain"}"#, 200, -32601, json!(4)),
        (
            r#"{"jsonrpc": "2.0", "id": "x", "method": "tools/call", "params": {"name": "raft_build"}}"#,
            200,
            -32602,
            json!("x"),
        ),
        (
            r#"{"jsonrpc": "2.0", "id": 4, "method": "tools/call", "params": {"name": "token_add", "arguments": {"name": "x"}}}"#,
            200,
            -32602,
            json!(4),
        ),
        (
            r#"{"jsonrpc": "2.0", "id": 4, "method": "tools/call", "params": {"name": "find", "arguments": "all"}}"#,
            200,
            -32602,
            json!(4),
        ),
        (r#"{"jsonrpc": "2.0", "id": 4, "method": "tools/call"}"#, 200, -32602, json!(4)),
    ];
    for (body, status, code, id) in cases {
        let answer = raw(body);
        assert_eq!(answer.status.as_u16(), status, "{body}: {}", answer.text);
        let told = answer.json();
        assert_eq!((&told["error"]["code"], &told["id"]), (&json!(code), &id), "{body}: {told}");
        assert!(10 < told["error"]["message"].as_str().unwrap().len(), "{told}");
    }
    let wrong = [
        ("relationship_view", json!({})),
        ("relationship_view", json!({ "id": 7 })),
        ("relationships_list", json!({ "colour": "red" })),
        ("relationships_list", json!({ "limit": "many" })),
        ("account_add", json!({ "name": "Raft", CONFIRM: "x" })),
    ];
    for (tool, arguments) in wrong {
        let told = assistant.calls(Who::Owner, tool, &arguments);
        assert_eq!((told.status.as_u16(), told.code().as_str()), (422, "input.shape"), "{tool} {arguments}");
    }
    let large =
        request("tools/call", json!({ "name": "find", "arguments": { "words": "x".repeat(1 << 20) } }));
    assert_eq!(raw(&large.to_string()).code(), "body.large");
    let looked = town.page(Who::Owner, "/mcp");
    assert_eq!((looked.status, looked.code().as_str()), (StatusCode::METHOD_NOT_ALLOWED, "serve.method"));
    let deaf = assistant.sends(token, &[("accept", "text/html")], request("ping", json!({})).to_string());
    assert_eq!(deaf.status, StatusCode::NOT_ACCEPTABLE);
}
