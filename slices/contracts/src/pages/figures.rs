//! The figures of contracts: what runs and recurs, what ended, what sources say of leaving.

use std::borrow::Cow;

use ::store::Tx;
use kernel::{Currency, Money, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{decimal, html, say, tell};
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
    Ok(Reply::Page { title: say!("Figures of contracts").into(), place: "/figures", body: page.render() })
}

impl Render for FiguresPage {
    fn render(&self) -> Markup {
        let figures = &self.figures;
        let trail = html! { a href="/figures" { "Figures" } };
        let lead = html! { "Contracts and subscriptions, as they stand on a day. Currencies are never added to each other." };
        html! {
            (Head { title: say!("Figures of contracts"), trail: Some(trail), lead: Some(lead), ..Head::default() })
            (self.choice())
            @if figures.contracts == 0 && figures.leaving.flagged + figures.leaving.told == 0 {
                (Nothing { sentence: say!("No contract had begun by that day."), act: None })
            } @else {
                (Group::new(say!("Contracts"), html! {
                    div .group { (self.counts()) }
                    (self.parts(say!("By term"), &figures.terms, false))
                    (self.parts(say!("By service line"), &figures.lines, true))
                }))
                @for money in &figures.money { (in_currency(money)) }
                (Group::new(say!("Who is said to have left"), self.leaving()))
                @if figures.usage.told != 0 { (Group::new(say!("Use beside contracts"), self.usage())) }
            }
        }
    }
}

impl FiguresPage {
    fn choice(&self) -> Markup {
        let line = self.line.as_deref().unwrap_or_default();
        html! {
            form .filters method="get" action="/figures/contracts" {
                (Field::text("line", say!("Service line")).value(line).placeholder(say!("Every service line")).bare())
                (Field::input("date", "day", say!("On the day")).value(self.figures.day.as_str()).bare())
                (Button::submit(say!("Show")))
            }
        }
    }

    fn counts(&self) -> Markup {
        let figures = &self.figures;
        let months = |text: &str| html! { @if text.is_empty() { span .faint { "–" } } @else { (say!("median {months} months", months = decimal(text))) } };
        let (tenure, trials) = (&figures.tenure, &figures.trials);
        let running = tell!(
            "{contracts}, of {accounts}",
            contracts = self.rows(figures.running, None, false),
            accounts = ui::plural(figures.running_accounts, "account", "accounts")
        );
        let longer = say!(
            "{}: {fixed} fixed, {open} open-ended",
            tenure.months,
            fixed = count(tenure.fixed_longer),
            open = count(tenure.open_ended_longer)
        );
        let tried = say!(
            "{}, of which {} paid for something after",
            count(trials.accounts),
            count(trials.paid_after)
        );
        terms(&[
            (&say!("Begun by then"), html! { (count(figures.contracts)) }),
            (&say!("of which run"), running),
            (
                &say!("of which ended"),
                html! { (self.rows(figures.ended, None, true)) @if !figures.ended_share.is_empty() { ", " (decimal(&figures.ended_share)) "\u{202f}%" } },
            ),
            (&say!("Running ones have lasted"), months(&tenure.running_median)),
            (&say!("Ended ones lasted"), months(&tenure.ended_median)),
            (&say!("Longer than that many months"), html! { (longer) }),
            (&say!("Accounts with a trial"), html! { (tried) }),
        ])
    }

    fn parts<'a>(&self, caption: Cow<'static, str>, parts: &'a [Part], by_line: bool) -> Table<'a> {
        let rows = parts.iter().filter(|part| part.contracts != 0).map(|part| {
            let share =
                html! { @if part.ended_share.is_empty() { "–" } @else { (decimal(&part.ended_share)) "\u{202f}%" } };
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
        Table::plain(caption.clone())
            .columns([
                Column::new(caption),
                Column::new(say!("Begun")).num(),
                Column::new(say!("Run")).num(),
                Column::new(say!("Ended")).num(),
                Column::new(say!("Ended, share")).num(),
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
        let of = |n: i64, accounts: i64| match n {
            0 => html! { (count(n)) },
            n => {
                html! { (say!("{contracts}, of {accounts}", contracts = count(n), accounts = ui::plural(accounts, "account", "accounts"))) }
            }
        };
        html! {
            p { "Use that sources tell of, by accounts with a contract on the same line." }
            (terms(&[
                (&say!("Uses told of"), html! { (count(usage.told)) }),
                (&say!("Before their first contract began"), of(usage.before, usage.before_accounts)),
                (&say!("Later, while none of their contracts held"), of(usage.without, usage.without_accounts)),
            ]))
        }
    }

    fn leaving(&self) -> Markup {
        let leaving = &self.figures.leaving;
        let reasons =
            leaving.reasons.iter().map(|one| format!("{} {}", one.reason, one.count)).collect::<Vec<_>>();
        let counted = [
            (say!("Marked as having left"), leaving.flagged),
            (say!("Told to have left on a day"), leaving.told),
            (say!("A contract of theirs ended"), leaving.ended),
            (say!("All three"), leaving.all_three),
            (say!("Marked, and a contract still runs"), leaving.flagged_and_running),
            (say!("A contract ended, and another still runs"), leaving.ended_and_running),
        ];
        let (none, some): (Vec<_>, Vec<_>) = counted.into_iter().partition(|(_, accounts)| *accounts == 0);
        let none: Vec<_> = none.into_iter().map(|(what, _)| small(&what)).collect();
        let some: Vec<_> = some
            .into_iter()
            .map(|(what, n)| (what, html! { (ui::plural(n, "account", "accounts")) }))
            .collect();
        let some: Vec<(&str, Markup)> = some.iter().map(|(what, n)| (&**what, n.clone())).collect();
        html! {
            p { "Three kinds of evidence, counted apart: none of them is taken for the others, and where they disagree is shown." }
            (terms(&some))
            @if !none.is_empty() { p .small .soft { (say!("Nobody: {}.", none.join("; "))) } }
            (terms(&[
                (&say!("Why, in the words of the sources"), html! { @if reasons.is_empty() { span .faint { "nobody said" } } @else { (reasons.join(", ")) } }),
                (&say!("Given back on leaving"), html! {
                    @if leaving.refunds.is_empty() { span .faint { "nothing" } }
                    @for refund in &leaving.refunds { (money(&refund.amount, refund.currency)) ", " (ui::plural(refund.count, "time", "times")) " " }
                }),
            ]))
        }
    }
}

fn in_currency(figures: &MoneyFigures) -> Group<'_> {
    let amount = |text: &str| money(text, figures.currency);
    let share = html! { @if !figures.lost_share.is_empty() { " " span .faint { (say!("{}\u{202f}% of both", decimal(&figures.lost_share))) } } };
    let billed = tell!(
        "{amount}, for {contracts}",
        amount = amount(&figures.billed),
        contracts = ui::plural(figures.billed_contracts, "contract", "contracts")
    );
    let top = Table::plain(say!("The accounts with the most that recurs, in {}", figures.currency))
        .columns([
            Column::new(say!("Accounts with the most that recurs")),
            Column::new(say!("In a month")).num(),
        ])
        .rows(figures.top_accounts.iter().map(|account| {
            let name = who(&account.name, &format!("/accounts/{}", account.id));
            Row::new([Cell::head(name), Cell::num(amount(&account.recurring))])
        }));
    let body = html! {
        div .group { (terms(&[
            (&say!("Recurs in a month"), amount(&figures.recurring)),
            (&say!("Recurred in those that ended"), html! { (amount(&figures.lost)) (share) }),
            (&say!("Billed so far, where a source says"), billed),
        ])) }
        @if !figures.top_accounts.is_empty() { div .group { (top) } }
    };
    Group::new(figures.currency.code(), body)
}

fn money(decimal: &str, currency: Currency) -> Markup {
    html! { @match Money::parse(decimal, currency) { Ok(money) => { (ui::money(money)) }, Err(_) => { (decimal) } } }
}

/// With a small letter at the start.
fn small(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
