//! Everything out as files, and in again: the same house, to the last byte, on either engine.

use std::{fs, path::Path};

use serde_json::Value;
use store::Location;
use testkit::Bench;

use crate::desk::{Desk, Said, lines};

/// A house on an engine, at a desk.
struct House {
    bench: Bench,
}

impl House {
    fn all() -> Vec<House> {
        Bench::all().into_iter().map(|bench| House { bench }).collect()
    }

    fn says(&self, desk: &Desk, words: &[&str]) -> Said {
        let flags = match &self.bench.location {
            Location::File(_) => Vec::new(),
            Location::Server(address) => vec!["--database", address],
        };
        let data = desk.path(self.bench.engine());
        desk.says(&[words, &flags, &["--data", data.to_str().unwrap()]].concat())
    }

    fn does(&self, desk: &Desk, words: &[&str]) -> Value {
        let said = self.says(desk, &[words, &["-o", "json"]].concat());
        assert_eq!(said.code, 0, "{words:?}: {}{}", said.out, said.err);
        said.json()
    }

    fn hash(&self, desk: &Desk) -> String {
        self.says(desk, &["dump", "--canonical", "--hash"]).out
    }

    fn take_back(&self, desk: &Desk, file: &str) {
        let imports = self.does(desk, &["imports"]);
        let of_it = |import: &&Value| import["name"] == file;
        let import = imports["rows"].as_array().unwrap().iter().find(of_it).unwrap();
        self.does(desk, &["import", import["id"].as_str().unwrap(), "undo"]);
    }

    /// The hash once the second file was taken back.
    fn without_may(&self, desk: &Desk) -> String {
        self.take_back(desk, "may.csv");
        self.hash(desk)
    }

    /// A book with two files, an account of a name that a spreadsheet would run, a withdrawn fact and a person of ours.
    fn with_a_book(&self, desk: &Desk) -> String {
        desk.write(
            "march.csv",
            lines([
                "1,2025-03-04,c7,kettle,1,38.00",
                "2,2025-04-05,c7,toaster,2,21.50",
                "3,2025-04-06,c8,kettle,1,38.00",
            ]),
        );
        desk.write(
            "may.csv",
            lines(["4,2025-05-02,c9,'=1+1,1,12.00", "5,2025-05-03,c8,\"tea\ncosy\",1,9.99"]),
        );
        for file in ["march.csv", "may.csv"] {
            self.does(desk, &["import", file, "--mapping", "shop.toml"]);
        }
        let made = self.does(desk, &["account", "add", "=HYPERLINK(\"x\")"]);
        let account = made["id"].as_str().unwrap().to_owned();
        let facts = r#"[{"kind": "goal", "on": "2025-03-04"}, {"kind": "goal", "on": "2025-03-05"}]"#;
        self.does(desk, &["account", &account, "record", "--line", "Advice", "--facts", facts]);
        let history = self.does(desk, &["account", &account, "history"]);
        let wrong = history["rows"][0]["id"].as_str().unwrap();
        self.does(desk, &["account", &account, "withdraw", wrong, "--reason", "entered twice"]);
        let judged = self.does(desk, &["relationships", "--line", "Shop", "--sort", "name"]);
        let judged = judged["rows"][0]["id"].as_str().unwrap().to_owned();
        let said = ["--class", "client", "--reason", "=they call first"];
        self.does(desk, &[&["relationship", &judged, "override"][..], &said].concat());
        // An order that grew, so that what stood of it was written anew; a file that was taken back; two that are one.
        desk.write("grown.csv", lines(["1,2025-03-04,c7,kettle,1,38.00", "1,2025-03-04,c7,lid,1,5.00"]));
        desk.write("wrong.csv", lines(["9,2025-05-09,c5,cup,1,3.00"]));
        for file in ["grown.csv", "wrong.csv"] {
            self.does(desk, &["import", file, "--mapping", "shop.toml"]);
        }
        self.take_back(desk, "wrong.csv");
        account
    }
}

/// What stands in the files of an export, but for when it was written.
fn tables(folder: &Path) -> Value {
    let text = fs::read_to_string(folder.join("export.json")).unwrap();
    serde_json::from_str::<Value>(&text).unwrap()["tables"].clone()
}

#[test]
fn an_export_becomes_the_same_house_on_either_engine_and_exports_the_same_again() {
    for original in House::all() {
        let desk = Desk::new();
        let account = original.with_a_book(&desk);
        let hash = original.hash(&desk);
        let said = original.does(&desk, &["export", "out"]);
        assert_eq!(said["canonical_sha256"], hash.trim());
        assert_eq!(original.hash(&desk), hash, "exporting changes nothing");
        let mut undone = Vec::new();
        for copy in House::all() {
            let at = Desk::new();
            let out = desk.path("out");
            copy.does(&at, &["import", out.to_str().unwrap()]);
            assert_eq!(copy.hash(&at), hash, "{} to {}", original.bench.engine(), copy.bench.engine());
            copy.does(&at, &["export", "again"]);
            assert_eq!(tables(&at.path("again")), tables(&out), "every file is the same to the last byte");
            // It goes on where the original stood: the same ids outside, the journal of its imports, new ids of its own.
            assert_eq!(copy.does(&at, &["account", &account])["name"], "=HYPERLINK(\"x\")");
            undone.push(copy.without_may(&at));
        }
        let after = original.without_may(&desk);
        assert!(undone.iter().all(|hash| *hash == after), "an import is taken back in each of them alike");
    }
}

#[test]
fn no_cell_of_an_export_is_a_formula_and_no_secret_is_in_it() {
    let desk = Desk::new();
    let house = House { bench: Bench::file() };
    house.with_a_book(&desk);
    house.says(&desk, &["sign-in-link"]);
    house.does(&desk, &["export", "out"]);
    let out = desk.path("out");
    let mut seen = Vec::new();
    for file in fs::read_dir(out.join("tables")).unwrap() {
        let path = file.unwrap().path();
        seen.push(path.file_stem().unwrap().to_str().unwrap().to_owned());
        let mut reader = csv::Reader::from_path(&path).unwrap();
        for record in reader.records() {
            for cell in &record.unwrap() {
                let is_number = cell.parse::<f64>().is_ok();
                assert!(
                    is_number || !cell.trim_start().starts_with(['=', '+', '-', '@']),
                    "{path:?}: {cell:?}"
                );
            }
        }
    }
    for name in
        ["account", "fact", "orders", "order_line", "relationship", "decision_log", "override", "import_run"]
    {
        assert!(seen.iter().any(|table| table == name), "{name} is not in {seen:?}");
    }
    for name in ["session", "sign_in_link", "api_token"] {
        assert!(!seen.iter().any(|table| table == name), "{name} is a secret");
    }
    let told = fs::read_to_string(out.join("README.md")).unwrap();
    assert!(told.contains("## tables/account.csv: 4 rows"), "{told}");
}

#[test]
fn an_export_is_taken_into_a_new_house_whole_or_not_at_all() {
    let desk = Desk::new().with_a_book();
    desk.answer(&["export", "out"]);
    let before = desk.hash();
    desk.says(&["import", "out"]).refuses(&["holds", "already", "--data"]);
    assert_eq!(desk.hash(), before);
    desk.says(&["export", "out"]).refuses(&["is there already"]);
    desk.says(&["export"]).corrects(&["folder"]);
    desk.says(&["export", "--zip"]).corrects(&["--zip"]);

    let path = desk.path("out/tables/orders.csv");
    let whole = fs::read_to_string(&path).unwrap();
    fs::write(&path, whole.replace("38", "39")).unwrap();
    let fresh = ["import", "out", "--data", "new"];
    desk.says(&fresh).refuses(&["orders.csv", "was changed"]);
    fs::write(&path, &whole).unwrap();

    let manifest = desk.path("out/export.json");
    let text = fs::read_to_string(&manifest).unwrap();
    for (wrong, words) in [
        (text.replace("\"format\": 1", "\"format\": 99"), &["form 99"][..]),
        (text.replace("\"order_key\"", "\"order_kee\""), &["other tables"]),
        (text.replace(before.trim(), &"0".repeat(64)), &["differs", "nothing was taken in"]),
        ("{}".to_owned(), &["export.json"]),
    ] {
        fs::write(&manifest, wrong).unwrap();
        desk.says(&fresh).refuses(words);
        let known = desk.says(&["accounts", "--data", "new", "-o", "json"]);
        assert!(!known.out.contains("acc_"), "{}", known.out);
    }
    fs::write(&manifest, text).unwrap();
    desk.answer(&fresh);
    assert_eq!(desk.says(&["dump", "--canonical", "--hash", "--data", "new"]).out, before);
}
