//! How many packages the lock file may hold: each one is code that we answer for.

use super::{Fault, Tree};

/// Raise it in a commit that says what came in and what it is worth.
/// 360: workbooks, archives, JSON and cards are read, phone numbers and names compared, by crates kept for it.
/// 362: any alphabet in plain letters (`any_ascii`), and likeness of words in a tenth of the time (`rapidfuzz`).
/// 365: the documents of the project are served as help (`pulldown-cmark`).
/// 375: the tools of assistants (`rmcp`), with what it needs to write streams and to name letters.
/// 380: catalogues of texts (`polib`, with two of its own), and the two crates of ours that say them.
pub const PACKAGES: usize = 380;

/// Counts the packages of `Cargo.lock`.
pub fn check(tree: &Tree, faults: &mut Vec<Fault>) {
    let Some(lock) = tree.text("Cargo.lock") else { return };
    let locked = lock.lines().filter(|line| *line == "[[package]]").count();
    if locked > PACKAGES {
        let why = format!("{locked} packages, more than {PACKAGES}: do without one");
        faults.push(Fault::new("packages", "Cargo.lock", why));
    }
}
