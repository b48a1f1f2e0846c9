//! Invoices and payments: found by their keys, written new or anew, read as far as the viewer may see them.

use std::collections::{HashMap, HashSet};

use ::store::{Row, Table, Tx, Value, dialect};
use accounts::VISIBLE;
use kernel::{Context, Result};
use timeline::{
    AccountId, LineId,
    said::{Sheet, blank},
};

use super::{INVOICE, PAYMENT};
use crate::bill::{BillKind, Cell, StoredBill, number};

/// What is read of a bill, and from where.
fn columns(kind: BillKind) -> String {
    let table = kind.as_str();
    let fields: Vec<_> = kind.fields().iter().map(|(field, _)| format!("{table}.{field}")).collect();
    format!(
        "{table}.id, {table}.line, {table}.key, {table}.fact, {table}.refund_fact, {table}.run, {table}.row, {}",
        fields.join(", ")
    )
}

fn stored(kind: BillKind, row: &Row<'_>) -> Result<StoredBill> {
    let mut sheet = Sheet::new();
    for ((field, cell), column) in kind.fields().iter().zip(7..) {
        let text = match cell {
            Cell::Text => Some(row.string(column)?).filter(|text| !text.is_empty()),
            Cell::Number => row.opt_int(column)?.map(|number| number.to_string()),
            Cell::Account => Some(row.int(column)?).filter(|id| *id != 0).map(|id| id.to_string()),
        };
        sheet.extend(text.map(|text| ((*field).to_owned(), text)));
    }
    Ok(StoredBill {
        id: row.int(0)?,
        line: row.id(1)?,
        key: row.string(2)?,
        facts: [row.int(3)?, row.int(4)?],
        run: row.int(5)?,
        row: row.int(6)?,
        sheet,
    })
}

fn value<'s>(sheet: &'s Sheet, field: &str, cell: Cell) -> Value<'s> {
    match cell {
        Cell::Text => blank(sheet, field).into(),
        Cell::Number => number(sheet, field).into(),
        Cell::Account => number(sheet, field).unwrap_or(0).into(),
    }
}

/// These bills of one kind, and whether the viewer may see each.
///
/// # Errors
/// `store.statement`.
pub fn bills(
    cx: &Context,
    tx: &mut Tx<'_>,
    kind: BillKind,
    ids: &[i64],
) -> Result<HashMap<i64, (StoredBill, bool)>> {
    let table = kind.as_str();
    let mut found = HashMap::new();
    for group in ids.chunks(256) {
        let (marks, values) = dialect::list(&[cx.actor.number().into()], group.iter().copied());
        let sql = format!(
            "SELECT {}, CASE WHEN {table}.account = 0 OR {VISIBLE} THEN 1 ELSE 0 END
             FROM {table} LEFT JOIN account ON account.id = {table}.account WHERE {table}.id IN ({marks})",
            columns(kind)
        );
        found.extend(tx.query(&sql, &values, |row| seen(kind, row))?);
    }
    Ok(found)
}

fn seen(kind: BillKind, row: &Row<'_>) -> Result<(i64, (StoredBill, bool))> {
    let bill = stored(kind, row)?;
    Ok((bill.id, (bill, row.bool(7 + kind.fields().len())?)))
}

/// The bills of a line where this column holds one of these texts, and whether the viewer may see each.
///
/// # Errors
/// `store.statement`.
pub fn of_line(
    cx: &Context,
    tx: &mut Tx<'_>,
    kind: BillKind,
    line: LineId,
    column: &str,
    texts: &[&str],
) -> Result<Vec<(StoredBill, bool)>> {
    let table = kind.as_str();
    let mut found = Vec::new();
    for group in texts.chunks(256) {
        let (marks, values) = dialect::list(&[cx.actor.number().into(), line.into()], group.iter().copied());
        let sql = format!(
            "SELECT {}, CASE WHEN {table}.account = 0 OR {VISIBLE} THEN 1 ELSE 0 END
             FROM {table} LEFT JOIN account ON account.id = {table}.account
             WHERE {table}.line = ?2 AND {table}.{column} IN ({marks}) AND {table}.{column} <> '' ORDER BY {table}.id",
            columns(kind)
        );
        found.extend(tx.query(&sql, &values, |row| Ok(seen(kind, row)?.1))?);
    }
    Ok(found)
}

/// The bills of an account that the viewer may see, newest first, those before `before` (moment, number).
///
/// # Errors
/// `store.statement`.
pub fn of_account(
    cx: &Context,
    tx: &mut Tx<'_>,
    kind: BillKind,
    account: AccountId,
    before: (i64, i64),
    limit: i64,
) -> Result<Vec<StoredBill>> {
    let table = kind.as_str();
    let sql = format!(
        "SELECT {} FROM {table} JOIN account ON account.id = {table}.account
         WHERE {VISIBLE} AND {table}.account = ?2 AND ({table}.at < ?3 OR ({table}.at = ?3 AND {table}.id < ?4))
         ORDER BY {table}.at DESC, {table}.id DESC LIMIT ?5",
        columns(kind)
    );
    let values = [cx.actor.number().into(), account.into(), before.0.into(), before.1.into(), limit.into()];
    tx.query(&sql, &values, |row| stored(kind, row))
}

/// Hands over every bill of a line (0: of all lines) that the viewer may see, by account and time.
///
/// # Errors
/// `store.statement`, or what `each` answers.
pub fn each_bill(
    cx: &Context,
    tx: &mut Tx<'_>,
    kind: BillKind,
    line: i64,
    mut each: impl FnMut(StoredBill) -> Result<()>,
) -> Result<()> {
    let table = kind.as_str();
    let sql = format!(
        "SELECT {} FROM {table} LEFT JOIN account ON account.id = {table}.account
         WHERE (CAST(?2 AS BIGINT) = 0 OR {table}.line = ?2) AND ({table}.account = 0 OR {VISIBLE})
         ORDER BY {table}.account, {table}.at, {table}.id",
        columns(kind)
    );
    tx.for_each(&sql, &[cx.actor.number().into(), line.into()], |row| each(stored(kind, row)?))
}

fn table(kind: BillKind) -> &'static Table {
    match kind {
        BillKind::Invoice => &INVOICE,
        BillKind::Payment => &PAYMENT,
    }
}

/// Writes new bills.
///
/// # Errors
/// `store.conflict` when another import made one of them meanwhile.
pub fn insert(tx: &mut Tx<'_>, kind: BillKind, bills: &[StoredBill]) -> Result<()> {
    let rows = bills.iter().map(|bill| {
        let fields = kind.fields().iter().map(|(field, cell)| value(&bill.sheet, field, *cell));
        let head = [bill.id.into(), bill.line.into(), (&bill.key).into()];
        let tail = [bill.facts[0].into(), bill.facts[1].into(), bill.run.into(), bill.row.into()];
        head.into_iter().chain(fields).chain(tail).collect::<Vec<Value<'_>>>()
    });
    tx.insert_all(table(kind), rows).map(drop)
}

/// Writes the fields, the facts and the maker of bills anew.
///
/// # Errors
/// `store.statement`.
pub fn rewrite(tx: &mut Tx<'_>, kind: BillKind, bills: &[StoredBill]) -> Result<()> {
    let (name, fields) = (kind.as_str(), kind.fields());
    for group in bills.chunks(64) {
        let last = &group[group.len() - 1];
        let padded = group.iter().chain(std::iter::repeat(last)).take(dialect::padded(group.len()));
        let cells = padded.flat_map(|bill| {
            let head = [bill.id, bill.facts[0], bill.facts[1], bill.run].map(Value::from);
            head.into_iter().chain(fields.iter().map(|(field, cell)| value(&bill.sheet, field, *cell)))
        });
        let values: Vec<Value<'_>> = cells.collect();
        let width = fields.len() + 4;
        let kind_of = |n: usize| match n.checked_sub(4).map(|n| fields[n].1) {
            Some(Cell::Text) => "TEXT",
            _ => "BIGINT",
        };
        let row = |first: usize| {
            let cells: Vec<_> =
                (0..width).map(|n| format!("CAST(?{} AS {})", first + n, kind_of(n))).collect();
            format!("({})", cells.join(", "))
        };
        let rows: Vec<_> = (1..=values.len()).step_by(width).map(row).collect();
        let set: String =
            fields.iter().zip(5..).map(|((field, _), n)| format!(", {field} = anew.column{n}")).collect();
        let sql = format!(
            "UPDATE {name} SET fact = anew.column2, refund_fact = anew.column3, run = anew.column4{set}
             FROM (VALUES {}) AS anew WHERE {name}.id = anew.column1",
            rows.join(", ")
        );
        tx.execute(&sql, &values)?;
    }
    Ok(())
}

/// Removes bills.
///
/// # Errors
/// `store.statement`.
pub fn remove(tx: &mut Tx<'_>, kind: BillKind, ids: &[i64]) -> Result<()> {
    for group in ids.chunks(256) {
        let (marks, values) = dialect::list(&[], group.iter().copied());
        tx.execute(&format!("DELETE FROM {} WHERE id IN ({marks})", kind.as_str()), &values)?;
    }
    Ok(())
}

/// Which of these accounts have a bill that this import did not bring, and the first import that brought one; 0 for one
/// recorded by hand.
///
/// # Errors
/// `store.statement`.
pub fn who_billed(
    cx: &Context,
    tx: &mut Tx<'_>,
    run: i64,
    accounts: &[AccountId],
) -> Result<HashMap<AccountId, i64>> {
    let mut found: HashMap<AccountId, i64> = HashMap::new();
    for table in [BillKind::Invoice, BillKind::Payment].map(BillKind::as_str) {
        for group in accounts.chunks(256) {
            let fixed = [cx.actor.number().into(), run.into()];
            let (marks, values) = dialect::list(&fixed, group.iter().copied());
            let sql = format!(
                "SELECT {table}.account, MIN({table}.run) FROM {table} JOIN account ON account.id = {table}.account
                 WHERE {VISIBLE} AND {table}.run <> ?2 AND {table}.account IN ({marks}) GROUP BY {table}.account"
            );
            for (account, by) in tx.query(&sql, &values, |row| Ok((row.id(0)?, row.int(1)?)))? {
                found.entry(account).and_modify(|first| *first = by.min(*first)).or_insert(by);
            }
        }
    }
    Ok(found)
}

/// Those of these facts that bills told.
///
/// # Errors
/// `store.statement`.
pub fn told_by_bills(cx: &Context, tx: &mut Tx<'_>, facts: &[i64]) -> Result<HashSet<i64>> {
    let mut found = HashSet::new();
    for table in [BillKind::Invoice, BillKind::Payment].map(BillKind::as_str) {
        for (column, group) in
            ["fact", "refund_fact"].iter().flat_map(|column| facts.chunks(256).map(move |g| (column, g)))
        {
            let (marks, values) = dialect::list(&[cx.actor.number().into()], group.iter().copied());
            let sql = format!(
                "SELECT {table}.{column} FROM {table} JOIN account ON account.id = {table}.account
                 WHERE {VISIBLE} AND {table}.{column} <> 0 AND {table}.{column} IN ({marks})"
            );
            found.extend(tx.query(&sql, &values, |row| row.int(0))?);
        }
    }
    Ok(found)
}
