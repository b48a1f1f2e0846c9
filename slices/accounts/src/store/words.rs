//! The words by which accounts and people are found, kept beside them: who is new or changed is due, and read anew soon.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ::store::{Column, ColumnKind, DataClass, Table, Tx, Value, dialect, queue};
use kernel::{Context, Result};
use timeline::said::Sheet;

use super::{VISIBLE_EVEN_MERGED, accounts, contacts, merge::Pair};
use crate::{contact, words::Words};

/// The kind of work that reads anew by which words records are found.
pub const JOB: &str = "accounts.words";

/// The viewer who sees all: what is written here is told to nobody as it is.
const HOUSE: i64 = 0;

/// Each word of each record: an account, or somebody who acts for it.
pub const FOUND_WORD: Table = Table {
    name: "found_word",
    columns: &[
        Column { name: "word", kind: ColumnKind::Text },
        Column { name: "place", kind: ColumnKind::Int },
        Column { name: "account", kind: ColumnKind::Int },
        Column { name: "contact", kind: ColumnKind::Int },
    ],
    key: &["word", "place", "account", "contact"],
    account: None,
    class: DataClass::Personal,
    canonical: false,
};

/// All words of a record, as they stand among the words.
pub const FOUND_BY: Table = Table {
    name: "found_by",
    columns: &[
        Column { name: "account", kind: ColumnKind::Int },
        Column { name: "contact", kind: ColumnKind::Int },
        Column { name: "words", kind: ColumnKind::Text },
    ],
    key: &["account", "contact"],
    account: None,
    class: DataClass::Personal,
    canonical: false,
};

/// Records that are to be read anew.
pub const FOUND_DUE: Table = Table {
    name: "found_due",
    columns: &[
        Column { name: "account", kind: ColumnKind::Int },
        Column { name: "contact", kind: ColumnKind::Int },
    ],
    key: &["account", "contact"],
    account: None,
    class: DataClass::Internal,
    canonical: false,
};

/// A record that is found: an account with contact 0, or somebody who acts for one.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Record {
    /// The account.
    pub account: i64,
    /// The contact; 0 for the account itself.
    pub contact: i64,
}

/// The words of somebody who acts for an account.
pub fn of_contact(sheet: &Sheet) -> Words {
    let numbers: Vec<String> = contact::keys(sheet).map(|(_, key)| key.to_owned()).collect();
    Words::of_contact(sheet, &numbers)
}

/// Has accounts read anew.
///
/// # Errors
/// `store.statement`.
pub fn accounts_changed(tx: &mut Tx<'_>, ids: impl IntoIterator<Item = i64>) -> Result<()> {
    due(tx, ids.into_iter().map(|account| Record { account, contact: 0 }))
}

/// Has records read anew.
///
/// # Errors
/// `store.statement`.
pub fn due(tx: &mut Tx<'_>, records: impl IntoIterator<Item = Record>) -> Result<()> {
    let records: Vec<Record> = records.into_iter().collect();
    for group in records.chunks(256) {
        let (_, first) = dialect::list(&[], group.iter().map(|record| record.account));
        let width = first.len();
        let (_, values) = dialect::list(&first, group.iter().map(|record| record.contact));
        let marks: Vec<_> = (1..=width).map(|n| format!("(?{n}, ?{})", n + width)).collect();
        let sql = format!(
            "INSERT INTO found_due (account, contact) VALUES {} ON CONFLICT DO NOTHING",
            marks.join(", ")
        );
        tx.execute(&sql, &values)?;
    }
    if records.is_empty() { Ok(()) } else { queue::put(tx, JOB, "due", 0) }
}

/// Has contacts read anew where they stand now.
///
/// # Errors
/// `store.statement`.
pub fn contacts_changed(tx: &mut Tx<'_>, ids: &[i64]) -> Result<()> {
    for group in ids.chunks(256) {
        let (marks, values) = dialect::list(&[HOUSE.into()], group.iter().copied());
        let sql = format!(
            "INSERT INTO found_due (account, contact) SELECT contact.account, contact.id
             FROM contact JOIN account ON account.id = contact.account
             WHERE {VISIBLE_EVEN_MERGED} AND contact.id IN ({marks}) ON CONFLICT DO NOTHING"
        );
        tx.execute(&sql, &values)?;
    }
    if ids.is_empty() { Ok(()) } else { queue::put(tx, JOB, "due", 0) }
}

/// Has both accounts of these pairs read anew, and who acts for either of them.
///
/// # Errors
/// `store.statement`.
pub fn pairs_changed(tx: &mut Tx<'_>, pairs: &[Pair]) -> Result<()> {
    for pair in pairs {
        let both = [pair.couple.kept.0, pair.couple.gone.0];
        accounts_changed(tx, both)?;
        for at in both {
            let sql = format!(
                "INSERT INTO found_due (account, contact) SELECT CAST(?2 AS BIGINT), contact.id
                 FROM contact JOIN account ON account.id = contact.account
                 WHERE {VISIBLE_EVEN_MERGED} AND contact.account IN (?3, ?4) ON CONFLICT DO NOTHING"
            );
            tx.execute(&sql, &[HOUSE.into(), at.into(), both[0].into(), both[1].into()])?;
        }
    }
    Ok(())
}

/// The first records that are due, at most so many.
///
/// # Errors
/// `store.statement`.
pub fn next_due(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Record>> {
    let sql = "SELECT account, contact FROM found_due ORDER BY account, contact LIMIT ?1";
    tx.query(sql, &[limit.into()], |row| Ok(Record { account: row.int(0)?, contact: row.int(1)? }))
}

/// The words of these records as the records are now; nothing for one that is not there, or not for the viewer.
///
/// # Errors
/// `store.statement`.
pub fn of_records(cx: &Context, tx: &mut Tx<'_>, records: &[Record]) -> Result<BTreeMap<Record, Words>> {
    let mut found: BTreeMap<Record, Words> =
        records.iter().map(|record| (*record, Words::default())).collect();
    let parties: BTreeSet<i64> =
        records.iter().filter(|it| it.contact == 0).map(|record| record.account).collect();
    let parties: Vec<i64> = parties.into_iter().collect();
    let numbers = numbers(cx, tx, &parties)?;
    for (id, sheet) in accounts::sheets_even_merged(cx, tx, &parties)? {
        let words = Words::of_account(&sheet, numbers.get(&id).map_or(&[], Vec::as_slice));
        found.insert(Record { account: id, contact: 0 }, words);
    }
    let people: BTreeSet<i64> = records.iter().map(|record| record.contact).filter(|id| *id != 0).collect();
    let people = contacts::sheets(cx, tx, &people.into_iter().collect::<Vec<_>>())?;
    for record in records.iter().filter(|record| record.contact != 0) {
        let held = people.get(&record.contact).filter(|held| held.is_visible).map(|held| &held.sheet);
        let here = held.filter(|sheet| sheet.get("account") == Some(&record.account.to_string()));
        if let Some(sheet) = here {
            found.insert(*record, of_contact(sheet));
        }
    }
    Ok(found)
}

/// The ids by which sources know these accounts.
///
/// # Errors
/// `store.statement`.
pub fn numbers(cx: &Context, tx: &mut Tx<'_>, ids: &[i64]) -> Result<HashMap<i64, Vec<String>>> {
    let mut found: HashMap<i64, Vec<String>> = HashMap::new();
    for group in ids.chunks(256) {
        let (marks, values) = dialect::list(&[cx.actor.number().into()], group.iter().copied());
        let sql = format!(
            "SELECT account_key.account, account_key.key FROM account_key JOIN account ON account.id = account_key.account
             WHERE {VISIBLE_EVEN_MERGED} AND account_key.account IN ({marks})"
        );
        tx.for_each(&sql, &values, |row| {
            found.entry(row.int(0)?).or_default().push(row.string(1)?);
            Ok(())
        })?;
    }
    Ok(found)
}

/// The words by which these records are found so far.
///
/// # Errors
/// `store.statement`.
pub fn kept(tx: &mut Tx<'_>, records: &[Record]) -> Result<BTreeMap<Record, Words>> {
    let mut found = BTreeMap::new();
    for group in records.chunks(256) {
        let pairs: Vec<_> = group.iter().map(|record| (record.account, record.contact)).collect();
        let (_, values) = dialect::list(&[], pairs.iter().map(|pair| pair.0));
        let width = values.len();
        let (_, values) = dialect::list(&values, pairs.iter().map(|pair| pair.1));
        let mark = |n: usize| format!("(CAST(?{n} AS BIGINT), CAST(?{} AS BIGINT))", n + width);
        let sql = format!(
            "SELECT found_by.account, found_by.contact, found_by.words FROM (VALUES {}) AS wanted
             JOIN found_by ON found_by.account = wanted.column1 AND found_by.contact = wanted.column2",
            (1..=width).map(mark).collect::<Vec<_>>().join(", ")
        );
        tx.for_each(&sql, &values, |row| {
            let record = Record { account: row.int(0)?, contact: row.int(1)? };
            found.insert(record, Words::read(row.text(2)?));
            Ok(())
        })?;
    }
    Ok(found)
}

/// Writes by which words records are found. Whoever is new is written with theirs; whoever changes is due.
///
/// # Errors
/// `store.statement`.
pub fn keep(tx: &mut Tx<'_>, now: &BTreeMap<Record, Words>) -> Result<()> {
    let records: Vec<Record> = now.keys().copied().collect();
    let before = kept(tx, &records)?;
    let nothing = Words::default();
    let changed: Vec<Record> = records
        .iter()
        .copied()
        .filter(|record| before.get(record).unwrap_or(&nothing) != &now[record])
        .collect();
    for record in changed.iter().filter(|record| before.contains_key(record)) {
        forget(tx, *record, &before[record])?;
    }
    let mut rows: Vec<(&str, i64, Record)> = changed
        .iter()
        .flat_map(|record| now[record].iter().map(|(word, place)| (word, place, *record)))
        .collect();
    rows.sort_unstable();
    let rows = rows.iter().map(|(word, place, record)| {
        [Value::Text(word), (*place).into(), record.account.into(), record.contact.into()]
    });
    tx.insert_all(&FOUND_WORD, rows)?;
    let written: Vec<(Record, String)> = changed
        .iter()
        .filter(|record| !now[record].is_empty())
        .map(|record| (*record, now[record].written()))
        .collect();
    tx.insert_all(
        &FOUND_BY,
        written
            .iter()
            .map(|(record, words)| [record.account.into(), record.contact.into(), Value::from(words)]),
    )
    .map(drop)
}

/// Forgets the words of a record.
fn forget(tx: &mut Tx<'_>, record: Record, words: &Words) -> Result<()> {
    let words: Vec<&str> = words.iter().map(|(word, _)| word).collect();
    for group in words.chunks(256) {
        let fixed = [record.account.into(), record.contact.into()];
        let (marks, values) = dialect::list(&fixed, group.iter().copied());
        let sql = format!(
            "DELETE FROM found_word WHERE word IN ({marks}) AND place IN (0, 1, 2) AND account = ?1 AND contact = ?2"
        );
        tx.execute(&sql, &values)?;
    }
    let key = [record.account.into(), record.contact.into()];
    tx.execute("DELETE FROM found_by WHERE account = ?1 AND contact = ?2", &key).map(drop)
}

/// Takes the first of the list of those that are due off it, in its order: all between the first and the last of them.
///
/// # Errors
/// `store.statement`.
pub fn no_longer_due(tx: &mut Tx<'_>, records: &[Record]) -> Result<()> {
    let (Some(first), Some(last)) = (records.first(), records.last()) else { return Ok(()) };
    let sql = "DELETE FROM found_due WHERE (account > ?1 OR (account = ?1 AND contact >= ?2))
                 AND (account < ?3 OR (account = ?3 AND contact <= ?4))";
    let values = [first.account.into(), first.contact.into(), last.account.into(), last.contact.into()];
    tx.execute(sql, &values).map(drop)
}
