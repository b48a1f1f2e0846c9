//! Words that are spelled nearly as what was asked for, where nothing is spelled so.

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

/// The words nearest to one: one letter wrong, missing, too many or in its neighbour's place; two in a long word. What
/// begins with the same two letters is looked at first, then with the same one, then what begins otherwise.
fn near(cx: &Context, tx: &mut Tx<'_>, word: &str) -> Result<Vec<String>> {
    let length = word.chars().count();
    if length < SHORTEST || !word.chars().all(|c| c.is_ascii_alphabetic()) {
        return Ok(Vec::new());
    }
    let others =
        ('a'..='z').flat_map(|first| [format!("{first}{}", &word[1..3]), format!("{first}{}", &word[..2])]);
    let starts = [word[..2].to_owned(), word[..1].to_owned(), format!("{}{}", &word[1..2], &word[..1])];
    for start in starts.into_iter().chain(others) {
        let mut all: Vec<(usize, String)> = Vec::new();
        finding::spelled(tx, &start, &mut |known| {
            all.extend(apart(word, known).map(|far| (far, known.to_owned())))
        })?;
        all.sort();
        // What only those behind a wall are called is no spelling for whoever stands outside it.
        let mut found: Vec<(usize, String)> = Vec::new();
        for (far, known) in all.into_iter().take(LOOKED_AT) {
            if found.first().is_some_and(|(nearest, _)| *nearest < far) || MOST <= found.len() {
                break;
            }
            if 0 < finding::how_many(cx, tx, &Asked(vec![known.clone()]))? {
                found.push((far, known));
            }
        }
        if !found.is_empty() {
            return Ok(found.into_iter().map(|(_, known)| known).collect());
        }
    }
    Ok(Vec::new())
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
