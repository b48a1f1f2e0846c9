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
           account.country
         {} ORDER BY orders.account, orders.placed_at",
        seen()
    );
    tx.for_each(&sql, &[viewer.into(), line.into()], |row| {
        each(CountedOrder {
            account: row.int(2)?,
            placed: kernel::Moment { micros: row.int(10)?, date_only: row.bool(1)? },
            currency: row.string(0)?,
            country: row.opt_text(11)?.unwrap_or_default().to_owned(),
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
        "SELECT COUNT(DISTINCT orders.number), COUNT(DISTINCT CASE WHEN orders.sale_lines = 0
           AND 0 < orders.cancelled_lines THEN orders.number END) {}",
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

/// An article as it is added up: its number, its description, its currency, units, what they brought, lines.
pub type Article = (String, String, String, i64, i64, i64);

/// The articles of the orders of a line (0: of all lines) that the viewer may see, those that brought most first.
///
/// # Errors
/// `store.statement`.
pub fn articles(tx: &mut Tx<'_>, viewer: i64, line: i64, limit: i64) -> Result<Vec<Article>> {
    let sql = format!(
        "SELECT article, MAX(description), currency, CAST(SUM(quantity) AS BIGINT), CAST(SUM(amount) AS BIGINT),
           COUNT(*) FROM (
           SELECT CASE WHEN order_line.sku = '' THEN order_line.description ELSE order_line.sku END AS article,
             order_line.description AS description, orders.currency AS currency, order_line.quantity AS quantity,
             order_line.amount AS amount
           FROM orders JOIN order_line ON order_line.order_id = orders.id
           LEFT JOIN account ON account.id = orders.account
           WHERE (CAST(?2 AS BIGINT) = 0 OR orders.line = ?2) AND (orders.account = 0 OR {})
             AND order_line.kind = 'sale') AS sold
         GROUP BY article, currency ORDER BY 5 DESC, article, currency LIMIT ?3",
        accounts::VISIBLE
    );
    tx.query(&sql, &[viewer.into(), line.into(), limit.into()], |row| {
        Ok((row.string(0)?, row.string(1)?, row.string(2)?, row.int(3)?, row.int(4)?, row.int(5)?))
    })
}
