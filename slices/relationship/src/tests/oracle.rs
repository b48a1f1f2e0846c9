//! Every example and every random vector of the policy, under its three readings, field by field.

use std::{
    fs::{self, File},
    io::Read,
    path::Path,
};

use flate2::read::GzDecoder;
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::{
    Industries, IndustryPolicy, Policy, Vantage,
    case::{Case, written},
    decide,
    history::History,
    policy::SHIPPED,
};

/// The lines of a file of the policy, of which we keep a copy.
pub(super) fn lines(name: &str) -> Vec<Value> {
    kept(name).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn kept(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/policy").join(format!("{name}.gz"));
    let mut text = String::new();
    GzDecoder::new(File::open(path).unwrap()).read_to_string(&mut text).unwrap();
    text
}

/// The same file in the folder of the policy, where that is at hand.
fn original(name: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/policy").join(name);
    let text = fs::read_to_string(path).ok();
    if text.is_none() {
        println!("skipped: {name} of the policy is not at hand");
    }
    text
}

/// Asks of every case of a file under every policy that ships: its line, the name of the policy, the case, and from where
/// it is looked at. Gives how many times.
pub(super) fn of_cases(name: &str, mut question: impl FnMut(&Value, &str, &Case, &Vantage)) -> usize {
    let (industries, mut asked) = (Industries::shipped().unwrap(), 0);
    for line in lines(name) {
        for (reading, _) in SHIPPED {
            let policy = Policy::shipped(reading).unwrap();
            let mut case = line["case"].clone();
            case["previous"] = case["previous"][reading].take();
            let case = Case::from_value(case).unwrap();
            let policy = IndustryPolicy::new(&policy, &industries, case.industry.as_deref());
            let (as_of, known_at) = (case.as_of, case.known_at);
            let vantage = Vantage { as_of, known_at, zone: &TimeZone::UTC, policy: &policy, baseline: None };
            question(&line, reading, &case, &vantage);
            asked += 1;
        }
    }
    asked
}

/// Decides every line of a file under every policy; gives how many decisions, and the ones that differ.
fn differing(name: &str) -> (usize, Vec<String>) {
    let mut differ = Vec::new();
    let decided = of_cases(name, |line, reading, case, vantage| {
        let decision = decide(&History::new(&case.entries, vantage), case.previous.as_ref());
        let (ours, theirs) = (written(&decision), &line["output"][reading]);
        if serde_json::from_str::<Value>(&ours).unwrap() != *theirs {
            differ.push(format!("{:?} {reading}\n ours   {ours}\n theirs {theirs}", case.id));
        }
        if decision.class().as_str() != line["expected"][reading] {
            let class = decision.class();
            differ.push(format!("{:?} {reading}: {class} is not what a person expects", case.id));
        }
    });
    (decided, differ)
}

#[test]
fn every_worked_example_is_decided_as_the_reference_does() {
    let (decided, differ) = differing("examples.jsonl");
    assert!(differ.is_empty(), "{} of {decided} differ\n{}", differ.len(), differ.join("\n"));
    assert!(498 <= decided);
}

#[test]
fn every_random_vector_is_decided_as_the_reference_does() {
    let (decided, differ) = differing("vectors.jsonl");
    assert!(differ.is_empty(), "{} of {decided} differ\n{}", differ.len(), differ.join("\n"));
    assert!(240 <= decided);
}

#[test]
fn the_policies_that_ship_are_those_of_the_reference() {
    for (name, text) in SHIPPED {
        // Ours is the next version: every day is decided (docs/decisions/0020). No number differs.
        let Some(theirs) = original(&format!("{name}.toml")) else { continue };
        assert_eq!(text, theirs.replacen("version = \"2.0.0\"", "version = \"2.1.0\"", 1));
    }
}

#[test]
fn the_worked_examples_that_are_kept_are_those_of_the_policy() {
    for name in ["examples.jsonl", "vectors.jsonl"] {
        assert!(original(name).is_none_or(|theirs| theirs == kept(name)), "{name} differs");
    }
}
