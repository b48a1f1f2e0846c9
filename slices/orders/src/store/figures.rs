//! What the figures are added up from.

use std::collections::HashMap;

use ::store::{Tx, dialect};
use kernel::Result;

use crate::order::{CountedOrder, Totals};

/// The orders of a line (`?2`, 0: of all lines) that the viewer (`?1`) may see: those of nobody and of visible accounts.
fn seen() -> String {
    format!(
        "FROM orders LEFT JOIN account ON account.id = orders.account
         WHERE (CAST(?2 AS BIGINT) = 0 OR orders.line = ?2) AND (orders.account = 0 OR {})",
        accounts::VISIBLE
    )
}

/// Hands over every order of a line (0: of all lines) that the viewer may see, by account and time.
///
/// # Errors
/// `store.statement`, or what `each` answers.
pub fn for_each(
    tx: &mut Tx<'_>,
    viewer: i64,
    line: i64,
    mut each: impl FnMut(CountedOrder) -> Result<()>,
) -> Result<()> {
    let sql = format!(
        "SELECT orders.currency, orders.date_only, orders.account, orders.line_count, orders.sale_lines,
           orders.fee_lines, orders.cancelled_lines, orders.goods, orders.fees, orders.cancelled, orders.placed_at,
           account.country, orders.seller, orders.freight
         {} ORDER BY orders.account, orders.placed_at",
        seen()
    );
    tx.for_each(&sql, &[viewer.into(), line.into()], |row| {
        each(CountedOrder {
            account: row.int(2)?,
            placed: kernel::Moment { micros: row.int(10)?, date_only: row.bool(1)? },
            currency: row.string(0)?,
            country: row.opt_text(11)?.unwrap_or_default().to_owned(),
            seller: row.string(12)?,
            freight: row.int(13)?,
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

/// How many different order numbers there are on a line (0: on all) for the viewer, and how many of them only went
/// back.
///
/// # Errors
/// `store.statement`.
pub fn count_numbers(tx: &mut Tx<'_>, viewer: i64, line: i64) -> Result<(i64, i64)> {
    let sql = format!(
        "SELECT COUNT(DISTINCT NULLIF(orders.number, '')), COUNT(DISTINCT CASE WHEN orders.sale_lines = 0
           AND 0 < orders.cancelled_lines THEN NULLIF(orders.number, '') END) {}",
        seen()
    );
    Ok(tx
        .first(&sql, &[viewer.into(), line.into()], |row| Ok((row.int(0)?, row.int(1)?)))?
        .unwrap_or_default())
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

/// The ids by which files and tools know accounts that the viewer may see, by their numbers.
///
/// # Errors
/// `store.statement`.
pub fn keys(tx: &mut Tx<'_>, viewer: i64, accounts: &[i64]) -> Result<HashMap<i64, Vec<String>>> {
    let (marks, values) = dialect::list(&[viewer.into()], accounts.iter().copied());
    let sql = format!(
        "SELECT account.id, account_key.key FROM account JOIN account_key ON account_key.account = account.id
         WHERE {} AND account.id IN ({marks}) ORDER BY account.id, account_key.space, account_key.key",
        accounts::VISIBLE
    );
    let mut found: HashMap<i64, Vec<String>> = HashMap::new();
    tx.for_each(&sql, &values, |row| {
        found.entry(row.int(0)?).or_default().push(row.string(1)?);
        Ok(())
    })?;
    Ok(found)
}

/// How many accounts the viewer may see.
///
/// # Errors
/// `store.statement`.
pub fn count_accounts(tx: &mut Tx<'_>, viewer: i64) -> Result<i64> {
    let sql = format!("SELECT COUNT(*) FROM account WHERE {}", accounts::VISIBLE);
    Ok(tx.first(&sql, &[viewer.into()], |row| row.int(0))?.unwrap_or(0))
}

/// Accounts that the viewer may see and that have no sale on a line (0: on any): how many, and the first twenty by name.
///
/// # Errors
/// `store.statement`.
pub fn never_bought(tx: &mut Tx<'_>, viewer: i64, line: i64) -> Result<(i64, Vec<(i64, String)>)> {
    let none = format!(
        "FROM account WHERE {} AND NOT EXISTS (SELECT 1 FROM orders WHERE orders.account = account.id
           AND 0 < orders.sale_lines AND (CAST(?2 AS BIGINT) = 0 OR orders.line = ?2))",
        accounts::VISIBLE
    );
    let values = [viewer.into(), line.into()];
    let count = tx.first(&format!("SELECT COUNT(*) {none}"), &values, |row| row.int(0))?.unwrap_or(0);
    let sql =
        format!("SELECT account.id, account.name {none} ORDER BY account.name_key, account.id LIMIT 20");
    Ok((count, tx.query(&sql, &values, |row| Ok((row.int(0)?, row.string(1)?)))?))
}
