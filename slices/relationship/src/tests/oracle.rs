//! Every example and every random vector of the policy, under its three readings, field by field.

use std::{fs, path::PathBuf};

use jiff::tz::TimeZone;
use serde_json::Value;

use crate::{
    Industries, IndustryPolicy, Policy, Vantage,
    case::{Case, written},
    decide,
    history::History,
    policy::SHIPPED,
};

/// The lines of a file of the policy's folder, where the folder is at hand.
pub(super) fn lines(name: &str) -> Option<Vec<Value>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/policy").join(name);
    let Ok(text) = fs::read_to_string(&path) else {
        println!("skipped: {name} of the policy is not at hand");
        return None;
    };
    Some(text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// Decides every line of a file under every policy; gives how many decisions, and the ones that differ.
fn differing(name: &str) -> Option<(usize, Vec<String>)> {
    let (mut decided, mut differ) = (0, Vec::new());
    let industries = Industries::shipped().unwrap();
    for line in lines(name)? {
        for (reading, _) in SHIPPED {
            let policy = Policy::shipped(reading).unwrap();
            let mut case = line["case"].clone();
            case["previous"] = case["previous"][reading].take();
            let case = Case::from_value(case).unwrap();
            let policy = IndustryPolicy::new(&policy, &industries, case.industry.as_deref());
            let (as_of, known_at) = (case.as_of, case.known_at);
            let vantage = Vantage { as_of, known_at, zone: &TimeZone::UTC, policy: &policy, baseline: None };
            let decision = decide(&History::new(&case.entries, &vantage), case.previous.as_ref());
            let (ours, theirs) = (written(&decision), &line["output"][reading]);
            decided += 1;
            if serde_json::from_str::<Value>(&ours).unwrap() != *theirs {
                differ.push(format!("{:?} {reading}\n ours   {ours}\n theirs {theirs}", case.id));
            }
            if decision.class().as_str() != line["expected"][reading] {
                differ.push(format!(
                    "{:?} {reading}: {} is not what a person expects",
                    case.id,
                    decision.class()
                ));
            }
        }
    }
    Some((decided, differ))
}

#[test]
fn every_worked_example_is_decided_as_the_reference_does() {
    let Some((decided, differ)) = differing("examples.jsonl") else { return };
    assert!(differ.is_empty(), "{} of {decided} differ\n{}", differ.len(), differ.join("\n"));
    assert!(498 <= decided);
}

#[test]
fn every_random_vector_is_decided_as_the_reference_does() {
    let Some((decided, differ)) = differing("vectors.jsonl") else { return };
    assert!(differ.is_empty(), "{} of {decided} differ\n{}", differ.len(), differ.join("\n"));
    assert!(240 <= decided);
}

#[test]
fn the_policies_that_ship_are_those_of_the_reference() {
    for (name, text) in SHIPPED {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("../../../shared/policy")
            .join(format!("{name}.toml"));
        match fs::read_to_string(path) {
            // Ours is the next version: every day is decided (docs/decisions/0020). No number differs.
            Ok(theirs) => assert_eq!(text, theirs.replacen("version = \"2.0.0\"", "version = \"2.1.0\"", 1)),
            Err(_) => println!("skipped: {name}.toml of the policy is not at hand"),
        }
    }
}
