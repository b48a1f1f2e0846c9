//! What was on record at a moment: the facts in force now and those that were taken back since.

use std::collections::HashMap;

use ::store::{Tx, dialect};
use kernel::Result;

use super::facts::{ENTRY, entry};
use crate::{AccountId, Entry};

/// A fact and how long it was on record.
#[derive(Clone, Debug)]
pub struct Remembered {
    /// The fact as it stood.
    pub entry: Entry,
    /// When it was taken back, in microseconds; nothing while it stands.
    pub until: Option<i64>,
}

impl Remembered {
    /// Whether it was on record at that moment, in microseconds. What is recorded in that very moment is, what is taken
    /// back in it is not.
    pub fn stood(&self, moment: i64) -> bool {
        self.entry.recorded_at <= moment && self.until.is_none_or(|until| moment < until)
    }
}

/// Everything that was ever on record about these accounts, each account's in the order of time.
///
/// # Errors
/// `store.statement`, `timeline.body` for a fact that this version cannot read.
pub fn remembered(tx: &mut Tx<'_>, accounts: &[AccountId]) -> Result<HashMap<AccountId, Vec<Remembered>>> {
    let mut found: HashMap<AccountId, Vec<Remembered>> = HashMap::new();
    for group in accounts.chunks(256) {
        let (marks, values) = dialect::list(&[], group.iter().copied());
        let of = |table: &str, until: &str| {
            format!("SELECT {ENTRY}, {until} FROM {table} WHERE account IN ({marks})")
        };
        let sql = format!(
            "{} UNION ALL {} ORDER BY account, occurred_at, id",
            of("fact", "CAST(NULL AS BIGINT) AS until"),
            of("withdrawn_fact", "withdrawn_at AS until")
        );
        tx.for_each(&sql, &values, |row| {
            let (entry, until) = (entry(row)?, row.opt_int(11)?);
            found.entry(entry.account).or_default().push(Remembered { entry, until });
            Ok(())
        })?;
    }
    Ok(found)
}
