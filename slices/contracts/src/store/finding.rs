//! Contracts whose number begins so.

use ::store::{Tx, Value};
use kernel::{Context, Result};

use crate::ContractId;

/// Service lines that are looked through.
const LINES: usize = 16;

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
    let end = format!("{begin}\u{10FFFF}");
    let sql = format!(
        "SELECT contract.id, contract.contract_key, contract.name, account.name FROM contract
         JOIN account ON account.id = contract.account
         WHERE {} AND contract.line = ?5 AND contract.contract_key >= ?2 AND contract.contract_key < ?3
         ORDER BY contract.contract_key LIMIT ?4",
        accounts::VISIBLE
    );
    // Line by line, in the order of the index of each: a beginning that many share costs no more than is shown.
    let mut found = Vec::new();
    for line in timeline::store::lines(tx)?.iter().take(LINES) {
        let values: [Value<'_>; 5] =
            [cx.actor.number().into(), begin.into(), (&end).into(), limit.into(), line.id.into()];
        found.extend(
            tx.query(&sql, &values, |row| Ok((row.id(0)?, row.string(1)?, row.string(2)?, row.string(3)?)))?,
        );
    }
    found.sort_by(|a: &(ContractId, String, String, String), b| (&a.1, a.0).cmp(&(&b.1, b.0)));
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}
