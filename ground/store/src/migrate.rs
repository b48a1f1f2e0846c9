//! Migrations: keyed by slice and number, in the order of the slices, forward only, a transaction each.

use kernel::{Problem, Result};
use sha2::{Digest, Sha256};

use crate::{Store, Tx};

/// One step of a slice's tables.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// The slice whose tables it makes.
    pub slice: &'static str,
    /// Its number within the slice, from 1.
    pub number: i64,
    /// Portable SQL, in the dialect of [`crate::dialect::definition`].
    pub sql: &'static str,
}

const OWN: &[Migration] = &[
    Migration { slice: "store", number: 1, sql: include_str!("../migrations/0001_store.sql") },
    Migration { slice: "store", number: 2, sql: include_str!("../migrations/0002_set_aside.sql") },
];

/// Brings the database to the newest schema; gives how many steps were run.
pub(crate) fn migrate(store: &Store, migrations: &[Migration]) -> Result<usize> {
    let book = "CREATE TABLE IF NOT EXISTS migration (slice TEXT NOT NULL, number INTEGER NOT NULL,
                sha256 TEXT NOT NULL, PRIMARY KEY (slice, number)) STRICT, WITHOUT ROWID;";
    store.transact(|tx| tx.script(book))?;
    let mut run = 0;
    for step in OWN.iter().chain(migrations) {
        run += usize::from(store.transact(|tx| apply(tx, step))?);
    }
    Ok(run)
}

fn apply(tx: &mut Tx<'_>, step: &Migration) -> Result<bool> {
    let hash = hex(&Sha256::digest(step.sql.as_bytes()));
    let key = [step.slice.into(), step.number.into()];
    let sql = "SELECT sha256 FROM migration WHERE slice = ?1 AND number = ?2";
    match tx.first(sql, &key, |row| row.string(0))? {
        Some(known) if known == hash => Ok(false),
        Some(_) => Err(Problem::internal(
            "store.migration_changed",
            format!(
                "migration {} {} was run in another form than this program holds; start the version that wrote \
                 this database, or restore a backup",
                step.slice, step.number
            ),
        )),
        None => {
            tx.script(step.sql)?;
            let sql = "INSERT INTO migration (slice, number, sha256) VALUES (?1, ?2, ?3)";
            tx.execute(sql, &[key[0], key[1], (&hash).into()])?;
            Ok(true)
        }
    }
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
