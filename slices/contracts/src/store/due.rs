//! Contracts that the clock has something to do with.

use ::store::Tx;
use kernel::{Day, Result};
use timeline::LineId;

use crate::contract::NEVER;

/// Contracts of which the next day to act has passed; at most so many.
///
/// # Errors
/// `store.statement`.
pub fn overdue(tx: &mut Tx<'_>, today: Day, limit: i64) -> Result<Vec<i64>> {
    let sql = "SELECT id FROM contract WHERE act_by < ?1 ORDER BY act_by, id LIMIT ?2";
    tx.query(sql, &[i64::from(today.0).into(), limit.into()], |row| row.int(0))
}

/// Contracts of a line whose term has run out by that day and which go on by themselves; at most so many.
///
/// # Errors
/// `store.statement`.
pub fn run_out(tx: &mut Tx<'_>, line: LineId, today: Day, limit: i64) -> Result<Vec<i64>> {
    let sql = "SELECT id FROM contract
               WHERE line = ?1 AND until_day <= ?2 AND ended_day = ?3 AND term = 'fixed' ORDER BY id LIMIT ?4";
    let days = [today, NEVER].map(|day| i64::from(day.0).into());
    tx.query(sql, &[line.into(), days[0], days[1], limit.into()], |row| row.int(0))
}

/// Subscriptions of a line of which more cycles have begun by that day than are told, or fewer; on a line with a live
/// source those that a file says the whole bill of stay as the file said. At most so many.
///
/// # Errors
/// `store.statement`.
pub fn uncounted(tx: &mut Tx<'_>, line: LineId, today: Day, live: bool, limit: i64) -> Result<Vec<i64>> {
    let sql = "SELECT id FROM contract
               WHERE line = ?1 AND kind = 'subscription'
                 AND (counted_day > ?2 OR (cycle_due <= ?2 AND (?3 = 0 OR billed IS NULL))) ORDER BY id LIMIT ?4";
    tx.query(sql, &[line.into(), i64::from(today.0).into(), live.into(), limit.into()], |row| row.int(0))
}

/// Has the days to act of all contracts that have one counted anew.
///
/// # Errors
/// `store.statement`.
pub fn look_again(tx: &mut Tx<'_>) -> Result<()> {
    let sql = "UPDATE contract SET act_by = ?1 WHERE act_by < ?2";
    let days = [crate::contract::ALWAYS, NEVER].map(|day| i64::from(day.0).into());
    tx.execute(sql, &days).map(drop)
}
