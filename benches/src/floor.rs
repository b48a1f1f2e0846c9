//! The floor under a request: the same question put to the same database as one bare statement, prepared once.

use std::{collections::HashMap, path::Path, time::Instant};

use mainstay::config::Settings;
use rusqlite::{Connection, OpenFlags, params_from_iter, types::Value};

use crate::{
    Result,
    report::millis,
    spent::{cpu_of_server, own_cpu},
};

/// A bare statement, as both engines read it, and the values of its `n`-th asking.
pub struct Bare {
    sql: String,
    values: Box<dyn Fn(u64) -> Vec<Cell> + Sync>,
}

/// A value of a statement.
#[derive(Clone, Debug)]
pub enum Cell {
    /// A whole number.
    Int(i64),
    /// A text.
    Text(String),
}

impl Bare {
    /// A statement with values that are the same each time.
    pub fn new(sql: &str, values: Vec<Cell>) -> Bare {
        Bare::with(sql, move |_| values.clone())
    }

    /// A statement with values that differ from time to time.
    pub fn with(sql: &str, values: impl Fn(u64) -> Vec<Cell> + Sync + 'static) -> Bare {
        Bare { sql: sql.to_owned(), values: Box::new(values) }
    }
}

/// The database of a house, opened past the house.
pub enum Floor {
    /// By the embedded engine, with the cache that the house gives to whoever reads.
    Lite(Connection),
    /// By the server, with its statements.
    Pg(Box<postgres::Client>, HashMap<String, postgres::Statement>, String),
}

/// At least so much CPU is spent on a figure, in milliseconds, or so many askings.
const ENOUGH: (f64, u64) = (150.0, 2_000);

impl Floor {
    /// Opens it.
    ///
    /// # Errors
    /// When it is not there.
    pub fn open(settings: &Settings) -> Result<Floor> {
        Ok(match &settings.database {
            Some(url) => {
                let client = postgres::Client::connect(url, postgres::NoTls)?;
                Floor::Pg(Box::new(client), HashMap::new(), url.clone())
            }
            None => Floor::Lite(opened(&settings.data.join("mainstay.db"))?),
        })
    }

    /// CPU of one asking in milliseconds, the server's included, and how many rows answered last.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn cost(&mut self, bare: &Bare) -> Result<(f64, usize)> {
        let mut rows = self.ask(&bare.sql, &(bare.values)(0))?;
        let (begun, before, mut asked) = (Instant::now(), self.cpu(), 0);
        while asked < ENOUGH.1 && begun.elapsed().as_secs() < 5 {
            rows = self.ask(&bare.sql, &(bare.values)(asked))?;
            asked += 1;
            if asked % 16 == 0 && ENOUGH.0 < millis(self.cpu().saturating_sub(before)) {
                break;
            }
        }
        Ok((millis(self.cpu().saturating_sub(before)) / asked as f64, rows))
    }

    /// How many rows answer.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn count(&mut self, bare: &Bare) -> Result<u64> {
        Ok(self.ask(&bare.sql, &(bare.values)(0))? as u64)
    }

    fn cpu(&self) -> std::time::Duration {
        match self {
            Floor::Lite(_) => own_cpu(),
            Floor::Pg(_, _, url) => own_cpu() + cpu_of_server(Some(url)),
        }
    }

    /// Asks once, and takes every cell of every row.
    fn ask(&mut self, sql: &str, values: &[Cell]) -> Result<usize> {
        match self {
            Floor::Lite(connection) => {
                let mut statement = connection.prepare_cached(sql)?;
                let width = statement.column_count();
                let values = values.iter().map(|value| match value {
                    Cell::Int(value) => Value::Integer(*value),
                    Cell::Text(value) => Value::Text(value.clone()),
                });
                let mut rows = statement.query(params_from_iter(values))?;
                let mut count = 0;
                while let Some(row) = rows.next()? {
                    count += 1;
                    for column in 0..width {
                        std::hint::black_box(row.get_ref(column)?);
                    }
                }
                Ok(count)
            }
            Floor::Pg(client, known, _) => {
                if !known.contains_key(sql) {
                    known.insert(sql.to_owned(), client.prepare(&store::dialect::numbered(sql))?);
                }
                let values: Vec<&(dyn postgres::types::ToSql + Sync)> = values
                    .iter()
                    .map(|value| match value {
                        Cell::Int(value) => value as _,
                        Cell::Text(value) => value as _,
                    })
                    .collect();
                Ok(std::hint::black_box(client.query(&known[sql], &values)?).len())
            }
        }
    }
}

fn opened(path: &Path) -> Result<Connection> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.execute_batch("PRAGMA cache_size = -4096; PRAGMA query_only = ON")?;
    Ok(connection)
}
