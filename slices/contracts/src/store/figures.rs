//! What the figures are added up from, row by row, without holding them in memory.

use std::collections::HashMap;

use ::store::{Tx, Value, dialect};
use accounts::VISIBLE;
use kernel::{Context, Currency, Day, Money, Result};
use timeline::LineId;

use super::{contracts::day, usage::usage};
use crate::{
    contract::NEVER,
    figures::{Adding, Counted},
    rate::Rate,
    words::{LeavingKind, TermType},
};

/// Adds up every contract that the viewer may see, begun by the day; of a line, 0 for all.
///
/// # Errors
/// `store.statement`.
pub fn add_up(cx: &Context, tx: &mut Tx<'_>, line: i64, on: Day, sums: &mut Adding) -> Result<()> {
    let values: [Value<'_>; 3] = [cx.actor.number().into(), line.into(), i64::from(on.0).into()];
    let from = contracts(tx, &values, sums)?.min(on);
    rates(tx, &values, sums)?;
    leavings(tx, &values, sums)?;
    usage(tx, &values, (&cx.zone, from, on), sums)
}

/// Adds up the contracts; gives the first day on which one begins.
fn contracts(tx: &mut Tx<'_>, values: &[Value<'_>], sums: &mut Adding) -> Result<Day> {
    let mut first = NEVER;
    let sql = format!(
        "SELECT contract.account, contract.line, contract.term, contract.months, contract.start_day,
           contract.ended_day, contract.end_reason, contract.trial, contract.paid_from, contract.billed,
           contract.currency
         FROM contract JOIN account ON account.id = contract.account
         WHERE {VISIBLE} AND (?2 = 0 OR contract.line = ?2) AND contract.start_day <= ?3"
    );
    tx.for_each(&sql, values, |row| {
        let currency = row.text(10)?;
        first = first.min(day(row.int(4)?));
        sums.contract(&Counted {
            account: row.int(0)?,
            line: row.int(1)?,
            term: TermType::parse(row.text(2)?).unwrap_or(TermType::OpenEnded),
            months: row.int(3)?,
            start: day(row.int(4)?),
            ended: day(row.int(5)?),
            goes_on: matches!(row.text(6)?, "renewed" | "replaced"),
            trial: row.bool(7)?,
            paid_from: day(row.int(8)?),
            billed: row.opt_int(9)?,
            currency: if currency.is_empty() { None } else { Some(Currency::parse(currency)?) },
        });
        Ok(())
    })?;
    Ok(first)
}

/// The rates in force on the day, and the last ones of contracts that ended for good by then.
fn rates(tx: &mut Tx<'_>, values: &[Value<'_>], sums: &mut Adding) -> Result<()> {
    let sql = format!(
        "SELECT contract.account, contract.currency, contract_rate.from_day, contract_rate.until_day,
           contract_rate.amount, contract_rate.months, contract_rate.days
         FROM contract_rate JOIN contract ON contract.id = contract_rate.contract
         JOIN account ON account.id = contract.account
         WHERE {VISIBLE} AND (?2 = 0 OR contract.line = ?2) AND contract.currency <> ''
           AND contract_rate.from_day <= ?3
           AND (contract_rate.until_day > ?3
             OR (contract_rate.until_day = contract.ended_day AND contract.end_reason NOT IN ('renewed', 'replaced')))"
    );
    tx.for_each(&sql, values, |row| {
        let rate = Rate {
            from: day(row.int(2)?),
            until: day(row.int(3)?),
            amount: row.int(4)?,
            months: row.int(5)?,
            days: row.int(6)?,
        };
        sums.rate(row.int(0)?, Currency::parse(row.text(1)?)?, &rate);
        Ok(())
    })
}

fn leavings(tx: &mut Tx<'_>, values: &[Value<'_>], sums: &mut Adding) -> Result<()> {
    let sql = format!(
        "SELECT leaving.account, leaving.kind, leaving.reason, leaving.refund, leaving.currency
         FROM leaving JOIN account ON account.id = leaving.account
         WHERE {VISIBLE} AND (?2 = 0 OR leaving.line = ?2) AND (leaving.on_day IS NULL OR leaving.on_day <= ?3)"
    );
    tx.for_each(&sql, values, |row| {
        let currency = row.text(4)?;
        let refund = match currency.is_empty() {
            true => None,
            false => Some(Money::new(row.int(3)?, Currency::parse(currency)?)),
        };
        let kind = LeavingKind::parse(row.text(1)?).unwrap_or(LeavingKind::Flag);
        sums.leaving(row.int(0)?, kind, row.text(2)?, refund);
        Ok(())
    })
}

/// The names of these accounts, as far as the viewer may see them.
///
/// # Errors
/// `store.statement`.
pub fn names(cx: &Context, tx: &mut Tx<'_>, accounts: &[i64]) -> Result<HashMap<i64, String>> {
    let mut names = HashMap::new();
    for group in accounts.chunks(256) {
        let (marks, values) = dialect::list(&[cx.actor.number().into()], group.iter().copied());
        let sql = format!("SELECT id, name FROM account WHERE {VISIBLE} AND id IN ({marks})");
        names.extend(tx.query(&sql, &values, |row| Ok((row.int(0)?, row.string(1)?)))?);
    }
    Ok(names)
}

/// Of the parties at these places (numbering and id there, sorted) those of whom a contract runs on a line that day, as far
/// as the viewer may see them.
///
/// # Errors
/// `store.statement`.
pub fn running(
    cx: &Context,
    tx: &mut Tx<'_>,
    (line, on): (LineId, Day),
    places: &[(&str, &str)],
) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for group in places.chunk_by(|one, other| one.0 == other.0).flat_map(|group| group.chunks(256)) {
        let space = group[0].0;
        let before = [cx.actor.number().into(), line.into(), i64::from(on.0).into(), space.into()];
        let (marks, values) = dialect::list(&before, group.iter().map(|(_, key)| *key));
        let sql = format!(
            "SELECT DISTINCT account_key.key FROM account_key
             JOIN account ON account.id = account_key.account JOIN contract ON contract.account = account.id
             WHERE {VISIBLE} AND contract.line = ?2 AND contract.start_day <= ?3 AND contract.ended_day > ?3
               AND account_key.space = ?4 AND account_key.key IN ({marks})"
        );
        found.extend(tx.query(&sql, &values, |row| Ok((space.to_owned(), row.string(0)?)))?);
    }
    Ok(found)
}
