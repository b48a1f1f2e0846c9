//! What was learned from labels: each asking with its answer, and whom labels name.

use std::collections::HashMap;

use ::store::{Column, ColumnKind, DataClass, Row, Table, Tx, Value, dialect};
use kernel::{Context, Day, Result};
use timeline::{AccountId, LineId};

use super::current::day;
use crate::{Class, learning::LearningId};

/// Each time somebody had weights learned, with what came of it.
pub const LEARNING: Table = Table {
    name: "learning",
    columns: &[
        Column { name: "id", kind: ColumnKind::Id("learning") },
        Column { name: "text", kind: ColumnKind::Text },
        Column { name: "report", kind: ColumnKind::Text },
        Column { name: "learned_by", kind: ColumnKind::Ref("person") },
        Column { name: "learned_on", kind: ColumnKind::Day },
    ],
    key: &["id"],
    account: None,
    class: DataClass::Business,
    canonical: true,
};

/// A learning as it is kept.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its id.
    pub id: LearningId,
    /// The policy that was learned; empty where there was nothing to learn.
    pub text: String,
    /// What was answered, as JSON.
    pub report: String,
    /// The number of the person who asked; 0 for the house.
    pub by: i64,
    /// On which day.
    pub on: Day,
}

/// Keeps what was learned.
///
/// # Errors
/// `store.statement`.
pub fn keep(cx: &Context, tx: &mut Tx<'_>, text: &str, report: &str) -> Result<LearningId> {
    let id = LearningId::new(tx.allocate("learning", 1)?.first());
    let (by, on) = (cx.actor.number(), i64::from(cx.today().0));
    tx.insert_all(&LEARNING, [[id.into(), text.into(), report.into(), by.into(), on.into()]])?;
    Ok(id)
}

/// One of them.
///
/// # Errors
/// `store.statement`.
pub fn find(tx: &mut Tx<'_>, id: LearningId) -> Result<Option<Kept>> {
    let sql = "SELECT id, text, report, learned_by, learned_on FROM learning WHERE id = ?1";
    tx.first(sql, &[id.into()], kept)
}

/// The newest, so many of them.
///
/// # Errors
/// `store.statement`.
pub fn newest(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Kept>> {
    let sql = "SELECT id, text, report, learned_by, learned_on FROM learning ORDER BY id DESC LIMIT ?1";
    tx.query(sql, &[limit.into()], kept)
}

/// The drafts that were learned on a day.
///
/// # Errors
/// `store.statement`.
pub fn texts_of(tx: &mut Tx<'_>, on: Day) -> Result<Vec<String>> {
    let sql = "SELECT text FROM learning WHERE learned_on = ?1 AND text <> '' ORDER BY id DESC";
    tx.query(sql, &[i64::from(on.0).into()], |row| row.string(0))
}

fn kept(row: &Row<'_>) -> Result<Kept> {
    Ok(Kept {
        id: row.id(0)?,
        text: row.string(1)?,
        report: row.string(2)?,
        by: row.int(3)?,
        on: day(row, 4)?,
    })
}

/// A relationship, what a person said it is, and the day for which it was judged then.
pub type Said = ((AccountId, LineId), Class, Day);

/// What people set by hand and did not withdraw, as labels: of each relationship that the viewer may see the newest word
/// for client or customer, with the day for which it was judged then.
///
/// # Errors
/// `store.statement`.
pub fn said(cx: &Context, tx: &mut Tx<'_>) -> Result<Vec<Said>> {
    let sql = format!(
        "SELECT override.account, override.line, override.class, override.as_of
         FROM override JOIN account ON account.id = override.account
         WHERE {} AND override.withdrawn_on IS NULL AND override.class IN ('client', 'customer')
         ORDER BY override.account, override.line, override.id DESC",
        accounts::VISIBLE
    );
    let mut all = tx.query(&sql, &[cx.actor.number().into()], |row| {
        let class = Class::parse(row.text(2)?).unwrap_or(Class::NotEnough);
        Ok(((row.id(0)?, row.id(1)?), class, day(row, 3)?))
    })?;
    all.dedup_by_key(|(place, _, _)| *place);
    Ok(all)
}

/// The accounts that the viewer may see and that these words name: as their name, or as a number by which others know
/// them.
///
/// # Errors
/// `store.statement`.
pub fn named(cx: &Context, tx: &mut Tx<'_>, words: &[&str]) -> Result<HashMap<String, Vec<AccountId>>> {
    let mut found: HashMap<String, Vec<AccountId>> = HashMap::new();
    for words in words.chunks(256) {
        let keys: Vec<String> = words.iter().map(|word| accounts::account::name_key(word)).collect();
        let by_name = |marks: &str| {
            format!("SELECT name_key, id FROM account WHERE {} AND name_key IN ({marks})", accounts::VISIBLE)
        };
        let names = pairs(cx, tx, by_name, keys.iter().map(|key| key.as_str().into()))?;
        let by_key = |marks: &str| {
            // One look-up for each numbering that there is: a key is found by both, and by itself only by reading all.
            format!(
                "WITH RECURSIVE numbering(name) AS (SELECT MIN(space) FROM account_key UNION ALL
                    SELECT (SELECT MIN(account_key.space) FROM account_key WHERE account_key.space > numbering.name)
                    FROM numbering WHERE numbering.name IS NOT NULL)
                 SELECT account_key.key, account.id FROM account_key JOIN account ON account.id = account_key.account
                 WHERE {} AND account_key.space IN (SELECT name FROM numbering WHERE name IS NOT NULL)
                   AND account_key.key IN ({marks})",
                accounts::VISIBLE
            )
        };
        let numbers = pairs(cx, tx, by_key, words.iter().map(|word| (*word).into()))?;
        for (word, key) in words.iter().zip(&keys) {
            let named = names.iter().filter(|(name, _)| name == key && !key.is_empty());
            let all = named.chain(numbers.iter().filter(|(number, _)| number == word));
            let mut ids: Vec<_> = all.map(|(_, id)| *id).collect();
            ids.sort_unstable();
            ids.dedup();
            found.insert((*word).to_owned(), ids);
        }
    }
    Ok(found)
}

fn pairs<'v>(
    cx: &Context,
    tx: &mut Tx<'_>,
    sql: impl Fn(&str) -> String,
    list: impl Iterator<Item = Value<'v>>,
) -> Result<Vec<(String, AccountId)>> {
    let (marks, values) = dialect::list(&[cx.actor.number().into()], list);
    tx.query(&sql(&marks), &values, |row| Ok((row.string(0)?, row.id(1)?)))
}

/// The lines on which these accounts have relationships, of accounts that the viewer may see.
///
/// # Errors
/// `store.statement`.
pub fn lines_of(cx: &Context, tx: &mut Tx<'_>, ids: &[AccountId]) -> Result<HashMap<AccountId, Vec<LineId>>> {
    let mut found: HashMap<AccountId, Vec<LineId>> = HashMap::new();
    for ids in ids.chunks(256) {
        let (marks, values) = dialect::list(&[cx.actor.number().into()], ids.iter().copied());
        let sql = format!(
            "SELECT relationship.account, relationship.line
             FROM relationship JOIN account ON account.id = relationship.account
             WHERE {} AND relationship.account IN ({marks}) ORDER BY relationship.line",
            accounts::VISIBLE
        );
        for (account, line) in tx.query(&sql, &values, |row| Ok((row.id(0)?, row.id(1)?)))? {
            found.entry(account).or_default().push(line);
        }
    }
    Ok(found)
}
