//! SQL has one home per slice, and the engines have one name: the one below the seam.

use toml::{Table, Value};

use super::{Fault, Source, Tree};

/// How a statement begins, and what else stands in it.
const STATEMENTS: &[(&str, &str)] = &[
    ("SELECT ", ""),
    ("INSERT INTO ", ""),
    ("UPDATE ", " SET "),
    ("DELETE FROM ", ""),
    ("CREATE TABLE ", ""),
    ("CREATE INDEX ", ""),
    ("CREATE UNIQUE ", ""),
    ("CREATE DATABASE ", ""),
    ("ALTER TABLE ", ""),
    ("DROP TABLE ", ""),
    ("DROP DATABASE ", ""),
    ("WITH ", " AS ("),
    ("ORDER BY ", ""),
    ("WHERE ", ""),
];

/// Parts of a statement that betray it wherever they stand.
const CLAUSES: &[&str] = &[" ORDER BY ", " GROUP BY ", " WHERE ", " INNER JOIN ", " LEFT JOIN "];

/// The names of the engines and of what speaks to them.
const ENGINES: &[&str] = &["sqlite", "postgres"];

/// Below the seam, or choosing between the engines, or trying both.
const KNOWS_ENGINES: &[&str] = &[
    "ground/store/",
    "ground/testkit/",
    PORTABLE,
    "ground/forecast/tests/",
    "app/src/config",
    "app/src/doctor",
    "app/tests/",
    "benches/",
    "xtask/",
];

/// Writes statements for engines elsewhere, which the house never speaks to.
const PORTABLE: &str = "ground/forecast/src/portable/";

/// Looks for statements and engine names where they do not belong.
pub fn check(tree: &Tree, sources: &[Source], faults: &mut Vec<Fault>) {
    for source in sources {
        let knows_engines = KNOWS_ENGINES.iter().any(|place| source.path.starts_with(place));
        for word in &source.words {
            if word.literal && !is_store(source.path) && is_statement(&word.text) {
                let why = format!("line {}: SQL belongs in this slice's store.rs", word.line);
                faults.push(Fault::new("sql", source.path, why));
            }
            let prose = word.literal && word.text.contains(' ');
            if !knows_engines && !prose && names_engine(&word.text) {
                let why = format!("line {}: an engine is named outside the seam", word.line);
                faults.push(Fault::new("engine", source.path, why));
            }
        }
    }
    for file in tree.files.iter().filter(|file| file.path.ends_with("/Cargo.toml")) {
        check_manifest(&file.path, &file.text, faults);
    }
}

fn check_manifest(path: &str, text: &str, faults: &mut Vec<Fault>) {
    let table = text.parse::<Table>().unwrap_or_default();
    let wants_engine = ["dependencies", "dev-dependencies", "build-dependencies"]
        .iter()
        .filter_map(|kind| table.get(*kind).and_then(Value::as_table))
        .flat_map(Table::keys)
        .any(|name| names_engine(name));
    // The benches measure the bare engine as the floor under every figure.
    let may = ["ground/store/", "ground/testkit/", "benches/"].iter().any(|place| path.starts_with(place));
    if wants_engine && !may {
        faults.push(Fault::new("engine", path, "a driver is for the store alone"));
    }
}

/// `store.rs`, anything below a folder `store/`, and what sets up databases for tests or checks for SQL.
fn is_store(path: &str) -> bool {
    path.ends_with("/store.rs")
        || path.contains("/store/")
        || [PORTABLE, "ground/forecast/tests/", "ground/testkit/", "xtask/"]
            .iter()
            .any(|place| path.starts_with(place))
}

/// SQL is written in capitals here; a sentence for a person is not.
fn is_statement(text: &str) -> bool {
    let flat = format!("{} ", text.split_whitespace().collect::<Vec<_>>().join(" "));
    STATEMENTS.iter().any(|(start, within)| flat.starts_with(start) && flat.contains(within))
        || CLAUSES.iter().any(|clause| flat.contains(clause))
        || is_small_query(&flat.to_lowercase())
}

/// `select a from b where c = ?1`, for whoever does not use capitals.
fn is_small_query(flat: &str) -> bool {
    let begins =
        ["select ", "insert into ", "update ", "delete from "].iter().any(|verb| flat.starts_with(verb));
    begins && (flat.contains("?1") || flat.contains("$1") || flat.contains(" where "))
}

fn names_engine(word: &str) -> bool {
    let word = word.to_lowercase();
    ENGINES.iter().any(|engine| word.contains(engine))
}
