//! A whole book in a bare database: three tables, nine indexes and a text index, and nothing else.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, params_from_iter};

use crate::{
    Result, bare,
    spent::{Spent, spent},
};

/// Rows between two commits.
const COMMIT: u64 = 5_000;

const TABLES: &str = "
CREATE TABLE company (id TEXT PRIMARY KEY, name TEXT, phone TEXT, website TEXT, city TEXT, country TEXT);
CREATE TABLE person (id TEXT PRIMARY KEY, company TEXT, first TEXT, last TEXT, email TEXT, title TEXT);
CREATE TABLE bought (id TEXT PRIMARY KEY, day TEXT, sku TEXT, text TEXT, quantity INTEGER, price REAL, company TEXT,
  currency TEXT);
CREATE INDEX company_name ON company (name);
CREATE INDEX company_country ON company (country, name);
CREATE INDEX company_phone ON company (phone);
CREATE INDEX person_company ON person (company);
CREATE INDEX person_email ON person (email);
CREATE INDEX person_name ON person (last, first);
CREATE INDEX bought_company ON bought (company, day);
CREATE INDEX bought_day ON bought (day);
CREATE INDEX bought_sku ON bought (sku);
CREATE VIRTUAL TABLE found USING fts5 (name, city);";

/// Loads companies, people and orders, one file each; gives what each cost.
///
/// # Errors
/// When a file cannot be read or the database not be written.
pub fn load(files: &[PathBuf; 3], database: &Path) -> Result<Vec<Spent>> {
    let connection = super::open(database)?;
    connection.execute_batch(TABLES)?;
    let inserts = [
        "INSERT INTO company VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        "INSERT INTO person VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        "INSERT INTO bought VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    ];
    let texts = [Some([1, 4]), Some([2, 3]), None];
    let mut all = Vec::new();
    for ((file, insert), text) in files.iter().zip(inserts).zip(texts) {
        let (done, cost) = spent(|| rows(&connection, file, insert, text));
        done?;
        all.push(cost);
    }
    Ok(all)
}

fn rows(connection: &Connection, file: &Path, insert: &str, text: Option<[usize; 2]>) -> Result<()> {
    let mut insert = connection.prepare(insert)?;
    let mut note = connection.prepare("INSERT INTO found VALUES (?1, ?2)")?;
    let mut reader = csv::Reader::from_reader(bare::open(file)?);
    let (mut record, mut count) = (csv::StringRecord::new(), 0_u64);
    connection.execute_batch("BEGIN")?;
    while reader.read_record(&mut record)? {
        insert.execute(params_from_iter(record.iter()))?;
        if let Some(columns) = text {
            note.execute(params_from_iter(columns.map(|n| &record[n])))?;
        }
        count += 1;
        if count.is_multiple_of(COMMIT) {
            connection.execute_batch("COMMIT; BEGIN")?;
        }
    }
    connection.execute_batch("COMMIT")?;
    Ok(())
}
