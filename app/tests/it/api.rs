//! REST as programs find it: inputs, refusals, limits, the audit.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use serde_json::{Value, json};

use crate::town::{Town, Who};

fn token(town: &Town) -> String {
    let made = town.call(Who::Owner, Method::POST, "/tokens", Some(json!({"name": "till"}))).json();
    made["token"].as_str().unwrap().to_owned()
}

#[test]
fn a_program_writes_and_reads_with_its_token() {
    for town in Town::all() {
        let token = token(&town);
        let new = json!({"name": "Osterlund Marine", "country": "Belgium"});
        let made = town.call_with(&token, Method::POST, "/accounts", Some(new));
        assert_eq!(made.status, StatusCode::OK, "{}", made.text);
        let path = format!("/accounts/{}", made.json()["id"].as_str().unwrap());
        let read = town.call_with(&token, Method::GET, &path, None);
        assert_eq!(read.json(), made.json());
        assert_eq!(read.header("content-type"), "application/json");
    }
}

#[test]
fn numbers_and_lists_in_an_address_are_what_their_fields_hold() {
    let town = Town::one();
    assert_eq!(
        town.call(Who::Owner, Method::GET, "/audit?limit=1", None).json()["rows"].as_array().unwrap().len(),
        1
    );
    for (query, field) in [("limit=many", "limit"), ("limit=1&limit=2", "limit")] {
        let refused = town.call(Who::Owner, Method::GET, &format!("/audit?{query}"), None);
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (StatusCode::UNPROCESSABLE_ENTITY, "input.shape")
        );
        assert_eq!(refused.json()["field"], field);
    }
    let unknown = town.call(Who::Owner, Method::GET, "/audit?nonsense=1", None);
    assert_eq!((unknown.status, unknown.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "input.shape"));
}

#[test]
fn a_part_of_the_path_wins_over_the_body() {
    let town = Town::one();
    let made = |name: &str| {
        let made = town.call(Who::Owner, Method::POST, "/accounts", Some(json!({"name": name}))).json();
        made["id"].as_str().unwrap().to_owned()
    };
    let (one, other) = (made("One"), made("Other"));
    let body = json!({"id": other, "people": []});
    let set = town.call(Who::Owner, Method::PUT, &format!("/accounts/{one}/wall"), Some(body));
    assert_eq!(set.json()["id"], one.as_str(), "{}", set.text);
}

#[test]
fn a_refusal_has_the_one_shape() {
    for town in Town::all() {
        let refused = town.call(Who::Owner, Method::POST, "/tokens", Some(json!({"name": "x", "days": 0})));
        assert_eq!(refused.header("content-type"), "application/problem+json");
        let problem = refused.json();
        assert_eq!(problem["type"], "urn:mainstay:problem:access.token_days");
        assert_eq!((&problem["status"], &problem["title"]), (&json!(422), &json!("Unprocessable Entity")));
        assert_eq!((&problem["code"], &problem["field"]), (&json!("access.token_days"), &json!("days")));
        assert_eq!(problem["request"], refused.header("x-request-id"));
        assert!(problem["detail"].as_str().unwrap().contains("365"));

        for (path, status) in [("/api/v1/nothing", 404), ("/api", 404), ("/api/v2/lines", 404)] {
            let lost = town.page(Who::Owner, path);
            assert_eq!((lost.status.as_u16(), lost.code().as_str()), (status, "api.path"));
            assert_eq!(lost.header("content-type"), "application/problem+json");
        }
        assert_eq!(town.call(Who::Owner, Method::DELETE, "/lines", None).code(), "serve.method");
    }
}

#[test]
fn a_body_is_json_and_one_mebibyte_at_most() {
    let town = Town::one();
    let (token, before) = (token(&town), town.hash());
    let send = |media: &str, body: Vec<u8>| {
        let request = Request::post("/api/v1/accounts").header("authorization", format!("Bearer {token}"));
        let answer = town.send(request.header("content-type", media).body(Body::from(body)).unwrap());
        (answer.status.as_u16(), answer.code())
    };
    let padded = |bytes: usize| {
        let start = r#"{"unknown":""#;
        format!("{start}{}\"}}", "x".repeat(bytes - start.len() - 2)).into_bytes()
    };
    let json = "application/json; charset=utf-8";
    assert_eq!(send(json, padded(1 << 20)), (422, "input.shape".into()));
    assert_eq!(send(json, padded((1 << 20) + 1)), (413, "body.large".into()));
    assert_eq!(send("text/plain", b"{}".to_vec()), (415, "body.media".into()));
    assert_eq!(send("application/x-www-form-urlencoded", b"name=x".to_vec()), (415, "body.media".into()));
    for broken in [&b"{"[..], b"[]", b"7", b"\xff", "[".repeat(100_000).as_bytes()] {
        assert_eq!(send(json, broken.to_vec()), (400, "body.json".into()));
    }
    assert_eq!(town.hash(), before);
}

#[test]
fn a_token_that_does_not_hold_is_told_so() {
    let town = Town::one();
    for token in ["", "mst_x", "nonsense", "mst_äöü"] {
        let refused = town.call_with(token, Method::GET, "/lines", None);
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{token}");
        assert_eq!(refused.header("www-authenticate"), "Bearer");
    }
}

#[test]
fn every_write_and_every_refused_write_is_in_the_audit_without_secrets() {
    for town in Town::all() {
        let token = token(&town);
        let new = json!({"name": format!("Raft {token}")});
        let made = town.call_with(&token, Method::POST, "/accounts", Some(new)).json();
        town.call(Who::Reader, Method::POST, "/accounts", Some(json!({"name": "Raft"})));
        town.call(Who::Nobody, Method::POST, "/accounts", Some(json!({"name": "Raft"})));
        town.call(Who::Owner, Method::POST, "/accounts", Some(json!({"name": ""})));
        town.call(Who::Owner, Method::GET, "/lines", None);

        let audit = town.call(Who::Owner, Method::GET, "/audit?limit=4", None).json();
        let rows: Vec<(&str, &str)> = audit["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| (row["name"].as_str().unwrap_or("nobody"), row["outcome"].as_str().unwrap()))
            .collect();
        let expected = [
            ("Owner", "refused: accounts.name"),
            ("nobody", "refused: access.sign_in"),
            ("Reader of ours", "refused: access.forbidden"),
            ("Owner", "done"),
        ];
        assert_eq!(rows, expected);
        let done = &audit["rows"][3];
        assert_eq!((&done["operation"], &done["subject"]), (&json!("account.add"), &made["id"]));
        assert!(!audit.to_string().contains("mst_"), "{audit}");
        let verified = town.call(Who::Owner, Method::GET, "/audit/verification", None).json();
        assert_eq!(verified["whole"], Value::Bool(true));
    }
}

#[test]
fn strangers_cannot_fill_the_audit() {
    let town = Town::one();
    let before = town.audited();
    for _ in 0..200 {
        assert_eq!(town.call(Who::Nobody, Method::POST, "/accounts", None).status, StatusCode::UNAUTHORIZED);
    }
    let most = i64::from(mainstay::serve::STRANGERS_PER_MINUTE);
    assert!((most..=2 * most).contains(&(town.audited() - before)), "{}", town.audited() - before);
}

#[test]
fn the_program_says_that_it_is_well_to_anybody() {
    for town in Town::all() {
        let answer = town.page(Who::Nobody, "/health");
        assert_eq!((answer.status, answer.json()), (StatusCode::OK, json!({"status": "well"})));
    }
}

#[test]
fn answers_are_packed_for_whoever_can_unpack() {
    let town = Town::one();
    let request = Request::get("/api/v1/openapi.json").header("accept-encoding", "gzip");
    let packed = town.send(request.body(Body::empty()).unwrap());
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert_eq!(town.page(Who::Nobody, "/api/v1/openapi.json").header("content-encoding"), "");
}

#[test]
fn a_packed_page_tells_its_length_so_that_it_is_laid_out_in_one_go() {
    let town = Town::one();
    let request = Request::get("/sign-in").header("accept-encoding", "gzip");
    let page = town.send(request.body(Body::empty()).unwrap());
    assert_eq!((page.status, page.header("content-encoding")), (StatusCode::OK, "gzip"));
    assert!(page.header("content-length").parse::<usize>().is_ok_and(|length| 0 < length));
}

#[test]
fn who_names_the_version_they_read_overwrites_nobody() {
    for town in Town::all() {
        let token = token(&town);
        let put = |path: &str, body: Value| town.call_with(&token, Method::PUT, path, Some(body));
        let made = town
            .call_with(&token, Method::POST, "/accounts", Some(json!({"name": "Osterlund Marine"})))
            .json();
        let path = format!("/accounts/{}", made["id"].as_str().unwrap());
        let theirs = put(&path, json!({"email": "a@example.com", "expected": made["version"]}));
        assert_eq!(theirs.status, StatusCode::OK, "{}", theirs.text);
        let mine = put(&path, json!({"email": "b@example.com", "expected": made["version"]}));
        let told = (mine.status, mine.code(), mine.json()["field"].clone());
        assert_eq!(told, (StatusCode::PRECONDITION_FAILED, "accounts.changed".to_owned(), json!("email")));
        let detail = mine.json()["detail"].as_str().unwrap().to_owned();
        assert!(
            detail.contains("email is now \"a@example.com\" (") && detail.contains("read it again"),
            "{detail}"
        );
        let other = put(&path, json!({"phone": "+32 9 225", "expected": made["version"]}));
        assert_eq!(
            (&other.json()["email"], &other.json()["phone"]),
            (&json!("a@example.com"), &json!("+32 9 225"))
        );
        let again = put(&path, json!({"email": "b@example.com", "expected": other.json()["version"]}));
        assert_eq!(again.json()["email"], "b@example.com", "{}", again.text);
    }
}
