//! Facts of an account: listed, recorded, taken back.

use ::store::{DataClass, Tx};
use kernel::{Context, Cursor, Id, Page, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use speech::{say, word};
use timeline::{
    AccountId, Entry, LineId, SourceRow,
    fact::ImportKind,
    store::{self as facts, SourceNames},
};

use crate::{
    recorded::{self, Checked, Recorded},
    store,
};

pub(super) const HISTORY: Head = Head {
    name: "account.history",
    act: Act::Read,
    method: Method::Get,
    path: "/accounts/{id}/facts",
    command: "account {id} history",
    permission: Permission::Read,
    class: DataClass::Personal,
    sentence: "Lists the facts about an account, newest first, each with the row it came from.",
    examples: &["mainstay account acc_x7Kq2 history --limit 20"],
};

/// A page of an account's history.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct History {
    /// The id of the account.
    pub id: String,
    /// Where the page begins: `next` of the page before.
    #[serde(default)]
    pub after: Option<String>,
    /// Rows on a page, at most 200; 50 when absent.
    #[serde(default)]
    pub limit: Option<i64>,
}

/// A fact as it is shown.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownFact {
    /// Its id.
    pub id: String,
    /// When it happened: a day, or an instant where the source tells a time.
    pub on: String,
    /// The service line it belongs to; absent for one about the account as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    /// The currency of its amounts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// The import and the row it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// What happened: the fields of its kind; amounts are ten-thousandths of the major unit.
    pub fact: serde_json::Value,
}

/// Where a fact came from.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Source {
    /// The id of the import.
    pub import: String,
    /// The name of its file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The record in its file, the first after the header being 1.
    pub row: i64,
}

impl Source {
    /// Where a fact came from, as it is shown.
    pub fn of(cx: &Context, source: SourceRow, names: &SourceNames) -> Source {
        let import = cx.codes.write(Id::<ImportKind>::new(source.run));
        Source { import, file: names.get(&source.run).cloned(), row: source.row }
    }
}

/// Lists the facts about an account.
///
/// # Errors
/// `accounts.no_account`.
pub fn history(cx: &Context, tx: &mut Tx<'_>, input: History) -> Result<Page<ShownFact>> {
    let account = store::visible(cx, tx, cx.codes.read(&input.id)?)?;
    let limit = input.limit.unwrap_or(50).clamp(1, 200);
    let before = input.after.as_deref().and_then(after);
    let mut entries = facts::history(tx, account.id, before, limit + 1)?;
    let more = i64::try_from(entries.len()).is_ok_and(|found| limit < found);
    entries.truncate(usize::try_from(limit).unwrap_or(200));
    let next = entries
        .last()
        .filter(|_| more)
        .map(|last| Cursor(vec![last.occurred.micros.to_string(), last.id.0.to_string()]).write());
    let names = facts::source_names(tx, entries.iter().filter_map(|entry| entry.source))?;
    Ok(Page { rows: entries.iter().map(|entry| shown(cx, entry, &names)).collect(), next })
}

fn after(text: &str) -> Option<(i64, i64)> {
    let Cursor(parts) = Cursor::read(text);
    Some((parts.first()?.parse().ok()?, parts.get(1)?.parse().ok()?))
}

/// A fact as it is shown.
pub fn shown(cx: &Context, entry: &Entry, names: &SourceNames) -> ShownFact {
    ShownFact {
        id: cx.codes.write(entry.id),
        on: entry.occurred.iso(),
        line: (entry.line.0 != 0).then(|| cx.codes.write(entry.line)),
        currency: entry.currency.map(|currency| currency.code().to_owned()),
        source: entry.source.map(|source| Source::of(cx, source, names)),
        fact: serde_json::to_value(&entry.fact).unwrap_or_default(),
    }
}

pub(super) const RECORD: Head = Head {
    name: "facts.record",
    act: Act::Write,
    method: Method::Post,
    path: "/accounts/{id}/facts",
    command: "account {id} record",
    permission: Permission::Write,
    class: DataClass::Personal,
    sentence: "Records what happened between us and an account: each fact dated, never edited afterwards.",
    examples: &["mainstay account acc_x7Kq2 record --line Advisory --industry law --facts \
         '[{\"kind\": \"order\", \"on\": \"2025-03-04\", \"amount\": \"180.00\", \"currency\": \"EUR\", \"offer\": \"advice\"}]'"],
};

/// Facts about one account on one service line.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The id of the account.
    pub id: String,
    /// The name of the service line, made when it is new; absent for facts about the account as a whole.
    #[serde(default)]
    pub line: Option<String>,
    /// The industry of a new line, a word of the industry packs.
    #[serde(default)]
    pub industry: Option<String>,
    /// The facts.
    pub facts: Vec<Recorded>,
}

/// What was recorded.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RecordedFacts {
    /// The ids of the facts, in their order.
    pub ids: Vec<String>,
}

/// Records facts; all of them or none.
///
/// # Errors
/// `accounts.no_account`, `fact.*`, `timeline.industry`.
pub fn record(cx: &Context, tx: &mut Tx<'_>, input: Record) -> Result<RecordedFacts> {
    let account = store::visible(cx, tx, cx.codes.read(&input.id)?)?;
    let checked = input.facts.iter().map(|fact| recorded::check(cx, fact)).collect::<Result<Vec<_>>>()?;
    check_named(tx, account.id, &checked)?;
    let line = match &input.line {
        // A line that people write down by hand is live: its "now" is the clock.
        Some(name) => facts::line_named(tx, name, input.industry.as_deref().unwrap_or_default(), true)?.id,
        None => LineId::new(0),
    };
    let ids: Vec<_> = facts::allocate_facts(tx, checked.len())?.collect();
    let new: Vec<_> = ids
        .iter()
        .zip(checked)
        .map(|(id, fact)| facts::NewFact {
            id: *id,
            account: account.id,
            line,
            occurred: fact.occurred,
            currency: fact.currency,
            source: None,
            fact: fact.fact,
        })
        .collect();
    facts::append(cx, tx, &new)?;
    facts::ask_judgement(cx, tx, LineId::new(0))?;
    Ok(RecordedFacts { ids: ids.into_iter().map(|id| cx.codes.write(id)).collect() })
}

/// What a fact refers to stands in the same timeline.
fn check_named(tx: &mut Tx<'_>, account: AccountId, checked: &[Checked]) -> Result<()> {
    let named: Vec<_> = checked.iter().filter_map(|fact| Some((account, fact.fact.about()?))).collect();
    let known = facts::which(tx, &named)?;
    match checked.iter().find(|fact| fact.fact.about().is_some_and(|about| !known.contains(&about))) {
        Some(fact) => {
            let text = say!(
                "this {} names a fact that the account does not have; it may have been withdrawn",
                word!(fact.fact.kind().replace('_', " "))
            );
            Err(Problem::invalid("of", "fact.of", text))
        }
        None => Ok(()),
    }
}

pub(super) const WITHDRAW: Head = Head {
    name: "fact.withdraw",
    act: Act::Write,
    method: Method::Post,
    path: "/accounts/{id}/facts/{fact}/withdrawal",
    command: "account {id} withdraw {fact}",
    permission: Permission::Write,
    class: DataClass::Personal,
    sentence: "Takes back a fact that was wrong: it counts no more; who took it back, when and why is kept.",
    examples: &["mainstay account acc_x7Kq2 withdraw fact_p0Zq1 --reason \"entered twice\""],
};

/// A fact to take back.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdraw {
    /// The id of the account.
    pub id: String,
    /// The id of the fact.
    pub fact: String,
    /// Why.
    pub reason: String,
}

/// Takes a fact back.
///
/// # Errors
/// `accounts.no_account`, `timeline.no_fact`, `timeline.referred_to`, `fact.reason` for a blank reason.
pub fn withdraw(cx: &Context, tx: &mut Tx<'_>, input: Withdraw) -> Result<ShownFact> {
    if input.reason.trim().is_empty() {
        return Err(Problem::invalid(
            "reason",
            "fact.reason",
            say!("say why the fact was wrong; the reason is blank"),
        ));
    }
    let account = store::visible(cx, tx, cx.codes.read(&input.id)?)?;
    let fact = cx.codes.read(&input.fact)?;
    facts::held::must_be_free(tx, account.id, fact)?;
    let entry = facts::withdraw(cx, tx, account.id, fact, input.reason.trim())?;
    facts::ask_judgement(cx, tx, LineId::new(0))?;
    let names = facts::source_names(tx, entry.source)?;
    Ok(shown(cx, &entry, &names))
}
