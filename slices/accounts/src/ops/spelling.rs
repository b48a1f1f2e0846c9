//! Words that are spelled nearly as what was asked for, where nothing is spelled so.

use std::collections::BTreeSet;

use ::store::Tx;
use kernel::{Context, Result};
use rapidfuzz::distance::osa;

use crate::{store::finding, words::Asked};

/// Letters of the shortest word that may be misspelled.
const SHORTEST: usize = 4;
/// Letters from which on two of them may be wrong.
const LONG: usize = 8;
/// Spellings taken for one word.
const MOST: usize = 4;
/// Spellings looked at, the nearest first.
const LOOKED_AT: usize = 12;
/// Words gone through for one with two letters wrong.
const SPELLED: usize = 20_000;

/// The same words with those that nothing begins with put right; nothing where one cannot be.
///
/// # Errors
/// `store.statement`.
pub(super) fn respelled(cx: &Context, tx: &mut Tx<'_>, asked: &[Asked]) -> Result<Option<Vec<Asked>>> {
    let mut all = Vec::with_capacity(asked.len());
    let mut is_other = false;
    for word in asked {
        if 0 < finding::how_many(cx, tx, word)? {
            all.push(word.clone());
            continue;
        }
        let near = near(cx, tx, word.word())?;
        if near.is_empty() {
            return Ok(None);
        }
        is_other = true;
        all.push(Asked(near));
    }
    Ok(is_other.then_some(all))
}

/// The words nearest to one: with one letter wrong, missing, too many or in its neighbour's place; else those that begin with
/// such a word; else, of a long one, those with two letters wrong. What begins with the same two letters goes first, then with
/// the same one, then what begins otherwise.
fn near(cx: &Context, tx: &mut Tx<'_>, word: &str) -> Result<Vec<String>> {
    let length = word.chars().count();
    if length < SHORTEST || !word.chars().all(|c| c.is_ascii_alphabetic()) {
        return Ok(Vec::new());
    }
    let starts = starts(word);
    let rank = |known: &str| starts.iter().position(|start| known.starts_with(start)).unwrap_or(starts.len());
    let kept = begun_so_far(tx, word)?;
    let begun = finding::first_words(tx, &one_wrong(word, kept))?;
    let exact = begun.iter().filter(|(start, first)| start == first).map(|(_, first)| first.clone());
    let found = seen(cx, tx, exact.map(|known| (rank(&known), known)).collect())?;
    if !found.is_empty() {
        return Ok(found);
    }
    let mut longer: Vec<(usize, String)> = Vec::new();
    for (start, _) in begun.iter().filter(|(start, _)| start.len() == length) {
        let mut add = |known: &str| {
            if known.chars().all(|c| c.is_ascii_alphabetic()) {
                longer.push((rank(known), known.to_owned()));
            }
        };
        finding::spelled(tx, start, LOOKED_AT, &mut add)?;
    }
    let found = seen(cx, tx, longer)?;
    if !found.is_empty() || length < LONG {
        return Ok(found);
    }
    for start in starts {
        let mut all: Vec<(usize, String)> = Vec::new();
        finding::spelled(tx, &start, SPELLED, &mut |known| {
            all.extend(apart(word, known).map(|far| (far, known.to_owned())))
        })?;
        let found = seen(cx, tx, all)?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

/// The beginnings among which words are looked for, the likeliest first.
fn starts(word: &str) -> Vec<String> {
    let others =
        ('a'..='z').flat_map(|first| [format!("{first}{}", &word[1..3]), format!("{first}{}", &word[..2])]);
    let likely = [word[..2].to_owned(), word[..1].to_owned(), format!("{}{}", &word[1..2], &word[..1])];
    likely.into_iter().chain(others).collect()
}

/// How many letters of a word some known word begins with as well.
fn begun_so_far(tx: &mut Tx<'_>, word: &str) -> Result<usize> {
    let beginnings: Vec<String> = (1..word.len()).map(|end| word[..end].to_owned()).collect();
    let begun = finding::first_words(tx, &beginnings)?;
    Ok(begun.iter().map(|(beginning, _)| beginning.len()).max().unwrap_or(0))
}

/// Every word that is one letter away, of which at most the first so many letters stay as they are: where no known word begins with
/// more of them, what is wrong stands no further behind.
fn one_wrong(word: &str, kept: usize) -> Vec<String> {
    let mut all = BTreeSet::new();
    for at in 0..=word.len().min(kept) {
        let (before, after) = word.split_at(at);
        for letter in 'a'..='z' {
            all.insert(format!("{before}{letter}{after}"));
            all.extend(after.get(1..).map(|rest| format!("{before}{letter}{rest}")));
        }
        all.extend(after.get(1..).map(|rest| format!("{before}{rest}")));
        all.extend(after.get(2..).map(|rest| format!("{before}{}{}{rest}", &after[1..2], &after[..1])));
    }
    all.remove(word);
    all.into_iter().collect()
}

/// Those of the lowest rank that somebody whom the viewer may see is called by, a few of them. What only those behind a wall
/// are called is no spelling for whoever stands outside it.
fn seen(cx: &Context, tx: &mut Tx<'_>, mut all: Vec<(usize, String)>) -> Result<Vec<String>> {
    all.sort();
    all.dedup();
    let mut found: Vec<(usize, String)> = Vec::new();
    for group in all.chunk_by(|a, b| a.0 == b.0) {
        for (rank, known) in group.iter().take(LOOKED_AT) {
            if MOST <= found.len() {
                break;
            }
            if 0 < finding::how_many(cx, tx, &Asked(vec![known.clone()]))? {
                found.push((*rank, known.clone()));
            }
        }
        if !found.is_empty() {
            break;
        }
    }
    Ok(found.into_iter().map(|(_, known)| known).collect())
}

/// How far a known word is from one that was typed: twice the letters that differ, and one more where only its beginning
/// is near; nothing where too many differ.
fn apart(word: &str, known: &str) -> Option<usize> {
    if !known.chars().all(|c| c.is_ascii_alphabetic()) {
        return None;
    }
    let length = word.len();
    let args = osa::Args::default().score_cutoff(if length < LONG { 1 } else { 2 });
    let far = |it: &str| osa::distance_with_args(word.chars(), it.chars(), &args);
    let begins = known.get(..length).filter(|_| length < known.len()).and_then(far).map(|it| 2 * it + 1);
    far(known).map(|it| 2 * it).into_iter().chain(begins).min()
}
