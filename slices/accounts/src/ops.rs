//! What can be done with accounts.

use ::store::{DataClass, Tx};
use kernel::{Context, Cursor, Id, Page, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method, Operation, op};
use timeline::{AccountId, Entry, LineId, SourceRow, fact::ImportKind, store as facts};

use crate::{
    account::{self, Account},
    recorded::{self, Recorded},
    store::{self, NewAccount},
};

/// The operation table.
pub fn table() -> Vec<Operation> {
    vec![
        op(ADD, add),
        op(VIEW, view),
        op(WALL, set_wall),
        op(HISTORY, history),
        op(RECORD, record),
        op(WITHDRAW, withdraw),
        op(LINES, lines),
    ]
}

const ADD: Head = Head {
    name: "account.add",
    act: Act::Write,
    method: Method::Post,
    path: "/accounts",
    command: "account add {name}",
    permission: Permission::Write,
    class: DataClass::Personal,
    sentence: "Writes down a person or firm we deal with; what is known of them is recorded as facts.",
    examples: &["mainstay account add \"Osterlund Marine\" --country Belgium"],
};

/// A new account.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Add {
    /// The name of the person or firm.
    pub name: String,
    /// Its country.
    #[serde(default)]
    pub country: Option<String>,
    /// Its email address.
    #[serde(default)]
    pub email: Option<String>,
}

/// An account as it is shown.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Shown {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its country, where somebody said.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub country: String,
    /// Its email address, where somebody said.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub email: String,
    /// The ids by which files and tools know it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub known_as: Vec<Known>,
}

/// An id in somebody's numbering.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Known {
    /// Whose numbering.
    pub space: String,
    /// The id there.
    pub key: String,
}

/// Makes an account.
///
/// # Errors
/// `accounts.name`.
pub fn add(cx: &Context, tx: &mut Tx<'_>, input: Add) -> Result<Shown> {
    let name = account::name(&input.name)?;
    let id: AccountId = Id::new(tx.allocate("account", 1)?.first());
    let (country, email) = (input.country.unwrap_or_default(), input.email.unwrap_or_default());
    let new = NewAccount { id, name: &name, country: country.trim(), email: email.trim(), key: None };
    store::insert(cx, tx, &[new], 0)?;
    view(cx, tx, Named { id: cx.codes.write(id) })
}

const VIEW: Head = Head {
    name: "account.view",
    act: Act::Read,
    method: Method::Get,
    path: "/accounts/{id}",
    command: "account {id}",
    permission: Permission::Read,
    class: DataClass::Personal,
    sentence: "Shows who an account is and by which ids files and tools know it.",
    examples: &["mainstay account acc_x7Kq2"],
};

/// An account by its id.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// The id of the account.
    pub id: String,
}

/// Shows an account.
///
/// # Errors
/// `accounts.no_account`.
pub fn view(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<Shown> {
    let Account { id, name, country, email } = store::visible(cx, tx, cx.codes.read(&input.id)?)?;
    let known_as = store::keys(tx, id)?.into_iter().map(|(space, key)| Known { space, key }).collect();
    Ok(Shown { id: cx.codes.write(id), name, country, email, known_as })
}

const WALL: Head = Head {
    name: "account.wall",
    act: Act::Write,
    method: Method::Put,
    path: "/accounts/{id}/wall",
    command: "account {id} wall",
    permission: Permission::Manage,
    class: DataClass::Personal,
    sentence: "Puts an account behind a wall: only the people named see it, whatever their role. Without people the \
               wall is taken away.",
    examples: &["mainstay account acc_x7Kq2 wall --people per_a1B2c,per_d3E4f"],
};

/// Who may see an account.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wall {
    /// The id of the account.
    pub id: String,
    /// The ids of the people who may see it; none takes the wall away.
    #[serde(default)]
    pub people: Vec<String>,
}

/// Puts an account behind a wall.
///
/// # Errors
/// `accounts.no_account`, `id.unknown`, `accounts.walled_out` for an owner who would not see it any more.
pub fn set_wall(cx: &Context, tx: &mut Tx<'_>, input: Wall) -> Result<Shown> {
    let account = store::visible(cx, tx, cx.codes.read(&input.id)?)?;
    let members = input
        .people
        .iter()
        .map(|person| cx.codes.read::<access::PersonKind>(person).map(|id| id.0))
        .collect::<Result<Vec<_>>>()?;
    let own = cx.actor.number();
    if !members.is_empty() && own != 0 && !members.contains(&own) {
        return Err(Problem::conflict(
            "accounts.walled_out",
            "you would not see this account any more; name yourself among the people, or let one of them do it",
        ));
    }
    store::set_wall(tx, account.id, &members)?;
    view(cx, tx, Named { id: input.id })
}

const HISTORY: Head = Head {
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
    /// The record in its file, the first after the header being 1.
    pub row: i64,
}

impl Source {
    /// Where a fact came from, as it is shown.
    pub fn of(cx: &Context, source: SourceRow) -> Source {
        Source { import: cx.codes.write(Id::<ImportKind>::new(source.run)), row: source.row }
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
    Ok(Page { rows: entries.iter().map(|entry| shown(cx, entry)).collect(), next })
}

fn after(text: &str) -> Option<(i64, i64)> {
    let Cursor(parts) = Cursor::read(text);
    Some((parts.first()?.parse().ok()?, parts.get(1)?.parse().ok()?))
}

/// A fact as it is shown.
pub fn shown(cx: &Context, entry: &Entry) -> ShownFact {
    ShownFact {
        id: cx.codes.write(entry.id),
        on: entry.occurred.iso(),
        line: (entry.line.0 != 0).then(|| cx.codes.write(entry.line)),
        currency: entry.currency.map(|currency| currency.code().to_owned()),
        source: entry.source.map(|source| Source::of(cx, source)),
        fact: serde_json::to_value(&entry.fact).unwrap_or_default(),
    }
}

const RECORD: Head = Head {
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

const WITHDRAW: Head = Head {
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
            "say why the fact was wrong; the reason is blank",
        ));
    }
    let account = store::visible(cx, tx, cx.codes.read(&input.id)?)?;
    let entry = facts::withdraw(cx, tx, account.id, cx.codes.read(&input.fact)?, input.reason.trim())?;
    facts::ask_judgement(cx, tx, LineId::new(0))?;
    Ok(shown(cx, &entry))
}

const LINES: Head = Head {
    name: "lines.list",
    act: Act::Read,
    method: Method::Get,
    path: "/lines",
    command: "lines",
    permission: Permission::Read,
    class: DataClass::Business,
    sentence: "Lists the service lines of the business, each with its industry and the day that counts as now.",
    examples: &["mainstay lines"],
};

/// Nothing to say.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// A service line as it is shown.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownLine {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its industry; empty where nobody said.
    pub industry: String,
    /// The day on which its relationships are judged.
    pub now: String,
    /// "clock" for a line with a live source, "end of data" otherwise.
    pub now_is: String,
}

/// Lists the service lines.
///
/// # Errors
/// `store.statement`.
pub fn lines(cx: &Context, tx: &mut Tx<'_>, _: Nothing) -> Result<Vec<ShownLine>> {
    let lines = facts::lines(tx)?;
    Ok(lines
        .into_iter()
        .map(|line| ShownLine {
            id: cx.codes.write(line.id),
            now: line.now(cx).to_string(),
            now_is: if line.live { "clock" } else { "end of data" }.to_owned(),
            name: line.name,
            industry: line.industry,
        })
        .collect())
}
