//! What somebody with the database in their hands sees.

use ::store::Store;

/// The facts that were taken back, and why.
pub fn withdrawn(store: &Store) -> Vec<(i64, String)> {
    let sql = "SELECT id, reason FROM withdrawn_fact ORDER BY serial";
    store
        .read(&testkit::at(crate::DAY), |tx| tx.query(sql, &[], |row| Ok((row.int(0)?, row.string(1)?))))
        .unwrap()
}
