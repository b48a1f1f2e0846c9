//! What recording invoices and payments by hand have in common.

use ::store::{DataClass, Tx};
use accounts::{Party, resolve};
use kernel::{Context, Currency, Day, Money, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::Serialize;
use slice::{Act, Head, Method};
use speech::{say, word};
use timeline::{LineId, fact::Offer, store as timeline_store};

use super::bills::{SeenBills, apply_bills, plan_bills};
use crate::bill::{BillInput, BillKind};

pub(super) const fn head(name: &'static str, path: &'static str, command: &'static str) -> Head {
    Head {
        name,
        act: Act::Write,
        method: Method::Post,
        path,
        command,
        permission: Permission::Write,
        class: DataClass::Personal,
        sentence: "",
        examples: &[],
    }
}

/// What recording bills came to.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RecordedBills {
    /// Bills that are new.
    pub created: i64,
    /// Bills that were known and that are changed.
    pub updated: i64,
    /// Bills that were known and stay as they are.
    pub unchanged: i64,
    /// Accounts that are new.
    pub accounts_created: i64,
}

pub(super) fn record(
    cx: &Context,
    tx: &mut Tx<'_>,
    what: (BillKind, LineId),
    space: &str,
    bills: &[BillInput<'_>],
) -> Result<RecordedBills> {
    let parties = bills.iter().filter_map(|bill| bill.party.as_ref());
    let seen = resolve::met(cx, tx, space, parties.map(|party| party.key))?;
    let mut planned = plan_bills(cx, tx, (&seen, &SeenBills::default()), what, bills, 0)?;
    if !planned.walled.is_empty() {
        return Err(accounts::no_account());
    }
    if let Some(bill) = planned.clashing.first() {
        let text =
            say!("{} is there twice, for two parties or in two currencies; give each its number", bill.key);
        return Err(Problem::invalid("number", "orders.twice", text));
    }
    apply_bills(cx, tx, &mut planned, 0)?;
    timeline_store::ask_judgement(cx, tx, LineId::new(0))?;
    Ok(RecordedBills {
        created: planned.counts.created,
        updated: planned.counts.updated,
        unchanged: planned.counts.linked,
        accounts_created: planned.counts.accounts_created,
    })
}

pub(super) fn line(tx: &mut Tx<'_>, name: &str, industry: Option<&str>) -> Result<LineId> {
    Ok(timeline_store::line_named(tx, name, industry.unwrap_or_default(), true)?.id)
}

pub(super) fn party<'a>(space: &'a str, key: Option<&'a str>, name: Option<&'a str>) -> Option<Party<'a>> {
    let key = key.map(str::trim).filter(|key| !key.is_empty())?;
    Some(Party { space, key, name, country: None, email: None })
}

pub(super) fn number(text: &str) -> Result<&str> {
    match text.trim() {
        "" => Err(Problem::invalid("number", "orders.number", say!("a bill needs its number; it is blank"))),
        number => Ok(number),
    }
}

pub(super) fn offer(word: Option<&str>) -> Result<Option<Offer>> {
    let known = || Offer::ALL.iter().map(|offer| offer.as_str()).collect::<Vec<_>>().join(", ");
    word.map(|word| Offer::parse(word).ok_or_else(|| unknown("offer", word, known()))).transpose()
}

pub(super) fn unknown(field: &str, word: &str, known: String) -> Problem {
    Problem::invalid(field, "orders.word", say!("{word:?} is no {}; known are {known}", word!(field)))
}

pub(super) fn day(field: &str, text: Option<&str>) -> Result<Option<Day>> {
    text.filter(|text| !text.trim().is_empty()).map(|text| needed(field, text)).transpose()
}

pub(super) fn needed(field: &str, text: &str) -> Result<Day> {
    Day::parse(text.trim()).map_err(|_| {
        Problem::invalid(
            field,
            "orders.day",
            say!("{text:?} is not a date; write {} as 2025-03-04", word!(field)),
        )
    })
}

pub(super) fn amount(text: Option<&str>, currency: Currency) -> Result<Option<i64>> {
    text.map(|text| Ok(Money::parse(text, currency)?.amount)).transpose()
}
