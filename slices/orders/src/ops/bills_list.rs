//! The invoices and payments of an account, listed.

use std::collections::HashMap;

use ::store::Tx;
use kernel::{Context, Currency, Cursor, Money, Page, Permission, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use timeline::{FactId, said::blank};

use super::billing::head;
use crate::{
    bill::{BillKind, StoredBill, day, number},
    invoice, payment,
    store::{
        bills,
        owed::{Owed, owed_by, owed_of},
    },
};

pub(super) const INVOICES: Head = Head {
    act: Act::Read,
    method: Method::Get,
    permission: Permission::Read,
    sentence: "Lists the invoices of an account, newest first, with what is owed.",
    examples: &["mainstay account acc_x7Kq2 invoices"],
    ..head("invoices.list", "/accounts/{id}/invoices", "account {id} invoices")
};

pub(super) const PAYMENTS: Head = Head {
    act: Act::Read,
    method: Method::Get,
    permission: Permission::Read,
    sentence: "Lists the payments of an account, newest first.",
    examples: &["mainstay account acc_x7Kq2 payments"],
    ..head("payments.list", "/accounts/{id}/payments", "account {id} payments")
};

/// A page of the bills of an account.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BillsOf {
    /// The id of the account.
    pub id: String,
    /// Where the page begins: `next` of the page before.
    #[serde(default)]
    pub after: Option<String>,
    /// Rows on a page, at most 200; 50 when absent.
    #[serde(default)]
    pub limit: Option<i64>,
}

/// An invoice or a payment, as it is shown. Amounts are in major units.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownBill {
    /// Its number as written, else its key.
    pub number: String,
    /// When it was issued or paid.
    pub on: String,
    /// The currency of its amounts.
    pub currency: String,
    /// What it comes to, tax included.
    pub amount: String,
    /// The tax in it, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tax: Option<String>,
    /// How far it has come.
    pub status: String,
    /// Whether it counts.
    pub counts: bool,
    /// The day an invoice is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// The day an invoice was paid in full.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid_on: Option<String>,
    /// What is still to be paid of an invoice: as its source says, else what the payments that name it leave.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owed: Option<String>,
    /// What went back of a payment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refunded: Option<String>,
    /// How a payment was made.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub method: String,
    /// The invoice that a payment settles.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub invoice: String,
    /// The order that it bills or settles.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub order: String,
    /// The fact that it told; absent where it told none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fact: Option<String>,
}

/// Lists the invoices of an account.
///
/// # Errors
/// `accounts.no_account`.
pub fn list_invoices(cx: &Context, tx: &mut Tx<'_>, input: BillsOf) -> Result<Page<ShownBill>> {
    list(cx, tx, BillKind::Invoice, &input)
}

/// Lists the payments of an account.
///
/// # Errors
/// `accounts.no_account`.
pub fn list_payments(cx: &Context, tx: &mut Tx<'_>, input: BillsOf) -> Result<Page<ShownBill>> {
    list(cx, tx, BillKind::Payment, &input)
}

fn list(cx: &Context, tx: &mut Tx<'_>, kind: BillKind, input: &BillsOf) -> Result<Page<ShownBill>> {
    let account = accounts::store::visible(cx, tx, cx.codes.read(&input.id)?)?.id;
    let limit = input.limit.unwrap_or(50).clamp(1, 200);
    let before = input.after.as_deref().and_then(after).unwrap_or((i64::MAX, i64::MAX));
    let mut found = bills::of_account(cx, tx, kind, account, before, limit + 1)?;
    let more = i64::try_from(found.len()).is_ok_and(|found| limit < found);
    found.truncate(usize::try_from(limit).unwrap_or(200));
    let cursor = |bill: &StoredBill| Cursor(vec![bill.at().micros.to_string(), bill.id.to_string()]).write();
    let next = found.last().filter(|_| more).map(cursor);
    let owed = match kind {
        BillKind::Invoice => owed_of(cx, tx, &found.iter().map(|bill| bill.id).collect::<Vec<_>>())?,
        BillKind::Payment => HashMap::new(),
    };
    let rows = found.iter().map(|bill| shown(cx, kind, bill, owed.get(&bill.id).copied()));
    Ok(Page { rows: rows.collect(), next })
}

/// What an account owes in a currency.
#[derive(Clone, Debug)]
pub struct ShownOwed {
    /// What is owed.
    pub amount: Money,
    /// Of how many invoices.
    pub invoices: i64,
    /// What of it was due before today.
    pub overdue: Money,
    /// Of how many invoices.
    pub overdue_invoices: i64,
}

/// What an account owes today, per currency.
///
/// # Errors
/// `accounts.no_account`.
pub fn owed(cx: &Context, tx: &mut Tx<'_>, account: &str) -> Result<Vec<ShownOwed>> {
    let account = accounts::store::visible(cx, tx, cx.codes.read(account)?)?.id;
    let shown = |owed: Owed| {
        let currency = Currency::parse(&owed.currency).ok()?;
        Some(ShownOwed {
            amount: Money::new(owed.amount, currency),
            invoices: owed.invoices,
            overdue: Money::new(owed.overdue, currency),
            overdue_invoices: owed.overdue_invoices,
        })
    };
    Ok(owed_by(cx, tx, account, cx.today())?.into_iter().filter_map(shown).collect())
}

fn after(text: &str) -> Option<(i64, i64)> {
    let Cursor(parts) = Cursor::read(text);
    Some((parts.first()?.parse().ok()?, parts.get(1)?.parse().ok()?))
}

fn shown(cx: &Context, kind: BillKind, bill: &StoredBill, owed: Option<i64>) -> ShownBill {
    let sheet = &bill.sheet;
    let text = |field: &str| blank(sheet, field).to_owned();
    let written = |amount: i64| bill.currency().map(|currency| Money::new(amount, currency).decimal());
    let money = |field: &str| number(sheet, field).and_then(written);
    let called = text("number");
    ShownBill {
        number: if called.is_empty() { bill.key.clone() } else { called },
        on: bill.at().iso(),
        currency: text("currency"),
        amount: money("amount").unwrap_or_default(),
        tax: money("tax"),
        status: text("status"),
        counts: match kind {
            BillKind::Invoice => invoice::status(sheet).counts(),
            BillKind::Payment => payment::status(sheet).counts(),
        },
        due: day(sheet, "due").map(|day| day.to_string()),
        paid_on: day(sheet, "paid_on").map(|day| day.to_string()),
        owed: owed.and_then(written).or_else(|| money("owed")),
        refunded: money("refunded"),
        method: text("method"),
        invoice: text("invoice_key"),
        order: text("order_key"),
        fact: bill.told().next().map(|fact: FactId| cx.codes.write(fact)),
    }
}
