//! What the figures are added up from.

use std::collections::HashMap;

use ::store::{Tx, dialect};
use kernel::Result;

use crate::order::{CountedOrder, Totals};

/// Hands over every order of a line (0: of all lines), by account and time.
///
/// # Errors
/// `store.statement`, or what `each` answers.
pub fn for_each(tx: &mut Tx<'_>, line: i64, mut each: impl FnMut(CountedOrder) -> Result<()>) -> Result<()> {
    let sql = "SELECT currency, date_only, account, line_count, sale_lines, fee_lines, cancelled_lines, goods, fees,
                 cancelled, placed_at FROM orders WHERE (CAST(?1 AS BIGINT) = 0 OR line = ?1) ORDER BY account, placed_at";
    tx.for_each(sql, &[line.into()], |row| {
        each(CountedOrder {
            account: row.int(2)?,
            placed: kernel::Moment { micros: row.int(10)?, date_only: row.bool(1)? },
            currency: row.string(0)?,
            totals: Totals {
                lines: row.int(3)?,
                sale_lines: row.int(4)?,
                fee_lines: row.int(5)?,
                cancelled_lines: row.int(6)?,
                goods: row.int(7)?,
                fees: row.int(8)?,
                cancelled: row.int(9)?,
            },
        })
    })
}

/// How many different order numbers there are on a line (0: on all), and how many of them only went back.
///
/// # Errors
/// `store.statement`.
pub fn count_numbers(tx: &mut Tx<'_>, line: i64) -> Result<(i64, i64)> {
    let sql = "SELECT COUNT(DISTINCT number), COUNT(DISTINCT CASE WHEN sale_lines = 0 AND 0 < cancelled_lines
               THEN number END) FROM orders WHERE (CAST(?1 AS BIGINT) = 0 OR line = ?1)";
    Ok(tx.first(sql, &[line.into()], |row| Ok((row.int(0)?, row.int(1)?)))?.unwrap_or_default())
}

/// The names of accounts that the viewer may see, by their numbers.
///
/// # Errors
/// `store.statement`.
pub fn names(tx: &mut Tx<'_>, viewer: i64, accounts: &[i64]) -> Result<HashMap<i64, (String, String)>> {
    let (marks, values) = dialect::list(&[viewer.into()], accounts.iter().copied());
    let sql = format!(
        "SELECT account.id, account.name, account.country FROM account WHERE {} AND account.id IN ({marks})",
        accounts::VISIBLE
    );
    let rows = tx.query(&sql, &values, |row| Ok((row.int(0)?, (row.string(1)?, row.string(2)?))))?;
    Ok(rows.into_iter().collect())
}
