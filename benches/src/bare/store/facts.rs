//! The bare read: every fact once, in the order in which it lies, each cell looked at, and nothing else.

use store::Tx;

/// Reads all facts; gives how many there are and the bytes of what they say.
///
/// # Errors
/// When they cannot be read.
pub fn read(tx: &mut Tx<'_>) -> kernel::Result<(u64, u64)> {
    let (mut count, mut bytes) = (0, 0);
    let sql = "SELECT account, line, occurred_at, id, date_only, recorded_at, currency, run, row, about, body FROM fact
               ORDER BY account, line, occurred_at, id";
    tx.for_each(sql, &[], |row| {
        for column in [0, 1, 2, 3, 5, 7, 8, 9] {
            std::hint::black_box(row.int(column)?);
        }
        std::hint::black_box(row.opt_text(6)?);
        count += 1;
        bytes += row.text(10)?.len() as u64;
        Ok(())
    })?;
    Ok((count, bytes))
}
