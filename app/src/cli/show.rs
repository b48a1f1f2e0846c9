//! Answers for people: lists as tables, single things as fields.

use serde_json::{Map, Value, json};

use super::explained::explained;

/// Columns wider than this are cut in tables.
const WIDEST: usize = 44;

/// The answer of an operation as text.
pub(super) fn told(operation: &str, answer: &Value) -> String {
    match operation {
        "relationship.view" => explained(answer),
        "relationship.case" => format!("{answer}\n"),
        _ => Some(plain(answer))
            .filter(|text| !text.is_empty())
            .unwrap_or_else(|| "There is none.\n".to_owned()),
    }
}

/// What came of a file, with the first of its rows that could not be read.
pub(super) fn imported(import: &Value, unread: &Value, dry_run: bool) -> String {
    let outcome = &import[if dry_run { "planned" } else { "result" }];
    let rejected = outcome["reject"].as_i64().unwrap_or(0);
    let (name, read_as) = (titled(import), word(&import["read_as"]));
    let unreadable = format!("{rejected} of {} rows could not be read", word(&outcome["rows"]));
    let mut text = if 0 < rejected && outcome["reject"] == outcome["rows"] {
        let verb = if dry_run { "would be" } else { "was" };
        let advice = other_column(import, unread);
        format!("nothing of {name} {verb} imported: {unreadable}{advice}\n  {read_as}\n")
    } else {
        let verb = if dry_run { "would be imported" } else { "imported" };
        format!("{name} {verb}: {read_as}\n")
    };
    text.push_str(&recognised(import));
    text.push_str(&asked(import));
    if let Value::Object(fields) = outcome {
        text.push_str(&fields_of(&telling(fields), 2));
    }
    if let Some(damage) = outcome.get("damage").and_then(Value::as_str) {
        text.push_str(&format!("  The file is damaged: {damage}\n"));
    }
    if 0 < rejected {
        text.push_str(&format!("\n  {unreadable}"));
        text.push_str(&unread.as_array().into_iter().flatten().map(unread_row).collect::<String>());
        text.push('\n');
    }
    if !dry_run {
        let id = word(&import["id"]);
        let all = if 0 < rejected {
            format!("; mainstay import {id} rejections lists all of those rows")
        } else {
            String::new()
        };
        text.push_str(&format!("  mainstay import {id} shows it again{all}\n"));
    }
    text
}

/// What an import came to, without the counts of what did not come up; rows, created and rejected are always told.
fn telling(outcome: &Map<String, Value>) -> Map<String, Value> {
    let always = |name: &str| ["rows", "create", "reject"].contains(&name);
    let told = outcome.iter().filter(|(name, value)| always(name) || value.as_i64() != Some(0));
    told.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// What is proposed for a file that cannot be read yet for lack of a word: its columns, and the mapping to save.
pub(super) fn proposed(import: &Value) -> String {
    let columns = import["columns"].as_array().into_iter().flatten();
    let row = |column: &Value| {
        let samples: Vec<_> = column["samples"].as_array().into_iter().flatten().map(word).collect();
        json!({ "column": column["name"], "meaning": column["meaning"], "why": column["reason"], "samples": samples.join(", ") })
    };
    format!(
        "{}: {}\n{}\n{}\n{}\nThe mapping that is proposed; complete it and give it back with --mapping:\n\n{}\n",
        titled(import),
        word(&import["read_as"]),
        recognised(import),
        table(&columns.map(row).collect::<Vec<_>>(), 2),
        asked(import),
        word(&import["mapping"])
    )
}

/// What a person has to say or look at.
fn asked(import: &Value) -> String {
    let questions = import["questions"].as_array().into_iter().flatten();
    questions.map(|question| format!("  To look at: {}\n", word(question))).collect()
}

/// A file, and the table in it where it has several.
fn titled(import: &Value) -> String {
    match import["table"].as_str().unwrap_or_default() {
        "" => word(&import["name"]),
        table => format!("{}, {table}", word(&import["name"])),
    }
}

/// What rests on a ready mapping and not on the file.
fn recognised(import: &Value) -> String {
    import["recognised"].as_str().map_or(String::new(), |text| format!("  {text} (--mapping).\n"))
}

/// What to do where no row could be read and the first of them fail in one column.
fn other_column(import: &Value, unread: &Value) -> String {
    let rows = unread.as_array().map_or(&[][..], Vec::as_slice);
    let column = rows.first().map(|row| &row["column"]).filter(|column| column.is_string());
    let column = column.filter(|column| rows.iter().all(|row| row["column"] == **column));
    let mut columns = import["columns"].as_array().into_iter().flatten();
    let meaning = column.and_then(|name| columns.find(|known| known["name"] == *name)?["meaning"].as_str());
    match meaning {
        Some(meaning) => format!("; choose another column for {meaning} with --mapping"),
        None => String::new(),
    }
}

fn unread_row(row: &Value) -> String {
    let column = row["column"].as_str().map_or(String::new(), |column| format!(", {column}"));
    let value: String = row["value"].as_str().unwrap_or_default().chars().take(WIDEST).collect();
    let value = if value.is_empty() { value } else { format!(" {value:?}") };
    format!("\n    row {}{column}:{value} {}", word(&row["row"]), word(&row["reason"]))
}

fn plain(answer: &Value) -> String {
    match answer {
        Value::Array(rows) => table(rows, 0),
        Value::Object(fields) => {
            let mut text = fields_of(fields, 0);
            if let Some(next) = fields.get("next").and_then(Value::as_str) {
                text.push_str(&format!("\nThe next page: --after {next}\n"));
            }
            text
        }
        other => format!("{}\n", word(other)),
    }
}

/// Fields with a single value first, then lists as tables under their names.
fn fields_of(fields: &Map<String, Value>, indent: usize) -> String {
    let pad = " ".repeat(indent);
    let width = fields.keys().map(String::len).max().unwrap_or(0);
    let mut text = String::new();
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_array() && !value.is_object()) {
        let value = word(value).replace('\n', &format!("\n{pad}{:width$}  ", ""));
        text.push_str(&format!("{pad}{:width$}  {value}\n", name.replace('_', " ")));
    }
    for (name, value) in fields {
        match value {
            Value::Array(rows) if !rows.is_empty() => {
                text.push_str(&format!("\n{pad}{}\n{}", name.replace('_', " "), table(rows, indent + 2)));
            }
            Value::Object(inner) if !inner.is_empty() => {
                text.push_str(&format!(
                    "\n{pad}{}\n{}",
                    name.replace('_', " "),
                    fields_of(inner, indent + 2)
                ));
            }
            _ => (),
        }
    }
    text
}

fn table(rows: &[Value], indent: usize) -> String {
    let pad = " ".repeat(indent);
    let Some(Value::Object(_)) = rows.first() else {
        return rows.iter().map(|row| format!("{pad}{}\n", word(row))).collect();
    };
    let mut names: Vec<&String> = Vec::new();
    for name in rows.iter().filter_map(Value::as_object).flat_map(Map::keys) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.retain(|name| {
        let cells: Option<Vec<_>> = rows.iter().map(|row| cell(&row[name.as_str()])).collect();
        cells.is_some_and(|cells| cells.iter().any(|cell| !cell.is_empty()))
    });
    let cut = |text: String| {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.chars().count() <= WIDEST {
            text
        } else {
            text.chars().take(WIDEST - 1).chain(['…']).collect()
        }
    };
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| names.iter().map(|name| cut(cell(&row[name.as_str()]).unwrap_or_default())).collect())
        .collect();
    let widths: Vec<usize> = (0..names.len())
        .map(|n| cells.iter().map(|row| row[n].chars().count()).chain([names[n].len()]).max().unwrap_or(0))
        .collect();
    let line = |cells: Vec<String>| {
        let padded: Vec<_> =
            cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        format!("{pad}{}\n", padded.join("  ").trim_end())
    };
    let head = line(names.iter().map(|name| name.replace('_', " ")).collect());
    head + &cells.into_iter().map(line).collect::<String>()
}

/// A value in a row of a table: a word; somebody or something by its name and id; reasons one after another. None for what
/// does not fit into a cell.
fn cell(value: &Value) -> Option<String> {
    match value {
        Value::Array(items) => {
            let words = items.iter().map(|item| match item {
                Value::Object(fields) => fields.get("says").map(word),
                other => Some(word(other)),
            });
            words.collect::<Option<Vec<_>>>().map(|words| words.join(", "))
        }
        Value::Object(fields) => {
            let name = fields.get("name").map(word);
            let id = fields.get("id").map(word);
            name.map(|name| [Some(name), id].into_iter().flatten().collect::<Vec<_>>().join(" "))
        }
        single => Some(word(single)),
    }
}

pub(super) fn word(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "\u{2013}".to_owned(),
        other => other.to_string(),
    }
}
