//! What somebody with the database in their hands sees and does: reads every column, changes rows behind our back.

use access::store::TABLES;
use kernel::{Context, Result};
use store::{ColumnKind, Store, Tx};

/// Every cell of every table of access, bytes as hexadecimal digits and as text.
pub fn every_cell(cx: &Context, store: &Store) -> String {
    store.read(cx, cells).unwrap()
}

fn cells(tx: &mut Tx<'_>) -> Result<String> {
    let mut text = String::new();
    for table in TABLES {
        for column in table.columns {
            let sql = format!("SELECT {} FROM {}", column.name, table.name);
            tx.for_each(&sql, &[], |row| {
                match column.kind {
                    ColumnKind::Text => text.push_str(row.opt_text(0)?.unwrap_or_default()),
                    ColumnKind::Bytes => {
                        text.push_str(&access::secret::hex(row.bytes(0)?));
                        text.push_str(&String::from_utf8_lossy(row.bytes(0)?));
                    }
                    _ => text.push_str(&row.opt_int(0)?.unwrap_or_default().to_string()),
                }
                text.push('\n');
                Ok(())
            })?;
        }
    }
    Ok(text)
}

/// How somebody may tamper with an audit of five entries, and at which entry it shows.
pub const TAMPERINGS: &[(&str, i64)] = &[
    ("UPDATE audit SET actor = 1 WHERE serial = 3", 3),
    ("UPDATE audit SET at = at + 1 WHERE serial = 1", 1),
    ("UPDATE audit SET via = 'job' WHERE serial = 2", 2),
    ("UPDATE audit SET operation = 'people.list' WHERE serial = 5", 5),
    ("UPDATE audit SET subject = 'per_other' WHERE serial = 4", 4),
    ("UPDATE audit SET outcome = 'refused: nothing' WHERE serial = 4", 4),
    ("UPDATE audit SET input = '{}' WHERE serial = 2", 2),
    ("UPDATE audit SET salt = hash WHERE serial = 2", 2),
    ("UPDATE audit SET input_hash = hash WHERE serial = 2", 2),
    ("UPDATE audit SET hash = input_hash WHERE serial = 3", 3),
    ("DELETE FROM audit WHERE serial = 1", 2),
    ("DELETE FROM audit WHERE serial = 3", 4),
    ("UPDATE audit SET serial = serial + 100 WHERE serial > 3", 104),
    ("UPDATE audit SET serial = CASE WHEN serial = 2 THEN 30 ELSE serial END", 3),
    ("UPDATE audit_account SET account = 4 WHERE serial = 2 AND account = 3", 2),
    ("DELETE FROM audit_account WHERE serial = 5 AND account = 7", 5),
    ("INSERT INTO audit_account (serial, account) VALUES (3, 99)", 3),
    (
        "INSERT INTO audit (serial, at, actor, via, operation, subject, input, salt, input_hash, outcome, hash)
         SELECT 6, at, actor, via, operation, subject, input, salt, input_hash, outcome, hash FROM audit WHERE serial = 5",
        6,
    ),
    (
        "INSERT INTO audit (serial, at, actor, via, operation, subject, input, salt, input_hash, outcome, hash)
         SELECT 0, at, actor, via, operation, subject, input, salt, input_hash, outcome, hash FROM audit WHERE serial = 1",
        0,
    ),
];

/// The last entry is cut off.
pub const CUT: &str = "DELETE FROM audit WHERE serial = 5";

/// Changes rows behind our back.
pub fn tamper(cx: &Context, store: &Store, sql: &str) {
    assert_ne!(store.write(cx, |tx| tx.execute(sql, &[])).unwrap(), 0, "{sql}");
}
