//! A database in one file as another program would leave it.

use std::path::Path;

/// Writes a database of two tables (people, and their orders, of which one has a seal that is no text), an empty one and
/// a view.
///
/// # Panics
/// Where it cannot be written.
pub fn foreign_database(path: &Path) {
    let connection = rusqlite::Connection::open(path).expect("a file is made");
    let sql = "CREATE TABLE person (id TEXT PRIMARY KEY, name TEXT);
        INSERT INTO person VALUES ('007', 'Ida Rook'), ('008', 'Bram; Falk');
        CREATE TABLE \"order\" (number INTEGER PRIMARY KEY, who TEXT, total REAL, seal BLOB);
        INSERT INTO \"order\" VALUES (2, '008', 0.1, NULL), (1, '007', 2400.0, x'00ff');
        CREATE TABLE blank (a);
        CREATE VIEW recent AS SELECT * FROM \"order\";";
    connection.execute_batch(sql).expect("the statements are sound");
}
