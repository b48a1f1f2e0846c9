//! A fact as a caller writes it (policy.md §3), checked and made into one of the vocabulary.

use std::collections::BTreeMap;

use kernel::{Codes, Context, Currency, Day, Moment, Money, Problem, Result};
use serde::Deserialize;
use serde_json::{Map, Value};
use speech::{say, word};
use timeline::{Fact, FactId, fact::Dealing};

/// A fact as a caller writes it: its kind, its day, and the fields that kind has in policy.md §3.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
pub struct Recorded {
    /// The kind: order, invoice, payment, refund, work, contract, contract_end, conversation, meeting, assignment,
    /// usage, feedback, referral, training, goal, interest, stage, basis, wallet, rhythm, preference, other_line,
    /// record_kept, note.
    pub kind: String,
    /// The day it happened, such as 2025-03-04.
    pub on: String,
    /// The currency of its amount, where it has one.
    #[serde(default)]
    pub currency: Option<String>,
    /// Its amount in major units as text, such as "2400.00".
    #[serde(default)]
    pub amount: Option<String>,
    /// All other fields of its kind.
    #[serde(flatten)]
    pub rest: BTreeMap<String, Value>,
}

/// What it was made into.
#[derive(Debug, PartialEq)]
pub struct Checked {
    /// When it happened.
    pub occurred: Moment,
    /// The currency of its amount.
    pub currency: Option<Currency>,
    /// What happened.
    pub fact: Fact,
}

/// Kinds that only the house writes.
const DERIVED: &[&str] = &["spend_rank"];

/// Kinds that are about money.
const PAID: &[&str] = &["order", "invoice", "payment", "refund"];

/// What other kinds cannot do without, though their encoding could.
const NEEDED: &[(&str, &str)] = &[("work", "minutes"), ("rhythm", "every_days"), ("note", "words")];

/// Letters of what is said in words.
const LONGEST: usize = 2_000;

/// Fields that name another fact by its id.
const NAMES: &[&str] = &["of", "contract"];

/// Checks a fact.
///
/// # Errors
/// `fact.*`, naming the field: a kind that is not in the vocabulary, a day that is none, an amount without a currency,
/// a field that its kind does not have.
pub fn check(cx: &Context, recorded: &Recorded) -> Result<Checked> {
    let day = Day::parse(&recorded.on).map_err(|_| {
        refusal("on", "fact.day", say!("{:?} is not a date; write it as 2025-03-04", recorded.on))
    })?;
    if DERIVED.contains(&recorded.kind.as_str()) {
        let text = say!("{} is worked out from the others and cannot be recorded", recorded.kind);
        return Err(refusal("kind", "fact.derived", text));
    }
    let mut fields: Map<String, Value> = recorded.rest.clone().into_iter().collect();
    fields.insert("kind".into(), recorded.kind.clone().into());
    for name in NAMES {
        let Some(id) = fields.get(*name).filter(|id| !id.is_null()) else { continue };
        let text = say!("{id} is not the id of a fact; write it as text, such as \"fact_p0Zq1\"");
        let id = id.as_str().ok_or_else(|| refusal(name, "fact.id", text))?;
        let number = fact_number(&cx.codes, id)?;
        fields.insert((*name).to_owned(), number.into());
    }
    if let Some((name, _)) = fields.iter().find(|(_, value)| value.as_i64().is_some_and(|n| n < 0)) {
        let text = say!("{name} counts something and is not below zero", name = word!(name));
        return Err(refusal(name, "fact.number", text));
    }
    let currency = recorded.currency.as_deref().map(Currency::parse).transpose()?;
    if let Some(amount) = &recorded.amount {
        let text = say!("an amount needs its currency; add one such as \"currency\": \"EUR\"");
        let currency = currency.ok_or_else(|| refusal("currency", "fact.currency", text.into()))?;
        let amount = Money::parse(amount, currency)?.amount;
        if amount < 0 {
            let text = say!("amounts are above zero; money that goes back is a fact of the kind refund");
            return Err(refusal("amount", "fact.amount", text.into()));
        }
        fields.insert("amount".into(), amount.into());
    } else if PAID.contains(&recorded.kind.as_str()) {
        let text =
            say!("what amount? Add one to the {}, such as \"amount\": \"2400.00\"", word!(recorded.kind));
        return Err(refusal("amount", "fact.amount", text));
    }
    if let Some((_, needed)) =
        NEEDED.iter().find(|(kind, name)| *kind == recorded.kind && !fields.contains_key(*name))
    {
        return Err(refusal(
            needed,
            "fact.missing",
            say!("a fact of the kind {} needs {needed}", word!(recorded.kind), needed = word!(needed)),
        ));
    }
    check_words(&mut fields)?;
    if recorded.kind == "preference" {
        check_preference(&mut fields)?;
    }
    let fact = typed(fields)?;
    Ok(Checked { occurred: day.moment(), currency, fact })
}

/// What is said in words stands there as it was written, without the blanks around it.
fn check_words(fields: &mut Map<String, Value>) -> Result<()> {
    let Some(words) = fields.get("words").and_then(Value::as_str).map(str::trim) else { return Ok(()) };
    if words.is_empty() || LONGEST < words.chars().count() {
        let text = say!("write it in words, at most {LONGEST} letters");
        return Err(refusal("words", "fact.words", text));
    }
    let words = words.to_owned();
    fields.insert("words".to_owned(), words.into());
    Ok(())
}

/// Whoever writes a preference down says what they were told; whose word it is, is not theirs to say.
fn check_preference(fields: &mut Map<String, Value>) -> Result<()> {
    if fields.contains_key("hand") {
        let text = say!(
            "a preference that is written down is one that they told; what they put down themselves comes from their \
             own page"
        );
        return Err(refusal("hand", "fact.hand", text.into()));
    }
    let Some(says) = fields.get("says").and_then(Value::as_str) else { return Ok(()) };
    let Some(dealing) = Dealing::read(says) else {
        let words: Vec<_> = Dealing::ALL.iter().map(|dealing| dealing.as_str()).collect();
        return Err(refusal("says", "fact.says", say!("{says:?} is none of {}", words.join(", "))));
    };
    let wish = dealing.wish().as_str();
    if fields.get("wants").is_some_and(|wants| wants != wish) {
        let text = say!("{says:?} and {:?} contradict each other; leave wants out", fields["wants"]);
        return Err(refusal("wants", "fact.wants", text));
    }
    fields.insert("says".to_owned(), dealing.as_str().into());
    fields.insert("wants".to_owned(), wish.into());
    Ok(())
}

/// The typed fact of those fields, with none left over.
fn typed(fields: Map<String, Value>) -> Result<Fact> {
    let fact: Fact = serde_json::from_value(Value::Object(fields.clone()))
        .map_err(|cause| refusal("kind", "fact.shape", say!("this is not a fact we know: {cause}")))?;
    let kept = serde_json::to_value(&fact)
        .map_err(|cause| Problem::internal("fact.shape", "a fact could not be written").because(cause))?;
    let empty = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    match fields.iter().find(|(name, value)| kept.get(name).is_none() && !empty(value)) {
        Some((name, _)) => {
            let text =
                say!("a fact of the kind {} has no field {name:?}; leave it out or correct it", fact.kind());
            Err(refusal(name, "fact.field", text))
        }
        None => Ok(fact),
    }
}

fn fact_number(codes: &Codes, id: &str) -> Result<i64> {
    codes.read::<timeline::fact::FactKind>(id).map(|id: FactId| id.0)
}

fn refusal(field: &str, code: &'static str, text: String) -> Problem {
    Problem::invalid(field, code, text)
}
