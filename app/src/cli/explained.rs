//! A decision for people: its sentence, the sum line by line, what would settle and change it, how it is served, what
//! moved it last.

use kernel::Result;
use serde_json::{Value, json};

use super::{derived::call, show::word};
use crate::config::Open;

/// Adds what moved a decision last, which is asked for apart.
///
/// # Errors
/// As `relationship.history`.
pub(super) fn with_last_change(open: &Open, mut decision: Value) -> Result<Value> {
    let asked = json!({ "id": decision["id"], "limit": 1 });
    let mut history = call(open, "relationship.history", asked)?;
    decision["last_change"] = history["rows"][0].take();
    Ok(decision)
}

/// A decision: its sentence, then the sum line by line, each with what the facts say.
pub(super) fn explained(decision: &Value) -> String {
    let mut text = format!(
        "{} \u{b7} {}\n{}\n\nJudged on {} ({}), policy {} {}.\n\n",
        word(&decision["name"]),
        word(&decision["line"]),
        word(&decision["sentence"]),
        word(&decision["as_of"]),
        word(&decision["now_is"]),
        word(&decision["policy"]),
        word(&decision["policy_version"]),
    );
    for line in decision["contributions"].as_array().into_iter().flatten() {
        let micro = line["micro"].as_i64().unwrap_or(0);
        text.push_str(&format!(
            "{:<18} {:>10}  {}\n",
            word(&line["word"]),
            log_odds(micro),
            word(&line["evidence"])
        ));
        for fact in line["facts"].as_array().into_iter().flatten() {
            text.push_str(&format!("{}\n", behind(fact)));
        }
        if let Some(further) = line["further"].as_i64() {
            text.push_str(&format!("{:>31}and {further} earlier ones\n", ""));
        }
    }
    match decision["score"].as_i64() {
        Some(score) => {
            text.push_str(&format!("{:<18} {:>10}  {}\n", "Score", log_odds(score), strength(decision)))
        }
        None => text.push_str("No score: it is not judged.\n"),
    }
    if let Some(together) = decision["together"]["sentence"].as_str() {
        text.push_str(&format!("{together}\n"));
    }
    for question in decision["ask"].as_array().into_iter().flatten() {
        text.push_str(&format!("Would settle it: {}\n", word(question)));
    }
    text.push_str(&turning(decision));
    text.push_str(&resting(decision));
    text.push_str(&hanging(decision));
    text.push_str(&served(decision));
    text.push_str(&course(decision));
    text.push_str(&moved(&decision["last_change"]));
    text
}

/// What could be recorded and would turn it, and what comes by itself.
fn turning(decision: &Value) -> String {
    let deeds = decision["deeds"].as_array().map_or(&[][..], Vec::as_slice);
    let told = |part: &Value| part["sentence"].as_str().map(str::to_owned);
    let would: Vec<String> = match deeds.is_empty() {
        true => told(&decision["turn"]).into_iter().collect(),
        false => deeds.iter().filter_map(told).collect(),
    };
    let by_itself = told(&decision["ahead"]).map(|said| format!("By itself: {said}\n"));
    would.iter().map(|said| format!("Would change it: {said}\n")).chain(by_itself).collect()
}

/// The facts on which the standing of a prospect or former one rests.
fn resting(decision: &Value) -> String {
    let facts = decision["rests_on"].as_array().map_or(&[][..], Vec::as_slice);
    let one = |fact: &Value| format!("  {} {}\n", word(&fact["on"]), word(&fact["said"]));
    match facts.is_empty() {
        true => String::new(),
        false => format!("It rests on:\n{}", facts.iter().map(one).collect::<String>()),
    }
}

/// Facts without any one of which it would be of another class.
fn hanging(decision: &Value) -> String {
    let facts = decision["hangs_on"].as_array().map_or(&[][..], Vec::as_slice);
    let one = |fact: &Value| {
        format!(
            "  {} {}; without it {}\n",
            word(&fact["on"]),
            word(&fact["said"]),
            word(&fact["class_without"])
        )
    };
    match facts.is_empty() {
        true => String::new(),
        false => format!("It hangs on:\n{}", facts.iter().map(one).collect::<String>()),
    }
}

/// The classes that it had, by the facts, where there was more than one.
fn course(decision: &Value) -> String {
    let stretches = decision["course"].as_array().map_or(&[][..], Vec::as_slice);
    if stretches.len() < 2 {
        return String::new();
    }
    let said = |fact: &Value| word(&fact["said"]);
    let one = |stretch: &Value| {
        let facts: Vec<String> = stretch["facts"].as_array().into_iter().flatten().map(said).collect();
        let on_that_day = if facts.is_empty() { String::new() } else { format!(": {}", facts.join("; ")) };
        format!("  {} {}{on_that_day}\n", word(&stretch["since"]), word(&stretch["class"]))
    };
    format!("\nIts course, by the facts:\n{}", stretches.iter().map(one).collect::<String>())
}

/// What moved it last, each cause with the facts that carried it.
fn moved(change: &Value) -> String {
    let causes = change["causes"].as_array().map_or(&[][..], Vec::as_slice);
    if causes.is_empty() {
        return String::new();
    }
    let mut text = format!("\nWhat moved it last, on {}:\n", word(&change["as_of"]));
    for cause in causes {
        text.push_str(&format!("  {}{}\n", word(&cause["sentence"]), by(cause)));
        for fact in cause["facts"].as_array().into_iter().flatten() {
            text.push_str(&format!("    {} {}{}\n", word(&fact["on"]), word(&fact["said"]), by(fact)));
        }
        if let Some(further) = cause["further"].as_i64().filter(|further| 0 < *further) {
            text.push_str(&format!("    and {further} more\n"));
        }
    }
    text
}

/// By how much, where that was worked out.
fn by(cause: &Value) -> String {
    cause["moved"].as_i64().map_or(String::new(), |micro| format!(" ({})", log_odds(micro)))
}

/// The service fit with what it comes from, one under the other.
fn served(decision: &Value) -> String {
    let mut text = String::new();
    let reasons = decision["service"]["reasons"].as_array().map_or(&[][..], Vec::as_slice);
    if !reasons.is_empty() {
        text.push_str(&format!("\nService fit: {}\n", word(&decision["fit"])));
    }
    for reason in reasons {
        text.push_str(&format!("  {}\n", word(&reason["sentence"])));
    }
    text
}

fn strength(decision: &Value) -> String {
    let confidence =
        decision["confidence"].as_str().map_or(String::new(), |word| format!(", confidence {word}"));
    let coverage = decision["coverage"].as_i64().unwrap_or(0) / 10;
    match decision["strength"].as_str() {
        Some(strength) => {
            let called = match decision["calibrated_on"].as_i64() {
                Some(labels) => format!("probability of a client, by {labels} labels,"),
                None => "strength of evidence".to_owned(),
            };
            format!("{called} {strength}, coverage {coverage} %{confidence}")
        }
        None => format!("coverage {coverage} %"),
    }
}

fn behind(fact: &Value) -> String {
    let amount = fact["amount"].as_str().map_or(String::new(), |amount| format!(" {amount}"));
    let row = fact["source"]["row"].as_i64();
    let source =
        row.map_or(String::new(), |row| format!(", row {row} of {}", word(&fact["source"]["import"])));
    let effect = fact["effect"].as_str().map_or(String::new(), |effect| format!("; {effect}"));
    format!("{:>31}{} {}{amount}{source}{effect}", "", word(&fact["on"]), word(&fact["kind"]))
}

/// Millionths of log-odds with their sign and six decimals, so that the lines sum to the score to the last digit.
fn log_odds(micro: i64) -> String {
    let sign = if micro < 0 { '\u{2212}' } else { '+' };
    format!("{sign}{}.{:06}", micro.abs() / 1_000_000, micro.abs() % 1_000_000)
}
