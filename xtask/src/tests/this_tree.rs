//! The tree that this test was built from keeps the rules.

use crate::{root, tidy};

#[test]
fn the_rules_of_the_house_hold() {
    let faults = tidy::check(&root().unwrap()).unwrap();
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{} to mend:\n{}", lines.len(), lines.join("\n"));
}

#[test]
fn the_list_of_statements_without_a_wall_is_as_long_as_its_number_says() {
    let text = std::fs::read_to_string(root().unwrap().join("xtask/walls.txt")).unwrap();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).count();
    assert_eq!(lines, tidy::UNSEALED, "lower the number when a line goes");
}
