//! The invoices and payments of an account, page by page.

use std::borrow::Cow;

use ::store::Tx;
use accounts::ops::{Named, Shown, glance};
use kernel::{Page, Result};
use maud::Markup;
use slice::{Reply, Visit};
use speech::{html, say};
use ui::{Group, Head, Nothing, Pager};

use crate::{
    ops::{BillsOf, ShownBill, list_invoices, list_payments, owed},
    panels::bills::{invoice_table, payment_table, sentence},
};

/// Answers `GET /accounts/{id}/bills`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let account = glance(visit.cx, tx, Named { id: visit.part("id")?.to_owned() })?;
    if account.asked_for.is_some() {
        return Ok(Reply::Moved(format!("/accounts/{}/bills", account.id)));
    }
    let of = |name: &str| BillsOf {
        id: account.id.clone(),
        after: visit.asked(name).map(str::to_owned),
        limit: None,
    };
    let invoices = list_invoices(visit.cx, tx, of("invoices"))?;
    let payments = list_payments(visit.cx, tx, of("payments"))?;
    let owing = owed(visit.cx, tx, &account.id)?;
    let lead = sentence(&owing, !invoices.rows.is_empty());
    let body = draw(visit, &account, &lead, &invoices, &payments);
    Ok(Reply::Page { title: say!("Bills of {}", account.name), place: "/relationships", body })
}

fn draw(
    visit: &Visit<'_>,
    account: &Shown,
    lead: &Markup,
    invoices: &Page<ShownBill>,
    payments: &Page<ShownBill>,
) -> Markup {
    let (zone, today) = (&visit.cx.zone, visit.cx.today());
    let trail = html! { a href={ "/accounts/" (account.id) } { (account.name) } };
    let none = |sentence: Cow<'static, str>| Nothing { sentence, act: None };
    let billed = html! {
        @if invoices.rows.is_empty() { (none(say!("No invoice stands here."))) } @else { (invoice_table(&invoices.rows, zone, today)) }
        (pager(visit, account, "invoices", invoices))
    };
    let paid = html! {
        @if payments.rows.is_empty() { (none(say!("No payment stands here."))) } @else { (payment_table(&payments.rows, zone, today)) }
        (pager(visit, account, "payments", payments))
    };
    html! {
        (Head { title: say!("Bills"), trail: Some(trail), lead: Some(lead.clone()), ..Head::default() })
        (Group::new(say!("Invoices"), billed))
        (Group::new(say!("Payments"), paid))
    }
}

/// The pages of one of the two lists; the other begins anew.
fn pager(visit: &Visit<'_>, account: &Shown, name: &'static str, page: &Page<ShownBill>) -> Markup {
    let here = format!("/accounts/{}/bills", account.id);
    let label = if name == "invoices" { say!("Pages of invoices") } else { say!("Pages of payments") };
    let is_first = visit.asked(name).is_none();
    html! {
        @if !is_first || page.next.is_some() {
            (Pager {
                label,
                range: say!("Newest first"),
                previous: (!is_first).then(|| here.as_str().into()),
                next: page.next.as_ref().map(|next| format!("{here}?{name}={next}").into()),
            })
        }
    }
}
