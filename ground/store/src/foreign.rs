//! A database in one file that somebody else wrote, opened to be read: its tables, and what stands in them as text.

use std::path::Path;

use kernel::{Problem, Result};
use rusqlite::{Connection, OpenFlags, types::ValueRef};

/// A database file that is not ours. It is never written to, and nothing that stands in it is run.
pub struct Foreign(Connection);

/// A table of such a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignTable {
    /// Its name.
    pub name: String,
    /// What kind it is.
    pub kind: ForeignKind,
}

/// What a table of such a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForeignKind {
    /// One that holds rows.
    Rows,
    /// A view: a question kept under a name. It would have to be run.
    View,
    /// One whose rows a module makes, or that such a module keeps for itself.
    Made,
}

impl Foreign {
    /// Opens the file as it lies there; a journal beside it is not looked at.
    ///
    /// # Errors
    /// `store.foreign` where it is no such file, or damaged.
    pub fn open(path: &Path) -> Result<Foreign> {
        let escaped: String = path.to_string_lossy().bytes().map(escaped).collect();
        let place = format!("file:{escaped}?mode=ro&immutable=1");
        let flags =
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let inner = Connection::open_with_flags(place, flags).map_err(wrong)?;
        let foreign = Foreign(inner);
        let careful = "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;
             PRAGMA query_only = ON; PRAGMA cache_size = -4096; PRAGMA temp_store = MEMORY;";
        foreign.0.execute_batch(careful).map_err(wrong)?;
        foreign.check()?;
        Ok(foreign)
    }

    /// Refuses a file whose pages do not hang together: reading it might never end.
    fn check(&self) -> Result<()> {
        let mut statement = self.0.prepare("PRAGMA quick_check(20)").map_err(wrong)?;
        let mut rows = statement.query(()).map_err(wrong)?;
        while let Some(row) = rows.next().map_err(wrong)? {
            let found: String = row.get(0).map_err(wrong)?;
            let pages = ["Tree ", "Page ", "page ", "Freelist", "disk image"];
            if pages.iter().any(|word| found.contains(word)) && !found.contains("never used") {
                return Err(damaged(&found));
            }
        }
        Ok(())
    }

    /// Its tables and views, in the order of their names.
    ///
    /// # Errors
    /// `store.foreign`.
    pub fn tables(&self) -> Result<Vec<ForeignTable>> {
        let sql = "SELECT name, type FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
             ORDER BY name";
        let mut statement = self.0.prepare(sql).map_err(wrong)?;
        let mut rows = statement.query(()).map_err(wrong)?;
        let mut tables = Vec::new();
        while let Some(row) = rows.next().map_err(wrong)? {
            let kind = match row.get_ref(1).map_err(wrong)?.as_str().unwrap_or_default() {
                "table" => ForeignKind::Rows,
                "view" => ForeignKind::View,
                _ => ForeignKind::Made,
            };
            tables.push(ForeignTable { name: row.get(0).map_err(wrong)?, kind });
        }
        Ok(tables)
    }

    /// The names of the columns of a table.
    ///
    /// # Errors
    /// `store.foreign`.
    pub fn columns(&self, table: &str) -> Result<Vec<String>> {
        let statement = self.0.prepare(&all_of(table)).map_err(wrong)?;
        Ok(statement.column_names().map(str::to_owned).collect())
    }

    /// Hands over each row of a table: its cells as text, nothing as empty. A cell that holds bytes and no text is
    /// `None`.
    ///
    /// # Errors
    /// `store.foreign` where the file is damaged, and whatever `each` gives.
    pub fn rows(&self, table: &str, each: &mut dyn FnMut(&[Option<String>]) -> Result<()>) -> Result<()> {
        let mut statement = self.0.prepare(&all_of(table)).map_err(wrong)?;
        let count = statement.column_count();
        let mut rows = statement.query(()).map_err(wrong)?;
        let mut cells = vec![None; count];
        while let Some(row) = rows.next().map_err(wrong)? {
            for (at, cell) in cells.iter_mut().enumerate() {
                *cell = written(row.get_ref(at).map_err(wrong)?);
            }
            each(&cells)?;
        }
        Ok(())
    }
}

fn all_of(table: &str) -> String {
    format!("SELECT * FROM main.\"{}\"", table.replace('"', "\"\""))
}

/// A cell as text. A whole number that is kept as one with decimals is written as the whole number it is.
fn written(value: ValueRef<'_>) -> Option<String> {
    match value {
        ValueRef::Null => Some(String::new()),
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(number.to_string()),
        ValueRef::Text(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
        ValueRef::Blob(bytes) => {
            let text = std::str::from_utf8(bytes).ok()?;
            let plain =
                text.chars().all(|letter| !letter.is_control() || matches!(letter, '\n' | '\r' | '\t'));
            plain.then(|| text.to_owned())
        }
    }
}

/// A byte of a path as it stands in an address.
fn escaped(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}

fn wrong(cause: rusqlite::Error) -> Problem {
    damaged(&cause.to_string()).because(cause)
}

fn damaged(why: &str) -> Problem {
    Problem::invalid("file", "store.foreign", format!("it cannot be read as a database: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(sql: &str) -> tempfile::TempPath {
        let path = tempfile::NamedTempFile::new().unwrap().into_temp_path();
        Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        path
    }

    #[test]
    fn tables_are_read_as_text_and_views_are_not_run() {
        let path = file(
            "CREATE TABLE \"or\"\"ders\" (id INTEGER PRIMARY KEY, who TEXT, sum REAL, seal BLOB);
             INSERT INTO \"or\"\"ders\" VALUES (2, '007', 2400.0, x'00ff'), (1, NULL, 0.1, 'as text');
             CREATE VIEW recent AS SELECT * FROM \"or\"\"ders\";",
        );
        let foreign = Foreign::open(&path).unwrap();
        let tables = foreign.tables().unwrap();
        assert_eq!(tables[0], ForeignTable { name: "or\"ders".to_owned(), kind: ForeignKind::Rows });
        assert_eq!(tables[1].kind, ForeignKind::View);
        assert_eq!(foreign.columns("or\"ders").unwrap(), ["id", "who", "sum", "seal"]);
        let mut rows = Vec::new();
        let mut take = |cells: &[Option<String>]| {
            rows.push(cells.to_vec());
            Ok(())
        };
        foreign.rows("or\"ders", &mut take).unwrap();
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(rows[0], [some("1"), some(""), some("0.1"), some("as text")]);
        assert_eq!(rows[1], [some("2"), some("007"), some("2400"), None]);
    }

    #[test]
    fn a_file_that_is_none_or_broken_is_refused() {
        let path = file("CREATE TABLE a (b); INSERT INTO a VALUES (1);");
        let mut bytes = std::fs::read(&path).unwrap();
        bytes.truncate(4096);
        std::fs::write(&path, &bytes).unwrap();
        assert_eq!(Foreign::open(&path).err().unwrap().code, "store.foreign");
        std::fs::write(&path, b"id,name\n").unwrap();
        assert_eq!(Foreign::open(&path).err().unwrap().code, "store.foreign");
    }

    /// Reads everything in a file; whether it could be read to its end.
    fn read(path: &Path) -> bool {
        let read = |foreign: Foreign| {
            for table in foreign.tables()?.iter().filter(|table| table.kind == ForeignKind::Rows) {
                foreign.columns(&table.name)?;
                foreign.rows(&table.name, &mut |_| Ok(()))?;
            }
            Ok(())
        };
        Foreign::open(path).and_then(read).is_ok()
    }

    #[test]
    fn cut_and_damaged_files_are_read_or_refused() {
        let rows: String =
            (0..400).map(|row| format!("INSERT INTO a VALUES ({row}, 'name of {row}', x'00ff');")).collect();
        let path = file(&format!(
            "CREATE TABLE a (b INTEGER PRIMARY KEY, c TEXT, d BLOB); {rows} CREATE INDEX e ON a (c);"
        ));
        let whole = std::fs::read(&path).unwrap();
        assert!(read(&path));
        let mut state = 7u64;
        let mut dice = |sides: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap() % sides
        };
        let mut good = 0;
        for time in 0..400 {
            let mut bytes = whole.clone();
            if time % 3 == 0 {
                bytes.truncate(1 + dice(whole.len() - 1));
            }
            for _ in 0..=dice(8) {
                let at = dice(bytes.len());
                bytes[at] ^= 1 << dice(8);
            }
            std::fs::write(&path, &bytes).unwrap();
            good += usize::from(read(&path));
        }
        assert!(0 < good && good < 400, "{good} of 400 were read");
    }
}
