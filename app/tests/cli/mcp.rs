//! `mainstay mcp`: an assistant on this machine speaks to the program over its standard input and output; and to a server that
//! listens.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, ChildStdin, ChildStdout, Stdio},
};

use serde_json::{Value, json};

use crate::desk::Desk;

/// The program, listening, and the two ends of the line.
struct Line {
    program: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
    said: i64,
}

impl Line {
    fn open(desk: &Desk, words: &[&str]) -> Line {
        let mut program = desk
            .program(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (to, from) = (program.stdin.take(), BufReader::new(program.stdout.take().unwrap()));
        Line { program, to, from, said: 0 }
    }

    /// The same, once both have said who they are.
    fn arrive(desk: &Desk, words: &[&str]) -> Line {
        let mut line = Line::open(desk, words);
        let client = json!({ "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": { "name": "t", "version": "1" } });
        let told = line.asks("initialize", client);
        assert_eq!(told["result"]["serverInfo"]["name"], "mainstay", "{told}");
        line.sends(r#"{"jsonrpc": "2.0", "method": "notifications/initialized"}"#);
        line
    }

    fn sends(&mut self, text: &str) {
        writeln!(self.to.as_mut().unwrap(), "{text}").unwrap();
    }

    fn hears(&mut self) -> Value {
        let mut text = String::new();
        self.from.read_line(&mut text).unwrap();
        serde_json::from_str(&text).unwrap_or_else(|cause| panic!("{cause}: {text:?}"))
    }

    fn asks(&mut self, method: &str, parameters: Value) -> Value {
        self.said += 1;
        self.sends(
            &json!({ "jsonrpc": "2.0", "id": self.said, "method": method, "params": parameters }).to_string(),
        );
        let told = self.hears();
        assert_eq!(told["id"], self.said, "{told}");
        told
    }

    fn calls(&mut self, tool: &str, arguments: Value) -> Value {
        self.asks("tools/call", json!({ "name": tool, "arguments": arguments }))["result"].clone()
    }

    /// Hangs up; gives what was still said, and the exit code.
    fn ends(mut self) -> (Vec<String>, i32) {
        drop(self.to.take());
        let rest = self.from.lines().map(Result::unwrap).collect();
        (rest, self.program.wait().unwrap().code().unwrap_or(-1))
    }
}

#[test]
fn an_assistant_reads_what_the_command_line_reads() {
    let desk = Desk::new().with_a_book();
    let id = desk.answer(&["relationships"])["rows"][0]["id"].clone();
    let typed = desk.answer(&["relationship", id.as_str().unwrap()]);
    let mut line = Line::arrive(&desk, &["mcp"]);
    let tools = line.asks("tools/list", json!({}))["result"]["tools"].clone();
    assert!(100 < tools.as_array().unwrap().len());
    let told = line.calls("relationship_view", json!({ "id": id }));
    assert_eq!((&told["isError"], &told["structuredContent"]), (&json!(false), &typed));
    assert_eq!(line.ends(), (Vec::new(), 0));
}

#[test]
fn an_assistant_writes_as_the_command_line_does_and_asks_before_danger() {
    let desk = Desk::new().with_a_book();
    let before = desk.hash();
    let mut line = Line::arrive(&desk, &["mcp"]);
    let imports = line.calls("imports_list", json!({}))["structuredContent"]["rows"].clone();
    let id = imports[0]["id"].clone();
    let asked = line.calls("import_undo", json!({ "id": id }));
    assert_eq!(
        (&asked["isError"], &asked["structuredContent"]["code"]),
        (&json!(true), &json!("mcp.confirm"))
    );
    assert_eq!(desk.hash(), before, "nothing was done");
    let confirm = asked["structuredContent"]["confirm"].clone();
    let done = line.calls("import_undo", json!({ "id": id, "confirm": confirm }));
    assert_eq!(done["isError"], false, "{done}");
    let after = line.calls("import_view", json!({ "id": id }));
    assert_eq!(after["structuredContent"]["state"], "taken back", "the work was done: {after}");
    let entry = line.calls("audit_list", json!({ "limit": 1 }))["structuredContent"]["rows"][0].clone();
    assert_eq!((&entry["via"], &entry["actor"]), (&json!("mcp"), &json!("house")));
    assert_eq!(line.ends(), (Vec::new(), 0));
}

#[test]
fn a_door_for_reading_writes_nothing() {
    let desk = Desk::new().with_a_book();
    let before = desk.hash();
    let mut line = Line::arrive(&desk, &["mcp", "--read-only"]);
    let tools = line.asks("tools/list", json!({}))["result"]["tools"].clone();
    for tool in tools.as_array().unwrap() {
        assert_eq!(tool["annotations"]["readOnlyHint"], true, "{}", tool["name"]);
    }
    let told = line.calls("account_add", json!({ "name": "Raft" }));
    assert_eq!(told["structuredContent"]["code"], "access.forbidden", "{told}");
    assert_eq!(line.ends(), (Vec::new(), 0));
    assert_eq!(desk.hash(), before);
    desk.says(&["mcp", "--loud"]).corrects(&["--loud", "--read-only"]);
}

#[test]
fn noise_on_the_line_does_not_end_the_conversation() {
    let desk = Desk::new();
    let mut line = Line::arrive(&desk, &["mcp"]);
    line.sends("{");
    line.sends("");
    line.sends(r#"{"jsonrpc": "2.0", "id": 90}"#);
    assert_eq!(line.hears()["error"]["code"], -32600);
    let told = line.asks("tools/call", json!({ "name": "raft_build" }));
    assert_eq!(told["error"]["code"], -32602);
    let told = line.asks("tools/call", json!({ "name": "find", "arguments": "all" }));
    assert_eq!(told["error"]["code"], -32602);
    let told = line.calls("relationship_view", json!({ "id": "rel_zzzzzz" }));
    assert_eq!(told["isError"], true);
    assert_eq!(line.asks("ping", json!({}))["result"], json!({}));
    assert_eq!(line.ends(), (Vec::new(), 0));
}

/// What a server answers to one request over a connection of its own.
fn over_the_wire(address: &str, token: &str, body: &Value) -> (String, Value) {
    let mut wire = TcpStream::connect(address).unwrap();
    let body = body.to_string();
    write!(
        wire,
        "POST /mcp HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\nconnection: close\r\n\
         accept: application/json, text/event-stream\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    wire.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.lines().next().unwrap().to_owned(), serde_json::from_str(body).unwrap())
}

#[test]
fn a_server_that_listens_answers_the_same() {
    let desk = Desk::new().with_a_book();
    let person =
        desk.answer(&["person", "add", "Ada", "--role", "reader"])["id"].as_str().unwrap().to_owned();
    let token = desk.answer(&["token", "add", "assistant", "--person", &person, "--role", "reader"]);
    let id = desk.answer(&["relationships"])["rows"][0]["id"].clone();
    let typed = desk.answer(&["relationship", id.as_str().unwrap()]);
    let serve = ["serve", "--listen", "127.0.0.1:0"];
    let mut server = desk.program(&serve).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut greeting = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut greeting).unwrap();
    let address = greeting.trim().rsplit("http://").next().unwrap().to_owned();
    let call = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": "relationship_view", "arguments": { "id": id } } });
    let (status, told) = over_the_wire(&address, token["token"].as_str().unwrap(), &call);
    let (shut, refused) = over_the_wire(&address, "mst_none", &call);
    server.kill().unwrap();
    server.wait().unwrap();
    assert_eq!((status.as_str(), &told["result"]["structuredContent"]), ("HTTP/1.1 200 OK", &typed));
    assert_eq!((shut.as_str(), &refused["code"]), ("HTTP/1.1 401 Unauthorized", &json!("access.token")));
}

#[test]
fn whoever_hangs_up_at_once_is_no_failure_and_whoever_speaks_otherwise_is_told() {
    let desk = Desk::new();
    assert_eq!(Line::open(&desk, &["mcp"]).ends(), (Vec::new(), 0));
    let mut line = Line::open(&desk, &["mcp"]);
    line.sends(r#"{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}"#);
    drop(line.ends());
}
