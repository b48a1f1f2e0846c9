//! Invoices recorded by hand or by a program.

use ::store::Tx;
use kernel::{Context, Currency, Money, Result};
use schemars::JsonSchema;
use serde::Deserialize;
use slice::Head;

use super::billing::{RecordedBills, amount, day, head, line, needed, number, offer, party, record, unknown};
use crate::{
    bill::{BillKind, BillTerms},
    invoice::{InvoiceInput, InvoiceStatus},
};

pub(super) const INVOICES: Head = Head {
    sentence: "Records invoices; known ones get what is new. One that names its order is not counted beside it.",
    examples: &[
        "mainstay invoices record --line Advisory --currency EUR --invoices '[{\"number\": \"R-1\", \
                 \"issued\": \"2025-03-05\", \"due\": \"2025-04-04\", \"party\": \"c7\", \"amount\": \"1200.00\", \
                 \"tax\": \"200.00\"}]'",
    ],
    ..head("invoices.record", "/invoices", "invoices record")
};

/// Invoices to record.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordInvoices {
    /// The name of the service line, made when it is new.
    pub line: String,
    /// The industry of a new line.
    #[serde(default)]
    pub industry: Option<String>,
    /// The currency of all amounts.
    pub currency: Currency,
    /// What kind of thing was bought: goods, generic_service, subscription, cover, managed_service,
    /// professional_service, advice.
    #[serde(default)]
    pub offer: Option<String>,
    /// Whose numbering the parties' ids belong to; "customers" when absent.
    #[serde(default)]
    pub space: Option<String>,
    /// The orders that they bill are recorded as well: one that names none tells nothing, so that nothing counts twice.
    #[serde(default)]
    pub orders_are_kept: bool,
    /// The invoices.
    pub invoices: Vec<NewInvoice>,
}

/// An invoice to record.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInvoice {
    /// Its number.
    pub number: String,
    /// The day it was issued, such as 2025-03-05.
    pub issued: String,
    /// The day it is due.
    #[serde(default)]
    pub due: Option<String>,
    /// The day it was paid in full.
    #[serde(default)]
    pub paid_on: Option<String>,
    /// The id of the party in its numbering, or the id of its account here; absent for nobody we can name.
    #[serde(default)]
    pub party: Option<String>,
    /// The name of a party that is new.
    #[serde(default)]
    pub name: Option<String>,
    /// What it comes to, tax included, in major units; below zero for a credit note.
    pub amount: String,
    /// The tax in it.
    #[serde(default)]
    pub tax: Option<String>,
    /// What is still to be paid; worked out from the payments when absent.
    #[serde(default)]
    pub owed: Option<String>,
    /// draft, open, paid, void, deleted, written_off; open when absent, paid where it says when it was paid.
    #[serde(default)]
    pub status: Option<String>,
    /// The number of the order that it bills.
    #[serde(default)]
    pub order: Option<String>,
    /// The first day it pays for.
    #[serde(default)]
    pub period_start: Option<String>,
    /// The last day it pays for.
    #[serde(default)]
    pub period_end: Option<String>,
}

/// Records invoices.
///
/// # Errors
/// `orders.*` naming the field that does not hold, `timeline.industry`, `accounts.no_account` for a party whose account
/// the caller may not see; then none is recorded.
pub fn record_invoices(cx: &Context, tx: &mut Tx<'_>, input: RecordInvoices) -> Result<RecordedBills> {
    let line = line(tx, &input.line, input.industry.as_deref())?;
    let terms = BillTerms {
        line,
        offer: offer(input.offer.as_deref())?,
        channel: None,
        stands_alone: !input.orders_are_kept,
    };
    let space = input.space.as_deref().unwrap_or(accounts::NUMBERING);
    let bills = input.invoices.iter().map(|new| {
        let paid_on = day("paid_on", new.paid_on.as_deref())?;
        let status = match new.status.as_deref() {
            None if paid_on.is_some() => InvoiceStatus::Paid,
            None => InvoiceStatus::Open,
            Some(word) => InvoiceStatus::parse(word).ok_or_else(|| {
                unknown("status", word, InvoiceStatus::ALL.map(InvoiceStatus::as_str).join(", "))
            })?,
        };
        let invoice = InvoiceInput {
            row: 0,
            key: number(&new.number)?,
            number: number(&new.number)?,
            party: party(space, new.party.as_deref(), new.name.as_deref()),
            issued: needed("issued", &new.issued)?.moment(),
            due: day("due", new.due.as_deref())?,
            paid_on,
            amount: Money::parse(&new.amount, input.currency)?.amount,
            tax: amount(new.tax.as_deref(), input.currency)?,
            owed: amount(new.owed.as_deref(), input.currency)?,
            currency: input.currency,
            status,
            order: new.order.as_deref(),
            period: (
                day("period_start", new.period_start.as_deref())?,
                day("period_end", new.period_end.as_deref())?,
            ),
        };
        Ok(invoice.bill(&terms))
    });
    record(cx, tx, (BillKind::Invoice, line), space, &bills.collect::<Result<Vec<_>>>()?)
}
