//! Orders and invoices whose number begins so.

use ::store::{Tx, Value};
use kernel::{Context, Result};
use timeline::{AccountId, FactId};

/// Service lines that are looked through.
const LINES: usize = 16;

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
    let end = format!("{begin}\u{10FFFF}");
    let visible = accounts::VISIBLE;
    let orders = format!(
        "SELECT orders.number, account.id, account.name, orders.order_fact FROM orders
         JOIN account ON account.id = orders.account
         WHERE {visible} AND orders.line = ?5 AND orders.order_key >= ?2 AND orders.order_key < ?3
         ORDER BY orders.order_key LIMIT ?4"
    );
    let invoices = format!(
        "SELECT invoice.number, account.id, account.name, invoice.fact FROM invoice
         JOIN account ON account.id = invoice.account
         WHERE {visible} AND invoice.line = ?5 AND invoice.number >= ?2 AND invoice.number < ?3
         ORDER BY invoice.number LIMIT ?4"
    );
    let lines = timeline::store::lines(tx)?;
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut all = Vec::new();
    for (sql, is_invoice) in [(orders, false), (invoices, true)] {
        // Line by line, in the order of the index of each: a beginning that many share costs no more than is shown.
        let mut found: Vec<Numbered> = Vec::new();
        for line in lines.iter().take(LINES) {
            let values: [Value<'_>; 5] =
                [cx.actor.number().into(), begin.into(), (&end).into(), limit.into(), line.id.into()];
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
        found.sort_by(|a, b| (&a.number, a.account, a.fact).cmp(&(&b.number, b.account, b.fact)));
        found.truncate(most);
        all.append(&mut found);
    }
    Ok(all)
}
