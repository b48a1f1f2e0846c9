//! The order behind a fact, and its lines.

use ::store::Tx;
use kernel::Result;
use timeline::{AccountId, FactId};

/// When a fact of an account happened, in microseconds; nothing for one that is not there.
///
/// # Errors
/// `store.statement`.
pub fn occurred(tx: &mut Tx<'_>, account: AccountId, fact: FactId) -> Result<Option<i64>> {
    let sql = "SELECT occurred_at FROM fact WHERE account = ?1 AND id = ?2";
    tx.first(sql, &[account.into(), fact.into()], |row| row.int(0))
}

/// The order behind a fact.
#[derive(Clone, Debug)]
pub struct OrderHead {
    /// Its number among orders.
    pub id: i64,
    /// Its number as written.
    pub number: String,
    /// When it was placed.
    pub placed: kernel::Moment,
    /// The service line.
    pub line: i64,
    /// The currency.
    pub currency: String,
}

/// The order of an account that a fact tells of.
///
/// # Errors
/// `store.statement`.
pub fn of_fact(tx: &mut Tx<'_>, account: AccountId, fact: FactId) -> Result<Option<OrderHead>> {
    let sql = "SELECT id, number, placed_at, date_only, line, currency FROM orders
               WHERE account = ?1 AND (order_fact = ?2 OR refund_fact = ?2)";
    tx.first(sql, &[account.into(), fact.into()], |row| {
        Ok(OrderHead {
            id: row.int(0)?,
            number: row.string(1)?,
            placed: kernel::Moment { micros: row.int(2)?, date_only: row.bool(3)? },
            line: row.int(4)?,
            currency: row.string(5)?,
        })
    })
}

/// A line as it is stored.
#[derive(Clone, Debug)]
pub struct StoredLine {
    /// sale, cancellation, adjustment or movement.
    pub kind: String,
    /// Postage, bank charges and the like.
    pub fee: bool,
    /// The article number.
    pub sku: String,
    /// What was bought.
    pub description: String,
    /// How many, in ten-thousandths.
    pub quantity: i64,
    /// The price of one, in ten-thousandths of the major unit.
    pub unit_price: Option<i64>,
    /// What the line comes to, in ten-thousandths of the major unit.
    pub amount: i64,
    /// The import it came from.
    pub run: i64,
    /// The record in its file.
    pub row: i64,
}

/// The lines of an order.
///
/// # Errors
/// `store.statement`.
pub fn lines(tx: &mut Tx<'_>, order: i64) -> Result<Vec<StoredLine>> {
    let sql = "SELECT kind, fee, sku, description, quantity, unit_price, amount, run, row FROM order_line
               WHERE order_id = ?1 ORDER BY n";
    tx.query(sql, &[order.into()], |row| {
        Ok(StoredLine {
            kind: row.string(0)?,
            fee: row.bool(1)?,
            sku: row.string(2)?,
            description: row.string(3)?,
            quantity: row.int(4)?,
            unit_price: row.opt_int(5)?,
            amount: row.int(6)?,
            run: row.int(7)?,
            row: row.int(8)?,
        })
    })
}
