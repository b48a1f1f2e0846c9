//! Writing a case, so that anybody can recompute a decision of ours with `reference.py`.

use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};
use timeline::{Entry, Fact, FactId};

use crate::{
    DimensionName, History, State, Vantage,
    dimensions::ranked,
    history::{Group, learnt},
};

/// The id of the rank that comes from the baseline: it stands after every number.
const RANKED: &str = "~baseline";

/// The case of those facts as seen from there; a rank from the baseline becomes a fact of the day.
pub fn write(
    entries: &[Entry],
    vantage: &Vantage,
    industry: Option<&str>,
    previous: Option<&State>,
) -> Value {
    let mut facts: Vec<Value> = entries.iter().filter_map(|entry| fact(entry, vantage.zone)).collect();
    facts.extend(rank(entries, vantage));
    let mut case = Map::new();
    case.insert("industry".into(), json!(industry));
    case.insert("as_of".into(), json!(vantage.as_of.to_string()));
    if let Some(known) = vantage.known_at {
        case.insert("known_at".into(), json!(known.to_string()));
    }
    if let Some(before) = previous {
        let state = json!({
            "class": before.class(), "since": before.since.to_string(), "entered": before.entered,
        });
        case.insert("previous".into(), state);
    }
    case.insert("facts".into(), Value::from(facts));
    Value::Object(case)
}

/// Numbers as texts of one length, so that code points stand in the order of the numbers.
fn name(id: FactId) -> String {
    match id.0 {
        number @ 0.. => format!("{number:019}"),
        number => format!("-{:019}", i128::from(number) - i128::from(i64::MIN)),
    }
}

fn fact(entry: &Entry, zone: &TimeZone) -> Option<Value> {
    let says_nothing = matches!(&entry.fact, Fact::Wallet(wallet) if !wallet.sole && wallet.share.is_none());
    let Ok(Value::Object(mut fact)) = serde_json::to_value(&entry.fact) else { return None };
    if says_nothing {
        return None;
    }
    for key in ["of", "contract"] {
        if let Some(number) = fact.get(key).and_then(Value::as_i64) {
            fact.insert(key.into(), json!(name(FactId::new(number))));
        }
    }
    let (on, recorded) = (entry.occurred.day(zone), learnt(entry, zone));
    fact.insert("id".into(), json!(name(entry.id)));
    fact.insert("on".into(), json!(on.to_string()));
    if recorded != on {
        fact.insert("recorded".into(), json!(recorded.to_string()));
    }
    if let Some(currency) = entry.currency {
        fact.insert("currency".into(), json!(currency));
    }
    Some(Value::Object(fact))
}

/// The rank that the baseline gives, where it decides the spend.
fn rank(entries: &[Entry], vantage: &Vantage) -> Option<Value> {
    vantage.baseline?;
    let history = History::new(entries, vantage);
    let recorded = history.recent(Group::SpendRank, history.policy().windows.contact);
    if !recorded.is_empty() || !vantage.policy.applies(DimensionName::Spend) {
        return None;
    }
    let (on, permille) = (vantage.as_of, ranked(&history)?);
    let recorded = vantage.known_at.unwrap_or(on).min(on);
    let (on, recorded) = (on.to_string(), recorded.to_string());
    Some(json!({"id": RANKED, "kind": "spend_rank", "on": on, "recorded": recorded, "permille": permille}))
}
