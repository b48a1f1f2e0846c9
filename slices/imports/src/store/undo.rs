//! Imports that are taken back: who asked, what came of it, and what stays because something stands on it.

use ::store::{Column, ColumnKind, DataClass, Table, Tx};
use accounts::VISIBLE;
use kernel::{Context, Result};
use timeline::AccountId;

use crate::run::ImportId;

/// What came of taking imports back.
pub const IMPORT_UNDO: Table = Table {
    name: "import_undo",
    columns: &[
        Column { name: "run", kind: ColumnKind::Int },
        Column { name: "asked_by", kind: ColumnKind::Int },
        Column { name: "asked_at", kind: ColumnKind::Clock },
        Column { name: "outcome", kind: ColumnKind::Text },
    ],
    key: &["run"],
    account: None,
    class: DataClass::Business,
    canonical: false,
};

/// What of an import stays, and why.
pub const IMPORT_KEPT: Table = Table {
    name: "import_kept",
    columns: &[
        Column { name: "run", kind: ColumnKind::Int },
        Column { name: "kind", kind: ColumnKind::Text },
        Column { name: "id", kind: ColumnKind::Int },
        Column { name: "account", kind: ColumnKind::Ref("account") },
        Column { name: "label", kind: ColumnKind::Text },
        Column { name: "reason", kind: ColumnKind::Text },
    ],
    key: &["run", "kind", "id"],
    account: Some("account"),
    class: DataClass::Personal,
    canonical: false,
};

/// Something of an import that stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// An order or an account.
    pub kind: &'static str,
    /// Its number among its kind.
    pub id: i64,
    /// Whose it is.
    pub account: AccountId,
    /// Its name or number as people know it.
    pub label: String,
    /// Why it stays, and what to do.
    pub reason: String,
}

/// Writes down that an import is to be taken back, and forgets what came of it before.
///
/// # Errors
/// `store.statement`.
pub fn ask(cx: &Context, tx: &mut Tx<'_>, run: ImportId) -> Result<()> {
    forget(tx, run)?;
    let row = [run.into(), cx.actor.number().into(), cx.now.micros.into(), "".into()];
    tx.insert_all(&IMPORT_UNDO, [row]).map(drop)
}

/// Who asked for it to be taken back, and what came of it so far, as JSON.
///
/// # Errors
/// `store.statement`.
pub fn asked(tx: &mut Tx<'_>, run: ImportId) -> Result<Option<(i64, String)>> {
    let sql = "SELECT asked_by, outcome FROM import_undo WHERE run = ?1";
    tx.first(sql, &[run.into()], |row| Ok((row.int(0)?, row.string(1)?)))
}

/// Writes down what came of it so far.
///
/// # Errors
/// `store.statement`.
pub fn note(tx: &mut Tx<'_>, run: ImportId, outcome: &str) -> Result<()> {
    tx.execute("UPDATE import_undo SET outcome = ?2 WHERE run = ?1", &[run.into(), outcome.into()]).map(drop)
}

/// Writes down what stays.
///
/// # Errors
/// `store.statement`.
pub fn keep(tx: &mut Tx<'_>, run: ImportId, kept: &[Kept]) -> Result<()> {
    let rows = kept.iter().map(|kept| {
        let (label, reason) = (kept.label.as_str().into(), kept.reason.as_str().into());
        [run.into(), kept.kind.into(), kept.id.into(), kept.account.into(), label, reason]
    });
    tx.insert_all(&IMPORT_KEPT, rows).map(drop)
}

/// What stays, as far as the viewer may see it: whose, its label, why; the first thousand.
///
/// # Errors
/// `store.statement`.
pub fn kept(
    cx: &Context,
    tx: &mut Tx<'_>,
    run: ImportId,
) -> Result<Vec<(String, AccountId, String, String)>> {
    let sql = format!(
        "SELECT import_kept.kind, import_kept.account, import_kept.label, import_kept.reason
         FROM import_kept JOIN account ON account.id = import_kept.account
         WHERE {VISIBLE} AND import_kept.run = ?2 ORDER BY import_kept.kind, import_kept.id LIMIT 1000"
    );
    tx.query(&sql, &[cx.actor.number().into(), run.into()], |row| {
        Ok((row.string(0)?, row.id(1)?, row.string(2)?, row.string(3)?))
    })
}

/// Forgets what stayed.
///
/// # Errors
/// `store.statement`.
pub fn keep_nothing(tx: &mut Tx<'_>, run: ImportId) -> Result<()> {
    tx.execute("DELETE FROM import_kept WHERE run = ?1", &[run.into()]).map(drop)
}

/// Forgets that it was taken back.
///
/// # Errors
/// `store.statement`.
pub fn forget(tx: &mut Tx<'_>, run: ImportId) -> Result<()> {
    keep_nothing(tx, run)?;
    tx.execute("DELETE FROM import_undo WHERE run = ?1", &[run.into()]).map(drop)
}

/// The earliest other import that wrote to a line; 0 for none.
///
/// # Errors
/// `store.statement`.
pub fn other_on_line(tx: &mut Tx<'_>, run: ImportId, line: i64) -> Result<i64> {
    let sql = "SELECT MIN(id) FROM import_run WHERE line = ?2 AND id <> ?1";
    Ok(tx.first(sql, &[run.into(), line.into()], |row| row.opt_int(0))?.flatten().unwrap_or(0))
}
