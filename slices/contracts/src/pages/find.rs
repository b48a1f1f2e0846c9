//! Finding: contracts by the beginning of their number, and by the words of what they are called.

use std::collections::HashSet;

use ::store::Tx;
use accounts::{
    store::finding::with_word,
    words::{Asked, Words},
};
use kernel::{Context, Result};
use slice::{Finding, Findings, Visit};
use speech::say;

use crate::store::finding::{self, FoundContract};

/// Found at most.
const MOST: usize = 5;
/// Accounts that have one of several words, of which the contracts are looked through for the others; ...
const ACCOUNTS: i64 = 64;
/// ... and so many of those.
const AMONG: i64 = 256;

/// Contracts whose number begins with what was typed, as it is and in capital letters; then those that are called so.
pub(crate) fn contracts(visit: &Visit<'_>, tx: &mut Tx<'_>, text: &str) -> Result<Findings> {
    let mut found = Vec::new();
    for number in slice::numbers(text) {
        if found.is_empty() {
            found = finding::numbered(visit.cx, tx, &number, limit())?;
        }
    }
    let by_number = found.len();
    if by_number < MOST {
        found.extend(called(visit.cx, tx, &Asked::of(text))?);
    }
    let mut seen = HashSet::new();
    let rows = found.into_iter().enumerate().filter(|(_, one)| seen.insert(one.id)).take(MOST);
    let rows = rows.map(|(n, one)| {
        let has_name = !one.name.is_empty() && one.name != one.number;
        let number = say!("Contract {}", one.number);
        let (group, title, about) = match has_name {
            true if by_number <= n => ("Contracts", one.name, format!("{number} · {}", one.whose)),
            true => ("Numbers", number, format!("{}, {}", one.name, one.whose)),
            false => ("Numbers", number, one.whose),
        };
        let href = format!("/contracts/{}", visit.cx.codes.write(one.id));
        Finding { group, title, about: Some(about), marks: None, href }
    });
    Ok(Findings { note: None, rows: rows.collect() })
}

fn limit() -> i64 {
    i64::try_from(MOST).unwrap_or(i64::MAX)
}

/// Contracts of which all words are as they were asked for: first those that have them all themselves, then those of which the
/// account is called by some of them.
fn called(cx: &Context, tx: &mut Tx<'_>, asked: &[Asked]) -> Result<Vec<FoundContract>> {
    // The longest first: fewest have it.
    let mut words: Vec<&Asked> = asked.iter().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.word().len()));
    let Some((first, others)) = words.split_first() else { return Ok(Vec::new()) };
    let mut found = finding::called(cx, tx, first, others, limit())?;
    for word in words.iter().filter(|_| !others.is_empty()) {
        if MOST <= found.len() {
            break;
        }
        let named = with_word(cx, tx, word, ACCOUNTS)?.into_iter().filter(|record| record.contact == 0);
        let named: Vec<i64> = named.map(|record| record.account).collect();
        let mut theirs = finding::of_accounts(cx, tx, &named, AMONG)?;
        theirs.retain(|one| {
            let (own, whose) = (Words::named(&one.name, &one.number), Words::named(&one.whose, ""));
            asked.iter().any(|word| own.best(word).is_some())
                && asked.iter().all(|word| own.best(word).or_else(|| whose.best(word)).is_some())
        });
        found.extend(theirs);
    }
    Ok(found)
}
