//! Files that are not what they seem: each is told by name, with its row and what to do, and leaves nothing behind.

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    process::Stdio,
    thread,
    time::Duration,
};

use flate2::{Compression, write::GzEncoder};

use crate::desk::{Desk, MAPPING, Said, lines, many};

/// Most memory of a program that reads a file, however long its lines, in KiB.
const MEMORY: u64 = 150 * 1024;

/// Brings the file in with the mapping and without one; neither changes what was known.
fn refused(name: &str, bytes: impl AsRef<[u8]>, words: &[&str]) {
    let desk = Desk::new().with_a_book();
    desk.write(name, bytes);
    let before = desk.hash();
    for flags in [&["--mapping", "shop.toml"][..], &[], &["--mapping", "shop.toml", "--dry-run"]] {
        let said = desk.says(&[&["import", name][..], flags].concat());
        said.refuses(&[name]);
        if !flags.is_empty() {
            said.refuses(words);
        }
        assert_eq!(desk.hash(), before, "{name} {flags:?} left something behind");
    }
}

#[test]
fn a_picture_named_csv_is_a_picture() {
    let mut picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\0\0\0\x02\0\x08\x06\0\0\0".to_vec();
    picture.extend((0..4_000u32).map(|n| (n.wrapping_mul(2_654_435_761).rotate_left(n % 31)) as u8));
    refused("holiday.csv", picture, &["picture (PNG)", "export the data as CSV"]);
}

#[test]
fn a_folder_is_walked_and_what_tells_of_its_files_is_set_aside() {
    let desk = Desk::new();
    fs::create_dir_all(desk.path("out/2025")).unwrap();
    desk.write("out/README.md", "What this is.");
    desk.write("out/SHA256SUMS", "0 orders.csv");
    desk.write("out/2025/orders.csv", lines(["1,2025-03-04,c7,kettle,1,38.00"]));
    let said = desk.says(&["import", "out", "--mapping", "shop.toml", "-o", "json"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.contains("set aside") && said.err.contains("README.md, SHA256SUMS"), "{}", said.err);
    assert_eq!(said.json()["imports"][0]["result"]["create"], 1);
    fs::create_dir_all(desk.path("none")).unwrap();
    desk.says(&["import", "none"]).refuses(&["no file to bring in is in the folder none"]);
}

#[test]
fn a_table_that_looks_like_no_sales_is_not_run_by_its_name_alone() {
    let desk = Desk::new();
    let rows = "Order,Date,Customer,Product,Quantity,Price,Currency\n1,2025-03-04,c7,kettle,1,38.00,EUR\n";
    desk.write("refunds.csv", rows);
    desk.write("rows.toml", "target = \"orders.record\"\n");
    let before = desk.hash();
    desk.says(&["import", "refunds.csv"]).refuses(&["refunds.csv", "money that went back", "--mapping"]);
    assert_eq!(desk.hash(), before);
    assert_eq!(desk.says(&["import", "refunds.csv", "--mapping", "rows.toml"]).code, 0);
    desk.write("Airport transfers.csv", rows.replace("1,2025", "2,2025"));
    assert_eq!(desk.says(&["import", "Airport transfers.csv"]).code, 0, "rides are sales");
}

#[test]
fn an_empty_file_is_empty() {
    refused("empty.csv", "", &["is empty", "export it again"]);
}

#[test]
fn a_header_alone_has_no_rows() {
    refused("header.csv", lines([""; 0]), &["has a header", "no row below it"]);
}

#[test]
fn a_file_with_no_column_we_know_says_what_is_needed() {
    let poem = format!("roses,violets\n{}", "red,blue\n".repeat(40));
    refused("poem.csv", &poem, &["no column \"order\"", "it has roses, violets"]);
    let desk = Desk::new();
    desk.write("poem.csv", &poem);
    desk.says(&["import", "poem.csv"]).refuses(&[
        "poem.csv",
        "no column of poem.csv is known",
        "date",
        "amount",
        "name the columns",
        "--mapping",
    ]);
}

#[test]
fn a_column_of_nonsense_dates_is_told_row_by_row_and_leaves_nothing() {
    let desk = Desk::new().with_a_book();
    desk.write("when.csv", lines(many(60).iter().map(|row| row.replacen("2025-03-", "soonish ", 1))));
    let before = desk.hash();
    for flags in [&["--mapping", "shop.toml"][..], &["--mapping", "shop.toml", "--dry-run"]] {
        let said = desk.says(&[&["import", "when.csv"][..], flags].concat());
        assert_eq!(said.code, 1, "{}{}", said.out, said.err);
        assert!(!said.out.contains("when.csv imported"), "{}", said.out);
        for words in [
            "nothing of when.csv w",
            "choose another column for date with --mapping",
            "60 of 60 rows could not be read",
            "row 1, date: \"soonish 01\"",
        ] {
            assert!(said.out.contains(words), "{words:?} is not in {}", said.out);
        }
        assert_eq!(desk.hash(), before);
    }
}

#[test]
fn a_file_of_nonsense_leaves_not_even_a_service_line_in_an_empty_house() {
    let desk = Desk::new();
    desk.write("when.csv", lines(many(60).iter().map(|row| row.replacen("2025-03-", "soonish ", 1))));
    let before = desk.hash();
    assert_eq!(desk.says(&["import", "when.csv", "--mapping", "shop.toml"]).code, 1);
    assert_eq!(desk.hash(), before);
    let said = desk.says(&["import", "when.csv"]);
    assert_eq!(said.code, 1, "{}{}", said.out, said.err);
    assert!(format!("{}{}", said.out, said.err).contains("when.csv"));
    assert_eq!(desk.hash(), before);
}

#[test]
fn good_rows_are_kept_beside_bad_ones() {
    let desk = Desk::new();
    let mut rows = many(30);
    rows[10] = rows[10].replace("2025-03-11", "eleventh");
    rows[20] = rows[20].replace(",1,", ",one,");
    desk.write("mixed.csv", lines(rows));
    let said = desk.says(&["import", "mixed.csv", "--mapping", "shop.toml"]);
    assert_eq!(said.code, 0, "{}", said.err);
    for words in ["2 of 30 rows could not be read", "row 11, date: \"eleventh\"", "row 21, quantity: \"one\""]
    {
        assert!(said.out.contains(words), "{words:?} is not in {}", said.out);
    }
    assert_eq!(desk.answer(&["figures"])["order_lines"], 28);
}

#[test]
fn a_truncated_archive_keeps_its_whole_orders_and_says_where_it_breaks_off() {
    let desk = Desk::new();
    let rows = many(6_000);
    let mut archive = GzEncoder::new(Vec::new(), Compression::default());
    archive.write_all(lines(&rows).as_bytes()).unwrap();
    let archive = archive.finish().unwrap();
    desk.write("cut.csv.gz", &archive[..archive.len() / 2]);
    let said = desk.says(&["import", "cut.csv.gz", "--mapping", "shop.toml", "-o", "json"]);
    assert_eq!(said.code, 1, "{}", said.err);
    let result = said.json()["imports"][0]["result"].clone();
    let damage = result["damage"].as_str().unwrap();
    for words in ["cut.csv.gz breaks off after row ", "get a complete copy"] {
        assert!(damage.contains(words), "{words:?} is not in {damage:?}");
    }
    let kept = result["create"].as_i64().unwrap();
    assert!(1_000 < kept && kept < 6_000, "{result}");
    assert_eq!(kept % 3, 0, "whole orders: {result}");
    assert_eq!(desk.answer(&["figures"])["order_lines"], kept);

    // The whole copy brings what was missing, and the sums are as if it had come at once.
    desk.write("whole.csv", lines(&rows));
    let whole = desk.answer(&["import", "whole.csv", "--mapping", "shop.toml"]);
    assert_eq!(whole["imports"][0]["result"]["create"], 6_000 - kept);
    let fresh = Desk::new();
    fresh.write("whole.csv", lines(&rows));
    fresh.answer(&["import", "whole.csv", "--mapping", "shop.toml"]);
    let sums = |desk: &Desk| {
        let mut figures = desk.answer(&["figures"]);
        // The ids of accounts are those of their house.
        figures["accounts"]["most_orders"] = serde_json::Value::Null;
        figures["money"][0]["top_accounts"] = desk.answer(&["relationships"])["totals"].clone();
        figures
    };
    assert_eq!(sums(&desk), sums(&fresh));
}

#[test]
fn a_line_of_two_hundred_megabytes_costs_its_row_and_little_memory() {
    let desk = Desk::new();
    let mut file = BufWriter::new(File::create(desk.path("long.csv")).unwrap());
    let rows = many(300);
    file.write_all(lines(&rows[..150]).as_bytes()).unwrap();
    file.write_all(b"9999,2025-03-01,c1,").unwrap();
    for _ in 0..200 {
        file.write_all(&[b'x'; 1 << 20]).unwrap();
    }
    file.write_all(b",1,2.50\n").unwrap();
    file.write_all(rows[150..].join("\n").as_bytes()).unwrap();
    file.flush().unwrap();
    drop(file);

    let mut program = desk.program(&["import", "long.csv", "--mapping", "shop.toml"]);
    let mut child = program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        most = most.max(most_memory(child.id()));
        thread::sleep(Duration::from_millis(2));
    }
    let output = child.wait_with_output().unwrap();
    let said = Said {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    };
    assert_eq!(said.code, 0, "{}", said.err);
    for words in ["1 of 301 rows could not be read", "row 151", "16 MiB"] {
        assert!(said.out.contains(words), "{words:?} is not in {}", said.out);
    }
    assert!(0 < most && most < MEMORY, "{most} KiB for a line of 200 MiB");
    eprintln!("a line of 200 MiB: {most} KiB at most");
    assert_eq!(desk.answer(&["figures"])["order_lines"], 300);
}

/// The most memory that a program had so far, in KiB.
fn most_memory(id: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

#[test]
fn a_mapping_that_does_not_hold_is_told_by_its_key() {
    let desk = Desk::new().with_a_book();
    desk.write("good.csv", lines(many(30)));
    let before = desk.hash();
    desk.write("colour.toml", MAPPING.replace("currency", "colour = \"red\"\ncurrency"));
    desk.says(&["import", "good.csv", "--mapping", "colour.toml"])
        .refuses(&["good.csv", "colour", "mapping"]);
    desk.write("stars.toml", MAPPING.replace("retail", "astrology"));
    desk.says(&["import", "good.csv", "--mapping", "stars.toml"]).refuses(&[
        "good.csv",
        "astrology",
        "retail",
    ]);
    desk.write("zone.toml", MAPPING.replace("currency", "zone = \"Mars/Olympus\"\ncurrency"));
    desk.says(&["import", "good.csv", "--mapping", "zone.toml"]).refuses(&["good.csv", "Mars/Olympus"]);
    desk.says(&["import", "good.csv", "--mapping", "none.toml"])
        .corrects(&["none.toml", "check that it is there"]);
    assert_eq!(desk.hash(), before);
    assert_eq!(
        desk.answer(&["imports"])["rows"].as_array().unwrap().len(),
        1,
        "only the book was brought in"
    );
}

#[test]
fn a_file_that_is_not_there_or_no_file_is_told_by_its_name() {
    let desk = Desk::new().with_a_book();
    let before = desk.hash();
    desk.says(&["import", "missing.csv"]).refuses(&["missing.csv", "check that it is there"]);
    fs::create_dir(desk.path("folder.csv")).unwrap();
    desk.says(&["import", "folder.csv"]).refuses(&["folder.csv"]);
    assert_eq!(desk.hash(), before);
}

#[test]
fn a_file_that_cannot_be_read_does_not_keep_the_others_out() {
    let desk = Desk::new();
    desk.write("first.csv", lines(many(30)));
    desk.write("last.csv", lines(["9001,2025-03-04,c7,kettle,1,38.00"]));
    let flags = ["--mapping", "shop.toml"];
    let said = desk.says(&[&["import", "first.csv", "missing.csv", "last.csv"][..], &flags].concat());
    assert_eq!(said.code, 1, "{}{}", said.out, said.err);
    for words in ["missing.csv", "check that it is there", "1 of 3 files was not brought in"] {
        assert!(said.err.contains(words), "{words:?} is not in {}", said.err);
    }
    assert_eq!(desk.answer(&["figures"])["order_lines"], 31);

    let words = ["import", "missing.csv", "last.csv", "-o", "json", "--mapping", "shop.toml"];
    let again = desk.says(&words);
    assert_eq!(again.code, 1, "{}", again.err);
    assert_eq!(again.json()["imports"].as_array().unwrap().len(), 1);
    assert_eq!(again.json()["refused"][0]["file"], "missing.csv");
}

#[test]
fn the_same_file_again_changes_nothing() {
    let desk = Desk::new().with_a_book();
    let before = desk.hash();
    let again = desk.answer(&["import", "known.csv"]);
    assert_eq!(again["imports"][0]["result"]["skip"], 3);
    assert_eq!(desk.hash(), before);
}
