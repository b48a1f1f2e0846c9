//! The frozen ranks of spend.

use std::collections::HashMap;

use ::store::Tx;
use kernel::{Day, Result};
use timeline::LineId;

use crate::Baseline;

/// The newest baseline of each currency of a line.
///
/// # Errors
/// `store.statement`, `baseline.format`.
pub fn newest(tx: &mut Tx<'_>, line: LineId) -> Result<HashMap<String, Baseline>> {
    Ok(all(tx, line)?.into_iter().collect())
}

/// Every baseline of a line with its currency; of one currency the newest last.
///
/// # Errors
/// `store.statement`, `baseline.format`.
pub fn all(tx: &mut Tx<'_>, line: LineId) -> Result<Vec<(String, Baseline)>> {
    let sql = "SELECT currency, ranks FROM baseline WHERE line = ?1 ORDER BY currency, version";
    tx.query(sql, &[line.into()], |row| Ok((row.string(0)?, Baseline::parse(row.text(1)?)?)))
}

/// Removes the baselines of a line.
///
/// # Errors
/// `store.statement`.
pub fn remove(tx: &mut Tx<'_>, line: LineId) -> Result<()> {
    tx.execute("DELETE FROM baseline WHERE line = ?1", &[line.into()]).map(drop)
}

/// Keeps a baseline.
///
/// # Errors
/// `store.conflict` when that version was taken meanwhile.
pub fn keep(
    tx: &mut Tx<'_>,
    line: LineId,
    currency: &str,
    baseline: &Baseline,
    buyers: i64,
    as_of: Day,
) -> Result<()> {
    let ranks = baseline.to_text();
    let row = [
        line.into(),
        currency.into(),
        baseline.version().into(),
        (&ranks).into(),
        buyers.into(),
        i64::from(as_of.0).into(),
    ];
    tx.insert_all(&super::BASELINE, [row]).map(drop)
}
