//! A file of labels comes through the form of the page, as it would from a browser.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};

use crate::town::{Answer, Town, Who};

const PLACE: &str = "/service-models/learning";

/// Sends the form with a file in it.
fn send(town: &Town, csrf: &str, file: &str) -> Answer {
    let field = |head: &str, value: &str| {
        format!("--x7Kq2\r\nContent-Disposition: form-data; {head}\r\n\r\n{value}\r\n")
    };
    let body = [
        field("name=\"csrf\"", csrf),
        field("name=\"file\"; filename=\"labels.csv\"", file),
        field("name=\"labels\"", ""),
        "--x7Kq2--\r\n".to_owned(),
    ];
    let request = town.request(Who::Owner, Method::POST, PLACE);
    let request = request.header("content-type", "multipart/form-data; boundary=x7Kq2");
    town.send(request.body(Body::from(body.concat())).unwrap())
}

#[test]
fn a_file_of_labels_is_answered_with_what_was_learned_from_it() {
    for town in Town::all() {
        let csrf = town.pass(Who::Owner).unwrap().csrf.clone();
        let learned = send(&town, &csrf, "account,class\nOsterlund Marine,client\n");
        assert_eq!(learned.status, StatusCode::SEE_OTHER, "{}", learned.text);
        let page = town.page(Who::Owner, learned.header("location"));
        assert!(page.text.contains("Too few labels") && page.text.contains("1 label"), "{}", page.text);
        let wrong = send(&town, &csrf, "who,what\n");
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text.contains("account and class"), "{}", wrong.text);
        assert_eq!(send(&town, "another", "account,class\n").status, StatusCode::FORBIDDEN);
        let broken = town.request(Who::Owner, Method::POST, PLACE);
        let broken = broken.header("content-type", "multipart/form-data; boundary=x7Kq2");
        let broken = town.send(broken.body(Body::from("--x7Kq2\r\nnothing")).unwrap());
        assert_eq!(broken.status, StatusCode::BAD_REQUEST, "{}", broken.text);
    }
}
