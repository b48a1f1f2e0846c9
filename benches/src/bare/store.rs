//! The bare load: the same rows into one table of the embedded engine, by a prepared statement, and nothing else.

pub mod asked;
pub mod book;
pub mod facts;

use std::{
    fs::{File, OpenOptions},
    io::Write,
    path::Path,
};

use rusqlite::{Connection, params};

use crate::Result;

/// Rows between two commits.
const COMMIT: u64 = 5_000;

/// What the house looks rows up by: their order, and their buyer by time; and the article, as the peers do.
const INDEXES: &str = "CREATE INDEX bare_order ON bare (InvoiceNo);
CREATE INDEX bare_buyer ON bare (CustomerID, InvoiceDate);
CREATE INDEX bare_article ON bare (StockCode);";

/// Loads the file into a table with its columns; gives the number of rows.
///
/// # Errors
/// When the file cannot be read or the database not be written.
pub fn load(file: &Path, database: &Path, indexed: bool) -> Result<u64> {
    let connection = open(database)?;
    connection.execute_batch(
        "CREATE TABLE bare (InvoiceNo TEXT, StockCode TEXT, Description TEXT, Quantity INTEGER, InvoiceDate TEXT,
           UnitPrice REAL, CustomerID TEXT, Country TEXT)",
    )?;
    if indexed {
        connection.execute_batch(INDEXES)?;
    }
    let mut insert = connection.prepare("INSERT INTO bare VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?;
    let mut reader = csv::Reader::from_reader(super::open(file)?);
    let (mut record, mut count) = (csv::StringRecord::new(), 0);
    connection.execute_batch("BEGIN")?;
    while reader.read_record(&mut record)? {
        let (quantity, price): (i64, f64) = (record[3].parse()?, record[5].parse()?);
        insert.execute(params![
            &record[0], &record[1], &record[2], quantity, &record[4], price, &record[6], &record[7]
        ])?;
        count += 1;
        if count % COMMIT == 0 {
            connection.execute_batch("COMMIT; BEGIN")?;
        }
    }
    connection.execute_batch("COMMIT")?;
    Ok(count)
}

/// One small durable row, again and again: the least that a durable write costs by this engine.
pub struct Writes(Connection);

impl Writes {
    /// Opens a database for it.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(database: &Path) -> Result<Writes> {
        let connection = open(database)?;
        connection.execute_batch("CREATE TABLE bare (n INTEGER PRIMARY KEY, text TEXT)")?;
        Ok(Writes(connection))
    }

    /// Writes one row, on disk when this returns.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, n: u64) -> Result<()> {
        let mut insert = self.0.prepare_cached("INSERT INTO bare VALUES (?1, ?2)")?;
        insert.execute(params![n.cast_signed(), "a small row, as an event of one line would be"])?;
        Ok(())
    }
}

fn open(database: &Path) -> Result<Connection> {
    let connection = Connection::open(database)?;
    // The cache and the log as large as those of the house.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384;
         PRAGMA wal_autocheckpoint = 4000;",
    )?;
    Ok(connection)
}

/// Appends a page to a file and has the disk confirm it: the physical limit below every durable write.
pub struct Syncs(File);

impl Syncs {
    /// Opens a file for it.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(path: &Path) -> Result<Syncs> {
        Ok(Syncs(OpenOptions::new().create(true).append(true).open(path)?))
    }

    /// Appends once.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write(&mut self) -> Result<()> {
        self.0.write_all(&[7; 4096])?;
        Ok(self.0.sync_data()?)
    }
}
