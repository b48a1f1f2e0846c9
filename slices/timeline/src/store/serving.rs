//! Who of us is on record as serving somebody, read for many at once.

use std::collections::HashMap;

use ::store::Tx;
use kernel::{Day, Result};

use super::preferences::stated;
use crate::{
    AccountId, Fact, LineId,
    fact::{Assignment, AssignmentRole},
};

/// Who serves accounts by name, on their lines.
#[derive(Debug)]
pub struct Serving(HashMap<(AccountId, LineId), String>);

impl Serving {
    /// Whoever serves them on the line; else whoever serves them whatever they do with us.
    pub fn on(&self, account: AccountId, line: LineId) -> Option<&str> {
        let of = |line| self.0.get(&(account, line)).map(String::as_str);
        of(line).or_else(|| of(LineId::new(0)))
    }
}

/// Who serves these accounts by name on that day, on each line: of several the one who was assigned last. A team is
/// nobody by name; who sells to them, or only does the work, does not answer for them.
///
/// # Errors
/// `store.statement`, `timeline.body` for a fact that this version cannot read.
pub fn serving(tx: &mut Tx<'_>, accounts: &[AccountId], on: Day) -> Result<Serving> {
    let mut found = HashMap::new();
    stated(tx, "assignment", accounts, &mut |entry| {
        if let Fact::Assignment(Assignment { person, role: AssignmentRole::Named, until }) = entry.fact
            && entry.occurred.micros < on.plus(1).moment().micros
            && until.is_none_or(|until| on < until)
        {
            found.insert((entry.account, entry.line), person);
        }
    })?;
    Ok(Serving(found))
}
