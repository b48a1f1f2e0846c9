//! Everything that is said to people is translated.

use std::path::Path;

use super::Fault;
use crate::words;

/// Checks every catalogue.
pub fn check(root: &Path, faults: &mut Vec<Fault>) {
    match words::gaps(root) {
        Ok(gaps) => faults.extend(gaps.into_iter().map(|gap| Fault::new("words", gap.place, gap.why))),
        Err(error) => faults.push(Fault::new("words", "words", format!("cannot be read: {error:#}"))),
    }
}
