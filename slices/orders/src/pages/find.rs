//! Finding: orders and invoices by the beginning of their number.

use ::store::Tx;
use kernel::Result;
use slice::{Finding, Findings, Visit};
use speech::say;

use crate::store;

/// Found of each kind.
const MOST: i64 = 5;

/// Orders and invoices whose number begins with what was typed, as it is and in capital letters.
pub(crate) fn numbers(visit: &Visit<'_>, tx: &mut Tx<'_>, text: &str) -> Result<Findings> {
    let mut found = Vec::new();
    for number in slice::numbers(text) {
        if found.is_empty() {
            found = store::finding::numbered(visit.cx, tx, &number, MOST)?;
        }
    }
    let codes = &visit.cx.codes;
    let rows = found.into_iter().map(|one| {
        let account = codes.write(one.account);
        let title = match one.is_invoice {
            true => say!("Invoice {}", one.number),
            false => say!("Order {}", one.number),
        };
        let href = match one.fact.0 {
            0 => format!("/accounts/{account}/bills"),
            _ => format!("/accounts/{account}/facts/{}", codes.write(one.fact)),
        };
        Finding { group: "Numbers", title, about: Some(one.name), marks: None, href }
    });
    Ok(Findings { note: None, rows: rows.collect() })
}
