//! Views of the book that people saved.

use ::store::{Column, ColumnKind, DataClass, Row, Table, Tx};
use accounts::store::finding;
use kernel::{Context, Result};

use super::{conditions::begins, search::Values};
use crate::view::{View, ViewId};

/// The views, deleted ones too.
pub const SAVED_VIEW: Table = Table {
    name: "saved_view",
    columns: &[
        Column { name: "id", kind: ColumnKind::Id("view") },
        Column { name: "owner", kind: ColumnKind::Ref("person") },
        Column { name: "name", kind: ColumnKind::Text },
        Column { name: "shared", kind: ColumnKind::Int },
        Column { name: "filter", kind: ColumnKind::Text },
        Column { name: "saved_at", kind: ColumnKind::Clock },
        Column { name: "deleted_by", kind: ColumnKind::Ref("person") },
        Column { name: "deleted_at", kind: ColumnKind::Clock },
    ],
    key: &["id"],
    account: None,
    class: DataClass::Business,
    canonical: true,
};

const SHOWN: &str = "saved_view.id, saved_view.owner, saved_view.name, saved_view.shared, saved_view.filter,
    saved_view.deleted_at, person.name";

/// A view and the name of whoever saved it; none for the house.
pub type Listed = (View, Option<String>);

fn listed(row: &Row<'_>) -> Result<Listed> {
    let view = View {
        id: row.id(0)?,
        owner: row.int(1)?,
        name: row.string(2)?,
        shared: row.bool(3)?,
        filter: row.string(4)?,
        is_deleted: row.opt_int(5)?.is_some(),
    };
    Ok((view, row.opt_string(6)?))
}

/// Keeps a new view.
///
/// # Errors
/// `store.statement`.
pub fn keep(cx: &Context, tx: &mut Tx<'_>, name: &str, shared: bool, filter: &str) -> Result<ViewId> {
    let id = ViewId::new(tx.allocate("view", 1)?.first());
    let (by, at) = (cx.actor.number(), cx.now.micros);
    let row = [
        id.into(),
        by.into(),
        name.into(),
        shared.into(),
        filter.into(),
        at.into(),
        0.into(),
        ::store::Value::Null,
    ];
    tx.insert_all(&SAVED_VIEW, [row])?;
    Ok(id)
}

/// Writes a view anew.
///
/// # Errors
/// `store.statement`.
pub fn change(cx: &Context, tx: &mut Tx<'_>, view: &View) -> Result<()> {
    let sql = "UPDATE saved_view SET name = ?2, shared = ?3, filter = ?4, saved_at = ?5 WHERE id = ?1";
    let values = [
        view.id.into(),
        (&view.name).into(),
        view.shared.into(),
        (&view.filter).into(),
        cx.now.micros.into(),
    ];
    tx.execute(sql, &values).map(drop)
}

/// Notes that somebody deleted a view, or brought it back.
///
/// # Errors
/// `store.statement`.
pub fn delete(cx: &Context, tx: &mut Tx<'_>, id: ViewId, is_deleted: bool) -> Result<()> {
    let sql = "UPDATE saved_view SET deleted_at = ?2, deleted_by = ?3 WHERE id = ?1";
    let (at, by) = (is_deleted.then_some(cx.now.micros), if is_deleted { cx.actor.number() } else { 0 });
    tx.execute(sql, &[id.into(), at.into(), by.into()]).map(drop)
}

/// One view.
///
/// # Errors
/// `store.statement`.
pub fn find(tx: &mut Tx<'_>, id: ViewId) -> Result<Option<Listed>> {
    let sql = format!(
        "SELECT {SHOWN} FROM saved_view LEFT JOIN person ON person.id = saved_view.owner WHERE saved_view.id = ?1"
    );
    tx.first(&sql, &[id.into()], listed)
}

/// The views that somebody has, so many of them: their own first, then those that others share, each in the order in which
/// they were saved.
///
/// # Errors
/// `store.statement`.
pub fn of(cx: &Context, tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Listed>> {
    let of = |which: &str| {
        format!(
            "SELECT {SHOWN} FROM saved_view LEFT JOIN person ON person.id = saved_view.owner
             WHERE {which} AND saved_view.deleted_at IS NULL ORDER BY saved_view.id LIMIT ?2"
        )
    };
    let mut found =
        tx.query(&of("saved_view.owner = ?1"), &[cx.actor.number().into(), limit.into()], listed)?;
    let shared = of("saved_view.shared = 1 AND saved_view.owner <> ?1");
    found.extend(tx.query(&shared, &[cx.actor.number().into(), limit.into()], listed)?);
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

/// Whether a text names somebody behind a wall, or a beginning of a name finds somebody there, as far as the viewer may see
/// them: whoever is outside would read it in a view that is shared.
///
/// # Errors
/// `store.statement`.
pub fn names_walled(cx: &Context, tx: &mut Tx<'_>, text: &str, start: Option<&str>) -> Result<bool> {
    let sql = format!(
        "SELECT account.id FROM account WHERE {} AND account.wall > 0 AND account.name_key <> ''
         AND (REPLACE(CAST(?2 AS TEXT), account.name_key, '') <> CAST(?2 AS TEXT)
           OR (CAST(?3 AS TEXT) <> '' AND {})) LIMIT 1",
        accounts::VISIBLE,
        begins("account.name_key", "?3")
    );
    let values = [cx.actor.number().into(), text.into(), start.unwrap_or_default().into()];
    Ok(tx.first(&sql, &values, |row| row.int(0))?.is_some())
}

/// Whether words find somebody behind a wall, as far as the viewer may see them.
///
/// # Errors
/// `store.statement`.
pub fn finds_walled(cx: &Context, tx: &mut Tx<'_>, words: &[Vec<(String, String)>]) -> Result<bool> {
    let mut values = Values(vec![cx.actor.number().into()]);
    let having = words
        .iter()
        .map(|word| format!(" AND account.id IN ({})", finding::having(word, |text| values.add(text))));
    let having: String = having.collect();
    let sql = format!(
        "SELECT account.id FROM account WHERE {} AND account.wall > 0 {having} LIMIT 1",
        accounts::VISIBLE
    );
    Ok(!words.is_empty() && tx.first(&sql, &values.0, |row| row.int(0))?.is_some())
}
