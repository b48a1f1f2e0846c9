//! Switches: what was done together, and what is needed to take it back as one.

use ::store::{Column, ColumnKind, DataClass, Row, Table, Tx};
use kernel::{Context, Day, Moment, Result};
use timeline::{AccountId, LineId};

use super::current::{RelationshipId, day};
use crate::{Class, overrides::OverrideId, switch::SwitchId};

/// What was switched, and by whom it was undone.
pub const SWITCH: Table = Table {
    name: "switch",
    columns: &[
        Column { name: "id", kind: ColumnKind::Int },
        Column { name: "account", kind: ColumnKind::Ref("account") },
        Column { name: "line", kind: ColumnKind::Ref("line") },
        Column { name: "was", kind: ColumnKind::Text },
        Column { name: "became", kind: ColumnKind::Text },
        Column { name: "reason", kind: ColumnKind::Text },
        Column { name: "until", kind: ColumnKind::Day },
        Column { name: "list", kind: ColumnKind::Text },
        Column { name: "deeds", kind: ColumnKind::Text },
        Column { name: "author", kind: ColumnKind::Ref("person") },
        Column { name: "at", kind: ColumnKind::Clock },
        Column { name: "undone_by", kind: ColumnKind::Ref("person") },
        Column { name: "undone_at", kind: ColumnKind::Clock },
    ],
    key: &["id"],
    account: Some("account"),
    class: DataClass::Personal,
    canonical: false,
};

/// A switch as it is kept.
#[derive(Clone, Debug)]
pub struct Switch {
    /// Its id.
    pub id: SwitchId,
    /// Whose relationship.
    pub account: AccountId,
    /// On which line.
    pub line: LineId,
    /// The class that counted before.
    pub was: Class,
    /// The class that counts since.
    pub became: Class,
    /// Why.
    pub reason: String,
    /// The last day on which what was set by hand counts.
    pub until: Day,
    /// What was foreseen and done, as JSON.
    pub list: String,
    /// What each slice needs to take its part back, as JSON.
    pub deeds: String,
    /// The number of the person who did it; 0 for the house.
    pub author: i64,
    /// When, in microseconds.
    pub at: i64,
    /// When it was undone, if it was.
    pub undone_at: Option<i64>,
}

/// A switch with what pages tell of it.
#[derive(Clone, Debug)]
pub struct Found {
    /// The switch.
    pub held: Switch,
    /// The relationship.
    pub relationship: RelationshipId,
    /// The name of the person who did it; none for the house.
    pub author: Option<String>,
    /// The name of the person who undid it.
    pub undoer: Option<String>,
}

/// Keeps a new one; its id is given to it.
///
/// # Errors
/// `store.statement`.
pub fn keep(tx: &mut Tx<'_>, mut new: Switch) -> Result<Switch> {
    new.id = SwitchId::new(tx.allocate("switch", 1)?.first());
    let row = [
        new.id.into(),
        new.account.into(),
        new.line.into(),
        new.was.as_str().into(),
        new.became.as_str().into(),
        (&new.reason).into(),
        i64::from(new.until.0).into(),
        (&new.list).into(),
        (&new.deeds).into(),
        new.author.into(),
        new.at.into(),
        0.into(),
        0.into(),
    ];
    tx.insert_all(&SWITCH, [row])?;
    Ok(new)
}

/// Writes down that one was undone.
///
/// # Errors
/// `store.statement`.
pub fn undone(tx: &mut Tx<'_>, id: SwitchId, by: i64, now: Moment) -> Result<()> {
    let sql = "UPDATE switch SET undone_by = ?2, undone_at = ?3 WHERE id = ?1 AND undone_at = 0";
    tx.execute(sql, &[id.into(), by.into(), now.micros.into()]).map(drop)
}

/// Takes away what a switch set by hand, as if nobody had said it.
///
/// # Errors
/// `store.statement`.
pub fn unsay(tx: &mut Tx<'_>, id: OverrideId) -> Result<()> {
    tx.execute("DELETE FROM override WHERE id = ?1", &[id.into()]).map(drop)
}

/// Has count again what a switch withdrew, as if nobody had withdrawn it.
///
/// # Errors
/// `store.statement`.
pub fn say_again(tx: &mut Tx<'_>, id: OverrideId) -> Result<()> {
    let sql =
        "UPDATE override SET withdrawn_on = NULL, withdrawn_by = 0, withdrawn_reason = '' WHERE id = ?1";
    tx.execute(sql, &[id.into()]).map(drop)
}

const COLUMNS: &str = "switch.id, switch.account, switch.line, switch.was, switch.became, switch.reason,
    switch.until, switch.list, switch.deeds, switch.author, switch.at, switch.undone_at, relationship.id, author.name,
    undoer.name";

/// The question for those that a viewer, the first value, may see.
fn select(which: &str) -> String {
    format!(
        "SELECT {COLUMNS} FROM switch JOIN account ON account.id = switch.account
         JOIN relationship ON relationship.account = switch.account AND relationship.line = switch.line
         LEFT JOIN person AS author ON author.id = switch.author
         LEFT JOIN person AS undoer ON undoer.id = switch.undone_by WHERE {} AND {which}",
        accounts::VISIBLE
    )
}

/// One, for a viewer who may see its account.
///
/// # Errors
/// `store.statement`.
pub fn one(cx: &Context, tx: &mut Tx<'_>, id: SwitchId) -> Result<Option<Found>> {
    let sql = select("switch.id = ?2");
    tx.first(&sql, &[cx.actor.number().into(), id.into()], read)
}

/// The newest of a relationship, for a viewer who may see its account.
///
/// # Errors
/// `store.statement`.
pub fn newest(cx: &Context, tx: &mut Tx<'_>, account: AccountId, line: LineId) -> Result<Option<Found>> {
    let sql = select("switch.account = ?2 AND switch.line = ?3 ORDER BY switch.id DESC LIMIT 1");
    tx.first(&sql, &[cx.actor.number().into(), account.into(), line.into()], read)
}

fn read(row: &Row<'_>) -> Result<Found> {
    let class = |word: &str| Class::parse(word).unwrap_or(Class::NotEnough);
    let held = Switch {
        id: row.id(0)?,
        account: row.id(1)?,
        line: row.id(2)?,
        was: class(row.text(3)?),
        became: class(row.text(4)?),
        reason: row.string(5)?,
        until: day(row, 6)?,
        list: row.string(7)?,
        deeds: row.string(8)?,
        author: row.int(9)?,
        at: row.int(10)?,
        undone_at: Some(row.int(11)?).filter(|at| *at != 0),
    };
    Ok(Found { held, relationship: row.id(12)?, author: row.opt_string(13)?, undoer: row.opt_string(14)? })
}
