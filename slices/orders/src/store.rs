//! The tables of orders.

use std::collections::HashMap;

use kernel::Result;
use store::{Column, ColumnKind, DataClass, Row, Table, Tx, dialect};
use timeline::{AccountId, FactId, LineId};

use crate::order::{LineInput, Terms, Totals};

/// The orders.
pub const ORDERS: Table = Table {
    name: "orders",
    columns: &[
        Column { name: "id", kind: ColumnKind::Id("order") },
        Column { name: "line", kind: ColumnKind::Ref("line") },
        Column { name: "order_key", kind: ColumnKind::Text },
        Column { name: "number", kind: ColumnKind::Text },
        Column { name: "account", kind: ColumnKind::Ref("account") },
        Column { name: "placed_at", kind: ColumnKind::Int },
        Column { name: "date_only", kind: ColumnKind::Int },
        Column { name: "currency", kind: ColumnKind::Text },
        Column { name: "offer", kind: ColumnKind::Text },
        Column { name: "channel", kind: ColumnKind::Text },
        Column { name: "line_count", kind: ColumnKind::Int },
        Column { name: "sale_lines", kind: ColumnKind::Int },
        Column { name: "fee_lines", kind: ColumnKind::Int },
        Column { name: "cancelled_lines", kind: ColumnKind::Int },
        Column { name: "goods", kind: ColumnKind::Int },
        Column { name: "fees", kind: ColumnKind::Int },
        Column { name: "cancelled", kind: ColumnKind::Int },
        Column { name: "order_fact", kind: ColumnKind::Ref("fact") },
        Column { name: "refund_fact", kind: ColumnKind::Ref("fact") },
        Column { name: "run", kind: ColumnKind::Origin },
    ],
    key: &["id"],
    account: Some("account"),
    class: DataClass::Personal,
    canonical: true,
};

/// Their lines.
pub const ORDER_LINE: Table = Table {
    name: "order_line",
    columns: &[
        Column { name: "order_id", kind: ColumnKind::Ref("order") },
        Column { name: "n", kind: ColumnKind::Int },
        Column { name: "identity", kind: ColumnKind::Int },
        Column { name: "kind", kind: ColumnKind::Text },
        Column { name: "fee", kind: ColumnKind::Int },
        Column { name: "sku", kind: ColumnKind::Text },
        Column { name: "description", kind: ColumnKind::Text },
        Column { name: "quantity", kind: ColumnKind::Int },
        Column { name: "unit_price", kind: ColumnKind::Int },
        Column { name: "amount", kind: ColumnKind::Int },
        Column { name: "run", kind: ColumnKind::Origin },
        Column { name: "row", kind: ColumnKind::Origin },
    ],
    key: &["order_id", "n"],
    account: None,
    class: DataClass::Personal,
    canonical: true,
};

/// An order as it is stored.
#[derive(Clone, Debug, Default)]
pub struct StoredOrder {
    /// Its number among orders.
    pub id: i64,
    /// Whose it is; 0 for nobody we can name.
    pub account: i64,
    /// What its lines come to.
    pub totals: Totals,
    /// The fact of what was bought; 0 for none.
    pub order_fact: i64,
    /// The fact of what went back; 0 for none.
    pub refund_fact: i64,
    /// The import that made it; 0 for one recorded by hand.
    pub run: i64,
    /// It was there before.
    pub is_stored: bool,
    /// The hash of each line, and the import that brought it.
    pub lines: Vec<(i64, i64)>,
}

/// The stored orders of a line by their keys, with the hashes of their lines.
///
/// # Errors
/// `store.statement`.
pub fn find(tx: &mut Tx<'_>, line: LineId, keys: &[&str]) -> Result<HashMap<String, StoredOrder>> {
    let mut found = HashMap::new();
    for group in keys.chunks(256) {
        let width = dialect::padded(group.len());
        let marks = dialect::placeholders(2, width);
        let sql = format!(
            "SELECT order_key, id, account, line_count, sale_lines, fee_lines, cancelled_lines, goods, fees, cancelled,
               order_fact, refund_fact, run FROM orders WHERE line = ?1 AND order_key IN ({marks})"
        );
        let last = group[group.len() - 1];
        let padded = group.iter().copied().chain(std::iter::repeat(last)).take(width);
        let values: Vec<_> = std::iter::once(line.into()).chain(padded.map(Into::into)).collect();
        tx.for_each(&sql, &values, |row| {
            found.insert(row.string(0)?, stored(row)?);
            Ok(())
        })?;
    }
    read_lines(tx, &mut found)?;
    Ok(found)
}

fn stored(row: &Row<'_>) -> Result<StoredOrder> {
    Ok(StoredOrder {
        id: row.int(1)?,
        account: row.int(2)?,
        totals: Totals {
            lines: row.int(3)?,
            sale_lines: row.int(4)?,
            fee_lines: row.int(5)?,
            cancelled_lines: row.int(6)?,
            goods: row.int(7)?,
            fees: row.int(8)?,
            cancelled: row.int(9)?,
        },
        order_fact: row.int(10)?,
        refund_fact: row.int(11)?,
        run: row.int(12)?,
        is_stored: true,
        lines: Vec::new(),
    })
}

fn read_lines(tx: &mut Tx<'_>, orders: &mut HashMap<String, StoredOrder>) -> Result<()> {
    let mut by_id: HashMap<i64, &mut StoredOrder> =
        orders.values_mut().map(|order| (order.id, order)).collect();
    let ids: Vec<i64> = by_id.keys().copied().collect();
    for group in ids.chunks(256) {
        let width = dialect::padded(group.len());
        let marks = dialect::placeholders(1, width);
        let sql = format!("SELECT order_id, identity, run FROM order_line WHERE order_id IN ({marks})");
        let last = group[group.len() - 1];
        let values: Vec<_> =
            group.iter().copied().chain(std::iter::repeat(last)).take(width).map(Into::into).collect();
        tx.for_each(&sql, &values, |row| {
            if let Some(order) = by_id.get_mut(&row.int(0)?) {
                order.lines.push((row.int(1)?, row.int(2)?));
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// Writes orders, new or grown, with their new lines.
///
/// # Errors
/// `store.conflict` when another import made the same order meanwhile.
pub fn write(
    tx: &mut Tx<'_>,
    terms: &Terms,
    orders: &[(StoredOrder, &[LineInput<'_>])],
    run: i64,
) -> Result<()> {
    let offer = terms.offer.map_or("", |offer| offer.as_str());
    let channel = terms.channel.map_or("", |channel| channel.as_str());
    let fresh = orders.iter().filter(|(order, _)| !order.is_stored).map(|(order, lines)| {
        let (first, totals) = (&lines[0], &order.totals);
        [
            order.id.into(),
            terms.line.into(),
            first.order_key.into(),
            first.number.into(),
            order.account.into(),
            first.at.micros.into(),
            first.at.date_only.into(),
            first.currency.code().into(),
            offer.into(),
            channel.into(),
            totals.lines.into(),
            totals.sale_lines.into(),
            totals.fee_lines.into(),
            totals.cancelled_lines.into(),
            totals.goods.into(),
            totals.fees.into(),
            totals.cancelled.into(),
            order.order_fact.into(),
            order.refund_fact.into(),
            run.into(),
        ]
    });
    tx.insert_all(&ORDERS, fresh)?;
    for (order, _) in orders.iter().filter(|(order, _)| order.is_stored) {
        update(tx, order)?;
    }
    write_lines(tx, orders, run)
}

fn update(tx: &mut Tx<'_>, order: &StoredOrder) -> Result<()> {
    let sql = "UPDATE orders SET account = ?2, line_count = ?3, sale_lines = ?4, fee_lines = ?5, cancelled_lines = ?6,
               goods = ?7, fees = ?8, cancelled = ?9, order_fact = ?10, refund_fact = ?11 WHERE id = ?1";
    let totals = &order.totals;
    let values = [
        order.id.into(),
        order.account.into(),
        totals.lines.into(),
        totals.sale_lines.into(),
        totals.fee_lines.into(),
        totals.cancelled_lines.into(),
        totals.goods.into(),
        totals.fees.into(),
        totals.cancelled.into(),
        order.order_fact.into(),
        order.refund_fact.into(),
    ];
    tx.execute(sql, &values).map(drop)
}

fn write_lines(tx: &mut Tx<'_>, orders: &[(StoredOrder, &[LineInput<'_>])], run: i64) -> Result<()> {
    let rows = orders.iter().flat_map(|(order, lines)| {
        let before = order.totals.lines - i64::try_from(lines.len()).unwrap_or(0);
        (before + 1..).zip(*lines).map(|(n, line)| {
            [
                order.id.into(),
                n.into(),
                line.identity.into(),
                line.kind.as_str().into(),
                line.fee.into(),
                line.sku.into(),
                line.description.into(),
                line.quantity.into(),
                line.unit_price.into(),
                line.amount.into(),
                run.into(),
                line.row.into(),
            ]
        })
    });
    tx.insert_all(&ORDER_LINE, rows).map(drop)
}

/// An order for the figures.
#[derive(Clone, Debug)]
pub struct CountedOrder {
    /// Whose it is; 0 for nobody we can name.
    pub account: i64,
    /// When it was placed, in microseconds, and whether only the day is known.
    pub placed: kernel::Moment,
    /// The currency.
    pub currency: String,
    /// What its lines come to.
    pub totals: Totals,
}

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
    let Some(last) = accounts.last() else { return Ok(HashMap::new()) };
    let width = dialect::padded(accounts.len());
    let marks = dialect::placeholders(2, width);
    let sql = format!(
        "SELECT account.id, account.name, account.country FROM account WHERE {} AND account.id IN ({marks})",
        accounts::VISIBLE
    );
    let padded = accounts.iter().chain(std::iter::repeat(last)).take(width);
    let values: Vec<_> = std::iter::once(viewer.into()).chain(padded.map(|id| (*id).into())).collect();
    let rows = tx.query(&sql, &values, |row| Ok((row.int(0)?, (row.string(1)?, row.string(2)?))))?;
    Ok(rows.into_iter().collect())
}

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
