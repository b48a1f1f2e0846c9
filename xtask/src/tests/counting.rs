//! The closing lines of the runners are read as they are written.

use crate::step::{Tally, count, settle};

const SHOWN_AGAIN: &str = "    test result: FAILED. 0 passed; 1 failed; 0 ignored";

fn tally(passed: u64, failed: u64, skipped: u64) -> Tally {
    Tally { passed, failed, skipped }
}

#[test]
fn cargo_test_closes_with_a_result() {
    let line =
        "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s\n";
    assert_eq!(count(line), Some(tally(12, 0, 1)));
}

#[test]
fn nextest_closes_with_a_summary() {
    let good = "     Summary [   0.004s] 12 tests run: 12 passed, 3 skipped";
    assert_eq!(count(good), Some(tally(12, 0, 3)));
    let bad = "     Summary [   1.204s] 12 tests run: 10 passed (1 slow), 2 failed, 0 skipped";
    assert_eq!(count(bad), Some(tally(10, 2, 0)));
}

#[test]
fn node_closes_with_a_line_per_count() {
    assert_eq!(count("# pass 7"), Some(tally(7, 0, 0)));
    assert_eq!(count("ℹ fail 2"), Some(tally(0, 2, 0)));
    assert_eq!(count("# cancelled 1"), Some(tally(0, 1, 0)));
    assert_eq!(count("# skipped 4"), Some(tally(0, 0, 4)));
}

#[test]
fn other_lines_count_nothing() {
    for line in
        ["# tests 7", "# duration_ms 12.5", "# Subtest: pass 3", "test a::b ... ok", "12 passed", SHOWN_AGAIN]
    {
        assert_eq!(count(line), None, "{line}");
    }
}

#[test]
fn a_check_counts_as_one_and_a_crash_is_a_failure() {
    assert_eq!(settle(None, true), tally(1, 0, 0));
    assert_eq!(settle(None, false), tally(0, 1, 0));
    assert_eq!(settle(Some(tally(5, 0, 0)), false), tally(5, 1, 0));
    assert_eq!(settle(Some(tally(5, 2, 0)), false), tally(5, 2, 0));
}

#[test]
fn no_tests_are_no_check() {
    assert_eq!(settle(Some(tally(0, 0, 0)), true), tally(0, 0, 0));
}
