//! Renewals: the contracts that hold, those first on which somebody has to act first.

use std::borrow::Cow;

use ::store::Tx;
use accounts::ops::{Named, glance};
use kernel::{Day, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say, word};
use ui::{Address, Button, Cell, Column, Head, Nothing, Pager, Row, Tab, Table, Tabs};

use super::{PLACE, course};
use crate::ops::{List, Listed, list};

/// A page of renewals, or of contracts that ended.
struct Renewals {
    rows: Vec<Listed>,
    next: Option<String>,
    which: List,
    /// The id and the name of the account whose contracts these are; none for everybody's.
    of: Option<(String, String)>,
    today: Day,
}

/// Answers `GET /contracts`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let asked = |name: &str| visit.asked(name).map(str::to_owned);
    let which = List {
        line: asked("line"),
        account: asked("account"),
        ended: visit.asked("state") == Some("ended"),
        day: asked("day"),
        after: asked("after"),
        limit: None,
    };
    let of = match &which.account {
        Some(id) => Some(glance(visit.cx, tx, Named { id: id.clone() })?),
        None => None,
    };
    let found = list(visit.cx, tx, which.clone())?;
    let of = of.map(|account| (account.id, account.name));
    let page = Renewals { rows: found.rows, next: found.next, which, of, today: visit.cx.today() };
    Ok(Reply::Page { title: page.title().into(), place: PLACE, body: page.render() })
}

impl Render for Renewals {
    fn render(&self) -> Markup {
        let trail = self.of.as_ref().map(|(id, name)| html! { a href={ "/accounts/" (id) } { (name) } });
        let acts = html! { (Button::link(say!("Figures of contracts"), "/figures/contracts")) };
        let lead = html! { (self.lead()) };
        html! {
            (Head { title: self.title(), trail, lead: Some(lead), acts: Some(acts), ..Head::default() })
            @if let Some(day) = &self.which.day { p .small .soft { (say!("As it stands on {day}.")) } }
            (Tabs { label: say!("Views"), tabs: vec![
                Tab { text: say!("All relationships"), href: PLACE.into(), count: None, current: false },
                Tab { text: say!("Renewals"), href: self.address(false, None).into(), count: None, current: !self.which.ended },
                Tab { text: say!("Ended"), href: self.address(true, None).into(), count: None, current: self.which.ended },
            ] })
            @if self.rows.is_empty() { (self.nothing()) } @else { (self.table()) (self.pager()) }
        }
    }
}

impl Renewals {
    fn title(&self) -> Cow<'static, str> {
        if self.which.ended { say!("Contracts that ended") } else { say!("Renewals") }
    }

    fn lead(&self) -> Cow<'static, str> {
        match self.which.ended {
            true => say!("Contracts and subscriptions that hold no longer, the last to end first."),
            false => say!(
                "Contracts and subscriptions that hold, those first on which somebody has to act first. \
                 The day is the last safe one: what leaves by then is in time."
            ),
        }
    }

    /// The address of a page of them.
    fn address(&self, ended: bool, after: Option<&str>) -> String {
        Address::new(PLACE)
            .with("account", self.which.account.as_deref())
            .with("line", self.which.line.as_deref())
            .with("state", ended.then_some("ended"))
            .with("day", self.which.day.as_deref())
            .with("after", after)
            .write()
    }

    fn nothing(&self) -> Nothing<'static> {
        let sentence = match (&self.which.account, &self.which.line, self.which.ended) {
            (Some(_), _, false) => say!("They have no contract that holds today."),
            (Some(_), _, true) => say!("No contract with them has ended."),
            (None, Some(_), false) => say!("Nobody has a contract on this service line that holds today."),
            (None, None, false) => {
                say!("No contract holds today. Files of contracts or subscriptions bring them in.")
            }
            (None, _, true) => say!("No contract has ended."),
        };
        let act = html! { (Button::link(say!("Bring in a file"), "/imports").main_act()) };
        Nothing { sentence, act: Some(act).filter(|_| self.of.is_none()) }
    }

    fn table(&self) -> Table<'_> {
        let (caption, first) = match self.which.ended {
            true => (say!("Contracts, the last to end first"), say!("Ended")),
            false => (say!("Contracts, the next day to act first"), say!("Act by")),
        };
        let until = (!self.which.ended).then(|| Column::new(say!("Runs until")));
        let columns =
            [first, say!("Party"), say!("Contract"), say!("Service line"), say!("Term")].map(Column::new);
        Table::fold(caption)
            .columns(columns.into_iter().chain(until))
            .rows(self.rows.iter().map(|row| self.row(row)))
    }

    fn row<'a>(&self, row: &'a Listed) -> Row<'a> {
        let (act_by, ends) = (course::act_by(row, self.today), course::until(row, self.today));
        let name = row.name.as_deref().unwrap_or(&row.key);
        let first = if self.which.ended { &ends } else { &act_by };
        let until = (!self.which.ended).then(|| Cell::new(&ends).label(say!("Until")));
        let cells = [
            Cell::new(first).label(if self.which.ended { say!("Ended") } else { say!("Act by") }),
            Cell::head(html! { a href={ "/accounts/" (row.account) } { (row.party) } }),
            Cell::new(
                html! { a href={ "/contracts/" (row.id) } { (name) } @if row.name.is_some() { " " span .faint { (row.key) } } },
            )
            .label(say!("What")),
            Cell::new(html! { (row.line) }).label(say!("Line")),
            Cell::new(html! { (word!(row.term.replace('_', " "))) }).label(say!("Term")),
        ];
        Row::new(cells.into_iter().chain(until))
    }

    fn pager(&self) -> Pager<'_> {
        let here = |after: Option<&str>| self.address(self.which.ended, after);
        Pager {
            range: if self.which.ended {
                say!("The last to end first")
            } else {
                say!("The next day to act first")
            },
            previous: self.which.after.as_ref().map(|_| here(None).into()),
            next: self.next.as_deref().map(|next| here(Some(next)).into()),
            ..Pager::default()
        }
    }
}
