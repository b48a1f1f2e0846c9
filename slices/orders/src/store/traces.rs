//! What became of one row of a file: the lines that it is, or that were there before it.

use ::store::{Tx, Value, dialect};
use accounts::VISIBLE;
use kernel::{Context, Result};
use timeline::{AccountId, FactId, LineId, SourceRow};

/// A stored line that a row of a file is, or equals.
#[derive(Clone, Debug)]
pub struct Trace {
    /// Whose order it stands in; none for an order that names nobody.
    pub account: Option<AccountId>,
    /// The fact that the order told of it; none where it told nothing.
    pub fact: Option<FactId>,
    /// The number of the order as written.
    pub number: String,
    /// Its place in the order.
    pub n: i64,
    /// sale, cancellation, adjustment or movement.
    pub kind: String,
    /// Postage, bank charges and the like.
    pub fee: bool,
    /// The row it came from; of import 0 where it was recorded by hand.
    pub source: SourceRow,
}

/// Of the orders under that key: the line that this row became, first, then lines with the same identity, at most 20.
///
/// # Errors
/// `store.statement`.
pub fn traces(
    tx: &mut Tx<'_>,
    line: LineId,
    order_key: &str,
    row: SourceRow,
    identity: i64,
) -> Result<Vec<Trace>> {
    let sql = "SELECT orders.account, orders.order_fact, orders.refund_fact, orders.number, order_line.n,
                 order_line.kind, order_line.fee, order_line.run, order_line.row
               FROM orders JOIN order_line ON order_line.order_id = orders.id
               WHERE orders.line = ?1 AND orders.order_key = ?2
                 AND (order_line.identity = ?5 OR (order_line.run = ?3 AND order_line.row = ?4))
               ORDER BY CASE WHEN order_line.run = ?3 AND order_line.row = ?4 THEN 0 ELSE 1 END,
                 order_line.run, order_line.row LIMIT 20";
    let values = [line.into(), order_key.into(), row.run.into(), row.row.into(), identity.into()];
    tx.query(sql, &values, |found| {
        let (account, kind) = (found.int(0)?, found.string(5)?);
        let fact = found.int(if kind == "cancellation" { 2 } else { 1 })?;
        Ok(Trace {
            account: (account != 0).then(|| AccountId::new(account)),
            fact: (account != 0 && fact != 0).then(|| FactId::new(fact)),
            number: found.string(3)?,
            n: found.int(4)?,
            kind,
            fee: found.bool(6)?,
            source: SourceRow { run: found.int(7)?, row: found.int(8)? },
        })
    })
}

/// Of these keys, those under which an order stands that this viewer may not see.
///
/// # Errors
/// `store.statement`.
pub fn hidden(cx: &Context, tx: &mut Tx<'_>, line: LineId, keys: &[&str]) -> Result<Vec<String>> {
    let mut hidden = Vec::new();
    for group in keys.chunks(256) {
        let fixed: [Value<'_>; 2] = [cx.actor.number().into(), line.into()];
        let (marks, values) = dialect::list(&fixed, group.iter().copied());
        let sql = format!(
            "SELECT orders.order_key FROM orders JOIN account ON account.id = orders.account
             WHERE orders.line = ?2 AND orders.order_key IN ({marks}) AND NOT {VISIBLE}"
        );
        hidden.extend(tx.query(&sql, &values, |row| row.string(0))?);
    }
    Ok(hidden)
}
