//! Taking back what an import said of the people who act for accounts.

use ::store::Tx;
use kernel::{Context, Result};
use timeline::{
    AccountId,
    said::{Settled, blank, settle},
    store::{Change, rewrite_said, said_of},
};

use super::taken::{EDITED, OPEN, WALLED};
use crate::store::contacts::{self, Held};

/// The kind under which imports write down people.
pub const CHANGE: &str = "contact";

/// What taking back a batch of people came to.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    /// People who went.
    pub removed: i64,
    /// People who are as before, or as others say.
    pub restored: i64,
    /// People who stay, or of whom something stays.
    pub kept: Vec<KeptContact>,
}

/// Somebody of whom something stays.
#[derive(Clone, Debug)]
pub struct KeptContact {
    /// The number of the contact.
    pub id: i64,
    /// For whom the person acts.
    pub account: AccountId,
    /// The person's name.
    pub name: String,
    /// Why, and what to do.
    pub reason: &'static str,
}

/// Takes back what an import said of these people; at most 256, as the import wrote them down. With `write` false it
/// only counts.
///
/// # Errors
/// `store.statement`.
pub fn take_back(cx: &Context, tx: &mut Tx<'_>, run: i64, changes: &[Change], write: bool) -> Result<Taken> {
    let ids: Vec<i64> = changes.iter().map(|change| change.id).collect();
    let held = contacts::sheets(cx, tx, &ids)?;
    let all = said_of(tx, CHANGE, &ids)?;
    let mut taken = Taken::default();
    let (mut remove, mut anew, mut heirs) = (Vec::new(), Vec::new(), Vec::new());
    let mut rewritten = Vec::new();
    for (id, Held { sheet, run: maker, is_visible }) in &held {
        let said = all.get(id).map_or(&[][..], Vec::as_slice);
        let mut keep = |reason| {
            let account = AccountId::new(blank(sheet, "account").parse().unwrap_or(0));
            taken.kept.push(KeptContact { id: *id, account, name: blank(sheet, "name").to_owned(), reason });
        };
        if !is_visible {
            keep(WALLED);
            continue;
        }
        match settle(run, *maker == run, sheet, said, None) {
            Settled::Remove => remove.push(*id),
            Settled::Edited => keep(EDITED),
            Settled::Keep(kept) => {
                if kept.open.says.is_empty() {
                    taken.restored += 1;
                } else {
                    keep(OPEN);
                    rewritten.push((run, *id, kept.open));
                }
                heirs.extend(kept.heir.map(|heir| (*id, heir)));
                rewritten.extend(kept.rewritten.into_iter().map(|(by, said)| (by, *id, said)));
                if kept.sheet != *sheet {
                    anew.push((*id, kept.sheet));
                }
            }
        }
    }
    taken.removed = i64::try_from(remove.len()).unwrap_or(0);
    if write {
        contacts::remove(tx, &remove)?;
        contacts::rewrite(tx, &anew)?;
        contacts::inherit(tx, &heirs)?;
        rewrite_said(tx, CHANGE, &rewritten)?;
    }
    Ok(taken)
}
