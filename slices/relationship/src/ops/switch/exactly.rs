//! Exactly what was shown is done: what stands for a list of consequences.

use kernel::{Problem, Result};
use sha2::{Digest, Sha256};
use slice::{Consequence, Switching};
use speech::say;

/// What was shown is what would be done.
pub(super) fn must_be(switching: &Switching, foreseen: &[Consequence], shown: &str) -> Result<()> {
    if !foreseen.iter().any(Consequence::is_change) {
        let text = say!("serve as {}: nothing would change", speech::word!(switching.to));
        return Err(Problem::conflict("switch.nothing", text));
    }
    if digest(switching, foreseen) != shown.trim() {
        let text = say!(
            "serve as {}: the list has changed since it was shown, or was not shown; look at it again",
            speech::word!(switching.to)
        );
        return Err(Problem::conflict("switch.changed", text));
    }
    Ok(())
}

/// What stands for exactly this list.
pub(super) fn digest(switching: &Switching, foreseen: &[Consequence]) -> String {
    let list = serde_json::to_string(&(switching.relationship, &switching.from, &switching.to, foreseen));
    let hash = Sha256::digest(list.unwrap_or_default());
    hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
