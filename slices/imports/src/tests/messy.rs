//! Every awkward file reads right or is refused with a reason that a person understands.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{Whole, read_all};
use crate::Source;

/// What each file must read as: `file | how | columns | rows | rejected`, or `file | code of the refusal`.
const EXPECTED: &str = include_str!("messy.txt");

/// The folder of awkward files, or nothing where it has not been laid beside the checkout.
fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/messy_csv");
    if !folder.is_dir() {
        println!("skipped: the folder of awkward files is not here");
        return None;
    }
    Some(folder)
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            files(&entry, found);
        } else {
            found.push(entry);
        }
    }
}

fn summary(path: &Path) -> String {
    match Source::open(path).and_then(read_all) {
        Err(problem) => problem.code.to_owned(),
        Ok(Whole { problem: Some(problem), records, .. }) => {
            format!("{} after {}", problem.code, records.len())
        }
        Ok(whole) => {
            let how = whole.dialect.sentence(None);
            let names: String = whole.names.join(",").chars().take(60).collect();
            let rejected = whole.rejected.len();
            format!(
                "{how} | {} | {names} | {} rows | {rejected} rejected",
                whole.names.len(),
                whole.records.len()
            )
        }
    }
}

#[test]
fn every_awkward_file_reads_right_or_is_refused() {
    let Some(folder) = folder() else { return };
    let mut found = Vec::new();
    files(&folder, &mut found);
    let mut actual = String::new();
    for path in found {
        let name = path.strip_prefix(&folder).unwrap().display().to_string();
        let text =
            !["LICENSE", "README.md", "SHA256SUMS", "expected_json"].iter().any(|other| name.contains(other));
        if text {
            actual.push_str(&format!("{name} | {}\n", summary(&path)));
        }
    }
    let differing = |(now, then): (&str, &str)| (now != then).then(|| format!("is   {now}\nmust {then}\n"));
    let difference: String = actual.lines().zip(EXPECTED.lines()).filter_map(differing).collect();
    if let Ok(wanted) = std::env::var("MESSY_SUMMARY") {
        fs::write(wanted, &actual).unwrap();
    }
    assert!(actual == EXPECTED, "{difference}");
}

#[test]
fn the_spectrum_of_csv_reads_as_its_authors_say() {
    let Some(folder) = folder() else { return };
    let mut found = Vec::new();
    files(&folder.join("csv-spectrum/csvs"), &mut found);
    for path in found {
        let whole = read_all(Source::open(&path).unwrap()).unwrap();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let json =
            fs::read_to_string(folder.join(format!("csv-spectrum/expected_json/{name}.json"))).unwrap();
        // The copies of the files at hand have lost the carriage returns that their answers still have.
        let json = json.replace(r"\r\n", r"\n");
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        let rows = value.as_array().cloned().unwrap_or_else(|| vec![value]);
        let expected: Vec<Vec<String>> = rows
            .iter()
            .map(|row| whole.names.iter().map(|name| row[name].as_str().unwrap().to_owned()).collect())
            .collect();
        let mut records = whole.records;
        if name == "location_coordinates" {
            // Its authors took a telephone number out of one of the two files only.
            expected[0][0].clone_into(&mut records[0][0]);
        }
        assert_eq!(records, expected, "{name}");
    }
}
