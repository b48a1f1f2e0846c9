//! The figures of contracts: what runs and recurs, what ended, what sources say of leaving.

use ::store::Tx;
use kernel::{Currency, Money, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::html;
use ui::{Address, Button, Cell, Column, Field, Group, Head, Nothing, Row, Table, count, terms, who};

use crate::{
    figures::{Figures, MoneyFigures, Part},
    ops::{Which, figures},
};

/// The figures.
struct FiguresPage {
    figures: Figures,
    line: Option<String>,
}

/// Answers `GET /figures/contracts`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let asked = |name: &str| visit.asked(name).map(str::to_owned);
    let line = asked("line");
    let which = Which { line: line.clone(), day: asked("day"), longer_than: None };
    let page = FiguresPage { figures: figures(visit.cx, tx, which)?, line };
    Ok(Reply::Page { title: "Figures of contracts".into(), place: "/figures", body: page.render() })
}

impl Render for FiguresPage {
    fn render(&self) -> Markup {
        let figures = &self.figures;
        let trail = html! { a href="/figures" { "Figures" } };
        let lead = html! { "Contracts and subscriptions, as they stand on a day. Currencies are never added to each other." };
        html! {
            (Head { title: "Figures of contracts".into(), trail: Some(trail), lead: Some(lead), ..Head::default() })
            (self.choice())
            @if figures.contracts == 0 && figures.leaving.flagged + figures.leaving.told == 0 {
                (Nothing { sentence: "No contract had begun by that day.".into(), act: None })
            } @else {
                (Group::new("Contracts", html! { div .group { (self.counts()) } (self.parts("By term", &figures.terms, false)) (self.parts("By service line", &figures.lines, true)) }))
                @for money in &figures.money { (in_currency(money)) }
                (Group::new("Who is said to have left", self.leaving()))
                @if figures.usage.told != 0 { (Group::new("Use beside contracts", self.usage())) }
            }
        }
    }
}

impl FiguresPage {
    fn choice(&self) -> Markup {
        let line = self.line.as_deref().unwrap_or_default();
        html! {
            form .filters method="get" action="/figures/contracts" {
                (Field::text("line", "Service line").value(line).placeholder("Every service line").bare())
                (Field::input("date", "day", "On the day").value(self.figures.day.as_str()).bare())
                (Button::submit("Show"))
            }
        }
    }

    fn counts(&self) -> Markup {
        let figures = &self.figures;
        let months = |text: &str| html! { @if text.is_empty() { span .faint { "–" } } @else { "median " (text) " months" } };
        let tenure = &figures.tenure;
        terms(&[
            ("Begun by then", html! { (count(figures.contracts)) }),
            (
                "of which run",
                html! { (self.rows(figures.running, None, false)) ", of " (ui::plural(figures.running_accounts, "account", "accounts")) },
            ),
            (
                "of which ended",
                html! { (self.rows(figures.ended, None, true)) @if !figures.ended_share.is_empty() { ", " (figures.ended_share) "\u{202f}%" } },
            ),
            ("Running ones have lasted", months(&tenure.running_median)),
            ("Ended ones lasted", months(&tenure.ended_median)),
            (
                "Longer than that many months",
                html! { (tenure.months) ": " (count(tenure.fixed_longer)) " fixed, " (count(tenure.open_ended_longer)) " open-ended" },
            ),
            (
                "Accounts with a trial",
                html! { (count(figures.trials.accounts)) ", of which " (count(figures.trials.paid_after)) " paid for something after" },
            ),
        ])
    }

    fn parts<'a>(&self, caption: &'a str, parts: &'a [Part], by_line: bool) -> Table<'a> {
        let rows = parts.iter().filter(|part| part.contracts != 0).map(|part| {
            let share =
                html! { @if part.ended_share.is_empty() { "–" } @else { (part.ended_share) "\u{202f}%" } };
            let line = by_line.then_some(part.name.as_str());
            let of = |n: i64, ended: bool| match by_line {
                true => self.rows(n, line, ended),
                false => html! { (count(n)) },
            };
            Row::new([
                Cell::head(html! { (part.name) }),
                Cell::num(count(part.contracts)),
                Cell::num(of(part.running, false)),
                Cell::num(of(part.ended, true)),
                Cell::num(share),
            ])
        });
        let rows: Vec<_> = rows.collect();
        Table::plain(caption)
            .columns([
                Column::new(caption),
                Column::new("Begun").num(),
                Column::new("Run").num(),
                Column::new("Ended").num(),
                Column::new("Ended, share").num(),
            ])
            .rows(rows)
    }

    /// A count of contracts, one click from them.
    fn rows(&self, n: i64, line: Option<&str>, ended: bool) -> Markup {
        let line = line.or(self.line.as_deref()).filter(|line| !line.is_empty());
        let to = Address::new("/contracts")
            .with("day", Some(&self.figures.day))
            .with("line", line)
            .with("state", ended.then_some("ended"))
            .write();
        html! { @if n == 0 { (count(n)) } @else { a href=(to) { (count(n)) } } }
    }

    fn usage(&self) -> Markup {
        let usage = &self.figures.usage;
        let of = |n: i64, accounts: i64| html! { (count(n)) @if n != 0 { ", of " (ui::plural(accounts, "account", "accounts")) } };
        html! {
            p { "Use that sources tell of, by accounts with a contract on the same line." }
            (terms(&[
                ("Uses told of", html! { (count(usage.told)) }),
                ("Before their first contract began", of(usage.before, usage.before_accounts)),
                ("Later, while none of their contracts held", of(usage.without, usage.without_accounts)),
            ]))
        }
    }

    fn leaving(&self) -> Markup {
        let leaving = &self.figures.leaving;
        let reasons =
            leaving.reasons.iter().map(|one| format!("{} {}", one.reason, one.count)).collect::<Vec<_>>();
        let counted = [
            ("Marked as having left", leaving.flagged),
            ("Told to have left on a day", leaving.told),
            ("A contract of theirs ended", leaving.ended),
            ("All three", leaving.all_three),
            ("Marked, and a contract still runs", leaving.flagged_and_running),
            ("A contract ended, and another still runs", leaving.ended_and_running),
        ];
        let (none, some): (Vec<_>, Vec<_>) = counted.into_iter().partition(|(_, accounts)| *accounts == 0);
        let none: Vec<_> = none.into_iter().map(|(what, _)| what.to_lowercase()).collect();
        let some: Vec<_> = some
            .into_iter()
            .map(|(what, n)| (what, html! { (ui::plural(n, "account", "accounts")) }))
            .collect();
        html! {
            p { "Three kinds of evidence, counted apart: none of them is taken for the others, and where they disagree is shown." }
            (terms(&some))
            @if !none.is_empty() { p .small .soft { "Nobody: " (none.join("; ")) "." } }
            (terms(&[
                ("Why, in the words of the sources", html! { @if reasons.is_empty() { span .faint { "nobody said" } } @else { (reasons.join(", ")) } }),
                ("Given back on leaving", html! {
                    @if leaving.refunds.is_empty() { span .faint { "nothing" } }
                    @for refund in &leaving.refunds { (money(&refund.amount, refund.currency)) ", " (ui::plural(refund.count, "time", "times")) " " }
                }),
            ]))
        }
    }
}

fn in_currency(figures: &MoneyFigures) -> Group<'_> {
    let amount = |text: &str| money(text, figures.currency);
    let share = html! { @if !figures.lost_share.is_empty() { " " span .faint { (figures.lost_share) "\u{202f}% of both" } } };
    let billed = html! { (amount(&figures.billed)) ", for " (ui::plural(figures.billed_contracts, "contract", "contracts")) };
    let top = Table::plain(format!("The accounts with the most that recurs, in {}", figures.currency))
        .columns([Column::new("Accounts with the most that recurs"), Column::new("In a month").num()])
        .rows(figures.top_accounts.iter().map(|account| {
            let name = who(&account.name, &format!("/accounts/{}", account.id));
            Row::new([Cell::head(name), Cell::num(amount(&account.recurring))])
        }));
    let body = html! {
        div .group { (terms(&[
            ("Recurs in a month", amount(&figures.recurring)),
            ("Recurred in those that ended", html! { (amount(&figures.lost)) (share) }),
            ("Billed so far, where a source says", billed),
        ])) }
        @if !figures.top_accounts.is_empty() { div .group { (top) } }
    };
    Group::new(figures.currency.code(), body)
}

fn money(decimal: &str, currency: Currency) -> Markup {
    html! { @match Money::parse(decimal, currency) { Ok(money) => { (ui::money(money)) }, Err(_) => { (decimal) } } }
}
