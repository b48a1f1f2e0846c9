//! What the house calls things, as rows.

use kernel::Result;
use speech::Language;
use store::Tx;

use super::HOUSE_WORD;
use crate::house_word::{HouseWord, Word};

/// All of them.
///
/// # Errors
/// `store.statement`.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<HouseWord>> {
    let sql = "SELECT language, word, one, many FROM house_word ORDER BY language, word";
    let rows =
        tx.query(sql, &[], |row| Ok((row.string(0)?, row.string(1)?, row.string(2)?, row.string(3)?)))?;
    let known = |(language, word, one, many): (String, String, String, String)| {
        let language = Language::parse(&language)?;
        let word = Word::ALL.into_iter().find(|known| known.as_str() == word)?;
        Some(HouseWord { language, word, one, many })
    };
    Ok(rows.into_iter().filter_map(known).collect())
}

/// Writes one down.
///
/// # Errors
/// `store.statement`.
pub fn insert(tx: &mut Tx<'_>, word: &HouseWord) -> Result<()> {
    let row = [
        word.language.code().into(),
        word.word.as_str().into(),
        word.one.as_str().into(),
        word.many.as_str().into(),
    ];
    tx.insert_all(&HOUSE_WORD, [row]).map(drop)
}

/// Our own word is said again.
///
/// # Errors
/// `store.statement`.
pub fn forget(tx: &mut Tx<'_>, language: Language, word: Word) -> Result<()> {
    let sql = "DELETE FROM house_word WHERE language = ?1 AND word = ?2";
    tx.execute(sql, &[language.code().into(), word.as_str().into()]).map(drop)
}
