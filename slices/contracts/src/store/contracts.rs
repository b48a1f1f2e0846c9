//! Contracts: found by their keys, read whole, written anew.

use std::{collections::HashMap, ops::RangeInclusive};

use ::store::{Row, Tx, dialect};
use accounts::VISIBLE;
use kernel::{Context, Day, Problem, Result};
use timeline::{AccountId, LineId};

use crate::{
    agreement::Agreement,
    contract::{Contract, ContractId, NEVER, Version},
    words::Kind,
};

/// Contracts by their keys, those of several accounts under one.
pub type ByKey = HashMap<String, Vec<Contract>>;

const HEAD: &str = "contract.id, contract.account, contract.line, contract.contract_key, contract.kind, \
                    contract.previous, contract.contract_fact, contract.end_fact, contract.paid_fact, \
                    contract.counted_day, contract.run";

/// The contracts of a line under these keys.
///
/// # Errors
/// `store.statement`.
pub fn find(tx: &mut Tx<'_>, line: LineId, keys: &[&str]) -> Result<ByKey> {
    let mut found = Vec::new();
    for group in keys.chunks(256) {
        let (marks, values) = dialect::list(&[line.into()], group.iter().copied());
        let sql =
            format!("SELECT {HEAD} FROM contract WHERE line = ?1 AND contract_key IN ({marks}) ORDER BY id");
        found.extend(tx.query(&sql, &values, head)?);
    }
    let mut by_key = ByKey::new();
    for contract in with_versions(tx, found)? {
        by_key.entry(contract.key.clone()).or_default().push(contract);
    }
    Ok(by_key)
}

/// These contracts with all that was said of them, by their numbers; at most 256.
///
/// # Errors
/// `store.statement`.
pub fn whole(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<Contract>> {
    let (marks, values) = dialect::list(&[], ids.iter().copied());
    let found =
        tx.query(&format!("SELECT {HEAD} FROM contract WHERE id IN ({marks}) ORDER BY id"), &values, head)?;
    with_versions(tx, found)
}

/// A contract that the viewer may see.
///
/// # Errors
/// `contracts.no_contract` for one that is not there, or not for this viewer: the answer is the same.
pub fn one(cx: &Context, tx: &mut Tx<'_>, id: ContractId) -> Result<Contract> {
    let sql = format!(
        "SELECT {HEAD} FROM contract JOIN account ON account.id = contract.account
         WHERE {VISIBLE} AND contract.id = ?2"
    );
    let found = tx.query(&sql, &[cx.actor.number().into(), id.into()], head)?;
    let found = with_versions(tx, found)?.into_iter().next();
    found
        .ok_or_else(|| Problem::not_found("contracts.no_contract", speech::say!("there is no such contract")))
}

/// Which contracts are listed.
#[derive(Clone, Copy, Debug)]
pub struct Which {
    /// Of this service line; 0 for all.
    pub line: i64,
    /// Of this account; 0 for all.
    pub account: AccountId,
    /// Those that hold on this day or will,
    pub on: Day,
    /// or only those that had begun by then,
    pub begun: bool,
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
           AND contract.ended_day {holds} ?6 AND (?8 = 0 OR contract.start_day <= ?6)
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
        i64::from(which.begun).into(),
    ];
    let found = tx.query(&sql, &values, |row| Ok((row.int(11)?, row.string(12)?, head(row)?)))?;
    placed(tx, found)
}

/// Contracts of which the heads were found, whole, each beside its next day to act and its account's name.
fn placed(tx: &mut Tx<'_>, found: Vec<(i64, String, Contract)>) -> Result<Vec<(i64, String, Contract)>> {
    let (places, heads): (Vec<_>, Vec<_>) =
        found.into_iter().map(|(act_by, name, contract)| ((act_by, name), contract)).unzip();
    let whole = with_versions(tx, heads)?;
    Ok(places.into_iter().zip(whole).map(|((act_by, name), contract)| (act_by, name, contract)).collect())
}

/// Contracts that the viewer may see, of a term that ends or goes on, about which nobody decided and has to by one of these
/// days; each with that day and its account's name, the first to decide on first.
///
/// # Errors
/// `store.statement`.
pub fn undecided(
    cx: &Context,
    tx: &mut Tx<'_>,
    days: RangeInclusive<Day>,
    limit: i64,
) -> Result<Vec<(i64, String, Contract)>> {
    let sql = format!(
        "SELECT {HEAD}, contract.decide_by, account.name FROM contract JOIN account ON account.id = contract.account
         WHERE {VISIBLE} AND contract.decide_by BETWEEN ?6 AND ?2 AND contract.term = 'fixed' AND contract.until_day < ?3
           AND contract.ended_day > ?4 AND contract.end_reason = ''
         ORDER BY contract.decide_by, contract.id LIMIT ?5"
    );
    let [from, by] = [*days.start(), *days.end()].map(|day| i64::from(day.0).into());
    let [never, today] = [NEVER, cx.today()].map(|day| i64::from(day.0).into());
    let values = [cx.actor.number().into(), by, never, today, limit.into(), from];
    let found = tx.query(&sql, &values, |row| Ok((row.int(11)?, row.string(12)?, head(row)?)))?;
    placed(tx, found)
}

fn with_versions(tx: &mut Tx<'_>, mut found: Vec<Contract>) -> Result<Vec<Contract>> {
    let mut by_id: HashMap<i64, Vec<Version>> = HashMap::new();
    for group in found.chunks(256) {
        let (marks, values) = dialect::list(&[], group.iter().map(|contract| contract.id));
        let sql = format!(
            "SELECT contract, effective, reason, body, made_by, made_at, run, row FROM contract_version
             WHERE contract IN ({marks}) ORDER BY contract, n"
        );
        tx.for_each(&sql, &values, |row| {
            by_id.entry(row.int(0)?).or_default().push(version(row)?);
            Ok(())
        })?;
    }
    for contract in &mut found {
        contract.versions = by_id.remove(&contract.id.0).unwrap_or_default();
    }
    Ok(found)
}

fn version(row: &Row<'_>) -> Result<Version> {
    let said: Agreement = serde_json::from_str(row.text(3)?).map_err(|cause| {
        Problem::internal("contracts.body", "a contract cannot be read by this version").because(cause)
    })?;
    Ok(Version {
        effective: row.opt_int(1)?.map(day),
        reason: row.string(2)?,
        said,
        by: row.int(4)?,
        at: row.int(5)?,
        run: row.int(6)?,
        row: row.int(7)?,
    })
}

fn head(row: &Row<'_>) -> Result<Contract> {
    Ok(Contract {
        id: row.id(0)?,
        account: row.id(1)?,
        line: row.id(2)?,
        key: row.string(3)?,
        kind: Kind::parse(row.text(4)?).unwrap_or(Kind::Contract),
        previous: row.id(5)?,
        facts: [row.int(6)?, row.int(7)?, row.int(8)?],
        counted: day(row.int(9)?),
        versions: Vec::new(),
        run: row.int(10)?,
    })
}

/// A stored day.
pub(super) fn day(number: i64) -> Day {
    Day(i32::try_from(number).unwrap_or(NEVER.0))
}

/// The names of service lines.
///
/// # Errors
/// `store.statement`.
pub fn lines_of(tx: &mut Tx<'_>) -> Result<HashMap<LineId, String>> {
    Ok(timeline::store::lines(tx)?.into_iter().map(|line| (line.id, line.name)).collect())
}

/// Whose these contracts are, of those that the caller may see; what is no contract is nobody's.
///
/// # Errors
/// `store.statement`.
pub fn whose(cx: &Context, tx: &mut Tx<'_>, ids: &[ContractId]) -> Result<Vec<i64>> {
    let (marks, values) = dialect::list(&[cx.actor.number().into()], ids.iter().copied());
    let sql = format!(
        "SELECT DISTINCT contract.account FROM contract JOIN account ON account.id = contract.account
         WHERE {VISIBLE} AND contract.id IN ({marks}) ORDER BY contract.account"
    );
    tx.query(&sql, &values, |row| row.int(0))
}
