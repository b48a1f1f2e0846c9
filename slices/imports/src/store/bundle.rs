//! Imports that came together: which they are, and what their tables have in common.

use ::store::{Column, ColumnKind, DataClass, Table, Tx};
use kernel::Result;

use super::{RUN, none, run};
use crate::run::{ImportId, Run, State};

/// What the tables of imports that came together have in common.
pub const IMPORT_OVERLAP: Table = Table {
    name: "import_overlap",
    columns: &[
        Column { name: "bundle", kind: ColumnKind::Int },
        Column { name: "place", kind: ColumnKind::Int },
        Column { name: "overlap", kind: ColumnKind::Text },
    ],
    key: &["bundle", "place"],
    account: None,
    class: DataClass::Business,
    canonical: false,
};

/// The imports that came together with that first one, itself included, in the order in which they came.
///
/// # Errors
/// `imports.none` for one that is not there.
pub fn parts(tx: &mut Tx<'_>, lead: ImportId) -> Result<Vec<Run>> {
    let sql = format!("SELECT {RUN} FROM import_run WHERE id = ?1 OR bundle = ?1 ORDER BY part, id");
    let parts = tx.query(&sql, &[lead.into()], run)?;
    if parts.is_empty() { Err(none()) } else { Ok(parts) }
}

/// An import that waits for a person.
pub struct Waiting {
    /// Its id.
    pub id: ImportId,
    /// The first of those that came together with it, where any did.
    pub together: Option<ImportId>,
    /// The name of its file.
    pub name: String,
    /// How far it has come.
    pub state: State,
}

/// Imports that wait for a person, the newest first: received and not counted, counted and not run, paused, failed. Of
/// those that came together only the first that waits; what is left out waits for nobody.
///
/// # Errors
/// `store.statement`.
pub fn waiting(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Waiting>> {
    // Word for word the condition of the index.
    let waits = "state IN ('received', 'dry run done', 'paused', 'failed') AND left_out = 0";
    let sql = format!(
        "SELECT id, name, state, bundle FROM import_run
         WHERE {waits} AND (bundle = 0 OR id = (SELECT together.id FROM import_run together
           WHERE together.bundle = import_run.bundle AND together.{}
           ORDER BY together.part, together.id LIMIT 1))
         ORDER BY id DESC LIMIT ?1",
        waits.replace("left_out", "together.left_out")
    );
    tx.query(&sql, &[limit.into()], |row| {
        let bundle = row.int(3)?;
        Ok(Waiting {
            id: row.id(0)?,
            together: (bundle != 0).then(|| ImportId::new(bundle)),
            name: row.string(1)?,
            state: State::parse(row.text(2)?).unwrap_or(State::Failed),
        })
    })
}

/// How far an import has come.
///
/// # Errors
/// `imports.none` for one that is not there.
pub fn state(tx: &mut Tx<'_>, id: ImportId) -> Result<State> {
    let sql = "SELECT state FROM import_run WHERE id = ?1";
    let state = tx.first(sql, &[id.into()], |row| Ok(State::parse(row.text(0)?).unwrap_or(State::Failed)))?;
    state.ok_or_else(none)
}

/// Makes the import a part of those that came with that first one.
///
/// # Errors
/// `store.statement`.
pub fn join(tx: &mut Tx<'_>, lead: ImportId, id: ImportId) -> Result<()> {
    super::update(tx, id, &[("bundle", lead.into())])
}

/// Writes down what the tables have in common, as JSON, in the order in which it is shown.
///
/// # Errors
/// `store.statement`.
pub fn keep_overlaps(tx: &mut Tx<'_>, lead: ImportId, overlaps: &[String]) -> Result<()> {
    let rows = overlaps.iter().zip(0i64..);
    let rows = rows.map(|(overlap, place)| [lead.into(), place.into(), overlap.as_str().into()]);
    tx.insert_all(&IMPORT_OVERLAP, rows).map(drop)
}

/// What the tables have in common, as JSON.
///
/// # Errors
/// `store.statement`.
pub fn overlaps(tx: &mut Tx<'_>, lead: ImportId) -> Result<Vec<String>> {
    let sql = "SELECT overlap FROM import_overlap WHERE bundle = ?1 ORDER BY place";
    tx.query(sql, &[lead.into()], |row| row.string(0))
}

/// Forgets what the tables have in common.
///
/// # Errors
/// `store.statement`.
pub fn forget_overlaps(tx: &mut Tx<'_>, lead: ImportId) -> Result<()> {
    tx.execute("DELETE FROM import_overlap WHERE bundle = ?1", &[lead.into()]).map(drop)
}
