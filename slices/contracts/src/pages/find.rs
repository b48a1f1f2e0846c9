//! Finding: contracts by the beginning of their number.

use ::store::Tx;
use kernel::Result;
use slice::{Finding, Findings, Visit};

use crate::store;

/// Found at most.
const MOST: i64 = 5;

/// Contracts whose number begins with what was typed, as it is and in capital letters.
pub(crate) fn numbers(visit: &Visit<'_>, tx: &mut Tx<'_>, text: &str) -> Result<Findings> {
    let mut found = Vec::new();
    for number in slice::numbers(text) {
        if found.is_empty() {
            found = store::finding::numbered(visit.cx, tx, &number, MOST)?;
        }
    }
    let rows = found.into_iter().map(|(id, number, name, whose)| Finding {
        group: "Numbers",
        title: speech::say!("Contract {number}"),
        about: Some(if name.is_empty() || name == number { whose } else { format!("{name}, {whose}") }),
        marks: None,
        href: format!("/contracts/{}", visit.cx.codes.write(id)),
    });
    Ok(Findings { note: None, rows: rows.collect() })
}
