//! Nobody, reader, member and owner before every operation, every tool and every page: who may is let in, who may not changes
//! nothing, and a door that forgets to look is found.

use axum::http::{Method, StatusCode};
use kernel::Permission;
use mainstay::mcp::tool::LEFT_OUT;
use maud::html;
use schemars::SchemaGenerator;
use serde_json::{Map, Value, json};
use slice::{Act, Operation, PageRoute, Reply, Slice, op};
use store::{DataClass, queue};

use crate::{
    assistant::Assistant,
    town::{Town, Who},
    world::World,
};

/// A door and who may come through it.
struct Case {
    method: Method,
    /// The whole path.
    path: String,
    permission: Permission,
    body: Option<Value>,
    is_page: bool,
    /// It only looks, so that a refusal is not put on record either.
    is_read: bool,
    /// The pattern of the address whose operation is called as a tool.
    tool: Option<&'static str>,
}

/// The doors that no table makes.
fn special(id: &str) -> Vec<Case> {
    let door = |method, path: String, permission, is_page| Case {
        is_read: method == Method::GET,
        method,
        path,
        permission,
        body: None,
        is_page,
        tool: None,
    };
    vec![
        door(Method::POST, "/api/v1/imports?name=orders.csv".into(), Permission::Write, false),
        door(Method::GET, format!("/imports/{id}/progress"), Permission::Read, false),
        door(Method::POST, "/imports".into(), Permission::Write, true),
        door(Method::GET, "/".into(), Permission::Read, true),
        door(Method::GET, "/sign-in".into(), Permission::Public, true),
        door(Method::GET, "/health".into(), Permission::Public, false),
        door(Method::GET, "/api/v1/openapi.json".into(), Permission::Public, false),
    ]
}

/// The path with real ids in it, so that a door that forgets to look has something to give away.
fn with_ids(path: &str, world: &World) -> String {
    let id = match path.split('/').nth(1) {
        Some("accounts") => &world.open.account,
        Some("contacts") => &world.open.contact,
        Some("relationships") => &world.open.relationship,
        Some("lines") => &world.line,
        Some("people") => &world.person,
        Some("tokens" | "connections") => &world.token,
        Some("imports") => &world.waiting,
        Some("contracts" | "subscriptions") => &world.open.contract,
        Some("jobs" | "calendars" | "duplicates" | "preferences" | "decisions") => "",
        // Nobody may tell these from ids that there are.
        // Named by words that everybody knows.
        Some("samples" | "house" | "language") => "",
        Some("products" | "merges" | "views" | "bulks" | "switches" | "policy" | "service-models") => "x7Kq2",
        _ => "no such noun; give it an id",
    };
    path.replace("{id}", id)
        .replace("{fact}", &world.open.fact)
        .replace("{first}", &world.open.account)
        .replace("{second}", &world.open.account)
        .replace("{figure}", "clash")
        .replace("{row}", "1")
        .replace("{kind}", "raft")
        .replace("{key}", "1")
        .replace("{step}", "final_bill")
        .replace("{name}", "BE")
        .replace("{purpose}", "renewal")
        .replace("{business}", "saas")
        .replace("{language}", "de")
        .replace("{word}", "client")
        .replace("{topic}", "book")
        .replace("{says}", "no_relationship")
        .replace("{token}", "1.acc_x7Kq2-line_x7Kq2.x7Kq2")
}

/// A job that was given up, so that there is one to have tried again.
pub fn give_up(town: &Town) {
    let cx = town.cx();
    let aside = |tx: &mut store::Tx<'_>| {
        queue::put(tx, "raft", "1", cx.now.micros)?;
        let held = queue::hold(tx, "raft", "1", cx.now.micros, 1)?;
        queue::set_aside(tx, &held.unwrap(), cx.now.micros, "the raft has sunk")
    };
    town.running.open.house.store.write(&cx, aside).unwrap();
}

fn cases(slices: &[Slice], world: &World) -> Vec<Case> {
    let mut cases = special(&world.import);
    for operation in slices.iter().flat_map(|slice| &slice.operations) {
        let head = &operation.head;
        let method: Method = head.method.as_str().parse().unwrap();
        let takes_body = matches!(method, Method::POST | Method::PUT);
        cases.push(Case {
            path: format!("/api/v1{}", with_ids(head.path, world)),
            permission: head.permission,
            body: takes_body.then(|| sample(operation)),
            method,
            is_page: false,
            is_read: operation.is_read(),
            tool: None,
        });
    }
    // Each once more, as a tool of assistants.
    for operation in slices.iter().flat_map(|slice| &slice.operations) {
        let head = &operation.head;
        if LEFT_OUT.iter().any(|(name, _)| *name == head.name) {
            continue;
        }
        let method: Method = head.method.as_str().parse().unwrap();
        cases.push(Case {
            path: with_ids(head.path, world),
            permission: head.permission,
            body: matches!(method, Method::POST | Method::PUT).then(|| sample(operation)),
            method,
            is_page: false,
            is_read: operation.is_read(),
            tool: Some(head.path),
        });
    }
    for route in slices.iter().flat_map(|slice| slice.pages) {
        let method: Method = route.method.as_str().parse().unwrap();
        let (path, permission) = (with_ids(route.path, world), route.permission);
        let is_read = method == Method::GET;
        cases.push(Case { method, path, permission, body: None, is_page: true, is_read, tool: None });
    }
    cases
}

/// The smallest input that fits the schema, without the parts of the path.
pub fn sample(operation: &Operation) -> Value {
    let mut generator = SchemaGenerator::default();
    let schema = (operation.input)(&mut generator).to_value();
    let definitions = generator.take_definitions(true);
    let mut input = fitting(&schema, &definitions);
    let parts = mainstay::api::shape::parts(operation.head.path);
    if let Some(fields) = input.as_object_mut() {
        fields.retain(|name, _| !parts.contains(&name.as_str()));
    }
    input
}

fn fitting(schema: &Value, definitions: &Map<String, Value>) -> Value {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return fitting(&definitions[name], definitions);
    }
    if let Some(value) = schema.get("const").or_else(|| schema["enum"].get(0)) {
        return value.clone();
    }
    if let Some(way) = schema["oneOf"].get(0).or_else(|| schema["anyOf"].get(0)) {
        return fitting(way, definitions);
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str());
    match kind {
        Some("string") => json!("Osterlund"),
        Some("integer" | "number") => json!(1),
        Some("boolean") => json!(false),
        Some("array") => json!([]),
        _ => {
            let required = schema["required"].as_array().cloned().unwrap_or_default();
            let names = required.iter().filter_map(Value::as_str);
            names.map(|name| (name.to_owned(), fitting(&schema["properties"][name], definitions))).collect()
        }
    }
}

fn knock(town: &Town, assistant: &Assistant<'_>, who: Who, case: &Case) -> crate::town::Answer {
    if let Some(pattern) = case.tool {
        return assistant.calls_at(who, &case.method, pattern, &case.path, case.body.as_ref());
    }
    if case.is_page && case.method == Method::POST {
        return town.form(who, &case.path, None, "");
    }
    match case.path.strip_prefix("/api/v1") {
        Some(path) => town.call(who, case.method.clone(), path, case.body.clone()),
        None => town.page(who, &case.path),
    }
}

/// Knocks at every door as everybody; gives what was not as the permission says. Who may not knocks first.
fn mismatches(town: &Town, cases: &[Case]) -> Vec<String> {
    let mut found = Vec::new();
    let assistant = Assistant::of(town);
    for case in cases {
        let through = if case.tool.is_some() { "tool " } else { "" };
        for who in Who::ALL.into_iter().filter(|who| !who.may(case.permission)) {
            let (before, audited) = (town.hash(), town.audited());
            let answer = knock(town, &assistant, who, case);
            let label = format!("{who:?} {through}{} {}: {}", case.method, case.path, answer.status);
            let refused = match (who, case.is_page && case.method == Method::GET) {
                (Who::Nobody, true) => {
                    answer.status == StatusCode::SEE_OTHER
                        && answer.header("location").starts_with("/sign-in")
                }
                (Who::Nobody, false) if case.is_page => answer.status == StatusCode::FORBIDDEN,
                (Who::Nobody, false) => {
                    answer.status == StatusCode::UNAUTHORIZED && answer.code() == "access.sign_in"
                }
                _ => answer.status == StatusCode::FORBIDDEN && answer.code() == "access.forbidden",
            };
            if !refused {
                found.push(format!("{label}: let in"));
            }
            if town.hash() != before {
                found.push(format!("{label}: changed something"));
            }
            // Whoever shows no token is turned away before anybody reads what they want of the tools.
            let unread = case.tool.is_some() && who == Who::Nobody;
            if !case.is_read && !unread && town.audited() != audited + 1 {
                found.push(format!("{label}: not in the audit"));
            }
        }
    }
    for case in cases {
        for who in Who::ALL.into_iter().filter(|who| who.may(case.permission)) {
            let answer = knock(town, &assistant, who, case);
            let to_sign_in = answer.header("location").starts_with("/sign-in");
            let code = answer.code();
            let kept_out = ["access.sign_in", "access.forbidden", "access.csrf", "api.path", "page.address"];
            if to_sign_in || kept_out.contains(&code.as_str()) || answer.status.is_server_error() {
                found.push(format!("{who:?} {} {}: {} {code}", case.method, case.path, answer.status));
            }
        }
    }
    found
}

#[test]
fn every_door_lets_in_whom_its_permission_says_and_nobody_else() {
    for town in Town::all() {
        give_up(&town);
        let cases = cases(&town.running.open.slices, &World::build(&town));
        assert!(30 < cases.len(), "the tables are walked");
        let unsaid = cases.iter().find(|case| case.path.contains(['{', ' ']));
        assert!(unsaid.is_none(), "a part without a real id: {}", unsaid.unwrap().path);
        assert_eq!(mismatches(&town, &cases), Vec::<String>::new(), "on {}", town.engine);
    }
}

/// A slice whose doors forget to look: they ask for nothing, and write.
fn forgetful() -> Vec<Slice> {
    let head = slice::Head {
        name: "raft.build",
        act: Act::Write,
        method: slice::Method::Post,
        path: "/rafts",
        command: "raft build",
        permission: Permission::Public,
        class: DataClass::Business,
        sentence: "Builds a raft.",
        examples: &[],
    };
    const PAGES: &[PageRoute] = &[
        PageRoute::get("/rafts", |_, _| {
            Ok(Reply::Page { title: "Rafts".into(), place: "", body: html! { "All rafts" } })
        })
        .asks(Permission::Public),
        PageRoute::post("/rafts", |visit, tx| {
            let new =
                accounts::ops::Add { name: "Raft".into(), anyway: true, ..accounts::ops::Add::default() };
            accounts::ops::add(visit.cx, tx, new).map(|_| Reply::Go("/rafts".into()))
        })
        .asks(Permission::Public),
    ];
    vec![Slice {
        name: "raft",
        migrations: &[],
        tables: &[],
        operations: vec![op(head, accounts::ops::add)],
        pages: PAGES,
        panels: &[],
        finders: &[],
        agendas: &[],
        consequences: &[],
        deeds: |_, _| None,
        jobs: &[],
    }]
}

#[test]
fn a_door_that_forgets_to_look_is_found() {
    for town in Town::all_with(forgetful) {
        let door = |method, path: &str, permission, body, is_page| Case {
            is_read: method == Method::GET,
            method,
            path: path.to_owned(),
            permission,
            body,
            is_page,
            tool: None,
        };
        let name = Some(json!({"name": "Raft", "anyway": true}));
        let tool = Case {
            tool: Some("/rafts"),
            ..door(Method::POST, "/rafts", Permission::Manage, name.clone(), false)
        };
        let meant = [
            door(Method::POST, "/api/v1/rafts", Permission::Manage, name, false),
            door(Method::GET, "/rafts", Permission::Read, None, true),
            door(Method::POST, "/rafts", Permission::Write, None, true),
            tool,
        ];
        let found = mismatches(&town, &meant);
        let expected = [
            "Nobody POST /api/v1/rafts: 200 OK: let in",
            "Nobody POST /api/v1/rafts: 200 OK: changed something",
            "Reader POST /api/v1/rafts: 200 OK: let in",
            "Reader POST /api/v1/rafts: 200 OK: changed something",
            "Member POST /api/v1/rafts: 200 OK: let in",
            "Member POST /api/v1/rafts: 200 OK: changed something",
            "Nobody GET /rafts: 200 OK: let in",
            "Nobody POST /rafts: 303 See Other: let in",
            "Nobody POST /rafts: 303 See Other: changed something",
            "Reader POST /rafts: 303 See Other: let in",
            "Reader POST /rafts: 303 See Other: changed something",
            "Reader tool POST /rafts: 200 OK: let in",
            "Reader tool POST /rafts: 200 OK: changed something",
            "Member tool POST /rafts: 200 OK: let in",
            "Member tool POST /rafts: 200 OK: changed something",
        ];
        assert_eq!(found, expected, "on {}", town.engine);
    }
}

#[test]
fn a_narrow_token_does_no_more_than_it_says_whoever_made_it() {
    for town in Town::all() {
        let narrow = json!({"name": "look only", "role": "reader"});
        let token = town.call(Who::Owner, Method::POST, "/tokens", Some(narrow)).json();
        let (id, token) = (token["id"].as_str().unwrap(), token["token"].as_str().unwrap());
        let before = town.hash();
        let refused = town.call_with(token, Method::POST, "/accounts", Some(json!({"name": "Raft"})));
        assert_eq!((refused.status, refused.code().as_str()), (StatusCode::FORBIDDEN, "access.forbidden"));
        assert_eq!(town.hash(), before);
        assert_eq!(town.call_with(token, Method::GET, "/lines", None).status, StatusCode::OK);

        town.call(Who::Owner, Method::DELETE, &format!("/tokens/{id}"), None);
        let ended = town.call_with(token, Method::GET, "/lines", None);
        assert_eq!((ended.status, ended.code().as_str()), (StatusCode::UNAUTHORIZED, "access.token"));
    }
}

#[test]
fn whoever_left_is_nobody_at_their_next_click() {
    for town in Town::all() {
        assert_eq!(town.page(Who::Member, "/relationships").status, StatusCode::OK);
        let people = town.call(Who::Owner, Method::GET, "/people", None).json();
        let member = people.as_array().unwrap().iter().find(|person| person["role"] == "member").unwrap();
        let path = format!("/people/{}/departure", member["id"].as_str().unwrap());
        assert_eq!(town.call(Who::Owner, Method::POST, &path, None).status, StatusCode::OK);
        assert_eq!(
            town.page(Who::Member, "/relationships").header("location"),
            "/sign-in?then=/relationships"
        );
        assert_eq!(town.call(Who::Member, Method::GET, "/lines", None).status, StatusCode::UNAUTHORIZED);
    }
}
