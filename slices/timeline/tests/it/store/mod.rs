//! What somebody with the database in their hands sees and does.

use store::Store;
use testkit::at;

/// A fact among those taken back.
pub struct Withdrawn {
    pub id: i64,
    pub by: i64,
    pub at: i64,
    pub reason: String,
    pub body: String,
}

/// The facts that were taken back, in the order in which they were.
pub fn withdrawn(store: &Store) -> Vec<Withdrawn> {
    let sql = "SELECT id, withdrawn_by, withdrawn_at, reason, body FROM withdrawn_fact ORDER BY serial";
    let read = store.read(&at("2025-03-04"), |tx| {
        tx.query(sql, &[], |row| {
            Ok(Withdrawn {
                id: row.int(0)?,
                by: row.int(1)?,
                at: row.int(2)?,
                reason: row.string(3)?,
                body: row.string(4)?,
            })
        })
    });
    read.unwrap()
}

/// Changes what the facts say behind our back.
pub fn rewrite_bodies(store: &Store, body: &str) {
    store.write(&at("2025-03-04"), |tx| tx.execute("UPDATE fact SET body = ?1", &[body.into()])).unwrap();
}
