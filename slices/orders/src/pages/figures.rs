//! Figures: what was sold, to whom, how often, how much went back; one section per currency.

use ::store::Tx;
use accounts::ops::{Nothing as NoInput, ShownLine, lines};
use kernel::Result;
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{decimal, html, say, tell};
use ui::{Button, Cell, Choice, Column, Field, Group, Head, Nothing, Row, Table, count, terms, who};

use super::order::money;
use crate::{
    figures::{AccountFigures, CountryFigure, Figures, MoneyFigures, MonthFigure, SellerFigure, TopAccount},
    ops::{self, Which},
};

/// The figures.
struct FiguresPage {
    figures: Figures,
    line: Option<String>,
    lines: Vec<ShownLine>,
}

/// Answers `GET /figures`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let line = visit.asked("line").map(str::to_owned);
    let page = FiguresPage {
        figures: ops::figures(visit.cx, tx, Which { line: line.clone(), silent: None })?,
        lines: lines(visit.cx, tx, NoInput {})?,
        line,
    };
    Ok(Reply::Page { title: say!("Figures").into(), place: "/figures", body: page.render() })
}

impl Render for FiguresPage {
    fn render(&self) -> Markup {
        let lead = match &self.line {
            Some(line) => say!("The orders of {line}, added up. Currencies are never added to each other."),
            None => {
                say!("The orders of every service line, added up. Currencies are never added to each other.")
                    .into_owned()
            }
        };
        let lead = html! { (lead) " " (beside()) };
        html! {
            (Head { title: say!("Figures"), lead: Some(lead), ..Head::default() })
            @if 1 < self.lines.len() { (choice(&self.lines, self.line.as_deref(), "/figures")) }
            @if self.figures.order_lines == 0 { (nothing()) } @else {
                (Group::new(say!("Orders and buyers"), html! { div .group { (self.buyers()) } }))
                (Group::new(say!("Who bought when"), html! { div .group { (when(&self.figures.accounts)) } }))
                @for money in &self.figures.money { (in_currency(money)) }
                (self.sold())
            }
            p .group { a href="/figures/bills" { "Bills added up" } " · " a href="/figures/contracts" { "Figures of contracts" } }
        }
    }
}

/// What else they brought, and where it is told.
fn beside() -> Markup {
    let contracts = html! { a href="/figures/contracts" { "contracts" } };
    let bills = html! { a href="/figures/bills" { "bills" } };
    let book = html! { a href="/relationships" { "Book" } };
    tell!(
        "Fees and subscriptions that nobody ordered are no part of it: they stand under {contracts} and {bills}, and all that somebody brought in the {book}.",
        contracts = contracts,
        bills = bills,
        book = book
    )
}

fn nothing() -> Nothing<'static> {
    let act = html! { (Button::link(say!("Bring in a file"), "/imports").main_act()) };
    Nothing { sentence: say!("There are no orders to add up."), act: Some(act) }
}

/// The choice of a service line, where there are several.
pub(super) fn choice(lines: &[ShownLine], chosen: Option<&str>, address: &str) -> Markup {
    let lines = lines.iter().map(|line| Choice::new(line.name.as_str(), line.name.as_str()));
    let choices = std::iter::once(Choice::new("", say!("Every service line"))).chain(lines).collect();
    html! {
        form .filters method="get" action=(address) {
            (Field::select("line", say!("Service line"), choices).value(chosen.unwrap_or_default()).bare())
            (Button::submit(say!("Show")))
        }
    }
}

impl FiguresPage {
    /// The way to what was sold, on the same service line.
    fn sold(&self) -> Markup {
        html! {
            form .filters method="get" action="/figures/categories" {
                @if let Some(line) = &self.line { input type="hidden" name="line" value=(line); }
                (Button::submit(say!("What was sold, by category")))
            }
        }
    }

    fn buyers(&self) -> Markup {
        let figures = &self.figures;
        let days = &figures.days_between_purchases;
        let share = share(&figures.repeat_rate);
        terms(&[
            (&say!("Order lines"), html! { (count(figures.order_lines)) }),
            (&say!("Order numbers"), html! { (count(figures.order_numbers)) }),
            (&say!("of which only went back"), html! { (count(figures.cancellation_numbers)) }),
            (&say!("Buyers by name"), html! { (count(figures.identified_buyers)) }),
            (
                &say!("Came back"),
                html! { (count(figures.repeat_buyers)) @if let Some(share) = share { (say!(", {share} of the buyers")) } },
            ),
            (
                &say!("Days between purchases"),
                html! {
                    @if days.gaps == 0 { span .faint { "nobody bought on two days" } } @else {
                        (say!(
                            "median {median}, mean {mean}, over {gaps}",
                            median = decimal(&days.median),
                            mean = decimal(&days.mean),
                            gaps = ui::plural(days.gaps, "gap", "gaps")
                        ))
                    }
                },
            ),
        ])
    }
}

/// A percentage with its narrow space; none where there was nothing to divide by.
fn share(percent: &str) -> Option<String> {
    (!percent.is_empty()).then(|| format!("{}\u{202f}%", decimal(percent)))
}

/// An amount, and what share of gross it is.
fn part(amount: &Markup, percent: &str) -> Markup {
    html! { (amount) @if let Some(share) = share(percent) { " " span .faint { (say!("{share} of gross")) } } }
}

fn in_currency(figures: &MoneyFigures) -> Group<'_> {
    let code = figures.currency.code();
    let amount = |decimal: &str| money(decimal, code);
    let body = html! {
        div .group { (terms(&[
            (&say!("Gross of orders"), amount(&figures.gross)),
            (&say!("to buyers by name"), amount(&figures.identified)),
            (&say!("to nobody named"), part(&amount(&figures.unidentified), &figures.unidentified_share)),
            (&say!("of gross, fees"), html! {
                (part(&amount(&figures.fees), &figures.fees_share)) ", " (say!("{n} line" | "{n} lines" % figures.fee_lines))
            }),
            (&say!("Went back"), html! {
                (tell!(
                    "{cancelled}, from buyers by name {identified}",
                    cancelled = part(&amount(&figures.cancelled), &figures.cancelled_share),
                    identified = amount(&figures.cancelled_identified)
                ))
            }),
            (&say!("Freight, beside all of it"), html! {
                @if figures.freight.contains(|digit| matches!(digit, '1'..='9')) { (amount(&figures.freight)) }
                @else { span .faint { "not told" } }
            }),
            (&say!("Orders by name"), html! { (count(figures.identified_orders)) }),
            (&say!("An order"), tell!(
                "mean {mean}, median {median}",
                mean = amount(&figures.mean_order),
                median = amount(&figures.median_order)
            )),
            (&say!("The top tenth of buyers"), html! {
                @match share(&figures.top_tenth_share) {
                    Some(share) => { (say!("{share} of what buyers by name bought")) },
                    None => { span .faint { "–" } },
                }
            }),
            (&say!("Best month"), month(figures.best_month.as_ref(), code)),
            (&say!("Weakest month"), month(figures.weakest_month.as_ref(), code)),
        ])) }
        div .group { (top(&figures.top_accounts, code)) }
        @if figures.top_countries.iter().any(|one| !one.country.is_empty()) {
            div .group { (countries(&figures.top_countries, code)) }
        }
        @if !figures.sellers.is_empty() { div .group { (sellers(&figures.sellers, code)) } }
    };
    Group::new(code, body)
}

fn month(month: Option<&MonthFigure>, currency: &str) -> Markup {
    html! {
        @match month {
            Some(MonthFigure { month, gross }) => { time datetime=(month) { (month_text(month)) } ", " (money(gross, currency)) },
            None => { span .faint { "–" } },
        }
    }
}

/// `2010-12` as `December 2010`.
fn month_text(month: &str) -> String {
    let day = kernel::Day::parse(&format!("{month}-01"));
    day.map_or_else(|_| month.to_owned(), speech::month)
}

fn top<'a>(accounts: &'a [TopAccount], currency: &str) -> Table<'a> {
    Table::plain(say!("The accounts with the highest net in {currency}"))
        .columns([
            Column::new(say!("Accounts with the highest net")),
            Column::new(say!("Country")),
            Column::new(say!("Net")).num(),
        ])
        .rows(accounts.iter().map(|account| {
            let name = who(&account.name, &format!("/accounts/{}", account.id));
            let country =
                html! { @if account.country.is_empty() { span .faint { "–" } } @else { (account.country) } };
            Row::new([Cell::new(name), Cell::new(country), Cell::num(money(&account.net, currency))])
        }))
}

fn countries<'a>(countries: &'a [CountryFigure], currency: &str) -> Table<'a> {
    Table::plain(say!("The countries with the highest net in {currency}"))
        .columns([Column::new(say!("Countries with the highest net")), Column::new(say!("Buyers")).num(), Column::new(say!("Net")).num()])
        .rows(countries.iter().map(|one| {
            let name = html! { @if one.country.is_empty() { span .faint { "nobody said" } } @else { (one.country) } };
            Row::new([
                Cell::head(name),
                Cell::num(html! { (count(one.buyers)) }),
                Cell::num(money(&one.net, currency)),
            ])
        }))
}

fn sellers<'a>(sellers: &'a [SellerFigure], currency: &str) -> Table<'a> {
    Table::plain(say!("Who of us sold most in {currency}"))
        .columns([
            Column::new(say!("Who of us sold most")),
            Column::new(say!("Orders")).num(),
            Column::new(say!("Buyers")).num(),
            Column::new(say!("Net")).num(),
        ])
        .rows(sellers.iter().map(|one| {
            Row::new([
                Cell::head(html! { (one.seller) }),
                Cell::num(html! { (count(one.orders)) }),
                Cell::num(html! { (count(one.buyers)) }),
                Cell::num(money(&one.net, currency)),
            ])
        }))
}

/// From the first order on file to the last.
fn days(accounts: &AccountFigures) -> String {
    say!("{} to {}", day(&accounts.first_day), day(&accounts.last_day))
}

/// A day as people read it.
fn day(iso: &str) -> String {
    kernel::Day::parse(iso).map_or_else(|_| iso.to_owned(), ui::time::long_text)
}

/// Who bought when.
fn when(accounts: &AccountFigures) -> Markup {
    let months = &accounts.months;
    terms(&[
        (&say!("Days of orders"), html! { (days(accounts)) }),
        (
            &say!("Accounts on file"),
            html! { (say!("{} of which {} without an order", count(accounts.on_file), count(accounts.never_bought))) },
        ),
        (
            &say!("Who of us sold to an account"),
            html! {
                @if accounts.sellers_each.is_empty() { span .faint { "orders do not say" } } @else {
                    (say!(
                        "{people} people on average, one only to {accounts}",
                        people = decimal(&accounts.sellers_each),
                        accounts = ui::plural(accounts.one_seller, "account", "accounts")
                    ))
                }
            },
        ),
        (
            &say!("Silent at the end"),
            html! { (say!("{} for more than {} days", count(accounts.silent), accounts.silent_days)) },
        ),
        (&say!("Bought in one month"), html! { (count(months.one)) }),
        (&say!("in two to eleven"), html! { (count(months.two_to_eleven)) }),
        (&say!("in twelve or more"), html! { (count(months.twelve_or_more)) }),
        (
            &say!("Bought in the last six months"),
            html! {
                (say!(
                    "{} of which {} in twelve or more months altogether",
                    count(accounts.bought_lately),
                    count(accounts.bought_lately_ongoing)
                ))
            },
        ),
    ])
}
