//! Rows that could not be read, as they are listed.

use ::store::{Column, ColumnKind, DataClass, Table, Tx};
use kernel::Result;

use crate::{Rejection, run::ImportId};

/// Rows that could not be read.
pub const IMPORT_REJECTION: Table = Table {
    name: "import_rejection",
    columns: &[
        Column { name: "run", kind: ColumnKind::Int },
        Column { name: "row", kind: ColumnKind::Int },
        Column { name: "column_name", kind: ColumnKind::Text },
        Column { name: "value", kind: ColumnKind::Text },
        Column { name: "reason", kind: ColumnKind::Text },
    ],
    key: &["run", "row"],
    account: None,
    class: DataClass::Personal,
    canonical: false,
};

/// Lists rows that could not be read.
///
/// # Errors
/// `store.statement`.
pub fn reject(tx: &mut Tx<'_>, id: ImportId, rejections: &[Rejection]) -> Result<()> {
    let sql =
        "INSERT INTO import_rejection (run, row, column_name, value, reason) VALUES (?1, ?2, ?3, ?4, ?5)
               ON CONFLICT (run, row) DO NOTHING";
    for rejection in rejections {
        let column = rejection.column.as_deref().unwrap_or_default();
        let values = [
            id.into(),
            rejection.row.into(),
            column.into(),
            (&rejection.value).into(),
            (&rejection.reason).into(),
        ];
        tx.execute(sql, &values)?;
    }
    Ok(())
}

/// Forgets the listed rows of an import, before a step lists them anew.
///
/// # Errors
/// `store.statement`.
pub fn clear_rejections(tx: &mut Tx<'_>, id: ImportId) -> Result<()> {
    tx.execute("DELETE FROM import_rejection WHERE run = ?1", &[id.into()]).map(drop)
}

/// Rows that could not be read, after the given one.
///
/// # Errors
/// `store.statement`.
pub fn rejections(tx: &mut Tx<'_>, id: ImportId, after: i64, limit: i64) -> Result<Vec<Rejection>> {
    let sql = "SELECT row, column_name, value, reason FROM import_rejection WHERE run = ?1 AND row > ?2
               ORDER BY row LIMIT ?3";
    tx.query(sql, &[id.into(), after.into(), limit.into()], |row| {
        Ok(Rejection {
            row: row.int(0)?,
            column: Some(row.string(1)?).filter(|column| !column.is_empty()),
            value: row.string(2)?,
            reason: row.string(3)?,
        })
    })
}
