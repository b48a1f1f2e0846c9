//! Contracts: found by their keys, read whole, written anew.

use std::collections::HashMap;

use ::store::{Row, Tx, Value, dialect};
use accounts::VISIBLE;
use kernel::{Context, Currency, Day, Problem, Result};
use timeline::LineId;

use super::{CONTRACT, CONTRACT_RATE, CONTRACT_VERSION};
use crate::{
    agreement::Agreement,
    contract::{Contract, ContractId, NEVER, Term, Version},
    facts,
    rate::{Rate, paid_from, rates},
    words::Kind,
};

/// Contracts by their keys, those of several accounts under one.
pub type ByKey = HashMap<String, Vec<Contract>>;

pub(super) const HEAD: &str = "contract.id, contract.account, contract.line, contract.contract_key, contract.kind, \
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
    found.ok_or_else(|| Problem::not_found("contracts.no_contract", "there is no such contract"))
}

pub(super) fn with_versions(tx: &mut Tx<'_>, mut found: Vec<Contract>) -> Result<Vec<Contract>> {
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

pub(super) fn head(row: &Row<'_>) -> Result<Contract> {
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

/// Writes contracts with all that was said of them, instead of what stood there before; `act_by` gives the next day to
/// act of each.
///
/// # Errors
/// `store.conflict` when another import wrote the same contract meanwhile.
pub fn write(tx: &mut Tx<'_>, contracts: &[Contract], act_by: impl Fn(&Contract) -> Day) -> Result<()> {
    let ids: Vec<i64> = contracts.iter().map(|contract| contract.id.0).collect();
    ids.chunks(256).try_for_each(|group| remove(tx, group))?;
    let heads: Vec<_> = contracts
        .iter()
        .map(|contract| {
            let terms = contract.terms();
            (contract, Term::of(&terms), terms, rates(contract), act_by(contract))
        })
        .collect();
    let rows = heads
        .iter()
        .map(|(contract, term, terms, rates, act_by)| row(contract, *term, terms, rates, *act_by));
    tx.insert_all(&CONTRACT, rows)?;
    let bodies: Vec<Vec<String>> = contracts
        .iter()
        .map(|contract| contract.versions.iter().map(|version| body(&version.said)).collect())
        .collect();
    let versions = contracts.iter().zip(&bodies).flat_map(|(contract, bodies)| {
        contract.versions.iter().zip(bodies).zip(1i64..).map(|((version, body), n)| {
            [
                contract.id.into(),
                n.into(),
                version.effective.map(|day| i64::from(day.0)).into(),
                (&version.reason).into(),
                body.into(),
                version.by.into(),
                version.at.into(),
                version.run.into(),
                version.row.into(),
            ]
        })
    });
    tx.insert_all(&CONTRACT_VERSION, versions)?;
    let rates = heads.iter().flat_map(|(contract, _, _, rates, _)| {
        rates.iter().zip(1i64..).map(|(rate, n)| {
            let days = [rate.from, rate.until].map(|day| i64::from(day.0).into());
            let [from, until] = days;
            let last = [rate.amount.into(), rate.months.into(), rate.days.into()];
            let [amount, months, days] = last;
            [contract.id.into(), n.into(), from, until, amount, months, days]
        })
    });
    tx.insert_all(&CONTRACT_RATE, rates).map(drop)
}

fn row<'v>(
    contract: &'v Contract,
    term: Term,
    terms: &'v Agreement,
    rates: &[Rate],
    act_by: Day,
) -> [Value<'v>; 25] {
    let day = |day: Day| Value::from(i64::from(day.0));
    let [signed, ended, paid] = contract.facts;
    [
        contract.id.into(),
        contract.account.into(),
        contract.line.into(),
        (&contract.key).into(),
        contract.kind.as_str().into(),
        contract.previous.into(),
        terms.name.as_deref().unwrap_or_default().into(),
        terms.offer.map_or("", |offer| offer.as_str()).into(),
        terms.currency.map_or("", Currency::code).into(),
        term.kind.as_str().into(),
        i64::from(term.months).into(),
        day(term.start),
        day(paid_from(contract, rates)),
        day(term.until),
        day(term.ended),
        term.reason.map_or("", |reason| reason.as_str()).into(),
        terms.trial.is_some().into(),
        terms.billed.map(|billed| billed.0).into(),
        signed.into(),
        ended.into(),
        paid.into(),
        day(contract.counted),
        day(facts::due(contract)),
        day(act_by),
        contract.run.into(),
    ]
}

fn body(said: &Agreement) -> String {
    serde_json::to_string(said).unwrap_or_default()
}

/// Removes contracts with all that was said of them; at most 256. What was decided on them stays.
///
/// # Errors
/// `store.statement`.
pub fn remove(tx: &mut Tx<'_>, ids: &[i64]) -> Result<()> {
    let (marks, values) = dialect::list(&[], ids.iter().copied());
    tx.execute(&format!("DELETE FROM contract_rate WHERE contract IN ({marks})"), &values)?;
    tx.execute(&format!("DELETE FROM contract_version WHERE contract IN ({marks})"), &values)?;
    tx.execute(&format!("DELETE FROM contract WHERE id IN ({marks})"), &values).map(drop)
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
