//! Tables written as delimited text, JSON or Parquet, some rows at a time.

use std::io::Write;

use kernel::{Problem, Result};
use serde_json::Value;

use super::{Batch, Column, parquet_out::Columnar};

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Comma-separated, a header first.
    Csv,
    /// `{"rows": [{…}, …]}`.
    Json,
    /// Parquet, compressed by snappy.
    Parquet,
}

impl Layout {
    /// The layout that the ending of a file's name asks for.
    pub fn of_name(name: &str) -> Option<Layout> {
        match name.rsplit('.').next()?.to_ascii_lowercase().as_str() {
            "csv" => Some(Layout::Csv),
            "json" => Some(Layout::Json),
            "parquet" | "pq" => Some(Layout::Parquet),
            _ => None,
        }
    }
}

/// A table being written.
pub struct Writer {
    names: Vec<String>,
    rows: u64,
    target: Target,
}

type Out = Box<dyn Write + Send>;

enum Target {
    Csv(Box<csv::Writer<Out>>),
    Json(Out),
    Parquet(Box<Columnar>),
}

impl Writer {
    /// Begins a table with these columns.
    pub fn new(out: Out, layout: Layout, names: Vec<String>) -> Result<Writer> {
        let target = match layout {
            Layout::Csv => {
                let mut out = csv::Writer::from_writer(out);
                out.write_record(&names).map_err(|cause| failed(&cause))?;
                Target::Csv(Box::new(out))
            }
            Layout::Json => {
                let mut out = out;
                out.write_all(b"{\"rows\": [").map_err(|cause| failed(&cause))?;
                Target::Json(out)
            }
            Layout::Parquet => Target::Parquet(Box::new(Columnar::new(out))),
        };
        Ok(Writer { names, rows: 0, target })
    }

    /// Adds rows.
    pub fn write(&mut self, batch: &Batch) -> Result<()> {
        let columns = &batch.columns;
        match &mut self.target {
            Target::Parquet(file) => file.write(&self.names, columns)?,
            Target::Csv(out) => {
                for row in 0..batch.rows() {
                    for column in columns {
                        out.write_field(column.text(row).as_bytes()).map_err(|cause| failed(&cause))?;
                    }
                    out.write_record(None::<&[u8]>).map_err(|cause| failed(&cause))?;
                }
            }
            Target::Json(out) => {
                for row in 0..batch.rows() {
                    let cells = self.names.iter().zip(columns);
                    let line: serde_json::Map<String, Value> =
                        cells.map(|(name, column)| (name.clone(), value(column, row))).collect();
                    let sign = if self.rows + row as u64 > 0 { "," } else { "" };
                    write!(out, "{sign}\n{}", Value::Object(line)).map_err(|cause| failed(&cause))?;
                }
            }
        }
        self.rows += batch.rows() as u64;
        Ok(())
    }

    /// Ends the table; how many rows it has.
    pub fn finish(self) -> Result<u64> {
        match self.target {
            Target::Csv(mut out) => out.flush().map_err(|cause| failed(&cause))?,
            Target::Json(mut out) => {
                out.write_all(b"\n]}\n").and_then(|()| out.flush()).map_err(|cause| failed(&cause))?;
            }
            Target::Parquet(file) => file.finish(&self.names)?,
        }
        Ok(self.rows)
    }
}

fn value(column: &Column, row: usize) -> Value {
    match column {
        // Infinities have no number in JSON and become null as a missing one does.
        Column::Number(values) => Value::from(values[row]),
        Column::Whole(values) => Value::from(values[row]),
        _ => Value::from(column.text(row)),
    }
}

/// Why nothing more could be written; a reader that went away has a code of its own.
pub(super) fn failed(cause: &dyn std::error::Error) -> Problem {
    let told = cause.to_string();
    let code = if told.contains("Broken pipe") { "model.closed" } else { "model.write" };
    Problem::internal(code, format!("cannot write the answer: {told}; check the place and its space"))
}
