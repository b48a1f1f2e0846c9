//! Cut and damaged files of every kind give rows or a refusal: none takes the program along, runs on or fills the memory.

use std::{
    fs,
    io::{Cursor, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    time::{Duration, Instant},
};

use tempfile::TempDir;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{files::data, read_table, sheets::workbook};
use crate::ops::unpack::unpack;

/// Longer than any small file takes, on a busy machine as well.
const TOO_LONG: Duration = Duration::from_secs(60);

/// More memory than any small file needs, in KiB.
const TOO_MUCH: u64 = 1 << 20;

/// What came of a file.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Rows,
    Refused,
    Panicked,
    RanOn,
    Bloated,
}

/// The most memory that the program held so far, in KiB; nothing where the system does not say.
fn held() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or_default()
}

/// Watches over a reading.
fn watched(read: impl FnOnce() -> bool) -> Outcome {
    let (begun, before) = (Instant::now(), held());
    let outcome = catch_unwind(AssertUnwindSafe(read));
    match outcome {
        Err(_) => Outcome::Panicked,
        Ok(_) if TOO_LONG < begun.elapsed() => Outcome::RanOn,
        Ok(_) if before + TOO_MUCH < held() => Outcome::Bloated,
        Ok(true) => Outcome::Rows,
        Ok(false) => Outcome::Refused,
    }
}

/// Reads everything in a file.
fn outcome(folder: &TempDir, bytes: &[u8]) -> Outcome {
    let path = folder.path().join("raw");
    fs::write(&path, bytes).unwrap();
    watched(|| {
        let Ok(tables) = unpack("file", &path, folder.path()) else { return false };
        tables.iter().map(read_table).filter(Result::is_ok).count() != 0
    })
}

/// Numbers that look like chance and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides.max(1)
    }
}

/// Cuts and damages a file in so many ways.
fn battered(name: &str, bytes: &[u8], times: usize) {
    let (mut dice, mut rows, folder) = (Dice(bytes.len() as u64), 0, tempfile::tempdir().unwrap());
    assert_eq!(outcome(&folder, bytes), Outcome::Rows, "{name} as it is");
    for time in 0..times {
        let mut other = bytes.to_vec();
        if time % 3 == 0 {
            other.truncate(dice.roll(bytes.len()));
        }
        let flips = if other.is_empty() { 0 } else { 1 + dice.roll(8) };
        for _ in 0..flips {
            let at = dice.roll(other.len());
            other[at] ^= 1 << dice.roll(8);
        }
        match outcome(&folder, &other) {
            Outcome::Rows => rows += 1,
            Outcome::Refused => (),
            bad => panic!("{name}, time {time}: {bad:?}"),
        }
        // What was derived from one is nothing to the next.
        for entry in fs::read_dir(folder.path()).unwrap() {
            fs::remove_file(entry.unwrap().path()).unwrap();
        }
    }
    println!("{name}: {times} times, {rows} gave rows");
}

fn packed(members: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // Not packed, so that damage reaches what is inside.
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in members {
        archive.start_file(*name, stored).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

const JSON: &str = r#"{"orders": [{"id": 1, "sum": "10.00", "who": {"name": "Ida \u00e9"}, "lines": [{"sku": "a", "n": 2}]},
    {"id": 2, "sum": 1.5e3, "who": null, "lines": [{"sku": "b", "n": -1}, {"sku": "c", "tags": ["x", "y"]}]}]}"#;

const CARDS: &str = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:R=C3=B6k;Ida=\r\n=20B.;;;\r\n\
    TEL;CELL;PREF:0170 1\r\nADR;HOME:;;1 Main St;Ghent;;9000;BE\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:4.0\r\n\
    FN:Falk\\, Bram\r\nitem1.EMAIL;TYPE=\"work,pref\":b@firm.example\r\nitem1.X-ABLabel:_$!<Home>!$_\r\nEND:VCARD\r\n";

const PAGE: &str = "<html><body><table><caption>Sales</caption><tr><th>region<th colspan=2>quarter</tr>\
    <tr><td rowspan=2>North<td>1<br>first<td>2 &amp; 3</tr><tr><td>4<td>5</tr></table>";

#[test]
fn the_watch_catches_what_it_is_there_for() {
    assert_eq!(watched(|| panic!("planted")), Outcome::Panicked);
    let bloat = || {
        let mut block = vec![0u8; 1200 << 20];
        block.iter_mut().step_by(4096).for_each(|byte| *byte = 1);
        block.len() == 7
    };
    if held() != 0 {
        assert_eq!(watched(bloat), Outcome::Bloated);
    }
    assert_eq!(watched(|| true), Outcome::Rows);
}

#[test]
fn texts_and_archives_survive_damage() {
    battered("a document", JSON.as_bytes(), 600);
    battered("lines", b"{\"a\": 1, \"b\": [{\"c\": 2}]}\n{\"a\": \"x\"}\n{\"a\": null}\n", 600);
    battered("cards", CARDS.as_bytes(), 600);
    battered("a page", PAGE.as_bytes(), 600);
    battered("an archive", &packed(&[("a.csv", "a,b\n1,2\n"), ("b.json", JSON), ("c.vcf", CARDS)]), 600);
}

#[test]
fn workbooks_survive_damage() {
    let Some(folder) = data("spreadsheets") else { return };
    for name in [
        "tabulator/table.xlsx",
        "csvkit/sheets.xls",
        "tabulator/special/sheet2.xls",
        "tabulator/special/table-with-booleans.ods",
    ] {
        battered(name, &fs::read(folder.join(name)).unwrap(), 150);
        if let Some(stored) = name.ends_with('x').then(|| unpacked(&folder.join(name))) {
            battered("the same, not packed", &stored, 150);
        }
    }
}

/// The same archive with its members not packed and nothing that would tell of damage.
fn unpacked(path: &PathBuf) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let mut members = Vec::new();
    for at in 0..archive.len() {
        let mut member = archive.by_index(at).unwrap();
        let mut text = String::new();
        if std::io::Read::read_to_string(&mut member, &mut text).is_ok() {
            members.push((member.name().unwrap().into_owned(), text));
        }
    }
    let members: Vec<_> = members.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    packed(&members)
}

#[test]
fn a_workbook_that_claims_more_than_it_holds_is_refused() {
    let corners = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row r=\"2\"><c r=\"A2\"><v>1</v></c></row>\
        <row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row></sheetData>";
    let folder = tempfile::tempdir().unwrap();
    let told = |count: &str| format!("uniqueCount=\"{count}\"><si><t>name</t></si>");
    // Two cells in the farthest corners: the rows between are blank lines, not memory.
    assert_eq!(outcome(&folder, &workbook("", &told("1"), &[("One", "", corners)])), Outcome::Rows);
    assert_eq!(
        outcome(&folder, &workbook("", &told("999999999999"), &[("One", "", corners)])),
        Outcome::Refused
    );
}

#[test]
fn large_files_are_unpacked_in_flat_memory() {
    const ROWS: usize = 150_000;
    const FLAT: u64 = 96 << 10;
    let order = |row: usize| {
        let line =
            format!("{{\"sku\": \"s{}\", \"price\": \"9.90\", \"text\": \"{}\"}}", row % 77, "x".repeat(60));
        format!(
            "{{\"id\": {row}, \"who\": {{\"email\": \"p{}@example.com\"}}, \"lines\": [{line}, {line}]}}",
            row % 5000
        )
    };
    let lines: String = (0..ROWS).map(|row| order(row) + "\n").collect();
    let document = format!("{{\"orders\": [{}]}}", lines.trim_end().replace('\n', ","));
    let archive = packed(&[("orders.jsonl", &lines), ("orders.json", &document)]);
    let folder = tempfile::tempdir().unwrap();
    let paths = [("lines", lines.into_bytes()), ("document", document.into_bytes()), ("archive", archive)]
        .map(|(name, bytes)| {
            let path = folder.path().join(name);
            fs::write(&path, bytes).unwrap();
            (name, path)
        });
    for (name, path) in paths {
        // The high water of what made the files is left behind first.
        fs::write("/proc/self/clear_refs", "5").unwrap_or_default();
        let before = held();
        let tables = unpack(name, &path, folder.path()).unwrap();
        let grown = held().saturating_sub(before);
        println!("{name}: {} KiB more for {} MiB", grown, path.metadata().unwrap().len() >> 20);
        assert!(tables.len().is_multiple_of(2) && grown < FLAT, "{name}: {grown} KiB");
    }
}
