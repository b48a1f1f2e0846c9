//! Taking back the accounts that an import made.

use std::collections::HashMap;

use ::store::Tx;
use kernel::Result;
use timeline::{AccountId, store::hand_over};

use crate::store::{self, Standing};

/// The kind under which imports write down accounts.
pub const CHANGE: &str = "account";

/// What taking back a batch of accounts came to.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    /// Accounts that went.
    pub removed: i64,
    /// Accounts that stay because another source needs them.
    pub needed: i64,
    /// Accounts that stay, and why.
    pub kept: Vec<(AccountId, &'static str)>,
}

/// Removes those of these accounts on which nothing stands that the import did not bring; at most 256. `used` are those
/// that other slices still need, and the import that brought that need, which has them from now on (0: somebody
/// recorded it by hand). With `write` false it only counts.
///
/// # Errors
/// `store.statement`.
pub fn take_back(
    tx: &mut Tx<'_>,
    run: i64,
    ids: &[AccountId],
    used: &HashMap<AccountId, i64>,
    write: bool,
) -> Result<Taken> {
    let mut taken = Taken::default();
    let mut remove = Vec::new();
    let mut heirs = Vec::new();
    for Standing { id, walled, facts, keys } in store::standing(tx, run, ids)? {
        match used.get(&id) {
            Some(own) if *own == run => {
                taken.kept.push((id, "an order of it stays"));
                continue;
            }
            Some(heir) => {
                heirs.push((id.0, *heir));
                continue;
            }
            None => (),
        }
        let why = match () {
            () if walled => Some("it was put behind a wall since"),
            () if facts => Some("facts were recorded about it since"),
            () if 1 < keys => Some("another source knows it by now"),
            () => None,
        };
        match why {
            Some(why) => taken.kept.push((id, why)),
            None => remove.push(id),
        }
    }
    taken.removed = i64::try_from(remove.len()).unwrap_or(0);
    taken.needed = i64::try_from(heirs.len()).unwrap_or(0);
    if write {
        store::remove(tx, &remove)?;
        store::inherit(tx, &heirs)?;
        hand_over(tx, CHANGE, &heirs)?;
    }
    Ok(taken)
}
