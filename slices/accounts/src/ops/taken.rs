//! Taking back the accounts that an import made.

use std::collections::{HashMap, HashSet};

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
    /// Accounts that stay, their names, and why.
    pub kept: Vec<(AccountId, String, &'static str)>,
}

/// Removes those of these accounts on which nothing stands that the import did not bring; at most 256. `needed` are
/// those that another import needs, which has them from now on (0: somebody recorded by hand), and `held` those of which
/// something of this import stays. With `write` false it only counts.
///
/// # Errors
/// `store.statement`.
pub fn take_back(
    tx: &mut Tx<'_>,
    run: i64,
    ids: &[AccountId],
    needed: &HashMap<AccountId, i64>,
    held: &HashSet<AccountId>,
    write: bool,
) -> Result<Taken> {
    let mut taken = Taken::default();
    let (mut remove, mut heirs) = (Vec::new(), Vec::new());
    for Standing { id, name, walled, facts, keys } in store::standing(tx, run, write, ids)? {
        if let Some(heir) = needed.get(&id) {
            heirs.push((id.0, *heir));
            continue;
        }
        let why = match () {
            () if held.contains(&id) => Some("an order of it stays"),
            () if walled => {
                Some("it was put behind a wall since; take the wall away, then take the import back again")
            }
            () if facts => {
                Some("facts were recorded about it since; withdraw them, then take the import back again")
            }
            () if 1 < keys => Some("another source knows it by now"),
            () => None,
        };
        match why {
            Some(why) => taken.kept.push((id, name, why)),
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
