//! Every row of a database written out and taken in again, number by number, so that the copy goes on where the original
//! stood: ids, blocks of ids and settings included.
//!
//! Unlike the canonical dump this keeps what the house learnt when and from where. It knows rows and no files; how a row is
//! written in a file is the business of whoever calls it.

use kernel::Result;

use crate::{Column, ColumnKind, DataClass, Table, Tx, Value, tx::Engine};

/// The blocks from which ids are taken.
const ID_BLOCK: Table = Table {
    name: "id_block",
    columns: &[
        Column { name: "noun", kind: ColumnKind::Text },
        Column { name: "next", kind: ColumnKind::Int },
    ],
    key: &["noun"],
    account: None,
    class: DataClass::Internal,
    canonical: false,
};

/// The settings of the installation.
const SETTING: Table = Table {
    name: "setting",
    columns: &[
        Column { name: "name", kind: ColumnKind::Text },
        Column { name: "value", kind: ColumnKind::Text },
    ],
    key: &["name"],
    account: None,
    class: DataClass::Business,
    canonical: false,
};

/// The tables of the store itself that belong to an archive.
pub const OWN: [&Table; 2] = [&ID_BLOCK, &SETTING];

/// A cell of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A whole number.
    Int(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl Cell {
    fn value(&self) -> Value<'_> {
        match self {
            Cell::Null => Value::Null,
            Cell::Int(number) => Value::Int(*number),
            Cell::Text(text) => Value::Text(text),
            Cell::Bytes(bytes) => Value::Bytes(bytes),
        }
    }
}

/// Hands each row of a table to `each`, in the order of its key; gives their number.
///
/// # Errors
/// `store.statement`, or what `each` answers.
pub fn rows(tx: &mut Tx<'_>, table: &Table, each: &mut dyn FnMut(&[Cell]) -> Result<()>) -> Result<u64> {
    let names: Vec<_> = table.columns.iter().map(|column| column.name).collect();
    let sql = format!("SELECT {} FROM {} ORDER BY {}", names.join(", "), table.name, table.key.join(", "));
    let mut count = 0;
    let mut cells = Vec::with_capacity(names.len());
    tx.for_each(&sql, &[], |row| {
        cells.clear();
        for (n, column) in table.columns.iter().enumerate() {
            cells.push(match column.kind {
                ColumnKind::Text => row.opt_text(n)?.map_or(Cell::Null, |text| Cell::Text(text.to_owned())),
                ColumnKind::Bytes => Cell::Bytes(row.bytes(n)?.to_vec()),
                _ => row.opt_int(n)?.map_or(Cell::Null, Cell::Int),
            });
        }
        count += 1;
        each(&cells)
    })?;
    Ok(count)
}

/// Inserts rows as they are; each has a cell for every column of the table.
///
/// # Errors
/// As [`Tx::insert_all`].
pub fn insert(tx: &mut Tx<'_>, table: &Table, rows: &[Vec<Cell>]) -> Result<u64> {
    tx.insert_all(table, rows.iter().map(|row| row.iter().map(Cell::value).collect::<Vec<_>>()))
}

/// How many rows a table has.
///
/// # Errors
/// `store.statement`.
pub fn count(tx: &mut Tx<'_>, table: &Table) -> Result<i64> {
    let sql = format!("SELECT COUNT(*) FROM {}", table.name);
    Ok(tx.first(&sql, &[], |row| row.int(0))?.unwrap_or(0))
}

/// The columns that a table has in the database, in alphabetical order: what is not described is neither written out nor
/// taken in.
///
/// # Errors
/// `store.statement`.
pub fn columns(tx: &mut Tx<'_>, table: &Table) -> Result<Vec<String>> {
    let sql = match tx.0 {
        Engine::Lite(_) => "SELECT name FROM pragma_table_info(?1) ORDER BY name",
        Engine::Pg(_) => {
            "SELECT CAST(column_name AS TEXT) FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name = ?1 ORDER BY column_name"
        }
    };
    let mut names = tx.query(sql, &[Value::from(table.name)], |row| row.string(0))?;
    names.sort_unstable();
    Ok(names)
}

/// Empties a table.
///
/// # Errors
/// `store.statement`.
pub fn clear(tx: &mut Tx<'_>, table: &Table) -> Result<()> {
    tx.execute(&format!("DELETE FROM {}", table.name), &[]).map(drop)
}

/// The steps by which the tables got their shape: slice and number, in their order. Rows of one shape fit no other.
///
/// # Errors
/// `store.statement`.
pub fn schema(tx: &mut Tx<'_>) -> Result<Vec<(String, i64)>> {
    let sql = "SELECT slice, number FROM migration ORDER BY slice, number";
    tx.query(sql, &[], |row| Ok((row.string(0)?, row.int(1)?)))
}
