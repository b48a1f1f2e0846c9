//! Contracts whose number begins so.

use ::store::{Tx, Value, dialect};
use kernel::{Context, Result};

use crate::ContractId;

/// Contracts of accounts that the viewer may see, by number: id, number, what they are called, whose they are.
///
/// # Errors
/// `store.statement`.
pub fn numbered(
    cx: &Context,
    tx: &mut Tx<'_>,
    begin: &str,
    limit: i64,
) -> Result<Vec<(ContractId, String, String, String)>> {
    let lines = timeline::store::lines(tx)?;
    let end = format!("{begin}\u{10FFFF}");
    let fixed: [Value<'_>; 4] = [cx.actor.number().into(), begin.into(), (&end).into(), limit.into()];
    let (marks, values) = dialect::list(&fixed, lines.iter().map(|line| line.id));
    let sql = format!(
        "SELECT contract.id, contract.contract_key, contract.name, account.name FROM contract
         JOIN account ON account.id = contract.account
         WHERE {} AND contract.line IN ({marks}) AND contract.contract_key >= ?2 AND contract.contract_key < ?3
         ORDER BY contract.contract_key, contract.id LIMIT ?4",
        accounts::VISIBLE
    );
    tx.query(&sql, &values, |row| Ok((row.id(0)?, row.string(1)?, row.string(2)?, row.string(3)?)))
}
