//! An order recorded by hand, from the page of an account: its number, its day, and up to three lines.

use ::store::Tx;
use kernel::Result;
use slice::{Reply, Visit};

use super::typed::{Asked, Question, Typed, What};
use crate::{
    ops::{NewLine, NewOrder, Record, record_orders},
    tally::Counts,
};

const ASKED: Asked = Asked {
    what: What::Order,
    lead: "What they bought, on one day. An order that is known by its number gets the lines that it lacks.",
    noun: "orders",
    at: "timeline",
    fields: &[
        must("number", "Number", "text", "1001"),
        must("on", "Day", "date", "The day it was placed."),
        must("currency", "Currency", "text", "EUR"),
        Question { must: false, ..must("seller", "Who of us sold it", "text", "Ines Marchetti") },
        must("what1", "What was bought", "text", "Kettle"),
        must("amount1", "Amount, tax excluded", "text", "38.00"),
        Question { must: false, ..must("what2", "What else", "text", "Teapot") },
        Question { must: false, ..must("amount2", "Amount of that", "text", "24.00") },
        Question { must: false, ..must("what3", "And what else", "text", "Delivery") },
        Question { must: false, ..must("amount3", "Amount of this", "text", "5.00") },
    ],
};

/// The fields of the lines: what, how much.
const LINES: [(&str, &str); 3] = [("what1", "amount1"), ("what2", "amount2"), ("what3", "amount3")];

pub(super) const fn must(
    name: &'static str,
    label: &'static str,
    kind: &'static str,
    hint: &'static str,
) -> Question {
    Question { name, label, kind, hint, must: true }
}

/// Answers `GET /accounts/{id}/orders/new`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    Ok(Typed::read(visit, tx, &ASKED)?.page())
}

/// Answers `POST /accounts/{id}/orders`.
pub(super) fn write(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let typed = Typed::read(visit, tx, &ASKED)?;
    let kept = record(visit, tx, &typed);
    typed.answer(kept)
}

fn record(visit: &Visit<'_>, tx: &mut Tx<'_>, typed: &Typed<'_>) -> Result<Counts> {
    typed.check(&["on"], &LINES.map(|(_, amount)| amount))?;
    let line = |(what, amount): (&str, &str)| {
        let amount = typed.said(amount)?;
        Some(NewLine { sku: String::new(), description: typed.text(what), amount, fee: false })
    };
    let order = NewOrder {
        number: typed.text("number"),
        on: typed.text("on"),
        party: Some(typed.account.id.clone()),
        name: None,
        country: None,
        seller: typed.said("seller"),
        freight: None,
        lines: LINES.into_iter().filter_map(line).collect(),
    };
    let input = Record {
        line: typed.text("line"),
        industry: None,
        currency: typed.currency()?,
        offer: typed.said("offer"),
        channel: None,
        space: None,
        orders: vec![order],
    };
    record_orders(visit.cx, tx, input)
}
