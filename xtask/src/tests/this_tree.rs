//! The tree that this test was built from keeps the rules.

use crate::{root, tidy};

#[test]
fn the_rules_of_the_house_hold() {
    let faults = tidy::check(&root().unwrap()).unwrap();
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{} to mend:\n{}", lines.len(), lines.join("\n"));
}
