//! Looking records up by their words: as far as the viewer may see them, in an order that both engines give.

use ::store::{Tx, Value, dialect};
use kernel::{Context, Result};
use timeline::AccountId;

use super::{VISIBLE, VISIBLE_EVEN_MERGED, visible_even_merged_by, words::Record};
use crate::words::Asked;

/// A word of more records than this is common.
pub const COMMON: i64 = 1_000;
/// Of a common word so many records are looked at beside another common one; ...
pub const SHALLOW: i64 = 2_000;
/// ... and so many where those are too few.
pub const DEEP: i64 = 20_000;

/// The first of everything that begins with that; what is stored holds plain letters only.
fn end(start: &str) -> String {
    format!("{start}\u{7f}")
}

/// `(word >= ?2 AND word < ?3 OR …)` for the beginnings of a word, and its values.
fn begun(asked: &Asked, values: &mut Vec<String>, before: usize) -> String {
    let ranges = asked.0.iter().map(|start| {
        let at = before + values.len() + 1;
        values.extend([start.clone(), end(start)]);
        format!("(found_word.word >= ?{at} AND found_word.word < ?{})", at + 1)
    });
    format!("({})", ranges.collect::<Vec<_>>().join(" OR "))
}

fn all<'v>(before: &[Value<'v>], texts: &'v [String]) -> Vec<Value<'v>> {
    before.iter().copied().chain(texts.iter().map(Value::from)).collect()
}

/// Accounts whose name begins so, by name: at most so many.
///
/// # Errors
/// `store.statement`.
pub fn named(cx: &Context, tx: &mut Tx<'_>, start: &str, limit: i64) -> Result<Vec<AccountId>> {
    let sql = format!(
        "SELECT id FROM account WHERE {VISIBLE} AND name_key >= ?2 AND name_key < ?3 ORDER BY name_key, id LIMIT ?4"
    );
    let end = format!("{start}\u{10FFFF}");
    let values = [cx.actor.number().into(), start.into(), (&end).into(), limit.into()];
    tx.query(&sql, &values, |row| Ok(AccountId::new(row.int(0)?)))
}

/// Records of which a word begins so, by that word and what it is: at most so many.
///
/// # Errors
/// `store.statement`.
pub fn with_word(cx: &Context, tx: &mut Tx<'_>, asked: &Asked, limit: i64) -> Result<Vec<Record>> {
    let mut found = Vec::new();
    for start in &asked.0 {
        let sql = format!(
            "SELECT found_word.account, found_word.contact FROM found_word
             WHERE {} AND found_word.word >= ?2 AND found_word.word < ?3
             ORDER BY found_word.word, found_word.place, found_word.account, found_word.contact LIMIT ?4",
            visible_even_merged_by("found_word.account")
        );
        let end = end(start);
        let values = [cx.actor.number().into(), start.into(), (&end).into(), limit.into()];
        found.extend(
            tx.query(&sql, &values, |row| Ok(Record { account: row.int(0)?, contact: row.int(1)? }))?,
        );
    }
    Ok(found)
}

/// From where to where the words stand that begin as one that was asked for.
pub fn ranges(asked: &Asked) -> Vec<(String, String)> {
    asked.0.iter().map(|start| (start.clone(), end(start))).collect()
}

/// The accounts of which a word stands in one of these ranges, their own or that of somebody who acts for them, as a
/// statement within another; each text is given a mark. Whoever asks keeps to those that the viewer may see.
pub fn having<'r>(ranges: &'r [(String, String)], mut mark: impl FnMut(&'r str) -> String) -> String {
    let ranges = ranges.iter().map(|(from, to)| {
        let (from, to) = (mark(from), mark(to));
        format!("(found_word.word >= {from} AND found_word.word < {to})")
    });
    format!("SELECT found_word.account FROM found_word WHERE {}", ranges.collect::<Vec<_>>().join(" OR "))
}

/// How many records have a word that begins so, up to [`COMMON`], of those that the viewer may see.
///
/// # Errors
/// `store.statement`.
pub fn how_many(cx: &Context, tx: &mut Tx<'_>, asked: &Asked) -> Result<i64> {
    let mut texts = Vec::new();
    let begun = begun(asked, &mut texts, 2);
    let sql = format!(
        "SELECT COUNT(*) FROM (SELECT 1 AS one FROM found_word WHERE {} AND {begun} LIMIT ?2) AS few",
        visible_even_merged_by("found_word.account")
    );
    let count = tx.first(&sql, &all(&[cx.actor.number().into(), COMMON.into()], &texts), |row| row.int(0))?;
    Ok(count.unwrap_or(0))
}

/// Records that have a word for each of these common ones, by account: those among the first so many of each, and at most
/// so many.
///
/// # Errors
/// `store.statement`.
pub fn with_words(
    cx: &Context,
    tx: &mut Tx<'_>,
    asked: &[Asked],
    (among, limit): (i64, i64),
) -> Result<Vec<Record>> {
    let mut texts = Vec::new();
    let sets: Vec<String> = asked
        .iter()
        .map(|word| {
            let begun = begun(word, &mut texts, 3);
            format!(
                "SELECT account, contact FROM (SELECT account, contact FROM found_word WHERE {begun}
                   ORDER BY word, place, account, contact LIMIT ?2) AS few"
            )
        })
        .collect();
    let sql = format!(
        "SELECT found.account, found.contact FROM ({}) AS found
         WHERE {} ORDER BY found.account, found.contact LIMIT ?3",
        sets.join(" INTERSECT "),
        visible_even_merged_by("found.account")
    );
    let values = all(&[cx.actor.number().into(), among.into(), limit.into()], &texts);
    tx.query(&sql, &values, |row| Ok(Record { account: row.int(0)?, contact: row.int(1)? }))
}

/// The records of who acts for an account, with the words of each: at most so many.
///
/// # Errors
/// `store.statement`.
pub fn people(cx: &Context, tx: &mut Tx<'_>, account: i64, limit: i64) -> Result<Vec<Record>> {
    let sql = format!(
        "SELECT found_by.contact FROM found_by JOIN account ON account.id = found_by.account
         WHERE {VISIBLE_EVEN_MERGED} AND found_by.account = ?2 AND found_by.contact <> 0
         ORDER BY found_by.contact LIMIT ?3"
    );
    let values = [cx.actor.number().into(), account.into(), limit.into()];
    tx.query(&sql, &values, |row| Ok(Record { account, contact: row.int(0)? }))
}

/// The different words that begin so, in their order; those behind walls are among them: whoever asks keeps to those that
/// the viewer may see.
///
/// # Errors
/// `store.statement`.
pub fn spelled(tx: &mut Tx<'_>, start: &str, limit: usize, each: &mut dyn FnMut(&str)) -> Result<()> {
    let sql = "WITH RECURSIVE each(word, n) AS (
                 SELECT MIN(word), 1 FROM found_word WHERE word >= ?1 AND word < ?2
                 UNION ALL
                 SELECT (SELECT MIN(found_word.word) FROM found_word WHERE found_word.word > each.word
                   AND found_word.word < ?2), each.n + 1
                 FROM each WHERE each.word IS NOT NULL AND each.n < ?3)
               SELECT word FROM each WHERE word IS NOT NULL";
    let (end, limit) = (end(start), i64::try_from(limit).unwrap_or(i64::MAX));
    tx.for_each(sql, &[start.into(), (&end).into(), limit.into()], |row| {
        each(row.text(0)?);
        Ok(())
    })
}

/// Each of these beginnings that a word has, with the first such word; those behind walls are among them.
///
/// # Errors
/// `store.statement`.
pub fn first_words(tx: &mut Tx<'_>, starts: &[String]) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for group in starts.chunks(256) {
        let (_, values) = dialect::list(&[], group);
        let marks: Vec<_> = (1..=values.len()).map(|n| format!("(CAST(?{n} AS TEXT))")).collect();
        let sql = format!(
            "SELECT wanted.column1, (SELECT MIN(found_word.word) FROM found_word WHERE found_word.word >= wanted.column1
               AND found_word.word < wanted.column1 || CAST('\u{7f}' AS TEXT)) FROM (VALUES {}) AS wanted",
            marks.join(", ")
        );
        let rows = tx.query(&sql, &values, |row| Ok((row.string(0)?, row.opt_string(1)?)))?;
        found.extend(rows.into_iter().filter_map(|(start, first)| Some((start, first?))));
    }
    found.sort();
    found.dedup();
    Ok(found)
}
