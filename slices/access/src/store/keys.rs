//! The keys of the house, as rows: one for each purpose. They leave it by no door and are in no export.

use kernel::Result;
use store::Tx;

/// The key for that purpose, if it was made.
///
/// # Errors
/// `store.statement`.
pub fn find(tx: &mut Tx<'_>, purpose: &str) -> Result<Option<Vec<u8>>> {
    let sql = "SELECT secret FROM house_key WHERE purpose = ?1";
    tx.first(sql, &[purpose.into()], |row| Ok(row.bytes(0)?.to_vec()))
}

/// Keeps a new key; one that somebody made meanwhile stays.
///
/// # Errors
/// `store.statement`.
pub fn insert(tx: &mut Tx<'_>, purpose: &str, secret: &[u8], now: i64) -> Result<()> {
    let sql = "INSERT INTO house_key (purpose, secret, made_at) VALUES (?1, ?2, ?3) ON CONFLICT (purpose) DO NOTHING";
    tx.execute(sql, &[purpose.into(), secret.into(), now.into()]).map(drop)
}
