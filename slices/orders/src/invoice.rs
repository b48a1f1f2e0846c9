//! An invoice: what we asked somebody to pay, by when, and whether they did.

use accounts::Party;
use kernel::{Currency, Day, Moment};
use timeline::{
    Fact, FactId,
    fact::{Channel, Offer, Purchase, Refund},
    said::{Sheet, blank},
};

use crate::bill::{BillInput, BillTerms, Fields, day, number};

/// An invoice as a row of a file says it. What is absent was not said.
#[derive(Clone, Debug)]
pub struct InvoiceInput<'a> {
    /// The record in its file, the first after the header being 1.
    pub row: i64,
    /// What makes it the same invoice on its line: its id in the source, else its number.
    pub key: &'a str,
    /// Its number as written; what payments name.
    pub number: &'a str,
    /// Whose it is; absent for nobody we can name.
    pub party: Option<Party<'a>>,
    /// When it was issued.
    pub issued: Moment,
    /// When it is due.
    pub due: Option<Day>,
    /// When it was paid in full.
    pub paid_on: Option<Day>,
    /// What it comes to, tax included, in ten-thousandths of the major unit; below zero for a credit note.
    pub amount: i64,
    /// The tax in it.
    pub tax: Option<i64>,
    /// What is still to be paid of it.
    pub owed: Option<i64>,
    /// The currency of its amounts.
    pub currency: Currency,
    /// How far it has come.
    pub status: InvoiceStatus,
    /// The key of the order that it bills, on the same line.
    pub order: Option<&'a str>,
    /// The first and the last day it pays for.
    pub period: (Option<Day>, Option<Day>),
}

/// How far an invoice has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvoiceStatus {
    /// Written, not sent: it does not count.
    Draft,
    /// Sent, to be paid.
    Open,
    /// Paid in full.
    Paid,
    /// Taken back: it does not count.
    Void,
    /// Deleted in its source: it does not count.
    Deleted,
    /// Sent, and given up.
    WrittenOff,
}

impl InvoiceStatus {
    /// All of them.
    pub const ALL: [InvoiceStatus; 6] = [
        InvoiceStatus::Draft,
        InvoiceStatus::Open,
        InvoiceStatus::Paid,
        InvoiceStatus::Void,
        InvoiceStatus::Deleted,
        InvoiceStatus::WrittenOff,
    ];

    /// The status of that word.
    pub fn parse(word: &str) -> Option<InvoiceStatus> {
        InvoiceStatus::ALL.into_iter().find(|status| status.as_str() == word)
    }

    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            InvoiceStatus::Draft => "draft",
            InvoiceStatus::Open => "open",
            InvoiceStatus::Paid => "paid",
            InvoiceStatus::Void => "void",
            InvoiceStatus::Deleted => "deleted",
            InvoiceStatus::WrittenOff => "written_off",
        }
    }

    /// Something was billed by it.
    pub fn counts(self) -> bool {
        matches!(self, InvoiceStatus::Open | InvoiceStatus::Paid | InvoiceStatus::WrittenOff)
    }

    /// Something may still come in for it.
    pub fn is_open(self) -> bool {
        self == InvoiceStatus::Open
    }
}

impl<'a> InvoiceInput<'a> {
    /// As a record of fields.
    pub fn bill(&self, terms: &BillTerms) -> BillInput<'a> {
        let fields = Fields::default()
            .text("number", Some(self.number))
            .text("currency", Some(self.currency.code()))
            .at(self.issued)
            .day("due", self.due)
            .day("paid_on", self.paid_on)
            .number("amount", Some(self.amount))
            .number("tax", self.tax)
            .number("owed", self.owed)
            .text("status", Some(self.status.as_str()))
            .text("order_key", self.order)
            .day("period_start", self.period.0)
            .day("period_end", self.period.1)
            .terms(terms);
        BillInput { row: self.row, key: self.key.to_owned(), party: self.party, says: fields.0 }
    }
}

/// How far the invoice of these fields has come; open for a word that this version does not know.
pub(crate) fn status(sheet: &Sheet) -> InvoiceStatus {
    InvoiceStatus::parse(blank(sheet, "status")).unwrap_or(InvoiceStatus::Open)
}

/// What the invoice of these fields tells the timeline: what was billed, or what a credit note gives back. `of` is the
/// fact of the order that it bills.
pub(crate) fn facts(sheet: &Sheet, of: Option<FactId>) -> [Option<Fact>; 2] {
    let is_purchase = of.is_some() || number(sheet, "stands_alone") == Some(1);
    if !status(sheet).counts() || !is_purchase {
        return [None, None];
    }
    let net = number(sheet, "amount").unwrap_or(0).saturating_sub(number(sheet, "tax").unwrap_or(0));
    if net < 0 {
        return [None, Some(Fact::Refund(Refund { amount: net.saturating_neg(), of, reason: None }))];
    }
    let purchase = Purchase {
        amount: net,
        offer: Offer::parse(blank(sheet, "offer")),
        channel: Channel::parse(blank(sheet, "channel")),
        period_start: day(sheet, "period_start"),
        period_end: day(sheet, "period_end"),
        of,
        ..Purchase::default()
    };
    [Some(Fact::Invoice(purchase)), None]
}
