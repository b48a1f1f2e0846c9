//! The tables of imports.

pub mod bundle;
mod rejected;
pub mod undo;

pub use self::{
    bundle::parts,
    rejected::{IMPORT_REJECTION, clear_rejections, reject, rejections},
};

use ::store::{Column, ColumnKind, DataClass, Row, Table, Tx, Value, dialect};
use accounts::VISIBLE;
use kernel::{Context, Problem, Result};

use crate::run::{ImportId, Run, State};

/// The imports.
pub const IMPORT_RUN: Table = Table {
    name: "import_run",
    columns: &[
        Column { name: "id", kind: ColumnKind::Int },
        Column { name: "name", kind: ColumnKind::Text },
        Column { name: "sha256", kind: ColumnKind::Text },
        Column { name: "bytes", kind: ColumnKind::Int },
        Column { name: "state", kind: ColumnKind::Text },
        Column { name: "dialect", kind: ColumnKind::Text },
        Column { name: "mapping", kind: ColumnKind::Text },
        Column { name: "columns", kind: ColumnKind::Text },
        Column { name: "questions", kind: ColumnKind::Text },
        Column { name: "total", kind: ColumnKind::Int },
        Column { name: "done", kind: ColumnKind::Int },
        Column { name: "planned", kind: ColumnKind::Text },
        Column { name: "result", kind: ColumnKind::Text },
        Column { name: "failure", kind: ColumnKind::Text },
        Column { name: "line", kind: ColumnKind::Int },
        Column { name: "created_by", kind: ColumnKind::Int },
        Column { name: "created_at", kind: ColumnKind::Clock },
        Column { name: "finished_at", kind: ColumnKind::Clock },
        Column { name: "started", kind: ColumnKind::Int },
        Column { name: "written", kind: ColumnKind::Int },
        Column { name: "bundle", kind: ColumnKind::Int },
        Column { name: "part", kind: ColumnKind::Int },
        Column { name: "table_name", kind: ColumnKind::Text },
        Column { name: "kept", kind: ColumnKind::Text },
        Column { name: "left_out", kind: ColumnKind::Int },
    ],
    key: &["id"],
    account: None,
    class: DataClass::Business,
    canonical: false,
};

/// The mapping that was last used for files with the same columns.
pub const IMPORT_MAPPING: Table = Table {
    name: "import_mapping",
    columns: &[
        Column { name: "columns", kind: ColumnKind::Text },
        Column { name: "mapping", kind: ColumnKind::Text },
        Column { name: "run", kind: ColumnKind::Int },
    ],
    key: &["columns"],
    account: None,
    class: DataClass::Business,
    canonical: false,
};

const RUN: &str =
    "id, name, sha256, bytes, state, dialect, mapping, columns, questions, total, done, planned, result,
    failure, line, created_by, created_at, finished_at, written, bundle, part, table_name, kept, left_out";

/// Writes down a file that was received.
///
/// # Errors
/// `store.statement`.
pub fn insert(cx: &Context, tx: &mut Tx<'_>, run: &Run) -> Result<ImportId> {
    let id = ImportId::new(tx.allocate("import", 1)?.first());
    let row = [
        id.into(),
        (&run.name).into(),
        (&run.sha256).into(),
        run.bytes.into(),
        run.state.as_str().into(),
        (&run.dialect).into(),
        (&run.mapping).into(),
        (&run.columns).into(),
        (&run.questions).into(),
        run.total.into(),
        run.done.into(),
        (&run.planned).into(),
        (&run.result).into(),
        (&run.failure).into(),
        run.line.into(),
        cx.actor.number().into(),
        cx.now.micros.into(),
        run.finished_at.into(),
        0.into(),
        run.written.into(),
        run.bundle.into(),
        run.part.into(),
        (&run.table).into(),
        (&run.kept).into(),
        i64::from(run.left_out).into(),
    ];
    tx.insert_all(&IMPORT_RUN, [row])?;
    Ok(id)
}

/// An import by its id.
///
/// # Errors
/// `imports.none` for one that is not there.
pub fn find(tx: &mut Tx<'_>, id: ImportId) -> Result<Run> {
    let sql = format!("SELECT {RUN} FROM import_run WHERE id = ?1");
    tx.first(&sql, &[id.into()], run)?.ok_or_else(none)
}

/// Imports, newest first, before the given one.
///
/// # Errors
/// `store.statement`.
pub fn list(tx: &mut Tx<'_>, before: i64, limit: i64) -> Result<Vec<Run>> {
    let sql = format!("SELECT {RUN} FROM import_run WHERE id < ?1 ORDER BY id DESC LIMIT ?2");
    tx.query(&sql, &[before.into(), limit.into()], run)
}

/// The imports that write or wait for their turn, in the order in which they were started.
///
/// # Errors
/// `store.statement`.
pub fn running(tx: &mut Tx<'_>) -> Result<Vec<Run>> {
    let sql = format!("SELECT {RUN} FROM import_run WHERE state = ?1 ORDER BY started, id");
    tx.query(&sql, &[State::Running.as_str().into()], run)
}

fn none() -> Problem {
    Problem::not_found("imports.none", speech::say!("there is no such import"))
}

/// Gives imports that are started together their place behind all that were started before.
///
/// # Errors
/// `store.statement`.
pub fn start(tx: &mut Tx<'_>, together: &[Run]) -> Result<()> {
    let turn = tx.allocate("import turn", 1)?.first();
    together.iter().try_for_each(|run| update(tx, run.id, &[("started", turn.into())]))
}

fn run(row: &Row<'_>) -> Result<Run> {
    Ok(Run {
        id: row.id(0)?,
        name: row.string(1)?,
        sha256: row.string(2)?,
        bytes: row.int(3)?,
        state: State::parse(row.text(4)?).unwrap_or(State::Failed),
        dialect: row.string(5)?,
        mapping: row.string(6)?,
        columns: row.string(7)?,
        questions: row.string(8)?,
        total: row.int(9)?,
        done: row.int(10)?,
        planned: row.string(11)?,
        result: row.string(12)?,
        failure: row.string(13)?,
        line: row.int(14)?,
        by: row.int(15)?,
        created_at: row.int(16)?,
        finished_at: row.int(17)?,
        written: row.int(18)?,
        bundle: row.int(19)?,
        part: row.int(20)?,
        table: row.string(21)?,
        kept: row.string(22)?,
        left_out: row.int(23)? != 0,
    })
}

/// Changes some columns of an import.
///
/// # Errors
/// `store.statement`.
pub fn update(tx: &mut Tx<'_>, id: ImportId, changes: &[(&str, Value<'_>)]) -> Result<()> {
    let sets: Vec<_> = changes.iter().zip(2..).map(|((column, _), n)| format!("{column} = ?{n}")).collect();
    let values: Vec<_> = std::iter::once(id.into()).chain(changes.iter().map(|(_, value)| *value)).collect();
    tx.execute(&format!("UPDATE import_run SET {} WHERE id = ?1", sets.join(", ")), &values).map(drop)
}

/// Forgets an import that did not run.
///
/// # Errors
/// `store.statement`.
pub fn delete(tx: &mut Tx<'_>, id: ImportId) -> Result<()> {
    tx.execute("DELETE FROM import_rejection WHERE run = ?1", &[id.into()])?;
    tx.execute("DELETE FROM import_run WHERE id = ?1", &[id.into()]).map(drop)
}

/// The mapping that was used last for files with these columns.
///
/// # Errors
/// `store.statement`.
pub fn remembered(tx: &mut Tx<'_>, columns: &str) -> Result<Option<String>> {
    let sql = "SELECT mapping FROM import_mapping WHERE columns = ?1";
    tx.first(sql, &[columns.into()], |row| row.string(0))
}

/// The mappings that were used last, with the columns of their files, the latest first.
///
/// # Errors
/// `store.statement`.
pub fn used_last(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<(String, String)>> {
    let sql = "SELECT columns, mapping FROM import_mapping ORDER BY run DESC, columns LIMIT ?1";
    tx.query(sql, &[limit.into()], |row| Ok((row.string(0)?, row.string(1)?)))
}

/// Remembers the mapping that was used for files with these columns.
///
/// # Errors
/// `store.statement`.
pub fn remember(tx: &mut Tx<'_>, columns: &str, mapping: &str, id: ImportId) -> Result<()> {
    let sql = "INSERT INTO import_mapping (columns, mapping, run) VALUES (?1, ?2, ?3)
               ON CONFLICT (columns) DO UPDATE SET mapping = excluded.mapping, run = excluded.run";
    tx.execute(sql, &[columns.into(), mapping.into(), id.into()]).map(drop)
}

/// Forgets what was said of the columns of an import.
///
/// # Errors
/// `store.statement`.
pub fn forget_mappings(tx: &mut Tx<'_>, id: ImportId) -> Result<()> {
    tx.execute("DELETE FROM import_mapping WHERE run = ?1", &[id.into()]).map(drop)
}

/// Relationships of imports that still wait to be decided, of those that the viewer may see: those on the lines they wrote
/// to, and those of accounts of which something was told as a whole.
///
/// # Errors
/// `store.statement`.
pub fn undecided(cx: &Context, tx: &mut Tx<'_>, lines: &[i64]) -> Result<i64> {
    let (marks, values) = dialect::list(&[cx.actor.number().into()], lines.iter().copied());
    let sql = format!(
        "SELECT COUNT(*) FROM stale JOIN account ON account.id = stale.account
         WHERE {VISIBLE} AND (stale.line = 0 OR stale.line IN ({marks}))"
    );
    Ok(tx.first(&sql, &values, |row| row.int(0))?.unwrap_or(0))
}
