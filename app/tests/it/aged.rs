//! Who only aged is decided before a command reads, where nobody serves.

use std::sync::atomic::Ordering;

use kernel::Day;
use relationship::jobs::catch_up;
use serde_json::{Value, json};
use testkit::Bench;

use crate::left_alone::{NOW, client, does, house, morning};

#[test]
fn a_command_that_reads_the_next_week_finds_everybody_decided_for_that_day() {
    for bench in Bench::all() {
        let data = tempfile::tempdir().unwrap();
        let begun = Day::parse("2025-06-02").unwrap();
        NOW.store(morning(begun), Ordering::SeqCst);
        let open = house(&bench, data.path());
        client(&open, "Okafor");
        let waits = || does(&open, "decisions.progress", json!({}))["waits"].clone();
        assert_eq!(waits(), Value::Bool(false));
        NOW.store(morning(begun.plus(7)), Ordering::SeqCst);
        assert_eq!(waits(), Value::Bool(true), "nobody served meanwhile");
        catch_up(&open.house).unwrap();
        assert_eq!(waits(), Value::Bool(false));
        catch_up(&open.house).unwrap();
    }
}
