//! Orders: found by their keys, written new or grown.

use std::collections::HashMap;

use ::store::{Row, Tx, Value, dialect};
use kernel::{Currency, Moment, Result};
use timeline::LineId;

use super::{ORDER_LINE, ORDERS};
use crate::order::{LineInput, StoredOrder, Terms, Totals};

/// Orders by what makes each the same one: its key and its currency.
pub type ByKey = HashMap<(String, Currency), Vec<StoredOrder>>;

/// The stored orders of a line by their keys, with the hashes of their lines.
///
/// # Errors
/// `store.statement`.
pub fn find(tx: &mut Tx<'_>, line: LineId, keys: &[&str]) -> Result<ByKey> {
    let mut found = ByKey::new();
    for group in keys.chunks(256) {
        let (marks, values) = dialect::list(&[line.into()], group.iter().copied());
        let sql = format!(
            "SELECT order_key, currency, id, account, placed_at, date_only, line_count, sale_lines, fee_lines,
               cancelled_lines, goods, fees, cancelled, order_fact, refund_fact, run
             FROM orders WHERE line = ?1 AND order_key IN ({marks}) ORDER BY id"
        );
        tx.for_each(&sql, &values, |row| {
            let key = (row.string(0)?, Currency::parse(row.text(1)?)?);
            found.entry(key).or_default().push(stored(row)?);
            Ok(())
        })?;
    }
    read_lines(tx, &mut found)?;
    Ok(found)
}

fn stored(row: &Row<'_>) -> Result<StoredOrder> {
    Ok(StoredOrder {
        id: row.int(2)?,
        account: row.int(3)?,
        placed: Moment { micros: row.int(4)?, date_only: row.bool(5)? },
        totals: Totals {
            lines: row.int(6)?,
            sale_lines: row.int(7)?,
            fee_lines: row.int(8)?,
            cancelled_lines: row.int(9)?,
            goods: row.int(10)?,
            fees: row.int(11)?,
            cancelled: row.int(12)?,
        },
        order_fact: row.int(13)?,
        refund_fact: row.int(14)?,
        run: row.int(15)?,
        is_stored: true,
        lines: Vec::new(),
    })
}

fn read_lines(tx: &mut Tx<'_>, orders: &mut ByKey) -> Result<()> {
    let mut by_id: HashMap<i64, &mut StoredOrder> =
        orders.values_mut().flatten().map(|order| (order.id, order)).collect();
    let ids: Vec<i64> = by_id.keys().copied().collect();
    for group in ids.chunks(256) {
        let (marks, values) = dialect::list(&[], group.iter().copied());
        let sql = format!("SELECT order_id, identity, run FROM order_line WHERE order_id IN ({marks})");
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
            order.placed.micros.into(),
            order.placed.date_only.into(),
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
            first.seller.into(),
            first.freight.into(),
        ]
    });
    tx.insert_all(&ORDERS, fresh)?;
    let grown: Vec<_> = orders.iter().map(|(order, _)| order).filter(|order| order.is_stored).collect();
    for group in grown.chunks(64) {
        update(tx, group)?;
    }
    write_lines(tx, orders, run)
}

pub(super) fn update(tx: &mut Tx<'_>, orders: &[&StoredOrder]) -> Result<()> {
    const COLUMNS: &[&str] = &[
        "account",
        "line_count",
        "sale_lines",
        "fee_lines",
        "cancelled_lines",
        "goods",
        "fees",
        "cancelled",
        "order_fact",
        "refund_fact",
    ];
    let last = orders[orders.len() - 1];
    let padded = orders.iter().chain(std::iter::repeat(&last)).take(dialect::padded(orders.len()));
    let cells = padded.flat_map(|order| {
        let totals = &order.totals;
        [
            order.id,
            order.account,
            totals.lines,
            totals.sale_lines,
            totals.fee_lines,
            totals.cancelled_lines,
            totals.goods,
            totals.fees,
            totals.cancelled,
            order.order_fact,
            order.refund_fact,
        ]
    });
    let values: Vec<Value<'_>> = cells.map(Into::into).collect();
    let width = COLUMNS.len() + 1;
    let row = |first: usize| {
        let cells: Vec<_> = (first..first + width).map(|n| format!("CAST(?{n} AS BIGINT)")).collect();
        format!("({})", cells.join(", "))
    };
    let rows: Vec<_> = (1..=values.len()).step_by(width).map(row).collect();
    let set: Vec<_> = COLUMNS.iter().zip(2..).map(|(name, n)| format!("{name} = grown.column{n}")).collect();
    let sql = format!(
        "UPDATE orders SET {} FROM (VALUES {}) AS grown WHERE orders.id = grown.column1",
        set.join(", "),
        rows.join(", ")
    );
    tx.execute(&sql, &values).map(drop)
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
