//! Links for somebody outside, signed with the key of the house and read back. No operations: a slice calls these for
//! what it lets people outside do.

use kernel::{Context, Result};
use store::Tx;

use crate::{secret, signed, store::keys};

/// A token for that purpose about `payload`, which must stand in an address as it is and hold no full stop. Makes the key
/// where there is none yet.
///
/// # Errors
/// `access.chance` when the machine gives no key, `store.statement`.
pub fn sign(cx: &Context, tx: &mut Tx<'_>, purpose: &str, payload: &str) -> Result<String> {
    let key = match keys::find(tx, purpose)? {
        Some(key) => key,
        None => {
            let key = secret::chance::<32>()?.to_vec();
            keys::insert(tx, purpose, &key, cx.now.micros)?;
            // Whoever made one meanwhile has signed with it.
            keys::find(tx, purpose)?.unwrap_or(key)
        }
    };
    Ok(signed::token(&key, purpose, payload))
}

/// What a token of that purpose is about; nothing for one that was altered, is for something else or of another house.
///
/// # Errors
/// `store.statement`.
pub fn signed_payload<'t>(tx: &mut Tx<'_>, purpose: &str, token: &'t str) -> Result<Option<&'t str>> {
    Ok(keys::find(tx, purpose)?.and_then(|key| signed::payload(&key, purpose, token)))
}
