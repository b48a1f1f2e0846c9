//! Contracts by their number and by what they are called.

use std::collections::HashSet;

use ::store::{Row, Tx, Value, dialect};
use accounts::{store::finding::ranges, words::Asked};
use kernel::{Context, Result};

use crate::ContractId;

/// Service lines that are looked through.
const LINES: usize = 16;
/// Of the words that begin with what was typed so many are looked at, ...
const FIRST: i64 = 256;
/// ... and so many where others were typed that a contract has to have as well.
const AMONG: i64 = 2_000;
/// A contract may have so many words that begin alike.
const SAME: i64 = 3;

/// A contract that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundContract {
    /// Its id.
    pub id: ContractId,
    /// Its number.
    pub number: String,
    /// What it is called; empty where nobody said.
    pub name: String,
    /// The name of the account whose it is.
    pub whose: String,
}

const COLUMNS: &str = "contract.id, contract.contract_key, contract.name, account.name";

fn found(row: &Row<'_>) -> Result<FoundContract> {
    Ok(FoundContract { id: row.id(0)?, number: row.string(1)?, name: row.string(2)?, whose: row.string(3)? })
}

/// Contracts of accounts that the viewer may see, of which the number begins so, by number.
///
/// # Errors
/// `store.statement`.
pub fn numbered(cx: &Context, tx: &mut Tx<'_>, begin: &str, limit: i64) -> Result<Vec<FoundContract>> {
    let end = format!("{begin}\u{10FFFF}");
    let sql = format!(
        "SELECT {COLUMNS} FROM contract
         JOIN account ON account.id = contract.account
         WHERE {} AND contract.line = ?5 AND contract.contract_key >= ?2 AND contract.contract_key < ?3
         ORDER BY contract.contract_key LIMIT ?4",
        accounts::VISIBLE
    );
    // Line by line, in the order of the index of each: a beginning that many share costs no more than is shown.
    let mut all = Vec::new();
    for line in timeline::store::lines(tx)?.iter().take(LINES) {
        let values: [Value<'_>; 5] =
            [cx.actor.number().into(), begin.into(), (&end).into(), limit.into(), line.id.into()];
        all.extend(tx.query(&sql, &values, found)?);
    }
    all.sort_by(|a, b| (&a.number, a.id).cmp(&(&b.number, b.id)));
    all.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(all)
}

/// Contracts of accounts that the viewer may see, by the first word asked for, which begins a word of what each is called or of
/// its number, as do all others; each once.
///
/// # Errors
/// `store.statement`.
pub fn called(
    cx: &Context,
    tx: &mut Tx<'_>,
    first: &Asked,
    others: &[&Asked],
    limit: i64,
) -> Result<Vec<FoundContract>> {
    let (first, others) = (ranges(first), others.iter().map(|word| ranges(word)).collect::<Vec<_>>());
    let mut ids = Vec::new();
    // Range by range, each in the order of the index: of a beginning that many share the first are enough.
    for range in first.chunks(1) {
        let among = if others.is_empty() { FIRST } else { AMONG };
        let mut values: Vec<Value<'_>> = vec![cx.actor.number().into(), among.into(), (SAME * limit).into()];
        let first = within(range, &mut values);
        let words = format!("SELECT word, contract FROM contract_word WHERE {first} ORDER BY word, contract");
        let others: String = others
            .iter()
            .map(|word| {
                let word = within(word, &mut values);
                format!(" AND EXISTS (SELECT 1 FROM contract_word WHERE contract_word.contract = begun.contract AND {word})")
            })
            .collect();
        let sql = format!(
            "SELECT begun.contract FROM ({words} LIMIT ?2) AS begun JOIN contract ON contract.id = begun.contract
             JOIN account ON account.id = contract.account
             WHERE {}{others} ORDER BY begun.word, begun.contract LIMIT ?3",
            accounts::VISIBLE
        );
        ids.extend(tx.query(&sql, &values, |row| row.int(0))?);
    }
    let mut seen = HashSet::new();
    ids.retain(|id| seen.insert(*id));
    ids.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = read(cx, tx, "contract.id", &ids, i64::MAX)?;
    found.sort_by_key(|one| ids.iter().position(|id| *id == one.id.0));
    Ok(found)
}

/// Contracts of these accounts, as far as the viewer may see them; at most so many.
///
/// # Errors
/// `store.statement`.
pub fn of_accounts(
    cx: &Context,
    tx: &mut Tx<'_>,
    accounts: &[i64],
    limit: i64,
) -> Result<Vec<FoundContract>> {
    if accounts.is_empty() { Ok(Vec::new()) } else { read(cx, tx, "contract.account", accounts, limit) }
}

fn read(cx: &Context, tx: &mut Tx<'_>, column: &str, ids: &[i64], limit: i64) -> Result<Vec<FoundContract>> {
    let (marks, values) = dialect::list(&[cx.actor.number().into(), limit.into()], ids.iter().copied());
    let sql = format!(
        "SELECT {COLUMNS} FROM contract JOIN account ON account.id = contract.account
         WHERE {} AND {column} IN ({marks}) ORDER BY contract.id LIMIT ?2",
        accounts::VISIBLE
    );
    tx.query(&sql, &values, found)
}

/// That a word stands in one of these ranges.
fn within<'r>(ranges: &'r [(String, String)], values: &mut Vec<Value<'r>>) -> String {
    let ranges = ranges.iter().map(|(from, to)| {
        values.extend([Value::from(from), Value::from(to)]);
        let to = values.len();
        format!("(contract_word.word >= ?{} AND contract_word.word < ?{to})", to - 1)
    });
    format!("({})", ranges.collect::<Vec<_>>().join(" OR "))
}
