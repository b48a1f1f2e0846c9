//! Answers: `-o json` parses for every reading command, and docs/cli.md names every command and field.

use std::{fs, path::Path};

use mainstay::slices;
use serde_json::Value;

use crate::desk::Desk;

#[test]
fn every_reading_command_answers_in_json() {
    let desk = Desk::new().with_a_book();
    let row = desk.answer(&["relationships"])["rows"][0].clone();
    let (relationship, account) = (row["id"].as_str().unwrap(), row["account"].as_str().unwrap());
    let import = desk.answer(&["imports"])["rows"][0]["id"].as_str().unwrap().to_owned();
    let line = desk.answer(&["lines"])[0]["id"].as_str().unwrap().to_owned();
    let fact = desk.answer(&["account", account, "history"])["rows"][0]["id"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let other = desk.answer(&["account", "add", "Grey Heron Print"])["id"].as_str().unwrap().to_owned();
    let third = desk.answer(&["account", "add", "Wick Bakery of Bergen"])["id"].as_str().unwrap().to_owned();
    let pairs = serde_json::json!([{ "kept": other, "gone": third }]).to_string();
    let merge = desk.answer(&["accounts", "merge", "--pairs", &pairs])["id"].as_str().unwrap().to_owned();
    let terms = r#"[{"key": "1", "party": "c7", "terms": {"start": "2025-03-05"}}]"#;
    let agreed =
        desk.answer(&["contracts", "record", "--line", "Care", "--contracts", terms])["ids"][0].clone();
    let products = r#"[{"key": "kettle", "name": "Kettle", "offer": "goods"}]"#;
    desk.answer(&["catalog", "record", "--line", "Care", "--products", products]);
    let product = desk.answer(&["catalog"])["rows"][0]["id"].clone();
    desk.answer(&["calendar", "BE", "set"]);
    let learning = desk.answer(&["policy", "learn"])["id"].as_str().unwrap().to_owned();
    let view = desk.answer(&["view", "save", "Everybody"])["id"].as_str().unwrap().to_owned();
    let act = ["--ids", relationship, "--act", "class", "--class", "client", "--reason", "known for long"];
    let preview: Vec<&str> = ["bulk", "preview"].into_iter().chain(act).collect();
    let digest = desk.answer(&preview)["digest"].as_str().unwrap().to_owned();
    let apply: Vec<&str> =
        ["bulk", "apply"].into_iter().chain(act).chain(["--digest", digest.as_str()]).collect();
    let bulk = desk.answer(&apply)["id"].as_str().unwrap().to_owned();
    let mut read = 0;
    for slice in slices::all() {
        for operation in slice.operations.iter().filter(|operation| operation.is_read()) {
            let id = match operation.head.command.split(' ').next().unwrap() {
                "relationship" | "facts" | "preference" => relationship,
                "account" => account,
                "import" => &import,
                "line" => &line,
                "merge" => &merge,
                "contract" => agreed.as_str().unwrap(),
                "policy" => &learning,
                "view" => &view,
                "bulk" => &bulk,
                "product" => product.as_str().unwrap(),
                _ => "",
            };
            let mut words: Vec<&str> = operation
                .head
                .command
                .split(' ')
                .map(|word| match word {
                    "{id}" => id,
                    "{fact}" => &fact,
                    "{now_is}" => "clock",
                    "{row}" => "1",
                    "{purpose}" => "renewal",
                    "{figure}" => "clash",
                    "{first}" | "{second}" => account,
                    "{name}" => "BE",
                    word => word,
                })
                .collect();
            if operation.head.name == "bulk.preview" {
                words.extend(act);
            }
            if operation.head.name == "policy.preview" {
                words.extend(["--name", "relationship"]);
            }
            assert!(
                !words.contains(&""),
                "{}: no id at hand for this command; give it one",
                operation.head.command
            );
            desk.answer(&words);
            let text = desk.says(&words);
            assert!(text.code == 0 && !text.out.is_empty(), "{words:?}: {}", text.err);
            read += 1;
        }
    }
    assert!(10 < read);
    for own in [&["dump", "--canonical"][..], &["doctor"], &["sign-in-link"], &["import", "known.csv"]] {
        desk.answer(own);
    }
}

fn contract() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/cli.md")).unwrap()
}

#[test]
fn every_command_stands_in_the_contract() {
    let contract = contract();
    for slice in slices::all() {
        for operation in &slice.operations {
            let words = operation.head.command.split(' ');
            let usage: Vec<_> = words.map(|word| word.trim_matches(['{', '}'])).collect();
            let usage = operation.head.command.split(' ').zip(&usage).map(|(word, bare)| {
                if word.starts_with('{') { bare.to_uppercase() } else { (*bare).to_owned() }
            });
            let usage = usage.collect::<Vec<_>>().join(" ");
            assert!(
                contract.contains(&format!("`mainstay {usage}`")),
                "docs/cli.md lacks `mainstay {usage}` ({})",
                operation.head.name
            );
        }
    }
}

/// Names of fields, those of lists and inner fields included; keys that are data (currencies) left out.
fn fields(answer: &Value, into: &mut Vec<String>) {
    match answer {
        Value::Object(map) => {
            for (name, value) in map {
                if name.chars().any(char::is_lowercase) {
                    into.push(name.clone());
                }
                fields(value, into);
            }
        }
        Value::Array(rows) => rows.iter().for_each(|row| fields(row, into)),
        _ => (),
    }
}

#[test]
fn every_field_of_the_answers_stands_in_the_contract() {
    let desk = Desk::new().with_a_book();
    let contract = contract();
    let relationship = desk.answer(&["relationships"])["rows"][0]["id"].as_str().unwrap().to_owned();
    let terms =
        r#"[{"key": "1", "party": "c7", "terms": {"start": "2025-03-05", "last_day": "2035-12-31"}}]"#;
    let agreed =
        desk.answer(&["contracts", "record", "--line", "Care", "--contracts", terms])["ids"][0].clone();
    let set = ["relationship", &relationship, "override", "--class", "client", "--reason", "they call first"];
    let commands: [&[&str]; 13] = [
        &["contracts"],
        &["contract", agreed.as_str().unwrap()],
        &["contracts", "figures"],
        &["import", "known.csv"],
        &["figures"],
        &set,
        &["overrides"],
        &["relationships"],
        &["relationship", &relationship],
        &["facts", &relationship],
        &["dump", "--canonical"],
        &["doctor"],
        &["imports"],
    ];
    for command in commands {
        let mut names = Vec::new();
        fields(&desk.answer(command), &mut names);
        names.sort();
        names.dedup();
        let missing: Vec<_> = names.iter().filter(|name| !contract.contains(&format!("`{name}`"))).collect();
        assert!(missing.is_empty(), "docs/cli.md lacks fields of {command:?}: {missing:?}");
    }
}

#[test]
fn a_list_comes_as_csv_with_all_its_rows_and_the_columns_asked_for() {
    let desk = Desk::new().with_a_book();
    let all = desk.answer(&["relationships", "--limit", "200", "--sort", "name"])["rows"].clone();
    let csv = desk.says(&[
        "relationships",
        "--sort",
        "name",
        "--limit",
        "1",
        "--columns",
        "name,net,currency",
        "-o",
        "csv",
    ]);
    assert_eq!(csv.code, 0, "{}", csv.err);
    let lines: Vec<&str> = csv.out.lines().collect();
    assert_eq!(lines[0], "name,net,currency");
    assert_eq!(lines.len(), all.as_array().unwrap().len() + 1, "{}", csv.out);
    let first = &all[0];
    let word = |name: &str| first[name].as_str().unwrap();
    assert_eq!(lines[1], format!("{},{},{}", word("name"), word("net"), word("currency")));
    for list in [&["contracts", "-o", "csv"][..], &["lines", "-o", "csv"], &["overrides", "-o", "csv"]] {
        assert_eq!(desk.says(list).code, 0, "{list:?}");
    }
    for single in [&["policy", "-o", "csv"][..], &["doctor", "-o", "csv"]] {
        let refused = desk.says(single);
        assert!(refused.code == 2 && refused.err.contains("csv is for lists"), "{single:?}: {}", refused.err);
    }
    let unknown = desk.says(&["relationships", "--columns", "colour", "-o", "csv"]);
    assert!(unknown.code == 1 && unknown.err.contains("\"colour\" is no column"), "{}", unknown.err);
}
