//! Products that are called so.

use ::store::{Tx, Value, dialect};
use kernel::Result;

use super::{HEAD, head, holding, spelled};
use crate::product::Product;

/// Service lines that are looked through.
const LINES: usize = 16;
/// Products, by name, whose names are looked through for words within them: all of most catalogues, in a millisecond.
const FIRST: i64 = 2_000;
/// Words that are looked for at once.
const WORDS: usize = 8;

/// Products of which the name begins so, in capital or small letters.
///
/// # Errors
/// `store.statement`.
pub fn beginning(tx: &mut Tx<'_>, text: &str, most: usize) -> Result<Vec<Product>> {
    let begin = spelled(text);
    let end = format!("{begin}\u{10FFFF}");
    let sql = format!(
        "SELECT {HEAD} FROM product WHERE name_key >= ?1 AND name_key < ?2 ORDER BY name_key, id LIMIT ?3"
    );
    tx.query(&sql, &[(&begin).into(), (&end).into(), limit(most)], head)
}

/// Products of which the number begins so, as the first of these spellings of it that any has.
///
/// # Errors
/// `store.statement`.
pub fn numbered(tx: &mut Tx<'_>, spellings: &[String], most: usize) -> Result<Vec<Product>> {
    if spellings.is_empty() {
        return Ok(Vec::new());
    }
    let lines = timeline::store::lines(tx)?;
    for begin in spellings {
        let end = format!("{begin}\u{10FFFF}");
        let before = [begin.into(), (&end).into(), limit(most)];
        let (marks, values) = dialect::list(&before, lines.iter().take(LINES).map(|line| line.id));
        let sql = format!(
            "SELECT {HEAD} FROM product WHERE line IN ({marks}) AND product_key >= ?1 AND product_key < ?2
             ORDER BY product_key, id LIMIT ?3"
        );
        let found = tx.query(&sql, &values, head)?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

/// Those among the first products by name of which each word stands somewhere in the name or in the number.
///
/// # Errors
/// `store.statement`.
pub fn among_first(tx: &mut Tx<'_>, text: &str, most: usize) -> Result<Vec<Product>> {
    let words: Vec<String> = text.split_whitespace().take(WORDS).map(str::to_owned).collect();
    let (having, patterns) = holding(&words, 3);
    let sql = format!(
        "SELECT {HEAD} FROM (SELECT {HEAD} FROM product ORDER BY name_key, id LIMIT ?1) AS first
         WHERE 1 = 1{having} ORDER BY name_key, id LIMIT ?2"
    );
    let mut values: Vec<Value<'_>> = vec![FIRST.into(), limit(most)];
    values.extend(patterns.iter().map(Value::from));
    tx.query(&sql, &values, head)
}

fn limit(most: usize) -> Value<'static> {
    i64::try_from(most).unwrap_or(i64::MAX).into()
}
