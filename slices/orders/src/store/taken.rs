//! Orders of which an import is taken back: read whole, then removed or written smaller.

use std::collections::{BTreeMap, HashMap};

use ::store::{Row, Tx, dialect};
use kernel::{Currency, Moment, Result};
use timeline::{
    AccountId, LineId,
    fact::{Channel, Offer},
};

use super::orders::update;
use crate::order::{LineKind, StoredOrder, Terms, Totals};

/// An order with its lines, as far as taking back needs it.
#[derive(Clone, Debug)]
pub struct WholeOrder {
    /// As it is stored.
    pub order: StoredOrder,
    /// What makes it the same order on its line.
    pub key: String,
    /// Its number as written.
    pub number: String,
    /// The currency of its amounts.
    pub currency: Currency,
    /// What holds for it because its source did not tell.
    pub terms: Terms,
    /// Its lines in their order.
    pub lines: Vec<HeldLine>,
}

/// A line of it.
#[derive(Clone, Copy, Debug)]
pub struct HeldLine {
    /// Its place in the order.
    pub n: i64,
    /// What kind of line it is.
    pub kind: LineKind,
    /// Postage, bank charges and the like.
    pub fee: bool,
    /// What it comes to, in ten-thousandths of the major unit.
    pub amount: i64,
    /// The import that brought it; 0 for one recorded by hand.
    pub run: i64,
    /// The record in its file.
    pub row: i64,
}

/// These orders, by their numbers; at most 256.
///
/// # Errors
/// `store.statement`.
pub fn whole(tx: &mut Tx<'_>, ids: &[i64]) -> Result<BTreeMap<i64, WholeOrder>> {
    let (marks, values) = dialect::list(&[], ids.iter().copied());
    let sql = format!(
        "SELECT id, account, placed_at, date_only, order_fact, refund_fact, run, number, currency, line, offer, channel,
           order_key
         FROM orders WHERE id IN ({marks})"
    );
    let mut found: BTreeMap<i64, WholeOrder> =
        tx.query(&sql, &values, |row| Ok((row.int(0)?, head(row)?)))?.into_iter().collect();
    let sql = format!(
        "SELECT order_id, n, kind, fee, amount, run, row FROM order_line WHERE order_id IN ({marks}) ORDER BY order_id, n"
    );
    tx.for_each(&sql, &values, |row| {
        let line = HeldLine {
            n: row.int(1)?,
            kind: LineKind::parse(row.text(2)?).unwrap_or(LineKind::Adjustment),
            fee: row.bool(3)?,
            amount: row.int(4)?,
            run: row.int(5)?,
            row: row.int(6)?,
        };
        if let Some(order) = found.get_mut(&row.int(0)?) {
            order.lines.push(line);
        }
        Ok(())
    })?;
    Ok(found)
}

fn head(row: &Row<'_>) -> Result<WholeOrder> {
    Ok(WholeOrder {
        order: StoredOrder {
            id: row.int(0)?,
            account: row.int(1)?,
            placed: Moment { micros: row.int(2)?, date_only: row.bool(3)? },
            totals: Totals::default(),
            order_fact: row.int(4)?,
            refund_fact: row.int(5)?,
            run: row.int(6)?,
            is_stored: true,
            lines: Vec::new(),
        },
        key: row.string(12)?,
        number: row.string(7)?,
        currency: Currency::parse(row.text(8)?)?,
        terms: Terms {
            line: LineId::new(row.int(9)?),
            offer: Offer::parse(row.text(10)?),
            channel: Channel::parse(row.text(11)?),
        },
        lines: Vec::new(),
    })
}

/// Removes orders with all their lines; at most 256.
///
/// # Errors
/// `store.statement`.
pub fn remove(tx: &mut Tx<'_>, ids: &[i64]) -> Result<()> {
    let (marks, values) = dialect::list(&[], ids.iter().copied());
    tx.execute(&format!("DELETE FROM order_line WHERE order_id IN ({marks})"), &values)?;
    tx.execute(&format!("DELETE FROM orders WHERE id IN ({marks})"), &values).map(drop)
}

/// Takes the lines of an import out of orders that others brought lines to as well, moves up those that follow, and
/// writes what the orders come to now; at most 256.
///
/// # Errors
/// `store.statement`.
pub fn shrink(tx: &mut Tx<'_>, run: i64, orders: &[WholeOrder]) -> Result<()> {
    let ids = orders.iter().map(|order| order.order.id);
    let (marks, values) = dialect::list(&[run.into()], ids);
    tx.execute(&format!("DELETE FROM order_line WHERE run = ?1 AND order_id IN ({marks})"), &values)?;
    for order in orders {
        let stay = order.lines.iter().filter(|line| line.run != run);
        // Ascending, so the place that a line moves to is free.
        for (line, n) in stay.zip(1i64..).filter(|(line, n)| line.n != *n) {
            let sql = "UPDATE order_line SET n = ?3 WHERE order_id = ?1 AND n = ?2";
            tx.execute(sql, &[order.order.id.into(), line.n.into(), n.into()])?;
        }
    }
    let heads: Vec<&StoredOrder> = orders.iter().map(|order| &order.order).collect();
    heads.chunks(64).try_for_each(|group| update(tx, group))
}

/// Which of these accounts have a line of an order that this import did not bring, and the first import that brought
/// one; 0 for one recorded by hand. An order that named nobody before this import does not count: it goes back to that.
///
/// # Errors
/// `store.statement`.
pub fn who_ordered(tx: &mut Tx<'_>, run: i64, accounts: &[AccountId]) -> Result<HashMap<AccountId, i64>> {
    let mut found = HashMap::new();
    for group in accounts.chunks(256) {
        let (marks, values) = dialect::list(&[run.into()], group.iter().copied());
        let sql = format!(
            "SELECT orders.account, MIN(order_line.run) FROM orders JOIN order_line ON order_line.order_id = orders.id
             WHERE order_line.run <> ?1 AND orders.account IN ({marks})
               AND NOT (order_line.run < ?1 AND EXISTS (
                 SELECT 1 FROM source_change WHERE source_change.run = ?1 AND source_change.kind = 'order'
                   AND source_change.id = orders.id AND source_change.before = '0'))
             GROUP BY orders.account"
        );
        found.extend(tx.query(&sql, &values, |row| Ok((row.id(0)?, row.int(1)?)))?);
    }
    Ok(found)
}

/// These orders are another import's from now on.
///
/// # Errors
/// `store.statement`.
pub fn inherit(tx: &mut Tx<'_>, heirs: &[(i64, i64)]) -> Result<()> {
    for (id, run) in heirs {
        tx.execute("UPDATE orders SET run = ?2 WHERE id = ?1", &[(*id).into(), (*run).into()])?;
    }
    Ok(())
}

/// Whether an order stands on a line.
///
/// # Errors
/// `store.statement`.
pub fn is_used(tx: &mut Tx<'_>, line: LineId) -> Result<bool> {
    let sql = "SELECT 1 FROM orders WHERE line = ?1 LIMIT 1";
    Ok(tx.first(sql, &[line.into()], |row| row.int(0))?.is_some())
}
