//! Account: who they are, one panel per relationship with its reasons, one history.

use ::store::Tx;
use accounts::ops::{Named, Shown, view};
use kernel::{Context, Day, Result};
use maud::{Markup, Render, html};
use slice::{Reply, Visit};
use timeline::{AccountId, LineId};
use ui::{Columns, Head, Mark, Note, Nothing, Sign, terms};

use super::{book::PLACE, history::History, panel::Judged, wording};
use crate::{
    Lean,
    ops::{Explanation, explain},
    store::{
        book::{self, Found},
        current,
    },
};

/// An account.
struct AccountPage {
    shown: Shown,
    judged: Vec<Judged>,
    history: History,
    waiting: bool,
}

/// Answers `GET /relationships/{id}`: the account's page, open at that relationship.
pub(super) fn of_relationship(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let id = visit.cx.codes.read(visit.part("id")?)?;
    let (account, line) = current::place(visit.cx, tx, id)?;
    answer(visit, tx, account, Some(line))
}

/// Answers `GET /accounts/{id}`.
pub(super) fn of_account(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let account = visit.cx.codes.read(visit.part("id")?)?;
    answer(visit, tx, account, None)
}

fn answer(visit: &Visit<'_>, tx: &mut Tx<'_>, account: AccountId, line: Option<LineId>) -> Result<Reply> {
    let cx = visit.cx;
    let shown = view(cx, tx, Named { id: cx.codes.write(account) })?;
    if shown.asked_for.is_some() {
        return Ok(Reply::Moved(format!("/accounts/{}", shown.id)));
    }
    let found = book::of_account(tx, cx.actor.number(), account)?;
    let open = match visit.asked("before") {
        Some(_) => None,
        None => line.or(found.first().map(|first| first.line)),
    };
    let explained = found
        .into_iter()
        .map(|found| Ok((explain(cx, tx, cx.codes.write(found.id), account, found.line)?, found)))
        .collect::<Result<Vec<_>>>()?;
    let history = History::read(visit, tx, &shown.id, account)?;
    let waiting = book::waits(tx, account)?;
    let page = AccountPage { judged: judged(cx, explained, open), shown, history, waiting };
    Ok(Reply::Page { title: page.shown.name.clone(), place: PLACE, body: page.render() })
}

/// The relationships, their bars on one scale.
fn judged(cx: &Context, explained: Vec<(Explanation, Found)>, open: Option<LineId>) -> Vec<Judged> {
    let lines = explained.iter().flat_map(|(explanation, _)| &explanation.contributions);
    let reach = ui::reach(lines.map(|line| line.micro));
    let today: Day = cx.today();
    let one = |(explanation, found): (Explanation, Found)| {
        let open = open == Some(found.line);
        Judged { explanation, found, reach, today, open }
    };
    explained.into_iter().map(one).collect()
}

impl Render for AccountPage {
    fn render(&self) -> Markup {
        let main = html! {
            @if self.waiting { (Note::new("New facts about them are being weighed. Load the page again in a moment.")) }
            @for judged in &self.judged { (judged) }
            @if self.judged.is_empty() {
                (Nothing { sentence: "Nothing that tells customer from client is on record yet: no order, contract, payment or conversation.".into(), act: None })
            }
            (self.history)
        };
        let trail = html! { a href=(PLACE) { "Relationships" } };
        html! {
            (Head { title: self.shown.name.as_str().into(), trail: Some(trail), lead: self.mixture(), ..Head::default() })
            (Columns { main, side: self.side() })
        }
    }
}

impl AccountPage {
    /// `Client for Payroll, customer for Shop.`
    fn mixture(&self) -> Option<Markup> {
        let last = self.judged.len().checked_sub(1)?;
        Some(html! {
            @for (n, judged) in self.judged.iter().enumerate() {
                (mark(&judged.explanation, n == 0)) " for " (judged.explanation.line)
                @if n < last { ", " } @else { "." }
            }
        })
    }

    fn side(&self) -> Vec<(ui::Text<'static>, Markup)> {
        let known =
            |text: &str| html! { @if text.is_empty() { span .faint { "not said" } } @else { (text) } };
        let who = terms(&[("Country", known(&self.shown.country)), ("Email", known(&self.shown.email))]);
        let ids = html! {
            @if self.shown.known_as.is_empty() { p .small .soft { "Only here; no file or tool names them." } }
            dl .dl {
                @for known in &self.shown.known_as { dt { (known.space) } dd { (known.key) } }
            }
        };
        let contracts =
            html! { p { a href={ "/contracts?account=" (self.shown.id) } { "What was agreed with them" } } };
        vec![("Who they are".into(), who), ("Known as".into(), ids), ("Contracts".into(), contracts)]
    }
}

/// The class with its sign, as the mixture says it; a former one says what it was, where that is known.
fn mark(explanation: &Explanation, first: bool) -> Mark<'static> {
    let word = match (explanation.class.as_str(), Lean::parse(&explanation.lean)) {
        ("former", Some(Lean::Client)) => "was a client",
        ("former", Some(Lean::Customer)) => "was a customer",
        (class, _) => class,
    };
    let word = if first { wording::capital(word) } else { word.to_owned() };
    Mark::new(Sign::of(&explanation.class), word)
}
