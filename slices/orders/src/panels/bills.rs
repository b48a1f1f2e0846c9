//! Bills: what an account owes, its invoices and payments.

use ::store::Tx;
use jiff::{Timestamp, tz::TimeZone};
use kernel::{Currency, Day, Moment, Money, Permission, Result};
use maud::{Markup, Render};
use slice::Visit;
use speech::{html, say, tell, word};
use ui::{Button, Cell, Column, Group, Row, Table, Tag, time};

use crate::ops::{BillsOf, ShownBill, ShownOwed, list_invoices, list_payments, owed};

/// Rows of invoices and of payments; all of them stand on a page of their own.
const INVOICES: i64 = 8;
const PAYMENTS: i64 = 4;

/// Draws the panel; nothing where no bill is on record and none can be recorded.
pub(super) fn show(visit: &Visit<'_>, tx: &mut Tx<'_>, account: &str) -> Result<Markup> {
    let (cx, today) = (visit.cx, visit.cx.today());
    let of = |limit| BillsOf { id: account.to_owned(), after: None, limit: Some(limit) };
    let invoices = list_invoices(cx, tx, of(INVOICES))?;
    let payments = list_payments(cx, tx, of(PAYMENTS))?;
    let may_write = cx.actor.may(Permission::Write);
    let has_none = invoices.rows.is_empty() && payments.rows.is_empty();
    if has_none && !may_write {
        return Ok(html! {});
    }
    let owing = owed(cx, tx, account)?;
    let zone = &cx.zone;
    let more = invoices.next.is_some() || payments.next.is_some();
    let note = html! { @if more { a href={ "/accounts/" (account) "/bills" } { "All bills" } } };
    let body = html! {
        @if has_none { p .small .soft { "No invoice and no payment is on record." } }
        @else { p { (sentence(&owing, !invoices.rows.is_empty())) } }
        @if !invoices.rows.is_empty() { (invoice_table(&invoices.rows, zone, today)) }
        @if !payments.rows.is_empty() { (payment_table(&payments.rows, zone, today)) }
        @if may_write { (acts(account)) }
    };
    Ok(Group::new(say!("Bills"), body).note(note).render())
}

/// The ways to what people record by hand.
fn acts(account: &str) -> Markup {
    let to = |noun: &str| format!("/accounts/{account}/{noun}/new");
    html! {
        p .acts {
            (Button::link(say!("Record an order"), to("orders")))
            (Button::link(say!("Record an invoice"), to("invoices")))
            (Button::link(say!("Record a payment"), to("payments")))
        }
    }
}

/// What is owed, currency by currency.
pub(crate) fn sentence(owing: &[ShownOwed], has_invoices: bool) -> Markup {
    html! {
        @if owing.is_empty() { @if has_invoices { "Nothing is owed." } }
        @for owed in owing {
            (owing_of(owed)) " "
        }
    }
}

/// What is owed in one currency, and what of it is late.
fn owing_of(owed: &ShownOwed) -> Markup {
    let amount = html! { strong { (ui::money(owed.amount)) } };
    let invoices = ui::plural(owed.invoices, "invoice", "invoices");
    if owed.overdue_invoices < 1 {
        return tell!("{amount} is owed, of {invoices}.");
    }
    let late = tell!("{amount} of it overdue", amount = ui::money(owed.overdue));
    let late = html! { span .late { (late) } };
    let of = ui::plural(owed.overdue_invoices, "invoice", "invoices");
    tell!("{amount} is owed, of {invoices}; {late}, of {of}.")
}

/// Invoices, each with how far it has come.
pub(crate) fn invoice_table<'a>(bills: &'a [ShownBill], zone: &TimeZone, today: Day) -> Table<'a> {
    let columns = [
        Column::new(say!("Invoice")),
        Column::new(say!("Issued")),
        Column::new(say!("Amount")).num(),
        Column::new(say!("How far")),
    ];
    Table::fold(say!("Invoices, newest first")).columns(columns).rows(bills.iter().map(|bill| {
        Row::new([
            Cell::head(html! { (bill.number) @if !bill.order.is_empty() { " " span .faint { (say!("order {}", bill.order)) } } }),
            Cell::new(on(bill, zone, today)).label(say!("Issued")),
            Cell::num(money(&bill.amount, &bill.currency)).label(say!("Amount")),
            Cell::new(state(bill, today)).label(say!("How far")),
        ])
    }))
}

/// Payments, each with what it settles.
pub(crate) fn payment_table<'a>(bills: &'a [ShownBill], zone: &TimeZone, today: Day) -> Table<'a> {
    let columns = [
        Column::new(say!("Payment")),
        Column::new(say!("Paid")),
        Column::new(say!("Amount")).num(),
        Column::new(say!("For")),
    ];
    Table::fold(say!("Payments, newest first")).columns(columns).rows(bills.iter().map(|bill| {
        let settles = html! {
            @if !bill.invoice.is_empty() { (say!("invoice {}", bill.invoice)) }
            @else if !bill.order.is_empty() { (say!("order {}", bill.order)) }
            @else { span .faint { "not said" } }
            @if !bill.method.is_empty() { (say!(", by {}", bill.method)) }
            @if !bill.counts { " " (Tag::new(word!(bill.status.replace('_', " ")))) }
            @if let Some(back) = bill.refunded.as_deref().filter(|back| !is_nothing(back)) { (tell!("; {amount} went back", amount = money(back, &bill.currency))) }
        };
        Row::new([
            Cell::head(html! { (bill.number) }),
            Cell::new(on(bill, zone, today)).label(say!("Paid")),
            Cell::num(money(&bill.amount, &bill.currency)).label(say!("Amount")),
            Cell::soft(settles).label(say!("For")),
        ])
    }))
}

fn on(bill: &ShownBill, zone: &TimeZone, today: Day) -> Markup {
    let instant = bill.on.parse::<Timestamp>().map(|instant| Moment::at(instant.as_microsecond()));
    let day = instant.map(|at| at.day(zone)).or_else(|_| Day::parse(&bill.on));
    match day {
        Ok(day) => time::short(day, today),
        Err(_) => html! { (bill.on) },
    }
}

/// Draft, void, paid, open, overdue.
fn state(bill: &ShownBill, today: Day) -> Markup {
    let day = |text: &Option<String>| text.as_ref().and_then(|text| Day::parse(text).ok());
    let rest = bill.owed.as_deref().filter(|rest| !is_nothing(rest));
    let credit = bill.amount.starts_with('-');
    html! {
        @if !bill.counts { span .faint { (word!(bill.status.replace('_', " "))) } }
        @else if credit { span .faint { "credit note" } }
        @else if let Some(rest) = rest {
            @match day(&bill.due) {
                Some(due) if due < today => { span .late { (tell!("overdue since {due}", due = time::short(due, today))) } },
                Some(due) => { (tell!("due {due}", due = time::due(due, today))) },
                None => { "open" },
            }
            @if *rest != *bill.amount { (tell!(", {amount} left", amount = money(rest, &bill.currency))) }
        }
        @else if bill.status == "written_off" { span .faint { "written off" } }
        @else {
            @match day(&bill.paid_on) {
                Some(day) => { (tell!("paid {day}", day = time::short(day, today))) },
                None => { "paid" },
            }
        }
    }
}

fn is_nothing(decimal: &str) -> bool {
    decimal.chars().all(|c| matches!(c, '0' | '.'))
}

fn money(decimal: &str, currency: &str) -> Markup {
    match Currency::parse(currency).and_then(|currency| Money::parse(decimal, currency)) {
        Ok(money) => ui::money(money),
        Err(_) => html! { (decimal) " " (currency) },
    }
}
