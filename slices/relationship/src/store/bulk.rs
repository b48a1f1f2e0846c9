//! What was done to many relationships as one, kept so that it can be taken back as one.

use crate::bulk::{BulkId, Part};
use ::store::{Column, ColumnKind, DataClass, Row, Table, Tx, Value, dialect};
use kernel::{Context, Result};

/// What was done, by whom.
pub const BULK: Table = Table {
    name: "bulk",
    columns: &[
        Column { name: "id", kind: ColumnKind::Id("bulk") },
        Column { name: "act", kind: ColumnKind::Text },
        Column { name: "input", kind: ColumnKind::Text },
        Column { name: "sentence", kind: ColumnKind::Text },
        Column { name: "done_by", kind: ColumnKind::Ref("person") },
        Column { name: "done_at", kind: ColumnKind::Clock },
        Column { name: "count", kind: ColumnKind::Int },
        Column { name: "undone_by", kind: ColumnKind::Ref("person") },
        Column { name: "undone_at", kind: ColumnKind::Clock },
    ],
    key: &["id"],
    account: None,
    class: DataClass::Personal,
    canonical: false,
};

/// To whom it was done, and what it made.
pub const BULK_PART: Table = Table {
    name: "bulk_part",
    columns: &[
        Column { name: "bulk", kind: ColumnKind::Ref("bulk") },
        Column { name: "relationship", kind: ColumnKind::Int },
        Column { name: "account", kind: ColumnKind::Ref("account") },
        Column { name: "line", kind: ColumnKind::Ref("line") },
        Column { name: "made", kind: ColumnKind::Int },
        Column { name: "crossing", kind: ColumnKind::Int },
        Column { name: "crossing_until", kind: ColumnKind::Day },
        Column { name: "state", kind: ColumnKind::Text },
    ],
    key: &["bulk", "relationship"],
    account: Some("account"),
    class: DataClass::Personal,
    canonical: false,
};

/// A bulk as it is kept.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its id.
    pub id: BulkId,
    /// class, preference or crossing.
    pub act: String,
    /// What was done, in words.
    pub sentence: String,
    /// What was asked, as JSON.
    pub input: String,
    /// The number of the person who did it; 0 for the house.
    pub by: i64,
    /// Their name.
    pub name: Option<String>,
    /// When, in microseconds.
    pub at: i64,
    /// To how many it was done.
    pub count: i64,
    /// When it was taken back, if it was.
    pub undone_at: Option<i64>,
    /// Who took it back.
    pub undoer: Option<String>,
}

const SHOWN: &str = "bulk.id, bulk.act, bulk.sentence, bulk.done_by, doer.name, bulk.done_at, bulk.count, bulk.undone_at, undoer.name,
    bulk.input";
const FROM: &str = "bulk LEFT JOIN person AS doer ON doer.id = bulk.done_by
    LEFT JOIN person AS undoer ON undoer.id = bulk.undone_by";

fn kept(row: &Row<'_>) -> Result<Kept> {
    Ok(Kept {
        id: row.id(0)?,
        act: row.string(1)?,
        sentence: row.string(2)?,
        by: row.int(3)?,
        name: row.opt_string(4)?,
        at: row.int(5)?,
        count: row.int(6)?,
        undone_at: row.opt_int(7)?,
        undoer: row.opt_string(8)?,
        input: row.string(9)?,
    })
}

/// Keeps what was done: the act, what was asked as JSON, the same in words, to whom.
///
/// # Errors
/// `store.statement`.
pub fn keep(
    cx: &Context,
    tx: &mut Tx<'_>,
    act: &str,
    input: &str,
    sentence: &str,
    parts: &[Part],
) -> Result<BulkId> {
    let id = BulkId::new(tx.allocate("bulk", 1)?.first());
    let count = i64::try_from(parts.len()).unwrap_or(i64::MAX);
    let (by, at) = (cx.actor.number(), cx.now.micros);
    let row = [
        id.into(),
        act.into(),
        input.into(),
        sentence.into(),
        by.into(),
        at.into(),
        count.into(),
        0.into(),
        Value::Null,
    ];
    tx.insert_all(&BULK, [row])?;
    let rows = parts.iter().map(|part| {
        [
            id.into(),
            part.relationship.into(),
            part.account.into(),
            part.line.into(),
            part.made.into(),
            part.crossing.into(),
            part.crossing_until.into(),
            "done".into(),
        ]
    });
    tx.insert_all(&BULK_PART, rows)?;
    Ok(id)
}

/// What somebody may see of bulks: their own, and for an owner those of which they see somebody.
fn seen(manages: &str) -> String {
    format!(
        "(bulk.done_by = ?1 OR ({manages} = 1 AND EXISTS (SELECT 1 FROM bulk_part
           JOIN account ON account.id = bulk_part.account WHERE bulk_part.bulk = bulk.id AND {})))",
        accounts::VISIBLE
    )
}

fn manages(cx: &Context) -> i64 {
    i64::from(cx.actor.may(kernel::Permission::Manage))
}

/// One of them that the viewer may see.
///
/// # Errors
/// `store.statement`.
pub fn find(cx: &Context, tx: &mut Tx<'_>, id: BulkId) -> Result<Option<Kept>> {
    let sql = format!("SELECT {SHOWN} FROM {FROM} WHERE bulk.id = ?2 AND {}", seen("?3"));
    tx.first(&sql, &[cx.actor.number().into(), id.into(), manages(cx).into()], kept)
}

/// The newest before one that the viewer may see, so many of them.
///
/// # Errors
/// `store.statement`.
pub fn newest(cx: &Context, tx: &mut Tx<'_>, before: i64, limit: i64) -> Result<Vec<Kept>> {
    let sql = format!(
        "SELECT {SHOWN} FROM {FROM} WHERE bulk.id < ?2 AND {} ORDER BY bulk.id DESC LIMIT ?4",
        seen("?3")
    );
    tx.query(&sql, &[cx.actor.number().into(), before.into(), manages(cx).into(), limit.into()], kept)
}

/// The parts of a bulk on accounts that the viewer may see, each with the name of the account and where it stands.
///
/// # Errors
/// `store.statement`.
pub fn parts(cx: &Context, tx: &mut Tx<'_>, id: BulkId) -> Result<Vec<(Part, String, String)>> {
    let sql = format!(
        "SELECT bulk_part.relationship, bulk_part.account, bulk_part.line, bulk_part.made, bulk_part.crossing,
           bulk_part.crossing_until, account.name, bulk_part.state
         FROM bulk_part JOIN account ON account.id = bulk_part.account
         WHERE {} AND bulk_part.bulk = ?2 ORDER BY account.name_key, bulk_part.relationship",
        accounts::VISIBLE
    );
    tx.query(&sql, &[cx.actor.number().into(), id.into()], |row| {
        let part = Part {
            relationship: row.int(0)?,
            account: row.id(1)?,
            line: row.id(2)?,
            made: row.int(3)?,
            crossing: row.int(4)?,
            crossing_until: row.int(5)?,
        };
        Ok((part, row.string(6)?, row.string(7)?))
    })
}

/// Notes that a bulk was taken back, and what could not be.
///
/// # Errors
/// `store.statement`.
pub fn undone(cx: &Context, tx: &mut Tx<'_>, id: BulkId, left: &[(i64, String)], back: &[i64]) -> Result<()> {
    let sql = "UPDATE bulk SET undone_at = ?2, undone_by = ?3 WHERE id = ?1";
    tx.execute(sql, &[id.into(), cx.now.micros.into(), cx.actor.number().into()])?;
    for group in back.chunks(256) {
        let (marks, values) = dialect::list(&[id.into()], group.iter().copied());
        let sql =
            format!("UPDATE bulk_part SET state = 'undone' WHERE bulk = ?1 AND relationship IN ({marks})");
        tx.execute(&sql, &values)?;
    }
    for (relationship, why) in left {
        let sql = "UPDATE bulk_part SET state = ?3 WHERE bulk = ?1 AND relationship = ?2";
        tx.execute(sql, &[id.into(), (*relationship).into(), why.into()])?;
    }
    Ok(())
}

/// The accounts of a bulk that the viewer may see, by number.
///
/// # Errors
/// `store.statement`.
pub fn accounts(cx: &Context, tx: &mut Tx<'_>, id: BulkId) -> Result<Vec<i64>> {
    let sql = format!(
        "SELECT bulk_part.account FROM bulk_part JOIN account ON account.id = bulk_part.account
         WHERE {} AND bulk_part.bulk = ?2",
        accounts::VISIBLE
    );
    tx.query(&sql, &[cx.actor.number().into(), id.into()], |row| row.int(0))
}
