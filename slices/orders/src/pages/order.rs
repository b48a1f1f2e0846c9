//! Order: what stands behind a fact, line by line, each with the row it came from.

use ::store::Tx;
use accounts::{Account, store as accounts_store};
use kernel::{Context, Currency, Money, Permission, Problem, ProblemKind, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{decimal, html, say, tell, word};
use timeline::{Entry, FactId, sentence, store as timeline_store};
use ui::{Button, Cell, Column, Head, Note, Row, Table, time};

use super::fact::Fields;
use crate::{
    ops::{OfFact, ShownLine, ShownOrder, lines},
    store,
};

/// A fact, with the order that stands behind it or with its own fields.
struct FactPage {
    account: String,
    name: String,
    said: String,
    when: Markup,
    line: Option<String>,
    source: Markup,
    behind: Behind,
    /// Where it is taken back, for whoever may.
    withdrawal: Option<String>,
}

/// What a fact rests on.
enum Behind {
    Order(Box<ShownOrder>),
    Itself(Fields),
}

/// Answers `GET /accounts/{id}/facts/{fact}`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let cx = visit.cx;
    let (id, fact) = (visit.part("id")?, visit.part("fact")?);
    let account = accounts_store::visible(cx, tx, cx.codes.read(id)?)?;
    let own = cx.codes.write(account.id);
    if own != id {
        return Ok(Reply::Moved(format!("/accounts/{own}/facts/{fact}")));
    }
    let entry = entry(tx, &account, cx.codes.read(fact)?)?;
    let behind = match lines(cx, tx, OfFact { id: id.to_owned(), fact: fact.to_owned() }) {
        Ok(order) => Behind::Order(Box::new(order)),
        Err(problem) if problem.kind == ProblemKind::NotFound => Behind::Itself(Fields::of(cx, id, &entry)),
        Err(problem) => return Err(problem),
    };
    let line = match entry.line.0 {
        0 => None,
        _ => Some(timeline_store::line(tx, entry.line)?.name),
    };
    let page = FactPage {
        account: id.to_owned(),
        name: account.name,
        said: sentence::say(&entry),
        when: when(cx, &entry),
        line,
        source: source_of(cx, tx, &entry)?,
        withdrawal: (cx.actor.may(Permission::Write) && accounts::is_by_hand(entry.fact.kind()))
            .then(|| format!("/accounts/{id}/facts/{fact}/withdrawal")),
        behind,
    };
    Ok(Reply::Page { title: page.title(), place: "/relationships", body: page.render() })
}

/// The fact itself; a withdrawn one is there no more.
fn entry(tx: &mut Tx<'_>, account: &Account, fact: FactId) -> Result<Entry> {
    let gone = || {
        let text = say!("this account has no such fact; it may have been withdrawn");
        Problem::not_found("timeline.no_fact", text)
    };
    let at = store::occurred(tx, account.id, fact)?.ok_or_else(gone)?;
    let found = timeline_store::history(tx, account.id, Some((at, fact.0 + 1)), 1)?;
    found.into_iter().find(|entry| entry.id == fact).ok_or_else(gone)
}

fn when(cx: &Context, entry: &Entry) -> Markup {
    let day = time::long(entry.occurred.day(&cx.zone));
    if entry.occurred.date_only {
        day
    } else {
        tell!("{day} at {clock}", clock = time::clock(entry.occurred, &cx.zone))
    }
}

fn source_of(cx: &Context, tx: &mut Tx<'_>, entry: &Entry) -> Result<Markup> {
    let names = timeline_store::source_names(tx, entry.source)?;
    Ok(match entry.source.map(|source| accounts::ops::Source::of(cx, source, &names)) {
        Some(source) => from(Some(&source.import), source.file.as_deref(), source.row),
        None => html! { "a person’s own record" },
    })
}

/// `row 17 of orders.csv`, or that it was recorded by hand.
fn from(import: Option<&str>, file: Option<&str>, row: i64) -> Markup {
    let Some(import) = import else { return html! { span .faint { "recorded by hand" } } };
    let row = html! { a href={ "/imports/" (import) "/rows/" (row) } { (say!("row {}", ui::count(row))) } };
    let whole = html! { a href={ "/imports/" (import) } { (file.unwrap_or(import)) } };
    if file.is_some() {
        tell!("{row} of {file}", file = whole)
    } else {
        tell!("{row} of import {import}", import = whole)
    }
}

impl FactPage {
    fn title(&self) -> String {
        match &self.behind {
            Behind::Order(order) if !order.number.is_empty() => say!("Order {}", order.number),
            _ => self.said.clone(),
        }
    }

    fn lead(&self) -> Markup {
        let when = html! { (self.when) @if let Some(line) = &self.line { ", " (line) } };
        match &self.behind {
            Behind::Order(_) => {
                tell!("{said} on {when}. Known from {source}.", said = self.said, source = self.source)
            }
            Behind::Itself(_) => tell!("On {when}. Known from {source}.", source = self.source),
        }
    }
}

impl Render for FactPage {
    fn render(&self) -> Markup {
        let trail = html! {
            a href="/relationships" { "Relationships" } " · " a href={ "/accounts/" (self.account) } { (self.name) }
        };
        let acts =
            self.withdrawal.as_ref().map(|to| html! { (Button::link(say!("Take it back"), to.as_str())) });
        html! {
            (Head { title: self.title().into(), trail: Some(trail), lead: Some(self.lead()), acts, ..Head::default() })
            @match &self.behind {
                Behind::Order(order) => { (order_lines(order)) },
                Behind::Itself(fields) => {
                    (Note::new(say!("No order stands behind this fact. This is all that was recorded:")))
                    (fields)
                },
            }
        }
    }
}

fn order_lines(order: &ShownOrder) -> Markup {
    let count = i64::try_from(order.lines.len()).unwrap_or(i64::MAX);
    let table = Table::plain(say!("Lines of the order"))
        .columns([
            Column::new(say!("Kind")),
            Column::new(say!("Article")),
            Column::new(say!("Description")),
            Column::new(say!("Quantity")).num(),
            Column::new(say!("Price")).num(),
            Column::new(say!("Amount")).num(),
            Column::new(say!("Known from")),
        ])
        .rows(order.lines.iter().map(|line| row(line, &order.currency)))
        .totals([total(order)]);
    html! {
        div .group { (table) }
        p .tiny .faint {
            (say!("{n} line" | "{n} lines" % count)) ". "
            "Fees are money, but nothing that was bought. Adjustments and movements of stock are neither bought nor given \
             back."
        }
    }
}

fn row<'a>(line: &'a ShownLine, currency: &str) -> Row<'a> {
    let kind = html! { (capital(&word!(line.kind))) @if line.fee { " " (ui::Tag::new(say!("Fee"))) } };
    let price = html! { @match &line.unit_price { Some(price) => { (money(price, currency)) }, None => { span .faint { "–" } } } };
    let article = html! { @if line.sku.is_empty() { span .faint { "–" } } @else { (line.sku) } };
    let what = html! { @if line.description.is_empty() { span .faint { "–" } } @else { (line.description) } };
    Row::new([
        Cell::new(kind),
        Cell::new(article),
        Cell::new(what),
        Cell::num(decimal(&line.quantity).replace('-', "\u{2212}")),
        Cell::num(price),
        Cell::num(money(&line.amount, currency)),
        Cell::soft(from(line.import.as_deref(), line.file.as_deref(), line.row)),
    ])
}

/// What was bought and what went back; the two are not added up to one.
fn total(order: &ShownOrder) -> Row<'static> {
    let sum = |kind: &str| {
        let of_kind = order.lines.iter().filter(|line| line.kind == kind);
        let amounts = of_kind.filter_map(|line| exact(&line.amount, &order.currency));
        amounts.fold(None, |sum: Option<Money>, one| {
            let before = sum.map_or(0, |sum| sum.amount);
            Some(Money::new(before.saturating_add(one.amount), one.currency))
        })
    };
    let shown = html! {
        @match (sum("sale"), sum("cancellation")) {
            (Some(bought), Some(back)) => { (tell!("{bought} bought, {back} went back", bought = ui::money(bought), back = ui::money(back))) },
            (Some(bought), None) => { (ui::money(bought)) },
            (None, Some(back)) => { (tell!("{back} went back", back = ui::money(back))) },
            (None, None) => { span .faint { "–" } },
        }
    };
    Row::new([Cell::head(say!("In all, {}", order.currency)).span(5), Cell::num(shown), Cell::empty()])
}

fn exact(decimal: &str, currency: &str) -> Option<Money> {
    Currency::parse(currency).and_then(|currency| Money::parse(decimal, currency)).ok()
}

/// An amount in major units as an operation tells it.
pub(super) fn money(decimal: &str, currency: &str) -> Markup {
    html! { @match exact(decimal, currency) { Some(money) => { (ui::money(money)) }, None => { span .faint { "–" } } } }
}

/// With a capital at the start.
pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
