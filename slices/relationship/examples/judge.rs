//! Reads cases as JSON lines and prints the decisions in the form of `reference.py`.
//!
//! `judge --policy default|relationship|professional-service|FILE [--replay] < cases.jsonl`

use std::io::{BufRead, Write};

use jiff::tz::TimeZone;
use relationship::{
    Industries, IndustryPolicy, Policy, Vantage, case, case::Case, decide, history::History, replay,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let named = arguments.iter().position(|word| word == "--policy").and_then(|at| arguments.get(at + 1));
    let policy = policy(named.map_or("default", String::as_str))?;
    let replays = arguments.iter().any(|word| word == "--replay");
    let industries = Industries::shipped()?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        match judge(&line?, &policy, &industries, replays) {
            Ok(text) => writeln!(out, "{text}")?,
            Err(problem) => writeln!(out, "{}", serde_json::json!({"problem": problem.to_string()}))?,
        }
    }
    Ok(())
}

fn policy(name: &str) -> Result<Policy, Box<dyn std::error::Error>> {
    match name.ends_with(".toml") {
        true => Ok(Policy::parse(&std::fs::read_to_string(name)?)?),
        false => Ok(Policy::shipped(name)?),
    }
}

fn judge(line: &str, policy: &Policy, industries: &Industries, replays: bool) -> kernel::Result<String> {
    let case = Case::parse(line)?;
    let policy = IndustryPolicy::new(policy, industries, case.industry.as_deref());
    let (as_of, known_at) = (case.as_of, case.known_at);
    let vantage = Vantage { as_of, known_at, zone: &TimeZone::UTC, policy: &policy, baseline: None };
    let decision = match replays {
        true => replay(&case.entries, &vantage),
        false => decide(&History::new(&case.entries, &vantage), case.previous.as_ref()),
    };
    Ok(case::written(&decision))
}
