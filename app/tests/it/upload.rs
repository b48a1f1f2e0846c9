//! Files as they come in: from programs and from forms, whole or refused, with nothing left behind.

use std::fs;

use axum::{
    body::{Body, Bytes},
    http::{Method, StatusCode},
};
use serde_json::{Value, json};

use crate::town::{Answer, Town, Who};

const ROWS: &str = "order,date,customer,amount,currency\n7731,2025-03-04,ACME Ltd,2400.00,EUR\n";
const EDGE: &str = "----mainstay";

fn raw(town: &Town, who: Who, path: &str, body: impl Into<Body>) -> Answer {
    let proof = town.pass(who).map_or("", |pass| &pass.csrf);
    let request = town.request(who, Method::POST, path).header("x-csrf-token", proof);
    town.send(request.body(body.into()).unwrap())
}

fn part(name: &str, file: Option<&str>, content: &str) -> String {
    let file = file.map_or(String::new(), |file| format!("; filename=\"{file}\""));
    format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{content}\r\n")
}

fn form(town: &Town, who: Who, path: &str, parts: &[String]) -> Answer {
    let proof = town.pass(who).map_or("", |pass| &pass.csrf);
    let request = town.request(who, Method::POST, path).header("x-csrf-token", proof);
    let request = request.header("content-type", format!("multipart/form-data; boundary={EDGE}"));
    town.send(request.body(Body::from(format!("{}--{EDGE}--\r\n", parts.concat()))).unwrap())
}

fn kept(town: &Town) -> usize {
    fs::read_dir(&town.running.open.house.files).unwrap().count()
}

#[test]
fn a_program_sends_a_file_as_a_body_or_in_a_form() {
    for town in Town::all() {
        let sent = raw(&town, Who::Member, "/api/v1/imports?name=march.csv", ROWS);
        assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text);
        let id = sent.json()["id"].as_str().unwrap().to_owned();
        assert_eq!(sent.header("location"), format!("/api/v1/imports/{id}"));
        let shown = town.call(Who::Reader, Method::GET, &format!("/imports/{id}"), None).json();
        assert_eq!((&shown["id"], &shown["name"]), (&json!(id), &json!("march.csv")));

        let sent = form(&town, Who::Member, "/api/v1/imports", &[part("file", Some("a/b/april.csv"), ROWS)]);
        assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text);
        assert_eq!(kept(&town), 1, "the same bytes are kept once, and nothing else");
        let audit = town.call(Who::Owner, Method::GET, "/audit?limit=1", None).json();
        let last = &audit["rows"][0];
        assert_eq!((&last["operation"], &last["subject"]), (&json!("import.receive"), &sent.json()["id"]));
        assert_eq!(last["input"], json!({"name": "april.csv", "bytes": ROWS.len()}));
    }
}

#[test]
fn a_program_says_how_a_file_is_written_when_it_sends_it_and_afterwards() {
    for town in Town::all() {
        let lump = ROWS.replace(',', "^").replace("ACME", "B\u{f6}hm");
        let lump: Vec<u8> = lump.chars().map(|letter| letter as u8).collect();
        let sent =
            raw(&town, Who::Member, "/api/v1/imports?name=march.csv&delimiter=%5E&encoding=latin1", lump);
        assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text);
        let path = format!("/imports/{}", sent.json()["id"].as_str().unwrap());
        let shown = town.call(Who::Member, Method::GET, &path, None).json();
        assert_eq!(shown["columns"][2]["samples"], json!(["B\u{f6}hm Ltd"]));
        let body = json!({ "encoding": "macintosh", "delimiter": "^" });
        let anew = town.call(Who::Member, Method::PUT, &format!("{path}/reading"), Some(body)).json();
        assert_eq!(anew["columns"][2]["samples"], json!(["B\u{2c6}hm Ltd"]));
        let one = raw(&town, Who::Member, "/api/v1/imports?name=march.csv&encoding=martian", ROWS);
        assert_eq!((one.status, one.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "imports.encoding"));
    }
}

#[test]
fn a_person_sends_a_file_by_a_form_and_is_led_to_its_page() {
    for town in Town::all() {
        let csrf = part("csrf", None, &town.pass(Who::Member).unwrap().csrf);
        let sent = form(&town, Who::Member, "/imports", &[csrf, part("file", Some("march.csv"), ROWS)]);
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
        assert!(sent.header("location").starts_with("/imports/imp_"));
    }
}

#[test]
fn a_person_whose_file_is_none_is_told_its_name_and_led_to_another_one() {
    let town = Town::one();
    let csrf = part("csrf", None, &town.pass(Who::Member).unwrap().csrf);
    let sent = form(
        &town,
        Who::Member,
        "/imports",
        &[csrf, part("file", Some("photo.csv"), "\u{0}\u{1}\u{2}\u{0}")],
    );
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", sent.text);
    assert!(sent.text.contains("photo.csv") && !sent.text.contains("Photo.csv"), "{}", sent.text);
    assert!(sent.text.contains("href=\"/imports\">Bring in another file"), "{}", sent.text);
    assert!(!sent.text.contains("Back to the start"), "{}", sent.text);
}

#[test]
fn a_form_without_its_own_proof_is_refused_and_nothing_is_kept() {
    let town = Town::one();
    let (file, foreign) = (part("file", Some("march.csv"), ROWS), &town.pass(Who::Owner).unwrap().csrf);
    let late = part("csrf", None, &town.pass(Who::Member).unwrap().csrf);
    // The header proves nothing for a form, which no browser sends with one.
    for parts in [vec![file.clone()], vec![part("csrf", None, foreign), file.clone()], vec![file, late]] {
        let request = town.request(Who::Member, Method::POST, "/imports");
        let request = request.header("content-type", format!("multipart/form-data; boundary={EDGE}"));
        let refused =
            town.send(request.body(Body::from(format!("{}--{EDGE}--\r\n", parts.concat()))).unwrap());
        assert_eq!((refused.status, refused.code().as_str()), (StatusCode::FORBIDDEN, "access.csrf"));
    }
    assert_eq!(kept(&town), 0);
}

#[test]
fn what_is_no_file_is_refused_with_a_reason_and_nothing_is_left() {
    let town = Town::one();
    let refused = |answer: Answer| (answer.status.as_u16(), answer.code());
    assert_eq!(refused(raw(&town, Who::Owner, "/api/v1/imports", ROWS)), (422, "upload.name".into()));
    assert_eq!(refused(raw(&town, Who::Owner, "/api/v1/imports?name=..", ROWS)), (422, "upload.file".into()));
    assert_eq!(refused(form(&town, Who::Owner, "/api/v1/imports", &[])), (422, "upload.file".into()));
    let png = Bytes::from_static(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01");
    let image = raw(&town, Who::Owner, "/api/v1/imports?name=march.csv", png);
    assert!(
        image.status == StatusCode::UNPROCESSABLE_ENTITY && image.code().starts_with("imports."),
        "{}",
        image.text
    );
    assert!(image.text.contains("march.csv"), "{}", image.text);

    let torn = town.request(Who::Owner, Method::POST, "/api/v1/imports");
    let torn = torn.header("content-type", format!("multipart/form-data; boundary={EDGE}"));
    let torn = torn.header("x-csrf-token", &town.pass(Who::Owner).unwrap().csrf);
    let torn = torn.body(Body::from(part("file", Some("march.csv"), ROWS))).unwrap();
    assert_eq!(refused(town.send(torn)), (400, "body.broken".into()));
    assert_eq!(kept(&town), 0);
}

#[test]
fn how_far_an_import_is_comes_as_json_and_as_events() {
    for town in Town::all() {
        let id = raw(&town, Who::Member, "/api/v1/imports?name=march.csv", ROWS).json()["id"].clone();
        let path = format!("/imports/{}/progress", id.as_str().unwrap());
        let request = town.request(Who::Reader, Method::GET, &path).header("accept", "application/json");
        let once = town.send(request.body(Body::empty()).unwrap()).json();
        for field in ["done", "total", "words", "note"] {
            assert!(once.get(field).is_some(), "{once}");
        }
        assert_eq!(once["finished"], format!("/imports/{}", id.as_str().unwrap()));

        let stream = town.page(Who::Reader, &path);
        assert_eq!(stream.header("content-type"), "text/event-stream");
        let event: Value = serde_json::from_str(stream.text.trim().strip_prefix("data:").unwrap()).unwrap();
        assert_eq!(event, once);
    }
}
