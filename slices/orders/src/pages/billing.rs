//! Invoices and payments, added up: what was billed, what is owed, what was paid late, what came in.

use ::store::Tx;
use accounts::ops::{Nothing as NoInput, ShownLine, lines};
use kernel::Result;
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{decimal, html, say, tell};
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
    Ok(Reply::Page { title: say!("Bills added up").into(), place: "/figures", body: page.render() })
}

impl Render for BillsPage {
    fn render(&self) -> Markup {
        let lead = match &self.line {
            Some(line) => {
                say!("The invoices and payments of {line}. Currencies are never added to each other.")
            }
            None => say!(
                "The invoices and payments of every service line. Currencies are never added to each other."
            )
            .into_owned(),
        };
        let lead = html! { (lead) };
        let trail = html! { a href="/figures" { "Figures" } };
        let BillFigures { invoices, payments } = &self.figures;
        html! {
            (Head { title: say!("Bills added up"), trail: Some(trail), lead: Some(lead), ..Head::default() })
            @if 1 < self.lines.len() { (choice(&self.lines, self.line.as_deref(), HERE)) }
            @if invoices.count == 0 && payments.count == 0 {
                (Nothing { sentence: say!("There is no invoice and no payment to add up."), act: None })
            }
            @if 0 < invoices.count { (Group::new(say!("Invoices"), billed(invoices))) }
            @if 0 < payments.count { (Group::new(say!("Payments"), paid(payments))) }
        }
    }
}

fn billed(invoices: &InvoiceFigures) -> Markup {
    let heads = [
        Column::new(say!("Currency")),
        Column::new(say!("Billed")).num(),
        Column::new(say!("Credited")).num(),
        Column::new(say!("Owed")).num(),
    ];
    let table = Table::fold(say!("What was billed, by currency")).columns(heads).rows(
        invoices.money.iter().map(|one| {
            let code = one.currency.code();
            Row::new([
                Cell::head(code),
                Cell::num(money(&one.billed, code)).label(say!("Billed")),
                Cell::num(money(&one.credited, code)).label(say!("Credited")),
                Cell::num(money(&one.owed, code)).label(say!("Owed")),
            ])
        }),
    );
    html! {
        (terms(&[
            (&say!("Invoices"), html! {
                (count(invoices.count))
                @if 0 < invoices.not_counted { span .faint { (say!(", and {} drafts or taken back", count(invoices.not_counted))) } }
            }),
            (&say!("Accounts"), often(invoices.customers, invoices.repeat_customers, &invoices.repeat_rate)),
            (&say!("Say when they were paid"), html! { (say!("{}, {} of them late", count(invoices.paid), count(invoices.paid_late))) }),
            (&say!("Days from due to paid"), html! {
                @if invoices.days_after_due.is_empty() { span .faint { "–" } }
                @else { (say!("median {}", decimal(&invoices.days_after_due))) }
            }),
        ]))
        (table)
    }
}

fn came_in(payments: &PaymentFigures) -> Table<'_> {
    let heads = [
        Column::new(say!("Currency")),
        Column::new(say!("Came in")).num(),
        Column::new(say!("Went back")).num(),
    ];
    Table::fold(say!("What came in, by currency")).columns(heads).rows(payments.money.iter().map(|one| {
        let code = one.currency.code();
        Row::new([
            Cell::head(code),
            Cell::num(money(&one.paid, code)).label(say!("Came in")),
            Cell::num(money(&one.refunded, code)).label(say!("Went back")),
        ])
    }))
}

fn paid(payments: &PaymentFigures) -> Markup {
    let days = &payments.days_between;
    let mut told = vec![
        (
            say!("Payments"),
            html! {
                (count(payments.count))
                @if 0 < payments.not_counted { span .faint { (say!(", and {} that did not come in", count(payments.not_counted))) } }
            },
        ),
        (say!("Accounts"), often(payments.customers, payments.repeat_customers, &payments.repeat_rate)),
    ];
    if 0 < days.gaps {
        let (median, monthly) = (decimal(&days.median), count(days.monthly));
        let gaps = ui::plural(days.gaps, "gap", "gaps");
        let said = say!("median {median}, {monthly} of {gaps} a month");
        told.push((say!("Days between payments"), html! { (said) }));
    }
    if let Some(silent) = &payments.silent {
        let (accounts, days) = (count(silent.customers), count(silent.days));
        let said = say!("{accounts} for more than {days} days before {}", silent.until);
        told.push((say!("Silent"), html! { (said) }));
    }
    for settled in &payments.settled {
        let code = settled.currency.code();
        let (fees, amount) = (money(&settled.fees, code), money(&settled.amount, code));
        let kept = tell!("{fees} of {amount}");
        told.push((say!("Kept by whoever handled it"), html! { (kept) (percent(&settled.fee_share)) }));
    }
    let told: Vec<(&str, Markup)> = told.iter().map(|(what, value)| (&**what, value.clone())).collect();
    html! { (terms(&told)) (came_in(payments)) }
}

/// How many accounts, and how many of them more than once.
fn often(accounts: i64, repeated: i64, rate: &str) -> Markup {
    html! { (say!("{}, {} of them more than once", count(accounts), count(repeated))) (percent(rate)) }
}

/// `, 40 %`; nothing where there was nothing to divide by.
fn percent(text: &str) -> Markup {
    html! { @if !text.is_empty() { ", " (decimal(text)) "\u{202f}%" } }
}
