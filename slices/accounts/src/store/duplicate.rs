//! Pairs of accounts that may be one party, and what people said of them.

use ::store::{Column, ColumnKind, DataClass, Row, Table, Tx, Value, dialect};
use kernel::{Context, Result};
use timeline::AccountId;

use super::{VISIBLE, alike::COMPARED};

/// Pairs that may be one party, and what people said of them.
pub const DUPLICATE: Table = Table {
    name: "duplicate",
    columns: &[
        Column { name: "first", kind: ColumnKind::Int },
        Column { name: "second", kind: ColumnKind::Int },
        Column { name: "score", kind: ColumnKind::Int },
        Column { name: "reasons", kind: ColumnKind::Text },
        Column { name: "state", kind: ColumnKind::Text },
        Column { name: "decided_by", kind: ColumnKind::Int },
        Column { name: "decided_at", kind: ColumnKind::Clock },
    ],
    key: &["first", "second"],
    account: Some("first"),
    class: DataClass::Personal,
    canonical: false,
};

/// Nobody has looked at it.
pub const OPEN: &str = "open";
/// Somebody will look at it later.
pub const LATER: &str = "later";
/// Somebody said that they are two.
pub const NOT_SAME: &str = "not_same";
/// Somebody had them merged.
pub const SAME: &str = "same";

/// A pair that may be one party.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The account with the lower number.
    pub first: AccountId,
    /// The other.
    pub second: AccountId,
    /// The probability that they are one, in millionths.
    pub score: i64,
    /// Why, as JSON.
    pub reasons: String,
}

/// Writes down pairs that were found; what people said of a pair stays.
///
/// # Errors
/// `store.statement`.
pub fn keep(tx: &mut Tx<'_>, found: &[Found]) -> Result<()> {
    let sql = "INSERT INTO duplicate (first, second, score, reasons, state, decided_by, decided_at)
               VALUES (?1, ?2, ?3, ?4, 'open', 0, 0)
               ON CONFLICT (first, second) DO UPDATE SET score = excluded.score, reasons = excluded.reasons";
    for pair in found {
        let row: [Value<'_>; 4] =
            [pair.first.into(), pair.second.into(), pair.score.into(), (&pair.reasons).into()];
        tx.execute(sql, &row)?;
    }
    Ok(())
}

/// A pair as it is shown.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The pair.
    pub found: Found,
    /// Who they are: what is compared of each, in the order of [`COMPARED`].
    pub who: [[String; COMPARED.len()]; 2],
    /// open, later, `not_same` or same.
    pub state: String,
}

/// The pairs in this state of which the viewer may see both, the likeliest first, from `least` millionths on and after
/// that one.
///
/// # Errors
/// `store.statement`.
pub fn list(
    cx: &Context,
    tx: &mut Tx<'_>,
    state: &str,
    least: i64,
    after: (i64, i64, i64),
    limit: i64,
) -> Result<Vec<Listed>> {
    let sql = format!(
        "{} AND duplicate.state = ?2 AND duplicate.score >= ?3
           AND (duplicate.score < ?4 OR (duplicate.score = ?4 AND (duplicate.first < ?5
             OR (duplicate.first = ?5 AND duplicate.second < ?6))))
         ORDER BY duplicate.score DESC, duplicate.first DESC, duplicate.second DESC LIMIT ?7",
        of_both()
    );
    let (score, first, second) = after;
    let viewer = cx.actor.number();
    let values =
        [viewer.into(), state.into(), least.into(), score.into(), first.into(), second.into(), limit.into()];
    tx.query(&sql, &values, listed)
}

/// The least likely open pairs from `least` millionths on of which the viewer sees both.
///
/// # Errors
/// `store.statement`.
pub fn lowest(cx: &Context, tx: &mut Tx<'_>, least: i64, limit: i64) -> Result<Vec<Listed>> {
    let sql = format!(
        "{} AND duplicate.state = 'open' AND duplicate.score >= ?2
         ORDER BY duplicate.score, duplicate.first, duplicate.second LIMIT ?3",
        of_both()
    );
    tx.query(&sql, &[cx.actor.number().into(), least.into(), limit.into()], listed)
}

/// How many open pairs from `least` millionths on the viewer sees both of; counted up to `most`.
///
/// # Errors
/// `store.statement`.
pub fn count(cx: &Context, tx: &mut Tx<'_>, least: i64, most: i64) -> Result<i64> {
    let sql = format!(
        "SELECT COUNT(*) FROM ({} AND duplicate.state = 'open' AND duplicate.score >= ?2 LIMIT ?3) AS sure",
        of_both()
    );
    let values = [cx.actor.number().into(), least.into(), most.into()];
    Ok(tx.first(&sql, &values, |row| row.int(0))?.unwrap_or(0))
}

/// What is read of a pair and of both of it, of pairs of which the viewer, who is the first value, may see both.
fn of_both() -> String {
    let columns = |alias: &str| COMPARED.map(|column| format!("{alias}.{column}")).join(", ");
    let see = |alias: &str| VISIBLE.replace("account.", &format!("{alias}."));
    format!(
        "SELECT duplicate.first, duplicate.second, duplicate.score, duplicate.reasons, duplicate.state, {}, {}
         FROM duplicate JOIN account AS a ON a.id = duplicate.first JOIN account AS b ON b.id = duplicate.second
         WHERE {} AND {}",
        columns("a"),
        columns("b"),
        see("a"),
        see("b")
    )
}

fn listed(row: &Row<'_>) -> Result<Listed> {
    let found = Found { first: row.id(0)?, second: row.id(1)?, score: row.int(2)?, reasons: row.string(3)? };
    let mut who: [[String; COMPARED.len()]; 2] = Default::default();
    for (n, text) in who.as_flattened_mut().iter_mut().enumerate() {
        *text = row.string(5 + n)?;
    }
    Ok(Listed { found, who, state: row.string(4)? })
}

/// Notes what somebody said of a pair, found or not.
///
/// # Errors
/// `store.statement`.
pub fn decide(cx: &Context, tx: &mut Tx<'_>, first: AccountId, second: AccountId, state: &str) -> Result<()> {
    let sql = "INSERT INTO duplicate (first, second, score, reasons, state, decided_by, decided_at)
               VALUES (?1, ?2, 0, '[]', ?3, ?4, ?5)
               ON CONFLICT (first, second) DO UPDATE SET state = excluded.state, decided_by = excluded.decided_by,
                 decided_at = excluded.decided_at";
    let row = [first.into(), second.into(), state.into(), cx.actor.number().into(), cx.now.micros.into()];
    tx.execute(sql, &row).map(drop)
}

/// What stands of a pair, where something does: for whom it is no matter, both have to be seen.
///
/// # Errors
/// `store.statement`.
pub fn state(tx: &mut Tx<'_>, first: AccountId, second: AccountId) -> Result<Option<String>> {
    let sql = "SELECT state FROM duplicate WHERE first = ?1 AND second = ?2";
    tx.first(sql, &[first.into(), second.into()], |row| row.string(0))
}

/// Forgets accounts that are gone; at most 256.
///
/// # Errors
/// `store.statement`.
pub fn forget(tx: &mut Tx<'_>, ids: &[AccountId]) -> Result<()> {
    let (marks, values) = dialect::list(&[], ids.iter().copied());
    let places = [
        ("duplicate_key", "account"),
        ("duplicate_due", "account"),
        ("duplicate", "first"),
        ("duplicate", "second"),
    ];
    for (table, column) in places {
        tx.execute(&format!("DELETE FROM {table} WHERE {column} IN ({marks})"), &values)?;
    }
    Ok(())
}
