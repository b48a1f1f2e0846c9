//! Orders and invoices whose number begins so.

use ::store::{Tx, Value, dialect};
use kernel::{Context, Result};
use timeline::{AccountId, FactId};

/// An order or an invoice that was found.
#[derive(Clone, Debug)]
pub struct Numbered {
    /// Its number.
    pub number: String,
    /// Whose it is.
    pub account: AccountId,
    /// Their name.
    pub name: String,
    /// What the timeline has of it; 0 where it counts for nothing.
    pub fact: FactId,
    /// It is an invoice.
    pub is_invoice: bool,
}

/// Orders and then invoices of accounts that the viewer may see, by number: at most so many of each.
///
/// # Errors
/// `store.statement`.
pub fn numbered(cx: &Context, tx: &mut Tx<'_>, begin: &str, limit: i64) -> Result<Vec<Numbered>> {
    let lines = timeline::store::lines(tx)?;
    let end = format!("{begin}\u{10FFFF}");
    let fixed: [Value<'_>; 4] = [cx.actor.number().into(), begin.into(), (&end).into(), limit.into()];
    let (marks, values) = dialect::list(&fixed, lines.iter().map(|line| line.id));
    let visible = accounts::VISIBLE;
    let orders = format!(
        "SELECT orders.number, account.id, account.name, orders.order_fact FROM orders
         JOIN account ON account.id = orders.account
         WHERE {visible} AND orders.line IN ({marks}) AND orders.order_key >= ?2 AND orders.order_key < ?3
         ORDER BY orders.order_key, orders.id LIMIT ?4"
    );
    let invoices = format!(
        "SELECT invoice.number, account.id, account.name, invoice.fact FROM invoice
         JOIN account ON account.id = invoice.account
         WHERE {visible} AND invoice.line IN ({marks}) AND invoice.number >= ?2 AND invoice.number < ?3
         ORDER BY invoice.number, invoice.id LIMIT ?4"
    );
    let mut found = Vec::new();
    for (sql, is_invoice) in [(orders, false), (invoices, true)] {
        found.extend(tx.query(&sql, &values, |row| {
            Ok(Numbered {
                number: row.string(0)?,
                account: row.id(1)?,
                name: row.string(2)?,
                fact: row.id(3)?,
                is_invoice,
            })
        })?);
    }
    Ok(found)
}
