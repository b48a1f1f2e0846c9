//! What sources tell of somebody having left.

use ::store::{Row, Tx, dialect};
use kernel::{Currency, Day, Result};
use timeline::{AccountId, LineId};

use super::{LEAVING, contracts::day};
use crate::words::LeavingKind;

/// It as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaving {
    /// Its number.
    pub id: i64,
    /// Who; below zero for an account that would be new.
    pub account: AccountId,
    /// On which service line.
    pub line: LineId,
    /// How the source tells it.
    pub kind: LeavingKind,
    /// What makes it the same one.
    pub key: String,
    /// When, where the source says.
    pub on: Option<Day>,
    /// Why, in the words of the source.
    pub reason: String,
    /// What was given back, in ten-thousandths of the major unit.
    pub refund: i64,
    /// The currency of that.
    pub currency: Option<Currency>,
    /// The fact of the refund; 0 for none.
    pub refund_fact: i64,
    /// The import that brought it.
    pub run: i64,
    /// The record in its file.
    pub row: i64,
}

const COLUMNS: &str =
    "id, account, line, kind, leaving_key, on_day, reason, refund, currency, refund_fact, run, row";

/// Those of a line and these accounts.
///
/// # Errors
/// `store.statement`.
pub fn find_leavings(tx: &mut Tx<'_>, line: LineId, accounts: &[i64]) -> Result<Vec<Leaving>> {
    let mut found = Vec::new();
    for group in accounts.chunks(256) {
        let (marks, values) = dialect::list(&[line.into()], group.iter().copied());
        let sql =
            format!("SELECT {COLUMNS} FROM leaving WHERE line = ?1 AND account IN ({marks}) ORDER BY id");
        found.extend(tx.query(&sql, &values, leaving)?);
    }
    Ok(found)
}

/// These, by their numbers; at most 256.
///
/// # Errors
/// `store.statement`.
pub fn whole_leavings(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<Leaving>> {
    let (marks, values) = dialect::list(&[], ids.iter().copied());
    tx.query(&format!("SELECT {COLUMNS} FROM leaving WHERE id IN ({marks}) ORDER BY id"), &values, leaving)
}

fn leaving(row: &Row<'_>) -> Result<Leaving> {
    let currency = Some(row.text(8)?).filter(|code| !code.is_empty()).map(Currency::parse).transpose()?;
    Ok(Leaving {
        id: row.int(0)?,
        account: row.id(1)?,
        line: row.id(2)?,
        kind: LeavingKind::parse(row.text(3)?).unwrap_or(LeavingKind::Flag),
        key: row.string(4)?,
        on: row.opt_int(5)?.map(day),
        reason: row.string(6)?,
        refund: row.int(7)?,
        currency,
        refund_fact: row.int(9)?,
        run: row.int(10)?,
        row: row.int(11)?,
    })
}

/// Writes new ones.
///
/// # Errors
/// `store.conflict` when another import wrote the same meanwhile.
pub fn insert_leavings(tx: &mut Tx<'_>, leavings: &[Leaving]) -> Result<()> {
    let rows = leavings.iter().map(|one| {
        [
            one.id.into(),
            one.account.into(),
            one.line.into(),
            one.kind.as_str().into(),
            (&one.key).into(),
            one.on.map(|day| i64::from(day.0)).into(),
            (&one.reason).into(),
            one.refund.into(),
            one.currency.map_or("", Currency::code).into(),
            one.refund_fact.into(),
            one.run.into(),
            one.row.into(),
        ]
    });
    tx.insert_all(&LEAVING, rows).map(drop)
}

/// Removes these; at most 256.
///
/// # Errors
/// `store.statement`.
pub fn remove_leavings(tx: &mut Tx<'_>, ids: &[i64]) -> Result<()> {
    let (marks, values) = dialect::list(&[], ids.iter().copied());
    tx.execute(&format!("DELETE FROM leaving WHERE id IN ({marks})"), &values).map(drop)
}
