//! Words that are spelled nearly as what was asked for, where nothing is spelled so.

use ::store::Tx;
use kernel::Result;
use rapidfuzz::distance::osa;

use crate::{store::finding, words::Asked};

/// Letters of the shortest word that may be misspelled.
const SHORTEST: usize = 4;
/// Letters from which on two of them may be wrong.
const LONG: usize = 8;
/// Spellings tried for one word.
const MOST: usize = 4;

/// The same words with those that nothing begins with put right; nothing where one cannot be.
///
/// # Errors
/// `store.statement`.
pub(super) fn respelled(tx: &mut Tx<'_>, asked: &[Asked]) -> Result<Option<Vec<Asked>>> {
    let mut all = Vec::with_capacity(asked.len());
    let mut is_other = false;
    for word in asked {
        if 0 < finding::how_many(tx, word)? {
            all.push(word.clone());
            continue;
        }
        let near = near(tx, word.word())?;
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
fn near(tx: &mut Tx<'_>, word: &str) -> Result<Vec<String>> {
    let length = word.chars().count();
    if length < SHORTEST || !word.chars().all(|c| c.is_ascii_alphabetic()) {
        return Ok(Vec::new());
    }
    let allowed = if length < LONG { 1 } else { 2 };
    let others =
        ('a'..='z').flat_map(|first| [format!("{first}{}", &word[1..3]), format!("{first}{}", &word[..2])]);
    let starts = [word[..2].to_owned(), word[..1].to_owned(), format!("{}{}", &word[1..2], &word[..1])];
    for start in starts.into_iter().chain(others) {
        let mut best: (usize, Vec<String>) = (2 * allowed + 1, Vec::new());
        finding::spelled(tx, &start, &mut |known| {
            if !known.chars().all(|c| c.is_ascii_alphabetic()) {
                return;
            }
            // What was typed may be the beginning of a word, too; a whole word is likelier.
            let begins = known.get(..length).filter(|_| length < known.len());
            let args = osa::Args::default().score_cutoff(allowed);
            let apart = |it: &str| osa::distance_with_args(word.chars(), it.chars(), &args);
            let (whole, begun) = (apart(known).map(|it| 2 * it), begins.and_then(apart).map(|it| 2 * it + 1));
            let distance = whole.into_iter().chain(begun).min().unwrap_or(usize::MAX);
            if distance < best.0 {
                best = (distance, vec![known.to_owned()]);
            } else if distance == best.0 && best.1.len() < MOST {
                best.1.push(known.to_owned());
            }
        })?;
        if !best.1.is_empty() {
            return Ok(best.1);
        }
    }
    Ok(Vec::new())
}
