//! Settings of the installation: a short list of words with their values.

use kernel::Result;

use crate::Tx;

impl Tx<'_> {
    /// The value of a setting.
    ///
    /// # Errors
    /// `store.statement`.
    pub fn setting(&mut self, name: &str) -> Result<Option<String>> {
        self.first("SELECT value FROM setting WHERE name = ?1", &[name.into()], |row| row.string(0))
    }

    /// Writes a setting.
    ///
    /// # Errors
    /// `store.statement`.
    pub fn set(&mut self, name: &str, value: &str) -> Result<()> {
        let sql = "INSERT INTO setting (name, value) VALUES (?1, ?2)
                   ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        self.execute(sql, &[name.into(), value.into()]).map(drop)
    }
}
