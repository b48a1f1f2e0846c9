//! Products that are called so.

use ::store::{Tx, Value};
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

/// Products of which the number begins so.
///
/// # Errors
/// `store.statement`.
pub fn numbered(tx: &mut Tx<'_>, begin: &str, most: usize) -> Result<Vec<Product>> {
    let end = format!("{begin}\u{10FFFF}");
    let sql = format!(
        "SELECT {HEAD} FROM product WHERE line = ?1 AND product_key >= ?2 AND product_key < ?3
         ORDER BY product_key LIMIT ?4"
    );
    let mut found = Vec::new();
    for line in timeline::store::lines(tx)?.iter().take(LINES) {
        found.extend(tx.query(&sql, &[line.id.into(), begin.into(), (&end).into(), limit(most)], head)?);
    }
    Ok(found)
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
