//! Contracts listed: those that hold by the next day to act, those that ended by their last day.

use ::store::Tx;
use accounts::VISIBLE;
use kernel::{Context, Day, Result};
use timeline::AccountId;

use super::contracts::{HEAD, head, with_versions};
use crate::contract::Contract;

/// Which contracts are listed.
#[derive(Clone, Copy, Debug)]
pub struct Which {
    /// Of this service line; 0 for all.
    pub line: i64,
    /// Of this account; 0 for all.
    pub account: AccountId,
    /// Those that hold on this day or will,
    pub on: Day,
    /// or else those that had ended by then.
    pub ended: bool,
}

/// A page of contracts that the viewer may see, beginning after one, each with its account's name: of those that hold
/// the next day to act first, of those that ended the last to end first.
///
/// # Errors
/// `store.statement`.
pub fn list(
    cx: &Context,
    tx: &mut Tx<'_>,
    which: Which,
    after: Option<(i64, i64)>,
    limit: i64,
) -> Result<Vec<(i64, String, Contract)>> {
    let (column, order, past, holds) = match which.ended {
        true => ("ended_day", "DESC", "<", "<="),
        false => ("act_by", "ASC", ">", ">"),
    };
    let first = if which.ended { (i64::MAX, i64::MAX) } else { (i64::MIN, 0) };
    let after = after.unwrap_or(first);
    let sql = format!(
        "SELECT {HEAD}, contract.act_by, account.name FROM contract JOIN account ON account.id = contract.account
         WHERE {VISIBLE} AND (contract.{column} {past} ?2 OR (contract.{column} = ?2 AND contract.id {past} ?3))
           AND (?4 = 0 OR contract.line = ?4) AND (?5 = 0 OR contract.account = ?5)
           AND contract.ended_day {holds} ?6
         ORDER BY contract.{column} {order}, contract.id {order} LIMIT ?7"
    );
    let values = [
        cx.actor.number().into(),
        after.0.into(),
        after.1.into(),
        which.line.into(),
        which.account.into(),
        i64::from(which.on.0).into(),
        limit.into(),
    ];
    let found = tx.query(&sql, &values, |row| Ok((row.int(11)?, row.string(12)?, head(row)?)))?;
    let (places, heads): (Vec<_>, Vec<_>) =
        found.into_iter().map(|(act_by, name, contract)| ((act_by, name), contract)).unzip();
    let whole = with_versions(tx, heads)?;
    Ok(places.into_iter().zip(whole).map(|((act_by, name), contract)| (act_by, name, contract)).collect())
}
