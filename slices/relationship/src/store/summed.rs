//! Sums that are kept beside the decisions: how many lie in a place, and what they brought.

use ::store::{Table, Tx, Value};
use kernel::Result;

/// The last two columns of each table of sums.
const SUMS: [&str; 2] = ["count", "net"];

/// Adds to the sums of a table, many places by one statement: as many as there are, in portions of few sizes, so that plans are
/// kept. Each row holds the place, then by how much `count` and `net` move.
///
/// # Errors
/// `store.statement`.
pub(super) fn add<const WIDTH: usize>(
    tx: &mut Tx<'_>,
    table: &Table,
    rows: &[[Value<'_>; WIDTH]],
) -> Result<()> {
    let names: Vec<_> = table.columns.iter().map(|column| column.name).collect();
    let sums = SUMS.map(|sum| format!("{sum} = {}.{sum} + excluded.{sum}", table.name)).join(", ");
    let mut rest = rows;
    for size in [64, 16, 4, 1] {
        let marks: Vec<_> = (0..size)
            .map(|row| (1..=WIDTH).map(|n| format!("?{}", row * WIDTH + n)).collect::<Vec<_>>().join(", "))
            .collect();
        let sql = format!(
            "INSERT INTO {} ({}) VALUES ({}) ON CONFLICT ({}) DO UPDATE SET {sums}",
            table.name,
            names.join(", "),
            marks.join("), ("),
            table.key.join(", ")
        );
        while let Some((portion, more)) = rest.split_at_checked(size) {
            tx.execute(&sql, portion.as_flattened())?;
            rest = more;
        }
    }
    Ok(())
}
