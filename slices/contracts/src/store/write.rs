//! Contracts written anew, and removed.

use ::store::{Tx, Value, dialect};
use kernel::{Currency, Day, Result};

use accounts::words::Words;

use super::{CONTRACT, CONTRACT_RATE, CONTRACT_VERSION, CONTRACT_WORD};
use crate::{
    agreement::Agreement,
    contract::{Contract, Term},
    deadline::Next,
    facts,
    rate::{Rate, paid_from, rates},
};

/// Writes contracts with all that was said of them, instead of what stood there before; `next` gives the next days to
/// act of each.
///
/// # Errors
/// `store.conflict` when another import wrote the same contract meanwhile.
pub fn write(tx: &mut Tx<'_>, contracts: &[Contract], next: impl Fn(&Contract) -> Next) -> Result<()> {
    let ids: Vec<i64> = contracts.iter().map(|contract| contract.id.0).collect();
    ids.chunks(256).try_for_each(|group| remove(tx, group))?;
    let heads: Vec<_> = contracts
        .iter()
        .map(|contract| {
            let terms = contract.terms();
            (contract, Term::of(&terms), terms, rates(contract), next(contract))
        })
        .collect();
    let rows =
        heads.iter().map(|(contract, term, terms, rates, next)| row(contract, *term, terms, rates, *next));
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
    tx.insert_all(&CONTRACT_RATE, rates)?;
    let found_by: Vec<(i64, Words)> = heads
        .iter()
        .map(|(contract, _, terms, ..)| {
            let name = terms.name.as_deref().unwrap_or_default();
            (contract.id.0, Words::named(name, &contract.key))
        })
        .collect();
    let words =
        found_by.iter().flat_map(|(id, words)| words.iter().map(|(word, _)| [word.into(), (*id).into()]));
    tx.insert_all(&CONTRACT_WORD, words).map(drop)
}

fn row<'v>(
    contract: &'v Contract,
    term: Term,
    terms: &'v Agreement,
    rates: &[Rate],
    next: Next,
) -> [Value<'v>; 26] {
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
        day(next.act_by),
        day(next.decide_by),
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
    tx.execute(&format!("DELETE FROM contract_word WHERE contract IN ({marks})"), &values)?;
    tx.execute(&format!("DELETE FROM contract_version WHERE contract IN ({marks})"), &values)?;
    tx.execute(&format!("DELETE FROM contract WHERE id IN ({marks})"), &values).map(drop)
}
