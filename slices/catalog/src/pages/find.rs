//! Finding: products by their number, by the beginning of their name, and by the words in it.

use std::collections::HashSet;

use ::store::Tx;
use kernel::Result;
use slice::{Finding, Findings, Visit};
use speech::say;

use crate::store::finding;

/// Found at most.
const MOST: usize = 5;
/// Letters of what is typed below which words within names are not looked for: they stand in nearly all of them.
const SHORT: usize = 3;

/// Products that are called so: those that begin so first.
pub(crate) fn products(visit: &Visit<'_>, tx: &mut Tx<'_>, text: &str) -> Result<Findings> {
    let mut found = finding::beginning(tx, text, MOST)?;
    found.extend(finding::numbered(tx, &slice::numbers(text), MOST)?);
    if found.len() < MOST && SHORT <= text.chars().count() {
        found.extend(finding::among_first(tx, text, MOST)?);
    }
    let mut seen = HashSet::new();
    found.retain(|product| seen.insert(product.id));
    found.truncate(MOST);
    let rows = found.into_iter().map(|product| {
        let name = product.known.name.filter(|name| *name != product.key);
        Finding {
            group: "Products",
            about: name.as_ref().map(|_| say!("number {}", product.key)),
            title: name.unwrap_or(product.key),
            marks: None,
            href: format!("/products/{}", visit.cx.codes.write(product.id)),
        }
    });
    Ok(Findings { note: None, rows: rows.collect() })
}
