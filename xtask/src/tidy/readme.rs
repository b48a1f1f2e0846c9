//! Every slice says in one short page what it is for.

use super::{Fault, Tree};

const LINES: usize = 60;

/// Looks for `slices/<name>/README.md`.
pub fn check(tree: &Tree, faults: &mut Vec<Fault>) {
    for slice in tree.crates_of("slices") {
        let path = format!("slices/{slice}/README.md");
        match tree.text(&path).map(|text| text.lines().count()) {
            None => faults.push(Fault::new(
                "readme",
                path,
                "every slice has one: words, tables, operations, a story",
            )),
            Some(lines) if lines > LINES => {
                let why = format!("{lines} lines, more than {LINES}");
                faults.push(Fault::new("readme", path, why).sized(lines));
            }
            Some(_) => (),
        }
    }
}
