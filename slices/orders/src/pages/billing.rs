//! Invoices and payments, added up: what was billed, what is owed, what was paid late, what came in.

use ::store::Tx;
use accounts::ops::{Nothing as NoInput, ShownLine, lines};
use kernel::Result;
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::html;
use ui::{Cell, Column, Group, Head, Nothing, Row, Table, count, terms};

use super::{figures::choice, order::money};
use crate::{
    bill_figures::{BillFigures, InvoiceFigures, PaymentFigures},
    ops::{WhichBills, bill_figures},
};

/// Where it is.
const HERE: &str = "/figures/bills";

/// The figures of bills.
struct BillsPage {
    figures: BillFigures,
    line: Option<String>,
    lines: Vec<ShownLine>,
}

/// Answers `GET /figures/bills`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let line = visit.asked("line").map(str::to_owned);
    let page = BillsPage {
        figures: bill_figures(visit.cx, tx, WhichBills { line: line.clone(), silent_after: None })?,
        lines: lines(visit.cx, tx, NoInput {})?,
        line,
    };
    Ok(Reply::Page { title: "Bills added up".into(), place: "/figures", body: page.render() })
}

impl Render for BillsPage {
    fn render(&self) -> Markup {
        let of = self.line.as_deref().unwrap_or("every service line");
        let lead =
            html! { "The invoices and payments of " (of) ". Currencies are never added to each other." };
        let trail = html! { a href="/figures" { "Figures" } };
        let BillFigures { invoices, payments } = &self.figures;
        html! {
            (Head { title: "Bills added up".into(), trail: Some(trail), lead: Some(lead), ..Head::default() })
            @if 1 < self.lines.len() { (choice(&self.lines, self.line.as_deref(), HERE)) }
            @if invoices.count == 0 && payments.count == 0 {
                (Nothing { sentence: "There is no invoice and no payment to add up.".into(), act: None })
            }
            @if 0 < invoices.count { (Group::new("Invoices", billed(invoices))) }
            @if 0 < payments.count { (Group::new("Payments", paid(payments))) }
        }
    }
}

fn billed(invoices: &InvoiceFigures) -> Markup {
    let heads = [
        Column::new("Currency"),
        Column::new("Billed").num(),
        Column::new("Credited").num(),
        Column::new("Owed").num(),
    ];
    let table =
        Table::fold("What was billed, by currency").columns(heads).rows(invoices.money.iter().map(|one| {
            let code = one.currency.code();
            Row::new([
                Cell::head(code),
                Cell::num(money(&one.billed, code)).label("Billed"),
                Cell::num(money(&one.credited, code)).label("Credited"),
                Cell::num(money(&one.owed, code)).label("Owed"),
            ])
        }));
    html! {
        (terms(&[
            ("Invoices", html! { (count(invoices.count)) @if 0 < invoices.not_counted { span .faint { ", and " (count(invoices.not_counted)) " drafts or taken back" } } }),
            ("Accounts", html! { (count(invoices.customers)) ", " (count(invoices.repeat_customers)) " of them more than once" (percent(&invoices.repeat_rate)) }),
            ("Say when they were paid", html! { (count(invoices.paid)) ", " (count(invoices.paid_late)) " of them late" }),
            ("Days from due to paid", html! { @if invoices.days_after_due.is_empty() { span .faint { "–" } } @else { "median " (invoices.days_after_due) } }),
        ]))
        (table)
    }
}

fn paid(payments: &PaymentFigures) -> Markup {
    let heads = [Column::new("Currency"), Column::new("Came in").num(), Column::new("Went back").num()];
    let table =
        Table::fold("What came in, by currency").columns(heads).rows(payments.money.iter().map(|one| {
            let code = one.currency.code();
            Row::new([
                Cell::head(code),
                Cell::num(money(&one.paid, code)).label("Came in"),
                Cell::num(money(&one.refunded, code)).label("Went back"),
            ])
        }));
    let days = &payments.days_between;
    let mut told = vec![
        (
            "Payments",
            html! { (count(payments.count)) @if 0 < payments.not_counted { span .faint { ", and " (count(payments.not_counted)) " that did not come in" } } },
        ),
        (
            "Accounts",
            html! { (count(payments.customers)) ", " (count(payments.repeat_customers)) " of them more than once" (percent(&payments.repeat_rate)) },
        ),
    ];
    if 0 < days.gaps {
        told.push(("Days between payments", html! { "median " (days.median) ", " (count(days.monthly)) " of " (ui::plural(days.gaps, "gap", "gaps")) " a month" }));
    }
    if let Some(silent) = &payments.silent {
        told.push(("Silent", html! { (count(silent.customers)) " for more than " (count(silent.days)) " days before " (silent.until) }));
    }
    for settled in &payments.settled {
        let code = settled.currency.code();
        told.push(("Kept by whoever handled it", html! { (money(&settled.fees, code)) " of " (money(&settled.amount, code)) (percent(&settled.fee_share)) }));
    }
    html! { (terms(&told)) (table) }
}

/// `, 40 %`; nothing where there was nothing to divide by.
fn percent(text: &str) -> Markup {
    html! { @if !text.is_empty() { ", " (text) "\u{202f}%" } }
}
