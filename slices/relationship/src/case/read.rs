//! Reading a case: string ids become numbers, days become moments, unknown fields are let pass.

use std::collections::BTreeMap;

use kernel::{Currency, Day, Problem, Result};
use serde::Deserialize;
use serde_json::{Map, Value};
use timeline::{
    AccountId, Entry, Fact, FactId, LineId,
    fact::{EndReason, RefundReason},
};

use super::Case;
use crate::{Class, Entered, State};

/// The number of a fact that is named and does not exist.
const NOBODY: i64 = 0;

/// What each kind cannot do without; the others are optional.
const NEEDED: [(&str, &[&str]); 13] = [
    ("order", &["amount"]),
    ("invoice", &["amount"]),
    ("payment", &["amount"]),
    ("refund", &["amount"]),
    ("work", &["minutes"]),
    ("contract_end", &["contract"]),
    ("assignment", &["person"]),
    ("basis", &["reasons"]),
    ("spend_rank", &["permille"]),
    ("rhythm", &["every_days"]),
    ("preference", &["wants"]),
    ("other_line", &["line"]),
    ("record_kept", &["register"]),
];

/// The case around its facts.
#[derive(Deserialize)]
struct Outer {
    id: Option<String>,
    industry: Option<String>,
    as_of: String,
    known_at: Option<String>,
    previous: Option<Previous>,
    facts: Vec<Map<String, Value>>,
}

#[derive(Deserialize)]
struct Previous {
    class: Class,
    since: String,
    #[serde(default = "first")]
    entered: Entered,
}

fn first() -> Entered {
    Entered::First
}

impl Case {
    /// Reads a case.
    ///
    /// # Errors
    /// `case.format` for what is not such JSON, `case.fact` (with the id as field) for a fact of an unknown kind,
    /// with an unknown word or without what its kind needs, `case.twice` for an id that occurs twice.
    pub fn parse(text: &str) -> Result<Case> {
        let value: Value = serde_json::from_str(text).map_err(|cause| malformed(&cause))?;
        Case::from_value(value)
    }

    /// Reads a case that is parsed already.
    ///
    /// # Errors
    /// As [`Case::parse`].
    pub fn from_value(value: Value) -> Result<Case> {
        let outer: Outer = serde_json::from_value(value).map_err(|cause| malformed(&cause))?;
        let names = names(&outer.facts)?;
        let numbers = names.iter().zip(1..).map(|(name, number)| (name.as_str(), number)).collect();
        let entries = outer.facts.iter().map(|fact| entry(fact, &numbers)).collect::<Result<Vec<Entry>>>()?;
        let previous = outer.previous.map(|before| {
            Ok::<_, Problem>(State::new(before.class, Day::parse(&before.since)?, before.entered))
        });
        Ok(Case {
            id: outer.id,
            industry: outer.industry,
            as_of: Day::parse(&outer.as_of)?,
            known_at: outer.known_at.filter(|day| !day.is_empty()).map(|day| Day::parse(&day)).transpose()?,
            previous: previous.transpose()?,
            entries,
            names,
        })
    }
}

fn malformed(cause: &serde_json::Error) -> Problem {
    Problem::invalid("case", "case.format", format!("cannot read the case: {cause}"))
}

/// The ids in the order of their code points.
fn names(facts: &[Map<String, Value>]) -> Result<Vec<String>> {
    let mut names =
        facts.iter().map(|fact| text(fact, "id").map(str::to_owned)).collect::<Result<Vec<String>>>()?;
    names.sort_unstable();
    match names.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => {
            let message = format!("cannot read the case: the id {:?} occurs twice", pair[0]);
            Err(Problem::invalid(&pair[0], "case.twice", message))
        }
        None => Ok(names),
    }
}

fn text<'f>(fact: &'f Map<String, Value>, key: &str) -> Result<&'f str> {
    fact.get(key).and_then(Value::as_str).ok_or_else(|| {
        let message = format!(
            "cannot read the case: a fact has no {key:?} that is a text: {}",
            Value::from(fact.clone())
        );
        Problem::invalid(key, "case.fact", message)
    })
}

fn entry(fact: &Map<String, Value>, numbers: &BTreeMap<&str, i64>) -> Result<Entry> {
    let id = text(fact, "id")?;
    let wrong = |why: String| {
        Problem::invalid(id, "case.fact", format!("cannot read fact {id:?} of the case: {why}"))
    };
    let day = |key| text(fact, key).and_then(Day::parse).map_err(|cause| wrong(cause.message));
    let on = day("on")?;
    let recorded = if is_said(fact, "recorded") { day("recorded")? } else { on };
    let currency = match fact.get("currency").and_then(Value::as_str) {
        Some(code) => Some(Currency::parse(code).map_err(|cause| wrong(cause.message))?),
        None => None,
    };
    Ok(Entry {
        id: number(numbers, Some(id)),
        account: AccountId::new(0),
        line: LineId::new(0),
        occurred: on.moment(),
        recorded_at: recorded.moment().micros,
        currency,
        source: None,
        fact: body(fact, numbers).map_err(wrong)?,
    })
}

fn is_said(fact: &Map<String, Value>, key: &str) -> bool {
    fact.get(key).and_then(Value::as_str).is_some_and(|text| !text.is_empty())
}

fn number(numbers: &BTreeMap<&str, i64>, name: Option<&str>) -> FactId {
    FactId::new(name.and_then(|name| numbers.get(name)).copied().unwrap_or(NOBODY))
}

/// The typed fact. Reasons of an end or a refund outside the list mean "unknown", as policy.md §3 says.
fn body(fact: &Map<String, Value>, numbers: &BTreeMap<&str, i64>) -> std::result::Result<Fact, String> {
    let kind = fact.get("kind").and_then(Value::as_str).unwrap_or_default();
    let needed = NEEDED.iter().find(|(known, _)| *known == kind).map_or(&[][..], |(_, needed)| needed);
    if let Some(missing) = needed.iter().find(|key| fact.get(**key).is_none_or(Value::is_null)) {
        return Err(format!("a fact of kind {kind} needs {missing:?}"));
    }
    let sole = fact.get("sole").and_then(Value::as_bool).unwrap_or(false);
    if kind == "wallet" && !sole && fact.get("share").is_none_or(Value::is_null) {
        return Err("a fact of kind wallet needs \"share\" or \"sole\"".into());
    }
    let mut fact = fact.clone();
    for key in ["of", "contract"] {
        if let Some(name) = fact.get_mut(key).filter(|name| !name.is_null()) {
            *name = Value::from(number(numbers, name.as_str()).0);
        }
    }
    let knows = |reason: &str| match kind {
        "contract_end" => EndReason::parse(reason).is_some(),
        "refund" => RefundReason::parse(reason).is_some(),
        _ => true,
    };
    if !fact.get("reason").and_then(Value::as_str).is_some_and(knows) {
        fact.remove("reason");
    }
    if kind == "preference" {
        // A case tells what counts, in the words of policy.md §3, and not how each came to be known.
        fact.entry("how").or_insert_with(|| Value::from("in a case"));
    }
    serde_json::from_value(Value::Object(fact)).map_err(|cause| cause.to_string())
}
