//! What stands on contracts and accounts when an import is taken back.

use std::collections::{HashMap, HashSet};

use ::store::{Tx, dialect};
use kernel::Result;
use timeline::{AccountId, LineId};

/// Those of these contracts on which somebody decided something since; at most 256.
///
/// # Errors
/// `store.statement`.
pub fn steps(tx: &mut Tx<'_>, ids: &[i64]) -> Result<HashSet<i64>> {
    let (marks, values) = dialect::list(&[], ids.iter().copied());
    let sql = format!("SELECT DISTINCT contract FROM contract_step WHERE contract IN ({marks})");
    Ok(tx.query(&sql, &values, |row| row.int(0))?.into_iter().collect())
}

/// Those of these contracts from which another one goes on that something else than this import tells of; at most 256.
///
/// # Errors
/// `store.statement`.
pub fn linked(tx: &mut Tx<'_>, run: i64, ids: &[i64]) -> Result<HashSet<i64>> {
    let (marks, values) = dialect::list(&[run.into()], ids.iter().copied());
    let sql = format!(
        "SELECT DISTINCT contract.previous FROM contract
         JOIN contract_version ON contract_version.contract = contract.id
         WHERE contract_version.run <> ?1 AND contract.previous IN ({marks})"
    );
    Ok(tx.query(&sql, &values, |row| row.int(0))?.into_iter().collect())
}

/// Which of these accounts have a contract, or are said to have left, by something other than this import; and the first
/// import that says so, 0 for one recorded by hand.
///
/// # Errors
/// `store.statement`.
pub fn who_contracted(tx: &mut Tx<'_>, run: i64, accounts: &[AccountId]) -> Result<HashMap<AccountId, i64>> {
    let mut found: HashMap<AccountId, i64> = HashMap::new();
    for group in accounts.chunks(256) {
        let (marks, values) = dialect::list(&[run.into()], group.iter().copied());
        let contracts = format!(
            "SELECT contract.account, MIN(contract_version.run) FROM contract
             JOIN contract_version ON contract_version.contract = contract.id
             WHERE contract_version.run <> ?1 AND contract.account IN ({marks}) GROUP BY contract.account"
        );
        let leavings = format!(
            "SELECT account, MIN(run) FROM leaving WHERE run <> ?1 AND account IN ({marks}) GROUP BY account"
        );
        for sql in [contracts, leavings] {
            for (account, by) in tx.query(&sql, &values, |row| Ok((row.id(0)?, row.int(1)?)))? {
                found.entry(account).and_modify(|known| *known = by.min(*known)).or_insert(by);
            }
        }
    }
    Ok(found)
}

/// Whether a contract stands on a line, or somebody is said to have left it.
///
/// # Errors
/// `store.statement`.
pub fn is_used(tx: &mut Tx<'_>, line: LineId) -> Result<bool> {
    let sql = "SELECT 1 WHERE EXISTS (SELECT 1 FROM contract WHERE line = ?1)
               OR EXISTS (SELECT 1 FROM leaving WHERE line = ?1)";
    Ok(tx.first(sql, &[line.into()], |row| row.int(0))?.is_some())
}
