//! A list as a file: every row, the columns that were asked for, nothing from behind a wall, and on record.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use serde_json::{Value, json};

use crate::{
    town::{Answer, Town, Who},
    world::{CANARY, World},
};

/// So many products, one of them with a name that a spreadsheet would run.
fn products(town: &Town, count: usize) {
    let name =
        |n: usize| if n == 0 { "=HYPERLINK(\"x\")".to_owned() } else { format!("Number {n:03}, large") };
    let one = |n: usize| json!({ "key": format!("k{n:03}"), "name": name(n), "offer": "goods" });
    let all: Vec<Value> = (0..count).map(one).collect();
    let body = json!({ "line": "Shop", "products": all });
    let made = town.call(Who::Owner, Method::POST, "/products", Some(body));
    assert_eq!(made.status, StatusCode::OK, "{}", made.text);
}

fn file(town: &Town, who: Who, path: &str) -> Answer {
    town.page(who, &format!("/api/v1{path}"))
}

#[test]
fn every_row_is_in_it_however_many_pages_there_are() {
    for town in Town::all() {
        products(&town, 205);
        let csv = file(&town, Who::Reader, "/products.csv");
        assert_eq!((csv.status, csv.header("content-type")), (StatusCode::OK, "text/csv; charset=utf-8"));
        assert_eq!(csv.header("content-disposition"), "attachment; filename=\"catalog.csv\"");
        let lines: Vec<&str> = csv.text.lines().collect();
        assert_eq!(lines.len(), 206);
        assert!(lines[0].split(',').any(|column| column == "name"), "{}", lines[0]);
        assert_eq!(lines.iter().filter(|line| line.contains("\"'=HYPERLINK(\"\"x\"\")\"")).count(), 1);
        assert!(lines.iter().any(|line| line.contains("\"Number 204, large\"")));
        let accepts = town.request(Who::Reader, Method::GET, "/api/v1/products").header("accept", "text/csv");
        assert_eq!(town.send(accepts.body(Body::empty()).unwrap()).text, csv.text);
    }
}

#[test]
fn nothing_from_behind_a_wall_is_in_a_file_and_who_took_it_is_on_record() {
    for town in Town::all() {
        World::build(&town);
        let path = "/relationships.csv?columns=name,class,net,currency&sort=name";
        let own = file(&town, Who::Maren, path).text;
        assert!(own.starts_with("name,class,net,currency\r\n") && own.contains(CANARY), "{own}");
        let before = town.audited();
        for who in [Who::Reader, Who::Member, Who::Owner] {
            let csv = file(&town, who, path).text;
            assert!(!csv.contains(CANARY) && csv.contains("Falk Brewery,"), "{csv}");
            assert_eq!(csv.lines().count() + 1, own.lines().count(), "{who:?}");
        }
        // A page of the list is not on record, a file of people is.
        town.call(Who::Reader, Method::GET, "/relationships", None);
        assert_eq!(town.audited(), before + 3);
        let newest = town.call(Who::Owner, Method::GET, "/audit?limit=1", None).json();
        let input = newest["rows"][0]["input"].to_string();
        assert!(input.contains("csv") && input.contains("sort"), "{newest}");
    }
}

#[test]
fn a_refusal_is_one_and_single_things_are_no_files() {
    let town = Town::one();
    for (path, status) in [
        ("/relationships.csv?columns=colour", 422),
        ("/relationships.csv?where=class:", 422),
        ("/relationships.csv?nonsense=1", 422),
        ("/relationships/rel_x7Kq2.csv", 404),
        ("/policy.csv", 404),
    ] {
        let refused = file(&town, Who::Owner, path);
        assert_eq!(refused.status.as_u16(), status, "{path}: {}", refused.text);
        assert_eq!(refused.header("content-type"), "application/problem+json", "{path}");
    }
    assert_eq!(file(&town, Who::Nobody, "/relationships.csv").status, StatusCode::UNAUTHORIZED);
    let empty = file(&town, Who::Owner, "/relationships.csv?columns=name,net,currency");
    assert_eq!(empty.text, "name,net,currency\r\n");
}
