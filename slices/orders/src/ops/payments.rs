//! Payments recorded by hand or by a program.

use ::store::Tx;
use kernel::{Context, Currency, Money, Result};
use schemars::JsonSchema;
use serde::Deserialize;
use slice::Head;

use super::billing::{RecordedBills, amount, head, line, needed, number, offer, party, record, unknown};
use crate::{
    bill::{BillKind, BillTerms},
    payment::{PaymentInput, PaymentStatus},
};

pub(super) const PAYMENTS: Head = Head {
    sentence: "Records payments; known ones get what is new. One that names its invoice or order is not counted beside \
               it.",
    examples: &[
        "mainstay payments record --line Advisory --currency EUR --payments '[{\"number\": \"p-81\", \
                 \"on\": \"2025-03-20\", \"party\": \"c7\", \"amount\": \"1200.00\", \"invoice\": \"R-1\"}]'",
    ],
    ..head("payments.record", "/payments", "payments record")
};

/// Payments to record.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordPayments {
    /// The name of the service line, made when it is new.
    pub line: String,
    /// The industry of a new line.
    #[serde(default)]
    pub industry: Option<String>,
    /// The currency of all amounts.
    pub currency: Currency,
    /// What kind of thing was bought, as for invoices.
    #[serde(default)]
    pub offer: Option<String>,
    /// Whose numbering the parties' ids belong to; "customers" when absent.
    #[serde(default)]
    pub space: Option<String>,
    /// The orders or invoices that they settle are recorded as well: one that names none tells nothing, so that nothing
    /// counts twice.
    #[serde(default)]
    pub orders_are_kept: bool,
    /// The payments.
    pub payments: Vec<NewPayment>,
}

/// A payment to record.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPayment {
    /// Its number or reference.
    pub number: String,
    /// The day it came in, such as 2025-03-20.
    pub on: String,
    /// The id of the party in its numbering, or the id of its account here; absent for nobody we can name.
    #[serde(default)]
    pub party: Option<String>,
    /// The name of a party that is new.
    #[serde(default)]
    pub name: Option<String>,
    /// What came in, in major units.
    pub amount: String,
    /// What went back of it.
    #[serde(default)]
    pub refunded: Option<String>,
    /// What whoever handled it kept.
    #[serde(default)]
    pub fee: Option<String>,
    /// How it was paid, such as card or transfer.
    #[serde(default)]
    pub method: Option<String>,
    /// succeeded, pending, failed, void; succeeded when absent.
    #[serde(default)]
    pub status: Option<String>,
    /// The number of the invoice that it settles.
    #[serde(default)]
    pub invoice: Option<String>,
    /// The number of the order that it settles.
    #[serde(default)]
    pub order: Option<String>,
}

/// Records payments.
///
/// # Errors
/// As [`record_invoices`].
pub fn record_payments(cx: &Context, tx: &mut Tx<'_>, input: RecordPayments) -> Result<RecordedBills> {
    let line = line(tx, &input.line, input.industry.as_deref())?;
    let terms = BillTerms {
        line,
        offer: offer(input.offer.as_deref())?,
        channel: None,
        stands_alone: !input.orders_are_kept,
    };
    let space = input.space.as_deref().unwrap_or(accounts::NUMBERING);
    let bills = input.payments.iter().map(|new| {
        let status = match new.status.as_deref() {
            None => PaymentStatus::Succeeded,
            Some(word) => PaymentStatus::parse(word).ok_or_else(|| {
                unknown("status", word, PaymentStatus::ALL.map(PaymentStatus::as_str).join(", "))
            })?,
        };
        let payment = PaymentInput {
            row: 0,
            key: number(&new.number)?,
            number: number(&new.number)?,
            party: party(space, new.party.as_deref(), new.name.as_deref()),
            paid: needed("on", &new.on)?.moment(),
            amount: Money::parse(&new.amount, input.currency)?.amount,
            tax: None,
            refunded: amount(new.refunded.as_deref(), input.currency)?,
            currency: input.currency,
            fee: amount(new.fee.as_deref(), input.currency)?,
            settled: None,
            method: new.method.as_deref(),
            status,
            invoice: new.invoice.as_deref(),
            order: new.order.as_deref(),
        };
        Ok(payment.bill(&terms))
    });
    record(cx, tx, (BillKind::Payment, line), space, &bills.collect::<Result<Vec<_>>>()?)
}
