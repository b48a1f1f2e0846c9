//! What stands on accounts that an import made, and how they go.

use ::store::{Tx, dialect};
use kernel::Result;
use timeline::AccountId;

use super::{duplicate, words};

/// What stands on an account that an import made.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Its id.
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// It is behind a wall.
    pub walled: bool,
    /// Facts are recorded about it that the import did not bring, or any at all where that was asked.
    pub facts: bool,
    /// How many ids others know it by.
    pub keys: i64,
}

/// What stands on those of these accounts that an import made, with `any` also what that import itself brought; at most
/// 256.
///
/// # Errors
/// `store.statement`.
pub fn standing(tx: &mut Tx<'_>, run: i64, any: bool, ids: &[AccountId]) -> Result<Vec<Standing>> {
    let (marks, values) = dialect::list(&[run.into(), any.into()], ids.iter().copied());
    let sql = format!(
        "SELECT id, name, wall,
           CASE WHEN EXISTS (SELECT 1 FROM fact WHERE fact.account = account.id AND (fact.run <> ?1 OR CAST(?2 AS BIGINT) = 1)) THEN 1 ELSE 0 END,
           (SELECT COUNT(*) FROM account_key WHERE account_key.account = account.id)
         FROM account WHERE run = ?1 AND id IN ({marks}) ORDER BY id"
    );
    tx.query(&sql, &values, |row| {
        let (walled, facts) = (row.int(2)? != 0, row.bool(3)?);
        Ok(Standing { id: row.id(0)?, name: row.string(1)?, walled, facts, keys: row.int(4)? })
    })
}

/// These accounts are another import's from now on.
///
/// # Errors
/// `store.statement`.
pub fn inherit(tx: &mut Tx<'_>, heirs: &[(i64, i64)]) -> Result<()> {
    for (id, run) in heirs {
        tx.execute("UPDATE account SET run = ?2 WHERE id = ?1", &[(*id).into(), (*run).into()])?;
    }
    Ok(())
}

/// Removes accounts with the ids by which others know them; at most 256. Whoever calls has made sure that nothing
/// stands on them.
///
/// # Errors
/// `store.statement`.
pub fn remove(tx: &mut Tx<'_>, ids: &[AccountId]) -> Result<()> {
    let (marks, values) = dialect::list(&[], ids.iter().copied());
    duplicate::forget(tx, ids)?;
    words::accounts_changed(tx, ids.iter().map(|id| id.0))?;
    tx.execute(&format!("DELETE FROM account_key WHERE account IN ({marks})"), &values)?;
    tx.execute(&format!("DELETE FROM earlier_word WHERE account IN ({marks})"), &values)?;
    tx.execute(&format!("DELETE FROM account_link WHERE account IN ({marks})"), &values)?;
    tx.execute(&format!("DELETE FROM account_link WHERE other IN ({marks})"), &values)?;
    tx.execute(&format!("DELETE FROM account WHERE id IN ({marks})"), &values).map(drop)
}
