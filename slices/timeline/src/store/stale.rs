//! Relationships whose facts changed since they were last decided, and the work that waits for them.

use std::collections::BTreeMap;

use ::store::{Row, Tx, dialect, queue};
use kernel::{Context, Result};

use super::deciding::count_marked;
use crate::{AccountId, LineId};

/// So many that are marked at once are waited for by somebody: they come before all that wait already.
const FEW: usize = 16;

/// Marks relationships to be decided again; a few at once come first.
///
/// # Errors
/// `store.statement`.
pub fn mark_stale(cx: &Context, tx: &mut Tx<'_>, touched: &[(AccountId, LineId)]) -> Result<()> {
    let mut marked = 0;
    let fresh = i64::from(touched.len() <= FEW);
    for group in touched.chunks(256) {
        let (_, accounts) = dialect::list(&[cx.now.micros.into()], group.iter().map(|(account, _)| *account));
        let (_, values) = dialect::list(&accounts, group.iter().map(|(_, line)| *line));
        let width = accounts.len() - 1;
        let rows: Vec<_> = (2..2 + width).map(|n| format!("(?{n}, ?{}, ?1, {fresh})", n + width)).collect();
        let sql = format!(
            "INSERT INTO stale (account, line, since, fresh) VALUES {} ON CONFLICT (account, line) DO NOTHING",
            rows.join(", ")
        );
        let new = tx.execute(&sql, &values)?;
        marked += new;
        if fresh == 1 && new < u64::try_from(group.len()).unwrap_or(u64::MAX) {
            bring_forward(tx, group)?;
        }
    }
    count_marked(cx, tx, marked)
}

/// Has those accounts' that wait on those lines already come first.
fn bring_forward(tx: &mut Tx<'_>, few: &[(AccountId, LineId)]) -> Result<()> {
    let (accounts, lines, values) = dialect::lists(few);
    let sql = format!(
        "UPDATE stale SET fresh = 1 WHERE fresh = 0 AND account IN ({accounts}) AND line IN ({lines})"
    );
    tx.execute(&sql, &values).map(drop)
}

/// Marks every relationship that has facts on a line: its "now" has moved.
///
/// # Errors
/// `store.statement`.
pub fn mark_line_stale(cx: &Context, tx: &mut Tx<'_>, line: LineId) -> Result<()> {
    let sql =
        "INSERT INTO stale (account, line, since, fresh) SELECT DISTINCT account, line, CAST(?2 AS BIGINT), 0
               FROM fact WHERE line = ?1 ON CONFLICT (account, line) DO NOTHING";
    let marked = tx.execute(sql, &[line.into(), cx.now.micros.into()])?;
    count_marked(cx, tx, marked)
}

/// The next relationships to decide again: those for which somebody waits first, then in the order of their accounts, so that
/// a fact shows what it did while everybody is decided again; line 0 stands for all of an account's.
///
/// # Errors
/// `store.statement`.
pub fn next_stale(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<(AccountId, LineId)>> {
    let place = |row: &Row<'_>| Ok((row.id(0)?, row.id(1)?));
    let first = "SELECT account, line FROM stale WHERE fresh = 1 ORDER BY account, line LIMIT ?1";
    let mut next = tx.query(first, &[limit.into()], place)?;
    let left = limit - i64::try_from(next.len()).unwrap_or(limit);
    if 0 < left {
        let rest = "SELECT account, line FROM stale WHERE fresh = 0 ORDER BY account, line LIMIT ?1";
        next.extend(tx.query(rest, &[left.into()], place)?);
    }
    Ok(next)
}

/// Whether any relationship waits to be decided.
///
/// # Errors
/// `store.statement`.
pub fn is_any_stale(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(tx.first("SELECT account FROM stale LIMIT 1", &[], |row| row.int(0))?.is_some())
}

/// How many relationships wait to be decided.
///
/// # Errors
/// `store.statement`.
pub fn count_stale(tx: &mut Tx<'_>) -> Result<i64> {
    Ok(tx.first("SELECT COUNT(*) FROM stale", &[], |row| row.int(0))?.unwrap_or(0))
}

/// They are decided.
///
/// # Errors
/// `store.statement`.
pub fn clear_stale(tx: &mut Tx<'_>, decided: &[(AccountId, LineId)]) -> Result<()> {
    let mut by_line: BTreeMap<LineId, Vec<AccountId>> = BTreeMap::new();
    for (account, line) in decided {
        by_line.entry(*line).or_default().push(*account);
    }
    for (line, accounts) in by_line {
        let (marks, values) = dialect::list(&[line.into()], accounts);
        tx.execute(&format!("DELETE FROM stale WHERE line = ?1 AND account IN ({marks})"), &values)?;
    }
    Ok(())
}

/// The kind of work that decides whatever is stale; its key is the number of a line that is to get its first
/// baseline, or 0.
pub const JUDGE: &str = "judge";

/// Asks for whatever is stale to be decided, at once. `line` names a line that is to get its first baseline.
///
/// # Errors
/// `store.statement`.
pub fn ask_judgement(cx: &Context, tx: &mut Tx<'_>, line: LineId) -> Result<()> {
    queue::put(tx, JUDGE, &line.0.to_string(), cx.now.micros)
}
