//! Contracts and subscriptions recorded by hand or by a program.

use ::store::{DataClass, Tx};
use accounts::{Party, Seen};
use kernel::{Context, Day, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use speech::{say, word};
use timeline::{AccountId, LineId, store as timeline_store};

use super::{batch, foreseen::Foreseen};
use crate::{
    agreement::Agreement,
    calendar::Calendar,
    input::{ContractInput, Setting},
    words::{Kind, TermType},
    written::On,
};

pub(super) const RECORD: Head = Head {
    name: "contracts.record",
    act: Act::Write,
    method: Method::Post,
    path: "/contracts",
    command: "contracts record",
    permission: Permission::Write,
    class: DataClass::Personal,
    sentence: "Records contracts: fees, scope, term, notice and withdrawal; one that is known gets a new version.",
    examples: &[
        "mainstay contracts record --line Payroll --contracts '[{\"key\": \"2024-17\", \"party\": \"c7\", \"terms\": \
         {\"start\": \"2024-01-01\", \"last_day\": \"2026-12-31\", \"renewal\": \"auto\", \"currency\": \"EUR\", \
         \"fees\": [{\"kind\": \"recurring\", \"amount\": \"480.00\", \"every\": \"1 month\"}], \"clauses\": \
         [{\"kind\": \"notice\", \"who\": \"both\", \"period\": \"90 days\"}]}}]'",
    ],
};

pub(super) const SUBSCRIPTIONS: Head = Head {
    name: "subscriptions.record",
    path: "/subscriptions",
    command: "subscriptions record",
    sentence: "Records subscriptions: plan, fee, billing cycle, trial, pauses; one that is known gets a new version.",
    examples: &[
        "mainstay subscriptions record --line Software --contracts '[{\"key\": \"S-8\", \"party\": \"c7\", \"terms\": \
         {\"start\": \"2025-03-01\", \"currency\": \"EUR\", \"cycle\": \"1 month\", \"fees\": [{\"kind\": \
         \"recurring\", \"amount\": \"49.00\", \"every\": \"1 month\"}]}}]'",
    ],
    ..RECORD
};

/// Contracts to record.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The name of the service line, made when it is new.
    pub line: String,
    /// The industry of a new line.
    #[serde(default)]
    pub industry: Option<String>,
    /// Whose numbering the parties' ids belong to; "customers" when absent.
    #[serde(default)]
    pub space: Option<String>,
    /// The contracts.
    pub contracts: Vec<NewContract>,
}

/// A contract to record.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewContract {
    /// Its number.
    pub key: String,
    /// The id of the party in its numbering, or the id of its account here.
    pub party: String,
    /// The name of a party that is new.
    #[serde(default)]
    pub name: Option<String>,
    /// From which day on this holds, for a change of one that is known; from the beginning when absent.
    #[serde(default)]
    pub effective: Option<On>,
    /// What is agreed.
    pub terms: Agreement,
}

/// What recording contracts came to.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Recorded {
    /// Contracts that are new.
    pub create: i64,
    /// Contracts that got a new version.
    pub update: i64,
    /// Contracts of which nothing new was said.
    pub skip: i64,
    /// The ids of those that are new or got a new version, in their order.
    pub ids: Vec<String>,
}

/// Records contracts; all of them or none.
///
/// # Errors
/// `contracts.*` naming the field that does not hold, `timeline.industry`, `accounts.no_account` for a party whose
/// account the caller may not see.
pub fn record(cx: &Context, tx: &mut Tx<'_>, input: Record) -> Result<Recorded> {
    take(cx, tx, input, Kind::Contract)
}

/// Records subscriptions; all of them or none.
///
/// # Errors
/// As [`record`].
pub fn record_subscriptions(cx: &Context, tx: &mut Tx<'_>, input: Record) -> Result<Recorded> {
    take(cx, tx, input, Kind::Subscription)
}

fn take(cx: &Context, tx: &mut Tx<'_>, input: Record, kind: Kind) -> Result<Recorded> {
    let line =
        timeline_store::line_named(tx, &input.line, input.industry.as_deref().unwrap_or_default(), true)?;
    let setting = Setting { line: line.id, offer: None, form: None };
    let space = input.space.as_deref().unwrap_or(accounts::NUMBERING);
    let inputs = input.contracts.iter().map(|new| said(space, kind, new)).collect::<Result<Vec<_>>>()?;
    let accounts = inputs.iter().map(|input| by_id(cx, tx, input.party.key)).collect::<Result<Vec<_>>>()?;
    let nothing = (&Seen::default(), &Foreseen::default());
    let mut planned = batch::plan_for(cx, tx, nothing, &setting, (&inputs, &accounts), 0)?;
    if !planned.walled.is_empty() {
        return Err(accounts::no_account());
    }
    if let Some((_, why)) = planned.refused.first() {
        return Err(Problem::invalid("terms", "contracts.terms", why.clone()));
    }
    let ids = batch::apply(cx, tx, &mut planned, 0)?;
    timeline_store::ask_judgement(cx, tx, LineId::new(0))?;
    Ok(Recorded {
        create: planned.tally.created,
        update: planned.tally.updated,
        skip: planned.tally.skipped,
        ids: ids.into_iter().map(|id| cx.codes.write(id)).collect(),
    })
}

/// The account that somebody names by its id here; nothing for an id in somebody's numbering.
fn by_id(cx: &Context, tx: &mut Tx<'_>, key: &str) -> Result<Option<AccountId>> {
    match cx.codes.read(key) {
        Ok(id) => accounts::store::visible(cx, tx, id).map(|account| Some(account.id)),
        Err(_) => Ok(None),
    }
}

fn said<'a>(space: &'a str, kind: Kind, new: &'a NewContract) -> Result<ContractInput<'a>> {
    for (field, text) in [("key", &new.key), ("party", &new.party)] {
        if text.trim().is_empty() {
            let text = say!(
                "record {}: its {} is blank; every one needs a key and a party",
                kind.spoken(),
                word!(field)
            );
            return Err(Problem::invalid(field, "contracts.blank", text));
        }
    }
    let name = new.name.as_deref();
    let party = Party { space, key: new.party.trim(), name, country: None, email: None };
    let said = dated(new.terms.clone());
    let effective = new.effective.map(|on| on.0);
    Ok(ContractInput { row: 0, kind, party, key: new.key.trim(), effective, said })
}

/// The last day of a fixed term, where its start and length are said.
fn dated(mut terms: Agreement) -> Agreement {
    let start: Option<Day> = terms.start.or(terms.signed).map(|on| on.0);
    let is_open = terms.term == Some(TermType::OpenEnded);
    if let (Some(start), Some(length), None, false) = (start, terms.length, terms.last_day, is_open) {
        terms.last_day = Some(On(length.after(start, 1, &Calendar::plain()).plus(-1)));
    }
    terms
}
