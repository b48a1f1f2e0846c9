//! What was sold and what came back, added up by the database: by article, and by category of the catalogue.

use ::store::{Row, Tx};
use kernel::Result;

/// What lines of a group come to; units and money in ten-thousandths.
#[derive(Clone, Debug)]
pub struct Sold {
    /// The article or the category.
    pub name: String,
    /// The description of an article; empty for a category.
    pub description: String,
    /// The currency.
    pub currency: String,
    /// How many were sold.
    pub units: i64,
    /// What they brought.
    pub gross: i64,
    /// Lines that sell.
    pub lines: i64,
    /// How many went back.
    pub returned_units: i64,
    /// What that came to, above zero.
    pub returned: i64,
}

/// The sums of lines that sell and of lines that went back.
const SUMS: &str = "CAST(SUM(CASE WHEN order_line.kind = 'sale' THEN order_line.quantity ELSE 0 END) AS BIGINT) AS units,
     CAST(SUM(CASE WHEN order_line.kind = 'sale' THEN order_line.amount ELSE 0 END) AS BIGINT) AS gross,
     SUM(CASE WHEN order_line.kind = 'sale' THEN 1 ELSE 0 END) AS sales,
     CAST(SUM(CASE WHEN order_line.kind = 'sale' THEN 0 ELSE ABS(order_line.quantity) END) AS BIGINT) AS returned_units,
     CAST(SUM(CASE WHEN order_line.kind = 'sale' THEN 0 ELSE -order_line.amount END) AS BIGINT) AS returned";

/// The lines that sell or went back, of orders of a line (`?2`, 0: of all lines) that the viewer (`?1`) may see.
fn lines() -> String {
    format!(
        "FROM orders JOIN order_line ON order_line.order_id = orders.id
         LEFT JOIN account ON account.id = orders.account
         WHERE (CAST(?2 AS BIGINT) = 0 OR orders.line = ?2) AND (orders.account = 0 OR {})
           AND order_line.kind IN ('sale', 'cancellation')",
        accounts::VISIBLE
    )
}

/// The articles, those that brought most first, or those of which most went back.
///
/// # Errors
/// `store.statement`.
pub fn articles(tx: &mut Tx<'_>, viewer: i64, line: i64, limit: i64, by_returned: bool) -> Result<Vec<Sold>> {
    let (has, order) =
        if by_returned { ("0 < returned_units", "returned_units") } else { ("0 < sales", "gross") };
    let sql = format!(
        "SELECT article, description, currency, units, gross, sales, returned_units, returned FROM (
           SELECT CASE WHEN order_line.sku = '' THEN order_line.description ELSE order_line.sku END AS article,
             MAX(order_line.description) AS description, orders.currency AS currency, {SUMS}
           {} GROUP BY 1, orders.currency) AS sold
         WHERE {has} ORDER BY {order} DESC, article, currency LIMIT ?3",
        lines()
    );
    tx.query(&sql, &[viewer.into(), line.into(), limit.into()], sold)
}

/// The categories of the catalogue, those that brought most first; at most a thousand. What the catalogue does not know
/// has the empty one.
///
/// # Errors
/// `store.statement`.
pub fn categories(tx: &mut Tx<'_>, viewer: i64, line: i64) -> Result<Vec<Sold>> {
    let sql = format!(
        "SELECT COALESCE(product.category, '') AS category, '', sold.currency, CAST(SUM(units) AS BIGINT),
           CAST(SUM(gross) AS BIGINT), CAST(SUM(sales) AS BIGINT), CAST(SUM(returned_units) AS BIGINT),
           CAST(SUM(returned) AS BIGINT) FROM (
           SELECT orders.line AS line, order_line.sku AS sku, orders.currency AS currency, {SUMS}
           {} GROUP BY orders.line, order_line.sku, orders.currency) AS sold
         LEFT JOIN product ON product.line = sold.line AND product.product_key = sold.sku
         GROUP BY 1, sold.currency ORDER BY 5 DESC, 1, sold.currency LIMIT 1000",
        lines()
    );
    tx.query(&sql, &[viewer.into(), line.into()], sold)
}

fn sold(row: &Row<'_>) -> Result<Sold> {
    Ok(Sold {
        name: row.string(0)?,
        description: row.string(1)?,
        currency: row.string(2)?,
        units: row.int(3)?,
        gross: row.int(4)?,
        lines: row.int(5)?,
        returned_units: row.int(6)?,
        returned: row.int(7)?,
    })
}
