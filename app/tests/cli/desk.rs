//! A folder in which somebody types commands.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
};

use serde_json::Value;

/// How the columns of the files here are to be read.
pub const MAPPING: &str = r#"target = "orders.record"

[fixed]
line = "Shop"
industry = "retail"
currency = "EUR"

[columns]
order_number = "order"
date = "date"
party_id = "buyer"
sku = "sku"
quantity = "quantity"
unit_price = "price"
"#;

/// The first row of the files here.
pub const HEADER: &str = "order,date,buyer,sku,quantity,price";

/// A folder with data in it, and files beside them.
pub struct Desk {
    folder: tempfile::TempDir,
}

/// What a command said.
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Said {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|cause| panic!("{cause}: {} {}", self.out, self.err))
    }

    /// It failed in the house, with a message that holds these words, and wrote nothing to standard output.
    pub fn refuses(&self, words: &[&str]) {
        assert_eq!(self.code, 1, "{}{}", self.out, self.err);
        assert_eq!(self.out, "", "a refusal is told on standard error");
        self.tells(words);
    }

    /// It was typed wrong, and is told so.
    pub fn corrects(&self, words: &[&str]) {
        assert_eq!(self.code, 2, "{}{}", self.out, self.err);
        assert_eq!(self.out, "", "a correction is told on standard error");
        self.tells(words);
    }

    fn tells(&self, words: &[&str]) {
        assert!(self.err.starts_with("mainstay: "), "{:?}", self.err);
        for word in words {
            assert!(self.err.contains(word), "{word:?} is not in {:?}", self.err);
        }
    }
}

impl Desk {
    pub fn new() -> Desk {
        let desk = Desk { folder: tempfile::tempdir().unwrap() };
        desk.write("shop.toml", MAPPING);
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    /// The program with these words, in this folder, where its data are.
    pub fn program(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mainstay"));
        for name in ["DATABASE", "LISTEN", "LOG", "PLANT"] {
            command.env_remove(format!("MAINSTAY_{name}"));
        }
        command.env("MAINSTAY_DATA", self.path("data")).current_dir(self.folder.path());
        command.args(words).stdin(Stdio::null());
        command
    }

    pub fn says(&self, words: &[&str]) -> Said {
        let output = self.program(words).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Said { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }

    /// The answer of a command that succeeds.
    pub fn answer(&self, words: &[&str]) -> Value {
        let said = self.says(&[words, &["-o", "json"]].concat());
        assert_eq!(said.code, 0, "{words:?}: {}", said.err);
        said.json()
    }

    /// The hash of what the business knows.
    pub fn hash(&self) -> String {
        self.says(&["dump", "--canonical", "--hash"]).out
    }

    /// Three orders that are known before anything goes wrong.
    pub fn with_a_book(self) -> Desk {
        let rows = [
            "1,2025-03-04,c7,kettle,1,38.00",
            "2,2025-04-05,c7,toaster,2,21.50",
            "3,2025-04-06,c8,kettle,1,38.00",
        ];
        self.write("known.csv", lines(rows));
        assert_eq!(self.says(&["import", "known.csv", "--mapping", "shop.toml"]).code, 0);
        self
    }
}

/// A file of the header and these rows.
pub fn lines<T: AsRef<str>>(rows: impl IntoIterator<Item = T>) -> String {
    let rows = rows.into_iter().map(|row| row.as_ref().to_owned() + "\n");
    format!("{HEADER}\n{}", rows.collect::<String>())
}

/// So many orders of three lines each.
pub fn many(rows: usize) -> Vec<String> {
    let row = |n: usize| {
        format!(
            "{},2025-03-{:02},c{},sku{},1,{}.50",
            1000 + n / 3,
            n % 28 + 1,
            n / 3 % 90,
            n % 50,
            n % 40 + 1
        )
    };
    (0..rows).map(row).collect()
}
