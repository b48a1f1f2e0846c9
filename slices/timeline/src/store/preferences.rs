//! How parties want to be dealt with, as it was stated: read for many at once, and kept where it is theirs to take back.

use std::collections::HashMap;

use ::store::{Tx, dialect};
use kernel::{Context, Permission, Problem, Result};
use speech::say;

use super::facts::{ENTRY, entry};
use crate::{AccountId, Entry, Fact, fact::Hand};

/// The preferences that were stated for these accounts, on whatever line, each account's in the order of time.
///
/// # Errors
/// `store.statement`, `timeline.body` for a fact that this version cannot read.
pub fn preferences(tx: &mut Tx<'_>, accounts: &[AccountId]) -> Result<HashMap<AccountId, Vec<Entry>>> {
    let mut found: HashMap<AccountId, Vec<Entry>> = HashMap::new();
    stated(tx, "preference", accounts, &mut |entry| found.entry(entry.account).or_default().push(entry))?;
    Ok(found)
}

/// What of that kind was stated for these accounts, on whatever line, each account's in the order of time. The kind stands in
/// the statement itself, so that the index of those facts serves it.
pub(super) fn stated(
    tx: &mut Tx<'_>,
    kind: &'static str,
    accounts: &[AccountId],
    each: &mut dyn FnMut(Entry),
) -> Result<()> {
    for group in accounts.chunks(256) {
        let (marks, values) = dialect::list(&[], group.iter().copied());
        let sql = format!(
            "SELECT {ENTRY} FROM fact WHERE kind = '{kind}' AND account IN ({marks})
             ORDER BY account, occurred_at, id"
        );
        tx.for_each(&sql, &values, |row| {
            each(entry(row)?);
            Ok(())
        })?;
    }
    Ok(())
}

/// What a party put down itself is nobody else's to take back; what it told us is an owner's, where it was noted wrongly.
///
/// # Errors
/// `timeline.their_word`, `timeline.told_word`.
pub(super) fn leave_their_word(cx: &Context, entry: &Entry) -> Result<()> {
    match &entry.fact {
        Fact::Preference(stated) if stated.hand == Hand::Theirs => Err(Problem::conflict(
            "timeline.their_word",
            say!(
                "they stated this themselves, and only they can change it; send them their link \
                 (mainstay preference ID link)"
            ),
        )),
        Fact::Preference(stated) if stated.hand == Hand::Told && !cx.actor.may(Permission::Manage) => {
            Err(Problem::conflict(
                "timeline.told_word",
                say!(
                    "they told us this, and taking it back may loosen it; if they want something else by now, note that \
                     (mainstay preference ID state); if it was noted wrongly, ask an owner to take it back"
                ),
            ))
        }
        _ => Ok(()),
    }
}
