//! Writing a case, so that anybody can recompute a decision of ours with `reference.py`.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};
use timeline::{Entry, Fact, FactId};

use crate::{
    DimensionName, History, State, Vantage,
    dimensions::ranked,
    history::{Group, learnt, of_a_day},
    preference::Preferences,
};

/// The id of the rank that comes from the baseline: it stands after every number.
const RANKED: &str = "~baseline";

/// What a case says of itself beside its facts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Heading<'h> {
    /// The id of the relationship.
    pub id: &'h str,
    /// Whose it is: a label.
    pub party: &'h str,
    /// On which service line: a label.
    pub line: &'h str,
    /// Our trade on it.
    pub industry: Option<&'h str>,
}

/// The case of those facts as seen from there; a rank from the baseline becomes a fact of the day. `code` gives the
/// public id of a fact.
pub fn write(
    entries: &[Entry],
    vantage: &Vantage,
    heading: Heading<'_>,
    previous: Option<&State>,
    code: impl Fn(FactId) -> String,
) -> Value {
    let names = Names::of(entries, code);
    let idle = idle(entries, vantage);
    let mut facts: Vec<Value> = entries
        .iter()
        .filter(|entry| !idle.contains(&entry.id))
        .filter_map(|entry| fact(entry, vantage.zone, &names))
        .collect();
    facts.extend(rank(entries, vantage));
    let mut case = Map::new();
    for (key, label) in [("id", heading.id), ("party", heading.party), ("line", heading.line)] {
        if !label.is_empty() {
            case.insert(key.into(), json!(label));
        }
    }
    case.insert("industry".into(), json!(heading.industry));
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

/// Preferences that do not count because a stronger word stands against them: policy.md §7 takes the last one as it is.
fn idle(entries: &[Entry], vantage: &Vantage<'_>) -> Vec<FactId> {
    if !entries.iter().any(|entry| matches!(entry.fact, Fact::Preference(_))) {
        return Vec::new();
    }
    let history = History::new(entries, vantage);
    let stated = Preferences::of(history.of(Group::Preference).iter().map(|seen| (seen.day, seen.entry)));
    stated.stated().iter().filter(|stated| !stated.counts).map(|stated| stated.entry.id).collect()
}

/// The ids of facts as a case writes them: their place in the order in which facts of one day are read, before their
/// public id.
struct Names<C> {
    places: HashMap<FactId, usize>,
    code: C,
}

impl<C: Fn(FactId) -> String> Names<C> {
    fn of(entries: &[Entry], code: C) -> Names<C> {
        let mut order: Vec<&Entry> = entries.iter().collect();
        order.sort_unstable_by(|one, other| of_a_day(one, other));
        Names { places: order.iter().map(|entry| entry.id).zip(1..).collect(), code }
    }

    /// Places as texts of one length, so that code points stand in the order of the places. A fact that the case
    /// does not hold has no place; it is named all the same, by whoever refers to it.
    fn name(&self, id: FactId) -> String {
        let width = self.places.len().to_string().len();
        match self.places.get(&id) {
            Some(place) => format!("{place:0width$}.{}", (self.code)(id)),
            None => (self.code)(id),
        }
    }
}

fn fact<C: Fn(FactId) -> String>(entry: &Entry, zone: &TimeZone, names: &Names<C>) -> Option<Value> {
    let says_nothing = match &entry.fact {
        Fact::Wallet(wallet) => !wallet.sole && wallet.share.is_none(),
        Fact::Note(_) => true,
        _ => false,
    };
    let Ok(Value::Object(mut fact)) = serde_json::to_value(&entry.fact) else { return None };
    if says_nothing {
        return None;
    }
    // What a preference or a goal says beyond the words of policy.md §3.
    for key in ["says", "hand", "how", "noted_by", "words"] {
        fact.remove(key);
    }
    for key in ["of", "contract"] {
        if let Some(number) = fact.get(key).and_then(Value::as_i64) {
            fact.insert(key.into(), json!(names.name(FactId::new(number))));
        }
    }
    let (on, recorded) = (entry.occurred.day(zone), learnt(entry, zone));
    fact.insert("id".into(), json!(names.name(entry.id)));
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
