//! An invoice or a payment recorded by hand, from the page of an account.

use ::store::Tx;
use kernel::Result;
use slice::{Reply, Visit};

use super::{
    order_new::must,
    typed::{Asked, Question, Typed, What},
};
use crate::ops::{
    NewInvoice, NewPayment, RecordInvoices, RecordPayments, RecordedBills, record_invoices, record_payments,
};

const INVOICE: Asked = Asked {
    what: What::Invoice,
    lead: "What we billed them. One that names its order is not counted beside it.",
    noun: "invoices",
    at: "bills",
    fields: &[
        must("number", "Number", "text", "R-2025-17"),
        must("issued", "Issued on", "date", "The day that stands on it."),
        must("amount", "Amount, tax included", "text", "1200.00"),
        must("currency", "Currency", "text", "EUR"),
        Question { must: false, ..must("tax", "Tax in it", "text", "200.00") },
        Question { must: false, ..must("due", "Due on", "date", "Leave it empty where it does not say.") },
        Question {
            must: false,
            ..must("paid_on", "Paid in full on", "date", "Leave it empty where it is open.")
        },
        Question { must: false, ..must("order", "Number of its order", "text", "1001") },
    ],
};

const PAYMENT: Asked = Asked {
    what: What::Payment,
    lead: "What they paid. One that names its invoice or its order is not counted beside it.",
    noun: "payments",
    at: "bills",
    fields: &[
        must("number", "Number or reference", "text", "p-81"),
        must("on", "Came in on", "date", "The day it reached us."),
        must("amount", "Amount", "text", "1200.00"),
        must("currency", "Currency", "text", "EUR"),
        Question { must: false, ..must("invoice", "Number of its invoice", "text", "R-2025-17") },
        Question { must: false, ..must("order", "Number of its order", "text", "1001") },
        Question { must: false, ..must("method", "How it was paid", "text", "transfer") },
    ],
};

/// Answers `GET /accounts/{id}/invoices/new`.
pub(super) fn invoice(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    Ok(Typed::read(visit, tx, &INVOICE)?.page())
}

/// Answers `POST /accounts/{id}/invoices`.
pub(super) fn write_invoice(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let typed = Typed::read(visit, tx, &INVOICE)?;
    let kept = billed(visit, tx, &typed);
    typed.answer(kept)
}

fn billed(visit: &Visit<'_>, tx: &mut Tx<'_>, typed: &Typed<'_>) -> Result<RecordedBills> {
    typed.check(&["issued", "due", "paid_on"], &["amount", "tax"])?;
    let invoice = NewInvoice {
        number: typed.text("number"),
        issued: typed.text("issued"),
        due: typed.said("due"),
        paid_on: typed.said("paid_on"),
        party: Some(typed.account.id.clone()),
        name: None,
        amount: typed.text("amount"),
        tax: typed.said("tax"),
        owed: None,
        status: None,
        order: typed.said("order"),
        period_start: None,
        period_end: None,
    };
    let input = RecordInvoices {
        line: typed.text("line"),
        industry: None,
        currency: typed.currency()?,
        offer: typed.said("offer"),
        space: None,
        orders_are_kept: false,
        invoices: vec![invoice],
    };
    record_invoices(visit.cx, tx, input)
}

/// Answers `GET /accounts/{id}/payments/new`.
pub(super) fn payment(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    Ok(Typed::read(visit, tx, &PAYMENT)?.page())
}

/// Answers `POST /accounts/{id}/payments`.
pub(super) fn write_payment(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let typed = Typed::read(visit, tx, &PAYMENT)?;
    let kept = paid(visit, tx, &typed);
    typed.answer(kept)
}

fn paid(visit: &Visit<'_>, tx: &mut Tx<'_>, typed: &Typed<'_>) -> Result<RecordedBills> {
    typed.check(&["on"], &["amount"])?;
    let payment = NewPayment {
        number: typed.text("number"),
        on: typed.text("on"),
        party: Some(typed.account.id.clone()),
        name: None,
        amount: typed.text("amount"),
        refunded: None,
        fee: None,
        method: typed.said("method"),
        status: None,
        invoice: typed.said("invoice"),
        order: typed.said("order"),
    };
    let input = RecordPayments {
        line: typed.text("line"),
        industry: None,
        currency: typed.currency()?,
        offer: typed.said("offer"),
        space: None,
        orders_are_kept: false,
        payments: vec![payment],
    };
    record_payments(visit.cx, tx, input)
}
