//! What was decided on contracts, and what has to be done when somebody leaves.

use ::store::{Row, Tx};
use kernel::{Day, Result};

use super::{CONTRACT_STEP, contracts::day};
use crate::contract::ContractId;

/// A decision or a step as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredStep {
    /// renewal or withdrawal.
    pub kind: String,
    /// Its place among those of its kind.
    pub n: i64,
    /// When it was decided or done; absent for what is still to be done.
    pub on: Option<Day>,
    /// By when it is to be done.
    pub due: Option<Day>,
    /// What was decided, or what is to be done.
    pub choice: String,
    /// Why.
    pub reason: String,
    /// Who wrote it down.
    pub by: i64,
    /// When, in microseconds UTC.
    pub at: i64,
}

/// Those of a contract.
///
/// # Errors
/// `store.statement`.
pub fn of_contract(tx: &mut Tx<'_>, contract: ContractId) -> Result<Vec<StoredStep>> {
    let sql = "SELECT kind, n, on_day, due_day, choice, reason, made_by, made_at FROM contract_step
               WHERE contract = ?1 ORDER BY kind, n";
    tx.query(sql, &[contract.into()], step)
}

fn step(row: &Row<'_>) -> Result<StoredStep> {
    Ok(StoredStep {
        kind: row.string(0)?,
        n: row.int(1)?,
        on: row.opt_int(2)?.map(day),
        due: row.opt_int(3)?.map(day),
        choice: row.string(4)?,
        reason: row.string(5)?,
        by: row.int(6)?,
        at: row.int(7)?,
    })
}

/// Writes decisions or steps.
///
/// # Errors
/// `store.conflict` for one that is there.
pub fn keep(tx: &mut Tx<'_>, contract: ContractId, steps: &[StoredStep]) -> Result<()> {
    let number = |day: Option<Day>| day.map(|day| i64::from(day.0)).into();
    let rows = steps.iter().map(|step| {
        [
            contract.into(),
            (&step.kind).into(),
            step.n.into(),
            number(step.on),
            number(step.due),
            (&step.choice).into(),
            (&step.reason).into(),
            step.by.into(),
            step.at.into(),
        ]
    });
    tx.insert_all(&CONTRACT_STEP, rows).map(drop)
}

/// A step is done; false for one that is not there or done already.
///
/// # Errors
/// `store.statement`.
pub fn complete(tx: &mut Tx<'_>, contract: ContractId, choice: &str, on: Day) -> Result<bool> {
    let sql = "UPDATE contract_step SET on_day = ?3
               WHERE contract = ?1 AND kind = 'withdrawal' AND choice = ?2 AND on_day IS NULL";
    Ok(tx.execute(sql, &[contract.into(), choice.into(), i64::from(on.0).into()])? == 1)
}

/// Strikes those of a kind out.
///
/// # Errors
/// `store.statement`.
pub fn strike(tx: &mut Tx<'_>, contract: ContractId, kind: &str) -> Result<()> {
    let sql = "DELETE FROM contract_step WHERE contract = ?1 AND kind = ?2";
    tx.execute(sql, &[contract.into(), kind.into()]).map(drop)
}
